//! Requests and their timing entries: who belongs to whom, and what the labels of one request are worth.

use fetchmark_core::{
    label::{ConnectionLabel, Evidence},
    sample_record::RoundSamples,
};
use fetchmark_e2e::{
    browser::Browser,
    in_chromium, in_chromium_and_firefox,
    library::{Library, Site},
    matrix::{Test, all_clients},
    raw_server::{ANSWER, RawServer, Step},
};
use serde_json::json;

/// Every answer of `/lab/counted` has a length of its own, and no entry of another length is joined. So that all are joined and
/// that their starts are in the order of calls says: where lengths do not tell, the order of starts does.
fn assert_each_has_its_own_entry(rounds: &[RoundSamples], step_ms: f64) {
    let mut joined = 0;
    for sample in rounds.iter().flat_map(|round| &round.samples) {
        assert!(sample.body_bytes > 0, "{sample:?}");
        if let Some(decoded) = sample.decoded_bytes {
            assert_eq!(decoded, sample.body_bytes, "another request's entry: {sample:?}");
            joined += 1;
        }
    }
    let all: usize = rounds.iter().map(|round| round.samples.len()).sum();
    assert_eq!(joined, all, "requests without an entry");
    for round in rounds {
        let starts: Vec<f64> = round.samples.iter().filter_map(|sample| sample.started_ms).collect();
        assert!(starts.is_sorted_by(|earlier, later| *earlier <= later + step_ms), "{starts:?}");
    }
}

in_chromium_and_firefox!(each_request_has_its_own_entry);
async fn each_request_has_its_own_entry(browser: &Browser) -> Test {
    let site = Site::start().await?;
    for origin in [site.lab.http_url(), site.lab.https_url().ok_or("the lab has no TLS port")?] {
        let library = Library::open(browser, &origin).await?;
        let scenario = json!({
            "target": { "url": "/lab/counted" }, "clients": all_clients(), "n": 40, "rounds": 1, "concurrency": [6, "all"],
        });
        let (report, rounds) = library.measure(scenario).await?.whole()?;
        assert!(report.variants.iter().all(|row| row.requests.failed == 0), "{report:?}");
        assert_each_has_its_own_entry(&rounds, report.environment.timer_step_ms);
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium!(addresses_of_their_own_join_by_their_fragment);
async fn addresses_of_their_own_join_by_their_fragment(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    let scenario = json!({
        "target": { "url": "/lab/counted?as={n}" }, "clients": all_clients(), "n": 40, "rounds": 1,
    });
    let (report, rounds) = library.measure(scenario).await?.whole()?;
    assert_each_has_its_own_entry(&rounds, report.environment.timer_step_ms);
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(each_label_agrees_with_the_server_s_count);
async fn each_label_agrees_with_the_server_s_count(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    let scenario =
        json!({ "target": { "url": "/lab/ping" }, "clients": all_clients(), "n": 50, "rounds": 2 });
    let (_, rounds) = library.measure(scenario).await?.whole()?;
    let mut seen = std::collections::HashSet::new();
    let mut on_socket = std::collections::HashMap::new();
    let mut tied = 0;
    for sample in rounds.iter().flat_map(|round| &round.samples) {
        let (Some(socket), Some(nth)) = (sample.socket, sample.nth) else {
            // A clock that is too coarse to tell two requests apart says so.
            if sample.tied {
                tied += 1;
                continue;
            }
            return Err(format!("the server's word is missing: {sample:?}").into());
        };
        assert!(seen.insert((socket, nth)), "two requests have one place on a socket: {sample:?}");
        let expected = if nth == 1 { ConnectionLabel::New } else { ConnectionLabel::Reused };
        assert_eq!((sample.connection, sample.evidence), (expected, Evidence::Server));
        *on_socket.entry(socket).or_insert(0) += 1;
    }
    // Every request is on the socket on which the lab saw it.
    let truth = site.lab.sockets();
    let seen_by_the_lab: std::collections::HashMap<u64, u64> = truth
        .sockets
        .iter()
        .filter(|socket| socket.requests > 0)
        .map(|socket| (socket.id, socket.requests))
        .collect();
    assert!(tied < truth.requests, "all are tied");
    assert!(tied > 0 || on_socket == seen_by_the_lab, "{on_socket:?} {seen_by_the_lab:?}");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(without_the_server_s_word_doubts_are_unknown_and_not_guessed);
async fn without_the_server_s_word_doubts_are_unknown_and_not_guessed(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    // The page itself was loaded over some of the connections.
    let before = site.lab.sockets().opened;
    for connection in ["warm", "cold"] {
        site.lab.reset();
        let url = match connection {
            "warm" => "/lab/no-id".to_owned(),
            _ => format!("http://h{{n}}.localhost:{}/lab/no-id", site.lab.http_port()),
        };
        let scenario = json!({
            "target": { "url": url }, "clients": ["js-fetch", "gloo-net"], "connection": [connection],
            "n": 40, "rounds": 2,
        });
        let (report, rounds) = library.measure(scenario).await?.whole()?;
        let truth = site.lab.sockets();
        let count = |label| {
            rounds.iter().flat_map(|round| &round.samples).filter(|sample| sample.connection == label).count()
                as u64
        };
        let (new, reused, unknown) =
            (count(ConnectionLabel::New), count(ConnectionLabel::Reused), count(ConnectionLabel::Unknown));
        assert_eq!(new + reused + unknown, truth.requests);
        // A connection that the page had opened carries no measured first request, and cannot be told from one that was
        // opened unseen.
        assert!(new <= truth.first_requests, "{new} labelled new, {truth:?}");
        assert!(truth.first_requests <= new + unknown, "{new} new, {unknown} unknown, {truth:?}");
        // Each connection is in doubt at most once, and once more for each new one that says that others may have closed.
        assert!(unknown <= 6 * (1 + new) + before, "{unknown} unknown, {new} new, {truth:?}");
        // A connect may round to zero in Firefox, and is unknown then.
        assert!(connection == "warm" || reused == 0, "{report:?}");
    }
    site.lab.stop().await;
    Ok(())
}

/// Drops each connection under its third request.
fn drops_every_third(nth: u64) -> Vec<Step> {
    if nth == 3 { vec![Step::Close] } else { vec![Step::Send(ANSWER)] }
}

in_chromium_and_firefox!(what_was_sent_again_on_a_new_connection_is_not_called_reused);
async fn what_was_sent_again_on_a_new_connection_is_not_called_reused(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    let server = RawServer::start(drops_every_third).await?;
    let scenario = json!({
        "target": { "url": server.url() }, "clients": ["js-fetch", "xhr"], "lifecycle": ["fresh"], "n": 30, "rounds": 2,
    });
    let (report, rounds) = library.measure(scenario).await?.whole()?;
    assert!(report.variants.iter().all(|row| row.requests.failed == 0), "{:?}", report.variants);
    let labels = rounds.iter().flat_map(|round| &round.samples).map(|sample| sample.connection);
    let reused = labels.clone().filter(|label| *label == ConnectionLabel::Reused).count() as u64;
    let all = labels.count() as u64;
    assert!(all - reused >= server.answered_first(), "{reused} of {all} reused, {server:?}");
    site.lab.stop().await;
    Ok(())
}
