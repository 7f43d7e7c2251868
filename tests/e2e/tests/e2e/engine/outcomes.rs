//! Each fault of the lab ends in its own outcome, for every client, with counts that add up.

use fetchmark_core::{
    report::{Report, validity::FindingCode},
    samples::sample::ErrorClass,
};
use fetchmark_e2e::{
    prelude::*,
    raw_server::{Peer, RawServer, Request},
};
use std::{io, mem, sync::Arc};
use tokio::sync::Mutex;

const N: u64 = 3;

fn scenario(url: &str) -> Value {
    json!({
        "target": { "url": url }, "clients": all_clients(), "lifecycle": ["reused"], "n": N, "rounds": 1, "warmup": 0,
    })
}

/// The same, impatient with what never ends; elsewhere a slow machine would make time-outs of other faults.
fn ending(url: &str, expected: ErrorClass) -> Value {
    let mut scenario = scenario(url);
    if expected == ErrorClass::Timeout {
        scenario["timeout_ms"] = json!(300);
    }
    scenario
}

/// The same with clients built once and for each request, on either thread.
fn everywhere(mut scenario: Value) -> Value {
    scenario["lifecycle"] = json!(["reused", "fresh"]);
    scenario["thread"] = json!(["worker", "main"]);
    scenario
}

/// Every request of every client failed so, and said why in the browser's own words.
fn assert_all(report: &Report, expected: ErrorClass, url: &str) {
    let is_firefox = report.environment.user_agent.contains("Firefox");
    for row in &report.variants {
        assert!(row.requests.adds_up(), "{url} {}: {:?}", row.id, row.requests);
        // These say the same of an answer that never came and of one that broke off.
        let is_vague =
            ["xhr-sync", "axios"].contains(&row.client.as_str()) && expected == ErrorClass::BodyCutShort;
        let expected = if is_vague { ErrorClass::Network } else { expected };
        let errors: Vec<_> = row.errors.iter().map(|(class, count)| (*class, *count)).collect();
        let said = &row.error_messages;
        // After three time-outs Firefox ends the next blocking request for that address at once, with another error.
        if row.client == "xhr-sync" && is_firefox && expected == ErrorClass::Timeout {
            let known = [ErrorClass::Timeout, ErrorClass::Network];
            assert!(errors.iter().all(|(class, _)| known.contains(class)), "{url} {}: {said:?}", row.id);
            assert_eq!(errors.iter().map(|(_, count)| count).sum::<u64>(), N, "{url} {}", row.id);
            continue;
        }
        assert_eq!(errors, [(expected, N)], "{url} {}: {said:?}", row.id);
        assert!(said[&expected].iter().all(|message| !message.is_empty()), "{url} {}", row.id);
        assert_eq!((row.requests.failed, row.round_median_ms), (N, None), "{url} {}", row.id);
    }
}

/// What the lab can do wrong, and the class of it.
const FAULTS: [(&str, ErrorClass); 6] = [
    ("/lab/reset", ErrorClass::Network),
    ("/lab/stall", ErrorClass::Timeout),
    ("/lab/stall-body", ErrorClass::Timeout),
    ("/lab/truncate", ErrorClass::BodyCutShort),
    ("/lab/status/404", ErrorClass::Http4xx),
    ("/lab/status/503", ErrorClass::Http5xx),
];

in_each_browser!(each_fault_has_its_own_class);
async fn each_fault_has_its_own_class(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    for (path, expected) in FAULTS {
        let (report, _) = library.measure(everywhere(ending(path, expected))).await?;
        // All on either thread, built once and for each request, but the blocking one, which is in a worker alone.
        assert_eq!(report.variants.len(), all_clients().len() * 4 - 2);
        assert_all(&report, expected, path);
    }
    Ok(())
}

in_chromium_and_firefox!(faults_over_http_2_are_the_same);
async fn faults_over_http_2_are_the_same(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let origin = site.https_url()?;
    let library = Library::open(browser, &origin).await?;
    for (path, expected) in FAULTS {
        let (report, _) = library.measure(ending(path, expected)).await?;
        assert_all(&report, expected, path);
    }
    let port = origin.rsplit(':').next().context("no port")?;
    withheld(browser, &library, &format!("https://127.0.0.1:{port}")).await?;
    let (report, _) = library.measure(scenario("/lab/redirect/2")).await?;
    assert_ok(&report, N);
    Ok(())
}

in_each_browser!(what_another_origin_withholds_is_classified);
async fn what_another_origin_withholds_is_classified(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    withheld(browser, &library, &format!("http://127.0.0.1:{}", site.lab.http_port())).await?;
    let url = format!("http://127.0.0.1:{}/", fetchmark_e2e::free_port()?);
    let (report, _) = library.measure(scenario(&url)).await?;
    assert_all(&report, ErrorClass::Network, &url);
    Ok(())
}

/// What a lab on another origin hides is said to be hidden, or refused.
async fn withheld(browser: &Browser, library: &Library<'_>, elsewhere: &str) -> Test {
    let url = format!("{elsewhere}/lab/no-cors");
    let (report, _) = library.measure(scenario(&url)).await?;
    assert_all(&report, ErrorClass::Cors, &url);

    // Without Timing-Allow-Origin requests succeed, and nothing is guessed about their connections.
    let (report, _) = library.measure(scenario(&format!("{elsewhere}/lab/no-tao"))).await?;
    assert_ok(&report, N);
    for row in &report.variants {
        assert_eq!(row.connections.unknown, N, "{}: {:?}", row.id, row.connections);
        // XMLHttpRequests that WebKit answers with one answer may have no entry at all, which is counted.
        let hidden = row.protocols.get("").copied().unwrap_or_default();
        assert_eq!(hidden + row.unjoined, N, "{}: {:?}", row.id, row.protocols);
        assert!(row.unjoined == 0 || browser.kind() == Kind::Webkit, "{}: {}", row.id, row.unjoined);
    }
    assert!(finds(&report, FindingCode::TimesHidden));
    Ok(())
}

in_each_browser!(what_the_browser_itself_refuses_is_classified);
async fn what_the_browser_itself_refuses_is_classified(browser: &Browser) -> Test {
    let site = Site::start().await?;
    for (origin, url, expected) in [
        (site.lab.http_url(), "http://localhost:6000/", ErrorClass::ClientLimit),
        // A name that never resolves: were it not blocked, nobody would be asked.
        (site.https_url()?, "http://mixed-content.invalid/", ErrorClass::MixedContent),
    ] {
        let (report, _) = Library::open(browser, &origin).await?.measure(scenario(url)).await?;
        assert_all(&report, expected, url);
    }
    Ok(())
}

in_each_browser!(redirects_and_preflights_are_found);
async fn redirects_and_preflights_are_found(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    let (report, _) = library.measure(scenario("/lab/redirect/2")).await?;
    for row in &report.variants {
        assert_eq!((row.requests.ok, row.statuses.get(&200)), (N, Some(&N)), "{}: {:?}", row.id, row.errors);
        // Firefox gives a worker's fetch the entry of the first redirect, which is not that of the answer.
        let shown = if browser.kind() == Kind::Firefox && row.redirected == 0 { (0, N) } else { (N, 0) };
        assert_eq!((row.redirected, row.unjoined), shown, "{}", row.id);
    }
    let expected = [FindingCode::Redirects, FindingCode::EntriesMissing];
    assert!(report.validity.iter().any(|finding| expected.contains(&finding.code)));

    site.lab.reset();
    let mut with_header = scenario(&format!("http://127.0.0.1:{}/lab/ping", site.lab.http_port()));
    with_header["target"]["headers"] = json!([["X-Own", "1"]]);
    let (report, _) = library.measure(with_header).await?;
    assert_ok(&report, N);
    assert!(finds(&report, FindingCode::Preflights));
    assert!(site.lab.sockets().options > 0, "the lab saw no preflight");
    Ok(())
}

in_chromium_and_firefox!(sizes_and_statuses_are_as_served);
async fn sizes_and_statuses_are_as_served(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let (report, rounds) = site.measure(browser, scenario("/lab/bytes/1234")).await?;
    for row in &report.variants {
        assert_eq!(row.statuses, [(200, N)].into());
        assert_eq!([row.body_bytes, row.sizes.decoded_bytes, row.sizes.encoded_bytes], [1234 * N; 3]);
        // Browsers add 300 for the head.
        let heads = row.sizes.transfer_bytes - row.sizes.encoded_bytes;
        assert_eq!(heads, 300 * N, "{}", row.id);
    }
    let mut samples = rounds.iter().flat_map(|round| &round.samples);
    assert!(samples.all(|sample| sample.protocol.as_deref() == Some("http/1.1")));
    Ok(())
}

/// Lets the page that asks do everything, and keeps what was asked.
async fn permit(mut peer: Peer, asked: Arc<Mutex<Vec<Request>>>) -> io::Result<()> {
    while let Some(request) = peer.read().await? {
        let of = |name| request.header(name).unwrap_or_default();
        let (origin, headers) = (of("origin"), of("access-control-request-headers"));
        let answer = format!(
            "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: {origin}\r\nAccess-Control-Allow-Credentials: true\r\n\
             Access-Control-Allow-Methods: POST\r\nAccess-Control-Allow-Headers: {headers}\r\nContent-Length: 2\r\n\r\nok"
        );
        asked.lock().await.push(request);
        peer.send(&answer).await?;
    }
    Ok(())
}

// Firefox's workers are particular about an XMLHttpRequest with credentials that is opened again.
in_chromium_and_firefox!(every_client_sends_what_was_asked_for);
async fn every_client_sends_what_was_asked_for(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    // Cookies are for a name, whatever the port.
    browser.client.execute("document.cookie = 'crumb=of-a-test'", vec![]).await?;
    let asked = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&asked);
    let server = RawServer::start(move |peer| permit(peer, Arc::clone(&keep))).await?;
    // The server is of another origin, so that these are with and without.
    for credentials in ["include", "same-origin"] {
        let mut posts = scenario(&server.url_by_name());
        posts["pacing"] = json!(["sequential"]);
        posts["target"] = json!({
            "url": server.url_by_name(), "method": "POST", "body": "{\"name\": \"이름\"}", "credentials": credentials,
            "headers": [["X-Twice", "1"], ["Content-Type", "application/json"], ["x-twice", "2"]],
        });
        let (report, _) = library.measure(posts).await?;
        assert_ok(&report, N);
        let mut requests = mem::take(&mut *asked.lock().await);
        requests.retain(|request| request.head.starts_with("POST / "));
        assert_eq!(requests.len() as u64, N * report.variants.len() as u64);
        for request in requests {
            let headers = ["x-twice", "content-type"].map(|name| request.header(name));
            assert_eq!(headers, [Some("1, 2"), Some("application/json")], "{request:?}");
            assert_eq!(request.body, "{\"name\": \"이름\"}", "{request:?}");
            let cookies = request.header("cookie").unwrap_or_default();
            assert_eq!(cookies.contains("crumb=of-a-test"), credentials == "include", "{request:?}");
        }
    }
    Ok(())
}
