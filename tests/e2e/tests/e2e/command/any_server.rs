//! `fetchmark run` with servers that let no other origin read or see anything: they are measured from their own.

use fetchmark_core::report::{Origin, Report, Site as SiteState, validity::FindingCode};
use fetchmark_e2e::{
    command::{Ran, ask, run},
    prelude::*,
    raw_server::{Peer, RawServer},
};
use fetchmark_webdriver::{BiDi, BrowserOptions, Document, Driver, WEB_SOCKET_URL, cdp};
use std::{fs, io, sync::Arc, time::Duration};
use tokio::{sync::Mutex, task::block_in_place, time::sleep};
use url::Url;

/// The paths that were asked for, connection by connection.
type Paths = Arc<Mutex<Vec<Vec<String>>>>;

/// A policy that forbids whatever a page could do.
const POLICY: &str = "Content-Security-Policy: default-src 'none'; connect-src 'none'; require-trusted-types-for 'script'; \
    trusted-types 'none'; sandbox\r\n";

/// A page that keeps a cookie and a service worker, which answers all that the site's pages request.
const INDEX: &str = "<script>document.cookie = 'id=T1234; max-age=9999';
    navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => { document.title = 'kept'; });</script>";
const WORKER: &str = "onactivate = (event) => event.waitUntil(clients.claim());
    onfetch = (event) => event.respondWith(fetch(event.request));";

/// A server that lets no other origin read anything. `place`: headers of the address where the page takes its place.
async fn serve(mut peer: Peer, place: &str, paths: Paths) -> io::Result<()> {
    let mut connection = None;
    while let Some(request) = peer.read().await? {
        let path = request.head.split(' ').nth(1).unwrap_or_default().to_owned();
        let port = request.header("host").and_then(|host| host.rsplit(':').next()).unwrap_or_default();
        let elsewhere = format!("Location: http://localhost:{port}/there?token=T1234\r\n");
        let (status, headers, body) = match path.as_str() {
            "/policy" => ("200 OK", POLICY, "pong"),
            "/redirect" => ("302 Found", &*elsewhere, ""),
            "/login" => ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"staff\"\r\n", ""),
            "/index" => ("200 OK", "Content-Type: text/html\r\n", INDEX),
            "/sw.js" => ("200 OK", "Content-Type: text/javascript\r\n", WORKER),
            "/.well-known/fetchmark" => ("404 Not Found", place, "none"),
            _ => ("200 OK", "", "pong"),
        };
        let length = body.len();
        peer.send(&format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}")).await?;
        let mut paths = paths.lock().await;
        let index = *connection.get_or_insert_with(|| {
            paths.push(Vec::new());
            paths.len() - 1
        });
        paths[index].push(path);
    }
    Ok(())
}

async fn start(place: &'static str) -> anyhow::Result<(RawServer, Paths)> {
    let paths = Paths::default();
    let asked = Arc::clone(&paths);
    Ok((RawServer::start(move |peer| serve(peer, place, Arc::clone(&asked))).await?, paths))
}

/// Measures a target. No secret of it may be anywhere.
fn measure(browser: &str, url: &str, further: &[&str]) -> anyhow::Result<(Ran, Option<Report>)> {
    let folder = tempdir()?;
    let outputs = ["--output=r.json", "--output=r.md"];
    let arguments = [&["--browser", browser, url, "--n=10", "--rounds=4"], &outputs[..], further].concat();
    let ran = run(folder.path(), &arguments)?;
    let file = folder.path().join("r.json");
    let report = file.is_file().then(|| schema::read(&file)).transpose()?;
    let written = fs::read_to_string(folder.path().join("r.md")).unwrap_or_default();
    let all = format!("{}{}{written}{:?}", ran.out, ran.error, report);
    assert!(!all.contains("T1234"), "{all}");
    Ok((ran, report))
}

in_both!(is_measured_in_full);
async fn is_measured_in_full(browser: &str) -> Test {
    for (path, origin) in [("plain", "--origin=target"), ("policy", "--origin=auto")] {
        let (server, paths) = start("").await?;
        let (ran, report) = measure(browser, &(server.url() + path), &[origin])?;
        assert_eq!(ran.code, Some(0), "{}", ran.error);
        assert!(ran.out.contains("Measured from the target's own origin"), "{}", ran.out);
        assert!(!ran.out.contains("own state"), "a fresh profile has none: {}", ran.out);
        let report = report.context("no report")?;
        assert_eq!(report.environment.origin, Some(Origin::Target));
        assert_eq!(report.environment.site, Some(SiteState::default()));
        assert!(report.environment.cross_origin_isolated, "the clock is fine");
        assert_ok(&report, 40);
        for row in &report.variants {
            assert_eq!(
                (row.protocols.get("http/1.1"), row.unjoined),
                (Some(&40), 0),
                "no times of {}",
                row.id
            );
            // What may have been the first on its connection is unknown, as this server sends no ids. In Firefox that may be all, without
            // phases, on a busy machine.
            let is_labelled = row.connections.reused > 0 && !row.phases_ms.is_empty();
            assert!(is_labelled || browser == "firefox", "{}: {:?}", row.id, row.connections);
        }
        let sockets = paths.lock().await.clone();
        assert!(sockets.iter().flatten().all(|asked| asked[1..] == *path), "nothing else is asked for");
        if origin == "--origin=target" {
            let labels = report.variants.iter().flat_map(|row| [row.connections, row.warmup.connections]);
            let (new, unknown) = labels.fold((0, 0), |sum, of| (sum.0 + of.new, sum.1 + of.unknown));
            let opened = sockets.len() as u64;
            assert!((new..=new + unknown).contains(&opened), "{new} new, {unknown} unknown, {opened} opened");
        }
    }
    Ok(())
}

in_both!(is_measured_over_tls);
/// Over TLS, with a certificate that the lab signed itself, in a tab for each origin.
async fn is_measured_over_tls(browser: &str) -> Test {
    let further = ["--origin=target", "lab-h2:/lab/ping", "--label=h1", "--label=h2"];
    let (ran, report) = measure(browser, "lab-tls:/lab/ping", &further)?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let report = report.context("no report")?;
    assert_eq!(report.environment.origin, Some(Origin::Target));
    assert!(report.environment.cross_origin_isolated, "the clock is fine");
    assert_ok(&report, 40);
    for row in &report.variants {
        let protocol = if row.target.as_deref() == Some("h1") { "http/1.1" } else { "h2" };
        assert_eq!((row.protocols.get(protocol), row.unjoined), (Some(&40), 0), "no times of {}", row.id);
    }
    Ok(())
}

in_both!(what_gives_no_figures_is_named);
/// Each ends with a sentence that says why there are no figures.
async fn what_gives_no_figures_is_named(browser: &str) -> Test {
    let (server, _) = start("").await?;
    // Firefox opens its login dialog for XMLHttpRequest alone.
    let further = ["--timeout=1s", "--warmup=0", "--clients=xhr:reused"];
    let elsewhere = server.url_by_name() + "there";
    let login =
        if browser == "firefox" { "may ask for a login (401" } else { "the target asks for a login (401" };
    for (path, said, found) in [
        ("redirect", "the target redirects to another origin, which does not let", Some(elsewhere)),
        ("login", login, None),
    ] {
        let (ran, report) = measure(browser, &(server.url() + path), &further)?;
        assert!((ran.out.clone() + &ran.error).contains(said), "{}{}", ran.out, ran.error);
        let findings = report.into_iter().flat_map(|report| report.validity);
        let mut redirects = findings.filter(|finding| finding.code == FindingCode::RedirectsElsewhere);
        assert_eq!(redirects.next().and_then(|finding| finding.detail), found);
    }
    Ok(())
}

in_both!(what_a_profile_holds_takes_part);
/// What an earlier visit left in a profile takes part, and is said to.
async fn what_a_profile_holds_takes_part(browser: &str) -> Test {
    let ((server, _), profile) = (start("").await?, tempdir()?);
    let folder = profile.path().display();
    let (kind, arguments) = match browser {
        "firefox" => (Kind::Firefox, vec!["-profile".to_owned(), folder.to_string()]),
        _ => (Kind::Chrome, vec![format!("--user-data-dir={folder}")]),
    };
    let options = BrowserOptions { arguments: arguments.clone(), ..BrowserOptions::default() };
    let mut driver = Driver::start(kind).await?;
    let session = driver.open(kind.capabilities(&options, true)).await?;
    session.goto(&(server.url() + "index")).await?;
    while session.execute("return document.title", vec![]).await? != "kept" {
        sleep(Duration::from_millis(50)).await;
    }
    session.close().await?;
    driver.end(true).await;
    let given: Vec<String> = arguments.iter().map(|argument| format!("--browser-arg={argument}")).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    for (credentials, sent) in
        [("same-origin", "sent with the requests"), ("omit", "not sent: credentials=omit")]
    {
        let credentials = format!("--credentials={credentials}");
        let further = [&given[..], &[&credentials, "--clients=js-fetch"]].concat();
        let (ran, report) = measure(browser, &(server.url() + "plain"), &further)?;
        assert_eq!(ran.code, Some(0), "{}", ran.error);
        let said = format!("The site had stored in this browser: 1 cookie ({sent}), a service worker.");
        assert!(ran.out.contains(&said), "{}", ran.out);
        let report = report.context("no report")?;
        assert_eq!(report.environment.site, Some(SiteState { cookies: 1, service_worker: true }));
        assert_ok(&report, 40);
        assert!(finds(&report, FindingCode::ServiceWorker));
    }
    Ok(())
}

/// Passes commands on to the driver at a port, and hides its WebDriver BiDi.
async fn pass_on(mut peer: Peer, port: u16) -> io::Result<()> {
    while let Some(request) = peer.read().await? {
        let mut words = request.head.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let body = request.body.replace("\"webSocketUrl\":true", "\"webSocketUrl\":false");
        let answer = block_in_place(|| ask(port, method, path, &body)).unwrap_or_default();
        let status = if answer["value"]["error"].is_string() { "500 Failed" } else { "200 OK" };
        let answer = answer.to_string();
        let length = answer.len();
        peer.send(&format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{answer}")).await?;
    }
    Ok(())
}

/// The page is written over a document of the site, unless that forbids it.
mod without_bidi_the_page_is_written {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn firefox() -> Test {
        let driver = Driver::start(Kind::Firefox).await?;
        let port = Url::parse(&driver.endpoint().to_string())?.port().context("no port")?;
        let proxy = RawServer::start(move |peer| pass_on(peer, port)).await?;
        let webdriver = format!("--webdriver={}", proxy.url());
        let further = [&*webdriver, "--origin=target"];
        let (server, _) = start("").await?;
        let (ran, report) = measure("firefox", &(server.url() + "plain"), &further)?;
        assert_eq!(ran.code, Some(0), "{}", ran.error);
        assert_ok(&report.context("no report")?, 40);
        let (server, _) = start(POLICY).await?;
        let (ran, _) = measure("firefox", &(server.url() + "plain"), &further)?;
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        assert!(ran.error.contains("a strict Content-Security-Policy forbids that"), "{}", ran.error);
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "WebKitGTK: --browser webkit"]
async fn webkit() -> Test {
    let (server, _) = start("").await?;
    let (ran, report) = measure("webkit", &(server.url() + "plain?{n}"), &["--clients=js-fetch"])?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let report = report.context("no report")?;
    assert_eq!(report.environment.origin, Some(Origin::Target));
    assert_ok(&report, 40);
    what_gives_no_figures_is_named("webkit").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_allows_all_is_measured_from_the_page() -> Test {
    let site = Site::start().await?;
    for path in ["ping", "redirect/1"] {
        let folder = tempdir()?;
        let url = format!("http://127.0.0.1:{}/lab/{path}", site.lab.http_port());
        let ran = run(folder.path(), &["--n=5", "--rounds=2", "--output=r.json", &url])?;
        assert_eq!(ran.code, Some(0), "{}", ran.error);
        let report = schema::read(&folder.path().join("r.json"))?;
        assert_eq!(report.environment.origin, Some(Origin::Page), "{}", ran.error);
        assert_ok(&report, 10);
    }
    Ok(())
}

/// Sends twenty requests, and tells where the page is.
const ASK: &str = "const done = arguments[0]; (async () => {
        for (let i = 0; i < 20; i += 1) await (await fetch('/x')).text();
    })().then(() => done(location.pathname), (error) => done(error.message));";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_intercepted_once_the_page_is_there() -> Test {
    let (server, paths) = start("").await?;
    for kind in [Kind::Chrome, Kind::Firefox] {
        let mut capabilities = kind.capabilities(&BrowserOptions::default(), true);
        capabilities.insert(WEB_SOCKET_URL.to_owned(), true.into());
        let mut driver = Driver::start(kind).await?;
        let session = driver.open(capabilities).await?;
        let mut bidi = BiDi::connect(&session).await?;
        let place = server.url() + "place";
        bidi.open_document(
            &session.window().await?,
            &place,
            &Document { html: "<link rel=icon href=data:,>", headers: &[] },
        )
        .await?;
        assert_eq!(session.execute_async(ASK, vec![]).await?, "/place");
        bidi.command("session.status", json!({})).await?;
        assert_eq!(bidi.take_events(), [], "the browser still reports each request");
        session.close().await?;
    }
    assert!(paths.lock().await.iter().flatten().all(|path| path == "/x"));
    Ok(())
}

/// With it, Chromium's requests take about twice as long.
#[tokio::test(flavor = "multi_thread")]
async fn chromium_takes_the_page_without_bidi() -> Test {
    let (server, paths) = start("").await?;
    let mut driver = Driver::start(Kind::Chrome).await?;
    let session = driver.open(Kind::Chrome.capabilities(&BrowserOptions::default(), true)).await?;
    let debugger = cdp::debugger_address(&session).context("no debugger address")?;
    let document = Document { html: "<link rel=icon href=data:,>", headers: &[] };
    cdp::open_document(debugger, &session.window().await?, &(server.url() + "place"), &document).await?;
    assert_eq!(session.execute_async(ASK, vec![]).await?, "/place");
    session.close().await?;
    assert!(paths.lock().await.iter().flatten().all(|path| path == "/x"));
    Ok(())
}

in_chromium_and_firefox!(the_snippet_puts_the_page_onto_a_site);
async fn the_snippet_puts_the_page_onto_a_site(browser: &Browser) -> Test {
    let (site, (server, _)) = (Site::start().await?, start("").await?);
    let url = server.url() + "plain";
    let page = Page::open(browser, &format!("{}/?url={url}&n=5&rounds=2", site.lab.http_url())).await?;
    page.click("check").await?;
    page.once("document.querySelector('[data-testid=lines-snippet]')").await?;
    let snippet = page.text("lines-snippet").await?;
    browser.client.goto(&url).await?;
    browser.client.execute(&snippet, vec![]).await?;
    page.once("globalThis.fetchmark").await?;
    page.click("run").await?;
    let report = page.done().await?;
    assert_eq!(report.scenario.target.url, url);
    assert_ok(&report, 10);
    assert!(!finds(&report, FindingCode::TimesHidden));
    // Where the site's policy forbids everything, nothing happens.
    browser.client.goto(&(server.url() + "policy")).await?;
    let refused = browser.client.execute(&snippet, vec![]).await;
    assert!(refused.is_err() || page.evaluate("return globalThis.fetchmark ?? null").await?.is_null());
    Ok(())
}
