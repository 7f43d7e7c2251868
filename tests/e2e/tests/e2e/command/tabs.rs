//! Targets on several origins that let no other origin read anything: each is measured in a tab of its own.

use fetchmark_core::report::{Ending, Origin, validity::FindingCode};
use fetchmark_e2e::{
    command::{Running, ask, below, eventually, run, signal, until_gone},
    prelude::*,
    raw_server::{Peer, RawServer},
};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

#[derive(Debug, Default)]
struct Seen {
    /// Connections on which anything was asked.
    sockets: AtomicU64,
    requests: AtomicU64,
}

/// A server that allows nothing and does not number its sockets.
async fn server() -> io::Result<(RawServer, Arc<Seen>)> {
    async fn serve(mut peer: Peer, seen: Arc<Seen>) -> io::Result<()> {
        let mut is_first = true;
        while peer.read().await?.is_some() {
            seen.sockets.fetch_add(u64::from(std::mem::take(&mut is_first)), Relaxed);
            seen.requests.fetch_add(1, Relaxed);
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong").await?;
        }
        Ok(())
    }
    let seen = Arc::new(Seen::default());
    let for_peers = Arc::clone(&seen);
    Ok((RawServer::start(move |peer| serve(peer, Arc::clone(&for_peers))).await?, seen))
}

in_both!(each_has_a_tab);
async fn each_has_a_tab(browser: &str) -> Test {
    let servers = [server().await?, server().await?, server().await?];
    let urls = servers.each_ref().map(|(server, _)| server.url());
    let folder = tempdir()?;
    let [near, far, third] = urls.each_ref();
    let same = format!("{far}other");
    let arguments = [
        "--browser",
        browser,
        "--origin=target",
        near,
        far,
        third,
        &same,
        "--label=near",
        "--label=far",
        "--label=third",
        "--label=same",
        "--clients=gloo-net:reused,js-fetch:reused",
        "--thread=worker,main",
        "--n=10",
        "--rounds=4",
        "--output=r.json",
    ];
    let ran = run(folder.path(), &arguments)?;
    assert_eq!(ran.code, Some(0), "{}", ran.error);
    let report = schema::read(&folder.path().join("r.json"))?;
    assert_eq!((report.environment.origin, report.ending), (Some(Origin::Target), Ending::Complete));
    assert_eq!(report.variants.len(), 4 * 4);
    assert_ok(&report, 40);
    // A tab that is slowed down is one that is hidden.
    assert!(!finds(&report, FindingCode::TabHidden), "{:?}", report.validity);
    let compared: Vec<_> =
        report.targets.iter().map(|one| (&*one.overall.candidate, one.overall.blocks)).collect();
    assert_eq!(compared, [("far", 4), ("third", 4), ("same", 4)]);
    for (labels, (_, seen)) in [&["near"][..], &["far", "same"], &["third"]].into_iter().zip(&servers) {
        let rows = report
            .variants
            .iter()
            .filter(|row| row.target.as_deref().is_some_and(|label| labels.contains(&label)));
        let (mut issued, mut new, mut unknown) = (0, 0, 0);
        for row in rows {
            assert_eq!(
                (row.protocols.get("http/1.1"), row.unjoined),
                (Some(&40), 0),
                "no times of {}",
                row.id
            );
            issued += row.requests.issued + row.warmup.requests.issued;
            new += row.connections.new + row.warmup.connections.new;
            unknown += row.connections.unknown + row.warmup.connections.unknown;
        }
        assert_eq!(seen.requests.load(Relaxed), issued, "{labels:?}");
        let sockets = seen.sockets.load(Relaxed);
        // What a browser does not show for certain is left unknown.
        assert!((new..=new + unknown).contains(&sockets), "{labels:?}: {new} new, {unknown}; {sockets}");
    }
    Ok(())
}

/// A long run on two origins, once it is well under way.
async fn long_run(folder: &TempDir, further: &str) -> anyhow::Result<(Running, [(RawServer, Arc<Seen>); 2])> {
    let servers = [server().await?, server().await?];
    let urls = servers.each_ref().map(|(server, _)| server.url());
    let arguments = [
        "--n=20",
        "--rounds=500",
        "--label=near",
        "--label=far",
        "--output=r.json",
        further,
        &urls[0],
        &urls[1],
    ];
    let running = Running::start(folder.path(), &arguments)?;
    // A block and more: three rows, and as many again in the warm-up.
    eventually(|| servers[1].1.requests.load(Relaxed) > 20 * 3 * 3)?;
    Ok((running, servers))
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_every_tab_and_keeps_what_is_finished() -> Test {
    let folder = tempdir()?;
    let (running, _servers) = long_run(&folder, "--origin=auto").await?;
    let started = below(running.id());
    signal(running.id(), "INT")?;
    let ran = running.end()?;
    assert_eq!(ran.code, Some(130), "{}", ran.error);
    assert!(ran.error.contains("each target's own origin"), "{}", ran.error);
    let report = schema::read(&folder.path().join("r.json"))?;
    assert_eq!(report.ending, Ending::Stopped);
    assert!(report.variants.iter().all(|row| row.has_rounds() && row.requests.failed == 0));
    until_gone(&started)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_is_closed_ends_the_run_and_is_named() -> Test {
    let (folder, port) = (tempdir()?, fetchmark_webdriver::free_port()?);
    let (running, servers) =
        long_run(&folder, &format!("--browser-arg=--remote-debugging-port={port}")).await?;
    let tabs = ask(port, "GET", "/json/list", "").context("the browser does not list its tabs")?;
    let is_far = |tab: &&Value| tab["url"].as_str().is_some_and(|url| url.starts_with(&servers[1].0.url()));
    let tab = tabs.as_array().and_then(|tabs| tabs.iter().find(is_far)).context("there is no such tab")?;
    ask(port, "GET", &format!("/json/close/{}", tab["id"].as_str().unwrap_or_default()), "");
    let ran = running.end()?;
    assert_eq!(ran.code, Some(1), "{}", ran.error);
    assert!(ran.error.contains("The tab that measures far was lost during the run"), "{}", ran.error);
    let report = schema::read(&folder.path().join("r.json"))?;
    assert_eq!(report.ending, Ending::Failed);
    assert!(report.variants.iter().all(|row| row.has_rounds() && row.requests.failed == 0));
    Ok(())
}
