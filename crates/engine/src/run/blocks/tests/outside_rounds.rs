//! Rounds that no browser runs, in a run.

use super::*;

fn beside_python(n: u32) -> Scenario {
    let words = ["gloo-net:reused", "aiohttp", "requests:reused"];
    let clients = words.iter().filter_map(|word| word.parse().ok()).collect();
    Scenario { clients, n, rounds: 12, ..Scenario::default() }
}

#[test]
fn rounds_outside_the_browser_share_blocks_and_report() {
    let (report, progress, _) = run_fake(beside_python(5), None);
    let report = report.unwrap();
    let ids: Vec<_> = report.variants.iter().map(|row| (row.id.as_str(), row.runtime.word())).collect();
    assert_eq!(
        ids,
        [
            ("gloo-net:reused:warm:concurrent-5", "browser"),
            ("aiohttp:reused:warm:concurrent-5", "python"),
            ("aiohttp:fresh:cold:concurrent-5", "python"),
            ("requests:reused:warm:sequential", "python"),
        ]
    );
    for row in &report.variants {
        assert_eq!(
            row.rounds.iter().map(|round| round.block).collect::<Vec<_>>(),
            (0..12).collect::<Vec<_>>()
        );
        assert_eq!((row.requests.issued, row.requests.ok, row.warmup.requests.issued), (60, 60, 5));
    }
    let python = &report.variants[1];
    assert_eq!((python.unjoined, python.connections.reused, python.round_median_ms), (0, 60, Some(30.0)));
    let ratio = report.comparisons[0].ratio.map(|ratio| (ratio * 1e9).round() / 1e9);
    assert_eq!((ratio, report.comparisons[0].verdict.word()), (Some(3.0), "slower"));
    // A fresh Python client is a cold one.
    assert_eq!((report.variants[2].connections.new, report.variants[2].connections.reused), (60, 0));
    // Dealt in the same random order as the browser's: over 13 blocks each place is somebody else's now and then.
    let order: Vec<usize> = progress
        .iter()
        .filter(|progress| progress.requests_done == 0 && progress.requests_total > 0)
        .map(|progress| progress.variant)
        .collect();
    let firsts: std::collections::BTreeSet<usize> = order.chunks(4).map(|block| block[0]).collect();
    assert_eq!((order.len(), firsts.len()), (52, 4));
}

#[test]
fn stop_does_not_wait_for_the_outside() {
    // It takes 30 ms for each round: the second is on its way.
    let clients = vec!["aiohttp:reused".parse().unwrap()];
    let (report, ended_ms) =
        stopped_after_40_ms(Scenario { clients, n: 5, warmup: 0, ..Scenario::default() });
    let report = report.unwrap();
    assert_eq!((report.ending, ended_ms), (Ending::Stopped, 40.0));
    let row = &report.variants[0];
    assert_eq!((row.rounds.len(), row.requests.issued), (1, 5));
    // What the round that was given up had sent is in no count, and that is said.
    assert!(report.validity.iter().any(|finding| finding.code == FindingCode::EndedByForce));
}

#[test]
fn what_the_outside_cannot_do_ends_the_run_in_a_sentence() {
    let (result, _, checkpoints) = run_fake(Scenario { rounds: 100, ..beside_python(7) }, None);
    let error = result.unwrap_err();
    assert_eq!(error.code(), "outside-failed");
    let sentence = error.to_string();
    assert!(
        sentence.contains("which runs outside the browser, could not be measured: missing field"),
        "{sentence}"
    );
    assert!(sentence.ends_with('.') && !sentence.ends_with(".."), "{sentence}");
    assert!(checkpoints.last().unwrap().variants[0].has_rounds(), "what was measured until then is kept");
}

#[test]
fn a_hidden_page_does_not_void_what_runs_outside_it() {
    let report = in_fake(Target::Steady, async |fake| {
        let (_stopper, stop) = stop_pair();
        fake.host.hidden.set(true);
        run(&beside_python(5), fake.world(), &stop).await
    });
    let voided: Vec<_> =
        report.unwrap().variants.iter().map(|row| row.rounds.iter().all(|round| round.voided)).collect();
    assert_eq!(voided, [true, false, false, false]);
}
