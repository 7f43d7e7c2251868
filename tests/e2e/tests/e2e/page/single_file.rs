//! The whole page in one file, opened from that file: it measures, and asks nobody for anything else.

use anyhow::Result;
use fetchmark_core::scenario::client::Client;
use fetchmark_e2e::{
    dist,
    policy::{WATCH, assert_kept},
    prelude::*,
    single_file,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

pub(super) fn address(file: &Path, query: &str) -> String {
    format!("file://{}?{query}", file.display())
}

/// The file alone in a folder, with a script that runs before its own.
pub(super) fn with_script(script: &str) -> Result<(TempDir, PathBuf)> {
    let page = fs::read_to_string(single_file()?)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("fetchmark.html");
    fs::write(&file, page.replacen("<head>", &format!("<head><script>{script}</script>"), 1))?;
    Ok((folder, file))
}

in_each_browser!(the_floor_is_measured_from_a_file_on_either_thread);
async fn the_floor_is_measured_from_a_file_on_either_thread(browser: &Browser) -> Test {
    let file = single_file()?;
    for thread in ["worker", "main"] {
        let query = format!("preset=floor&n=50&rounds=5&thread={thread}&autorun");
        let page = Page::open(browser, &address(&file, &query)).await?;
        let report = page.done().await?;
        assert_eq!(report.variants.len(), 6, "{thread}");
        assert_ok(&report, 250);
    }
    Ok(())
}

in_each_browser!(every_client_measures_another_origin_from_a_file);
async fn every_client_measures_another_origin_from_a_file(browser: &Browser) -> Test {
    let file = single_file()?;
    let site = Site::start().await?;
    for thread in ["worker", "main"] {
        let clients: Vec<_> = Client::all()
            .filter(|client| thread == "worker" || !client.info().blocking)
            .map(Client::name)
            .collect();
        site.lab.reset();
        let query = format!(
            "url={}/lab/ping&clients={}&n=20&rounds=2&concurrency=1&thread={thread}&autorun",
            site.lab.http_url(),
            clients.join(",")
        );
        let page = Page::open(browser, &address(&file, &query)).await?;
        let report = page.done().await?;
        assert_eq!(report.variants.len(), clients.len() * 2, "{thread}");
        assert_ok(&report, 40);
        let truth = site.lab.sockets();
        assert_eq!((truth.requests, truth.options), (issued(&report), 0), "{thread}");
        // WebKit shows no more of another origin than that it answered.
        for row in report.variants.iter().filter(|_| browser.kind() != Kind::Webkit) {
            let labels = row.connections;
            // Firefox keeps no entry of an XMLHttpRequest in a worker made of a blob, and the report says so.
            let has_none = browser.kind() == Kind::Firefox
                && thread == "worker"
                && ["xhr", "xhr-sync", "axios"].contains(&row.client.as_str());
            let known = if has_none { 0 } else { 40 };
            let counts = (labels.new + labels.reused, labels.unknown);
            assert_eq!(counts, (known, 40 - known), "{thread}: {}", row.id);
        }
    }
    Ok(())
}

in_each_browser!(a_page_from_a_file_says_what_it_reaches_and_offers_the_floor);
async fn a_page_from_a_file_says_what_it_reaches_and_offers_the_floor(browser: &Browser) -> Test {
    let file = single_file()?;
    let page = Page::open(browser, &address(&file, "lang=en")).await?;
    assert!(page.text("from-file").await?.contains("Access-Control-Allow-Origin"));
    page.click("run").await?;
    assert_eq!(page.await_state(&["failed", "done"]).await?, "failed");
    assert!(page.text("run-error").await?.contains("no default URL"));
    page.click("from-file-floor").await?;
    page.type_into("n", "20").await?;
    page.type_into("rounds", "2").await?;
    page.click("run").await?;
    let report = page.done().await?;
    assert_eq!(report.variants.len(), 6);
    assert_eq!(report.scenario.target.url, "data:text/plain,pong");
    Ok(())
}

in_each_browser!(only_the_target_is_requested_and_nothing_is_blocked);
async fn only_the_target_is_requested_and_nothing_is_blocked(browser: &Browser) -> Test {
    // With an ear for what is forbidden.
    let (_folder, file) = with_script(WATCH)?;
    let site = Site::start().await?;
    let origin = site.lab.http_url();
    let query =
        format!("url={origin}/lab/ping&clients=gloo-net,reqwest,ky&n=20&rounds=2&thread=main&autorun");
    let page = Page::open(browser, &address(&file, &query)).await?;
    page.done().await?;
    assert_kept(browser, &page, &origin).await
}

in_chromium_and_firefox!(the_page_opened_from_a_file_points_to_the_single_file);
async fn the_page_opened_from_a_file_points_to_the_single_file(browser: &Browser) -> Test {
    let index = dist()?.join("index.html").canonicalize()?;
    let page = Page::open(browser, &address(&index, "")).await?;
    assert_eq!(page.await_state(&["failed"]).await?, "failed");
    let words = page.evaluate("return document.getElementById('boot').innerText").await?;
    assert!(words.as_str().is_some_and(|words| words.contains("fetchmark.html")), "{words}");
    Ok(())
}
