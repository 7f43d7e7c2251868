//! `fetchmark run` with servers that let no other origin read or see anything: they are measured from their own.

use fetchmark_core::report::{Origin, validity::FindingCode};
use fetchmark_e2e::{
    command::run,
    prelude::*,
    raw_server::{Peer, RawServer},
};
use fetchmark_webdriver::{BiDi, BrowserOptions, Document, Driver, WEB_SOCKET_URL};
use std::{collections::BTreeSet, io, sync::Arc};
use tokio::sync::Mutex;

/// The paths that were asked for.
type Paths = Arc<Mutex<BTreeSet<String>>>;

/// A policy that forbids whatever a page could do.
const POLICY: &str = "Content-Security-Policy: default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; sandbox\r\n";

async fn serve(mut peer: Peer, paths: Paths) -> io::Result<()> {
    while let Some(request) = peer.read().await? {
        let path = request.head.split(' ').nth(1).unwrap_or_default().to_owned();
        let policy = if path == "/policy" { POLICY } else { "" };
        peer.send(&format!("HTTP/1.1 200 OK\r\n{policy}Content-Length: 4\r\n\r\npong")).await?;
        paths.lock().await.insert(path);
    }
    Ok(())
}

async fn is_measured_in_full(browser: &str) -> Test {
    for path in ["/plain", "/policy"] {
        let paths = Paths::default();
        let asked = Arc::clone(&paths);
        let server = RawServer::start(move |peer| serve(peer, Arc::clone(&asked))).await?;
        let (folder, url) = (tempdir()?, server.url() + &path[1..]);
        let arguments = ["--browser", browser, &url, "--n=10", "--rounds=4", "--output=r.json"];
        let ran = run(folder.path(), &arguments)?;
        assert_eq!(ran.code, Some(0), "{}", ran.error);
        assert!(ran.out.contains("Measured from the target's own origin"), "{}", ran.out);
        let report = schema::read(&folder.path().join("r.json"))?;
        assert_eq!(report.environment.origin, Some(Origin::Target));
        assert!(report.environment.cross_origin_isolated, "the clock is fine");
        assert_ok(&report, 40);
        for row in &report.variants {
            assert_eq!(
                (row.protocols.get("http/1.1"), row.unjoined),
                (Some(&40), 0),
                "no times of {}",
                row.id
            );
            // What Firefox cannot be sure of, on a busy machine above all, it leaves unknown and without phases.
            let labelled = row.connections.new + row.connections.reused;
            let is_whole = labelled == 40 && !row.phases_ms.is_empty();
            assert!(is_whole || browser == "firefox", "{}: {labelled}", row.id);
        }
        assert_eq!(*paths.lock().await, BTreeSet::from([path.to_owned()]), "nothing else is asked for");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn chromium_measures_a_server_that_allows_nothing() -> Test {
    is_measured_in_full("chrome").await
}

#[tokio::test(flavor = "multi_thread")]
async fn firefox_measures_a_server_that_allows_nothing() -> Test {
    is_measured_in_full("firefox").await
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

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_intercepted_once_the_page_is_there() -> Test {
    const ASK: &str = "const done = arguments[0]; (async () => {
        for (let i = 0; i < 20; i += 1) await (await fetch('/x')).text();
    })().then(() => done(location.pathname), (error) => done(error.message));";
    let paths = Paths::default();
    let asked = Arc::clone(&paths);
    let server = RawServer::start(move |peer| serve(peer, Arc::clone(&asked))).await?;
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
    assert_eq!(*paths.lock().await, BTreeSet::from(["/x".to_owned()]));
    Ok(())
}

in_chromium_and_firefox!(the_snippet_puts_the_page_onto_a_site);
async fn the_snippet_puts_the_page_onto_a_site(browser: &Browser) -> Test {
    let (site, paths) = (Site::start().await?, Paths::default());
    let server = RawServer::start(move |peer| serve(peer, Arc::clone(&paths))).await?;
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
