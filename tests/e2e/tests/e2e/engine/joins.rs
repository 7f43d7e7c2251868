//! Requests and their timing entries: who belongs to whom, and what the labels of one request are worth.

use fetchmark_core::{
    report::validity::FindingCode,
    samples::{
        label::{ConnectionLabel, Evidence},
        record::RoundSamples,
    },
};
use fetchmark_e2e::{
    prelude::*,
    raw_server::{ANSWER, Peer, RawServer},
};
use std::{
    collections::{HashMap, HashSet},
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Every answer of `/lab/counted` has a length of its own, and no entry of another length is joined. So that all are joined and
/// that their starts are in the order of calls says: where lengths do not tell, the order of starts does.
fn assert_each_has_its_own_entry(rounds: &[RoundSamples], step_ms: f64) {
    for round in rounds {
        for sample in &round.samples {
            assert!(sample.body_bytes > 0, "{sample:?}");
            // No entry, or another request's.
            assert_eq!(sample.decoded_bytes, Some(sample.body_bytes), "{sample:?}");
        }
        // Were all calls said to begin with the first, each would have those before it in its time.
        let called: Vec<f64> = round.samples.iter().map(|sample| sample.called_ms).collect();
        assert!(called.is_sorted() && called.first() < called.last(), "{called:?}");
        let starts: Vec<f64> = round.samples.iter().filter_map(|sample| sample.started_ms).collect();
        assert!(starts.is_sorted_by(|earlier, later| *earlier <= later + step_ms), "{starts:?}");
    }
}

in_chromium_and_firefox!(each_request_has_its_own_entry);
async fn each_request_has_its_own_entry(browser: &Browser) -> Test {
    let site = Site::start().await?;
    // Where each has an address of its own, its fragment tells.
    for (origin, url) in [
        (site.lab.http_url(), "/lab/counted"),
        (site.lab.http_url(), "/lab/counted?as={n}"),
        (site.https_url()?, "/lab/counted"),
    ] {
        let library = Library::open(browser, &origin).await?;
        let scenario = json!({
            "target": { "url": url }, "clients": all_clients(), "n": 40, "rounds": 1, "concurrency": [6, "all"],
        });
        let (report, rounds) = library.measure(scenario).await?;
        assert_ok(&report, 40);
        assert_each_has_its_own_entry(&rounds, report.environment.timer_step_ms);
    }
    Ok(())
}

in_chromium_and_firefox!(each_label_agrees_with_the_server_s_count);
async fn each_label_agrees_with_the_server_s_count(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let scenario =
        json!({ "target": { "url": "/lab/ping" }, "clients": all_clients(), "n": 50, "rounds": 2 });
    let (_, rounds) = site.measure(browser, scenario).await?;
    let (mut seen, mut on_socket) = (HashSet::new(), HashMap::new());
    let mut tied = 0;
    for sample in rounds.iter().flat_map(|round| &round.samples) {
        let (Some(socket), Some(nth)) = (sample.socket, sample.nth) else {
            // A clock that is too coarse to tell two requests apart says so.
            assert!(sample.tied, "the server's word is missing: {sample:?}");
            tied += 1;
            continue;
        };
        assert!(seen.insert((socket, nth)), "two requests have one place on a socket: {sample:?}");
        let expected = if nth == 1 { ConnectionLabel::New } else { ConnectionLabel::Reused };
        assert_eq!((sample.connection, sample.evidence), (expected, Evidence::Server));
        *on_socket.entry(socket).or_insert(0) += 1;
    }
    // Every request is on the socket on which the lab saw it.
    let truth = site.lab.sockets();
    let used = truth.sockets.iter().filter(|socket| socket.requests > 0);
    let seen_by_the_lab: HashMap<u64, u64> = used.map(|socket| (socket.id, socket.requests)).collect();
    assert!(tied < truth.requests, "all are tied");
    assert!(tied > 0 || on_socket == seen_by_the_lab, "{on_socket:?} {seen_by_the_lab:?}");
    Ok(())
}

in_chromium_and_firefox!(without_the_server_s_word_doubts_are_unknown_and_not_guessed);
async fn without_the_server_s_word_doubts_are_unknown_and_not_guessed(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    // The page itself was loaded over some of the connections.
    let before = site.lab.sockets().opened;
    let cold = format!("http://h{{n}}.localhost:{}/lab/no-id", site.lab.http_port());
    for (connection, url) in [("warm", "/lab/no-id"), ("cold", &cold)] {
        site.lab.reset();
        let scenario = json!({
            "target": { "url": url }, "clients": ["js-fetch", "gloo-net"], "connection": [connection],
            "n": 40, "rounds": 2,
        });
        let (report, rounds) = library.measure(scenario).await?;
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
        // Each connection is in doubt at most once, and once more for each new one that says that others may have closed. Where Firefox
        // seems to have lost one, all that looks reused is in doubt, and that is reported.
        let may_be_lost = report.validity.iter().any(|found| found.code == FindingCode::ConnectionsLost);
        assert!(may_be_lost || unknown <= 6 * (1 + new) + before, "{unknown} unknown, {new} new, {truth:?}");
        // A connect may round to zero in Firefox, and is unknown then.
        assert!(connection == "warm" || reused == 0, "{report:?}");
    }
    Ok(())
}

/// Drops each connection under its third request; counts those that were answered on.
async fn drop_every_third(mut peer: Peer, answered_on: Arc<AtomicU64>) -> io::Result<()> {
    for nth in 1..=2 {
        if peer.read().await?.is_none() {
            return Ok(());
        }
        peer.send(ANSWER).await?;
        answered_on.fetch_add(u64::from(nth == 1), Ordering::Relaxed);
    }
    peer.read().await.map(drop)
}

in_chromium_and_firefox!(what_was_sent_again_on_a_new_connection_is_not_called_reused);
async fn what_was_sent_again_on_a_new_connection_is_not_called_reused(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let answered_on = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&answered_on);
    let server = RawServer::start(move |peer| drop_every_third(peer, Arc::clone(&counter))).await?;
    let scenario = json!({
        "target": { "url": server.url() }, "clients": ["js-fetch", "xhr"], "lifecycle": ["fresh"], "n": 30, "rounds": 2,
    });
    let (report, rounds) = site.measure(browser, scenario).await?;
    assert_ok(&report, 60);
    let labels = rounds.iter().flat_map(|round| &round.samples).map(|sample| sample.connection);
    let (all, reused) = labels
        .fold((0, 0), |(all, reused), label| (all + 1, reused + u64::from(label == ConnectionLabel::Reused)));
    let answered_on = answered_on.load(Ordering::Relaxed);
    assert!(all - reused >= answered_on, "{reused} of {all} reused, {answered_on} connections");
    Ok(())
}
