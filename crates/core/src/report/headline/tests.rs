use super::*;
use crate::{
    compare::{Reason, Verdict},
    report::{
        Requests,
        fixture::{QUIET, compared as report, quiet, same_each_time, variant},
    },
    samples::ErrorClass,
    scenario::factors::{Connection, Pacing, Runtime, Thread},
};
use proptest::prelude::*;

const NOISY: [f64; 8] = [70.0, 160.0, 60.0, 150.0, 120.0, 80.0, 90.0, 140.0];

/// A row of a client, reused, 100 at once, whose rounds take so many times as long as the quiet ones.
fn row(client: &str, times: f64) -> VariantReport {
    VariantReport { client: client.to_owned(), ..variant(client, &quiet(times)) }
}

fn noisy(client: &str) -> VariantReport {
    VariantReport { client: client.to_owned(), ..variant(client, &NOISY) }
}

fn fresh(row: VariantReport) -> VariantReport {
    VariantReport { id: format!("{}:fresh", row.id), lifecycle: Lifecycle::Fresh, ..row }
}

fn sequential(row: VariantReport) -> VariantReport {
    VariantReport { id: format!("{}:sequential", row.id), pacing: Pacing::Sequential, concurrency: 1, ..row }
}

fn cold(row: VariantReport) -> VariantReport {
    VariantReport { id: format!("{}:cold", row.id), connection: Connection::Cold, ..row }
}

fn python(row: VariantReport) -> VariantReport {
    let connection = match row.lifecycle {
        Lifecycle::Reused => Connection::Warm,
        Lifecycle::Fresh => Connection::Cold,
    };
    VariantReport { runtime: Runtime::Python, thread: None, connection, ..row }
}

fn failing(row: VariantReport, failed: u64) -> VariantReport {
    let issued = row.requests.issued;
    let errors = [(ErrorClass::Network, failed)].into();
    VariantReport { requests: Requests { issued, ok: issued - failed, failed, aborted: 0 }, errors, ..row }
}

/// The questions that are answered, in order, with what is claimed in a line.
fn claims(rows: Vec<VariantReport>) -> Vec<String> {
    lines(&Headline::of(&report(rows)))
}

fn lines(headline: &Headline) -> Vec<String> {
    let Headline::Compared { first, more } = headline else { return vec![format!("{headline:?}")] };
    std::iter::once(first).chain(more).map(line).collect()
}

fn line(answer: &Answer) -> String {
    let effects = |effects: &[Effect]| {
        let of_one = |effect: &Effect| {
            let ids: Vec<&str> = effect.comparisons.iter().map(|one| one.candidate.as_str()).collect();
            let only = if effect.is_always() { "" } else { " only" };
            format!("{} {:.1} to {:.1}{only}", ids.join("+"), effect.low, effect.high)
        };
        effects.iter().map(of_one).collect::<Vec<_>>().join(", ")
    };
    let claim = match &answer.claim {
        Claim::Fastest { client, others } => format!("fastest {client}; {}", effects(others)),
        Claim::Differs { faster, slower } => {
            format!("faster [{}] slower [{}]", effects(faster), effects(slower))
        }
        Claim::Equivalent { margin } => format!("equivalent {margin}"),
        Claim::NotShown => "not shown".to_owned(),
        Claim::NotComparable { reasons } => {
            let words: Vec<&str> = reasons.iter().map(|reason| reason.word()).collect();
            format!("not comparable: {}", words.join(", "))
        }
    };
    format!("{}: {claim}", answer.question)
}

#[test]
fn lifecycles_go_before_clients_where_nothing_differs() {
    let rows = vec![noisy("gloo-net"), fresh(row("gloo-net", 1.0)), row("js-fetch", 1.0)];
    assert_eq!(claims(rows), ["lifecycle: not shown", "client: not shown"]);
}

#[test]
fn what_shows_a_difference_goes_first() {
    let rows = vec![row("gloo-net", 1.0), fresh(noisy("gloo-net")), row("js-fetch", 0.9)];
    assert_eq!(claims(rows), ["client: fastest js-fetch; gloo-net 1.1 to 1.1", "lifecycle: not shown"]);
    let rows = vec![row("gloo-net", 1.0), fresh(row("gloo-net", 1.5)), row("js-fetch", 0.9)];
    assert_eq!(
        claims(rows),
        [
            "lifecycle: faster [] slower [gloo-net:fresh 1.5 to 1.5]",
            "client: fastest js-fetch; gloo-net 1.1 to 1.1"
        ]
    );
}

#[test]
fn clients_of_python_stand_beside_those_of_a_browser() {
    let rows = vec![
        row("gloo-net", 1.0),
        fresh(row("gloo-net", 1.2)),
        sequential(row("gloo-net", 1.5)),
        fresh(sequential(row("gloo-net", 1.5))),
        python(sequential(row("httpx", 0.5))),
        python(fresh(sequential(row("httpx", 17.0)))),
        python(row("aiohttp", 0.3)),
        python(fresh(row("aiohttp", 0.6))),
        python(sequential(row("aiohttp", 0.3))),
        python(fresh(sequential(row("aiohttp", 0.66)))),
    ];
    assert_eq!(
        claims(rows),
        [
            // The strongest first. A fresh gloo-net is slower in one pacing alone, and equivalent in the other.
            "lifecycle: faster [] slower [httpx:sequential:fresh 34.0 to 34.0, \
             aiohttp:fresh+aiohttp:sequential:fresh 2.0 to 2.2, gloo-net:fresh 1.2 to 1.2 only]",
            // A fresh gloo-net keeps its connections warm, and a fresh aiohttp does not: they are not compared as clients.
            "client: fastest aiohttp; gloo-net+gloo-net:sequential 3.3 to 5.0, \
             httpx:sequential+httpx:sequential:fresh 1.7 to 25.8",
        ]
    );
}

#[test]
fn about_the_same_loss_of_several_clients_is_one_range() {
    let rows = |axios| {
        vec![row("gloo-net", 1.0), fresh(row("gloo-net", 1.5)), row("axios", 1.0), fresh(row("axios", axios))]
    };
    assert_eq!(claims(rows(2.5))[0], "lifecycle: faster [] slower [gloo-net:fresh+axios:fresh 1.5 to 2.5]");
    assert_eq!(
        claims(rows(3.5))[0],
        "lifecycle: faster [] slower [axios:fresh 3.5 to 3.5, gloo-net:fresh 1.5 to 1.5]"
    );
    // Two that go opposite ways are never one.
    assert_eq!(
        claims(rows(0.7))[0],
        "lifecycle: faster [axios:fresh 0.7 to 0.7] slower [gloo-net:fresh 1.5 to 1.5]"
    );
}

#[test]
fn a_range_spans_all_its_intervals() {
    let slow = |client: &str, times: f64| {
        let wide = [1.0 / 1.2, 1.2].into_iter().cycle();
        let walls: Vec<f64> = QUIET.iter().zip(wide).map(|(wall, by)| wall * times * by).collect();
        fresh(VariantReport { client: client.to_owned(), ..variant(client, &walls) })
    };
    let report = report(vec![row("gloo-net", 1.0), slow("gloo-net", 10.0), row("ky", 1.0), slow("ky", 12.0)]);
    let Headline::Compared { first, .. } = Headline::of(&report) else { panic!("nothing was compared") };
    let Claim::Differs { slower, .. } = &first.claim else { panic!("{first:?}") };
    let ends = |of: fn(&Comparison) -> Option<f64>| report.lifecycles.iter().filter_map(of);
    assert_eq!(slower[0].low, ends(|one| one.low).fold(f64::INFINITY, f64::min));
    assert_eq!(slower[0].high, ends(|one| one.high).fold(0.0, f64::max));
    assert!(slower[0].low < 9.5 && slower[0].high > 12.5, "{slower:?}");
}

#[test]
fn a_client_may_be_faster_in_one_pacing_and_slower_in_the_other() {
    let sequential =
        [("gloo-net", 5.0), ("axios", 4.0)].map(|(client, times)| sequential(row(client, times)));
    let rows = [vec![row("gloo-net", 1.0), row("axios", 1.3)], sequential.into()].concat();
    let expected = "client: faster [axios:sequential 0.8 to 0.8 only] slower [axios 1.3 to 1.3 only]";
    assert_eq!(claims(rows)[0], expected);
}

#[test]
fn the_fastest_beats_each_of_the_others() {
    let of = |others: Vec<VariantReport>| {
        let mut rows = vec![row("gloo-net", 1.0), row("js-fetch", 0.8)];
        rows.extend(others);
        claims(rows).remove(0)
    };
    assert_eq!(of(vec![row("ky", 0.9)]), "client: fastest js-fetch; gloo-net 1.2 to 1.2, ky 1.1 to 1.1");
    // One that is about as quick as the quickest, one that tells nothing, one that cannot be compared.
    assert_eq!(of(vec![row("ky", 0.81)]), "client: faster [js-fetch 0.8 to 0.8, ky 0.8 to 0.8] slower []");
    assert_eq!(of(vec![noisy("ky")]), "client: faster [js-fetch 0.8 to 0.8] slower []");
    let mut cached = row("ky", 0.5);
    cached.connections.cached = 1;
    assert_eq!(of(vec![cached]), "client: faster [js-fetch 0.8 to 0.8] slower []");
    // What is sequential is not compared with what is not.
    assert_eq!(of(vec![sequential(row("xhr-sync", 0.1))]), "client: fastest js-fetch; gloo-net 1.2 to 1.2");
}

#[test]
fn the_fastest_wins_in_conditions_the_first_row_lacks() {
    // No fresh gloo-net; axios is the quickest of the fresh ones.
    let rows = |axios| {
        vec![
            row("gloo-net", 1.0),
            row("js-fetch", 0.8),
            fresh(row("js-fetch", 1.0)),
            row("axios", 0.9),
            fresh(row("axios", axios)),
        ]
    };
    let client = |rows| claims(rows).into_iter().find(|line| line.starts_with("client"));
    assert_eq!(
        client(rows(0.9)).as_deref(),
        Some("client: faster [js-fetch 0.8 to 0.8, axios 0.9 to 0.9] slower []")
    );
    assert_eq!(
        client(rows(1.2)).as_deref(),
        Some("client: fastest js-fetch; gloo-net 1.2 to 1.2, axios+axios:fresh 1.1 to 1.2")
    );
    // A fresh row of which most requests failed says nothing.
    let mut failed = rows(0.9);
    failed[4] = failing(failed[4].clone(), 800);
    assert!(client(failed).is_some_and(|line| line.starts_with("client: fastest js-fetch")));
    // The first row has no row with requests in flight together.
    let rows = vec![
        sequential(row("xhr-sync", 1.0)),
        sequential(row("js-fetch", 0.8)),
        sequential(row("gloo-net", 0.9)),
        row("js-fetch", 0.5),
        row("gloo-net", 0.4),
    ];
    assert_eq!(
        claims(rows)[0],
        "client: faster [js-fetch:sequential 0.8 to 0.8, gloo-net:sequential 0.9 to 0.9] slower []"
    );
}

#[test]
fn connections_go_before_clients_and_pacing_stands_alone() {
    let rows = vec![
        row("gloo-net", 1.0),
        cold(row("gloo-net", 3.0)),
        row("js-fetch", 0.9),
        cold(row("js-fetch", 2.8)),
    ];
    assert_eq!(
        claims(rows),
        [
            "connection: faster [] slower [gloo-net:cold+js-fetch:cold 3.0 to 3.1]",
            "client: fastest js-fetch; gloo-net+gloo-net:cold 1.1 to 1.1"
        ]
    );
    let rows = vec![row("a", 1.0), sequential(row("a", 5.0)), row("b", 1.0), sequential(row("b", 5.0))];
    assert_eq!(claims(rows[..2].to_vec()), ["pacing: faster [] slower [a:sequential 5.0 to 5.0]"]);
    assert_eq!(claims(rows), ["client: equivalent 0.05"]);
    let on_the_page = VariantReport { thread: Some(Thread::Main), id: "main".into(), ..row("a", 1.4) };
    assert_eq!(claims(vec![row("a", 1.0), on_the_page]), ["thread: faster [] slower [main 1.4 to 1.4]"]);
}

#[test]
fn more_in_flight_are_listed_one_by_one() {
    let lanes = |lanes: u32, times: f64| VariantReport {
        id: format!("a:{lanes}"),
        concurrency: lanes,
        ..row("a", times)
    };
    assert_eq!(
        claims(vec![lanes(1, 1.0), lanes(2, 0.6), lanes(6, 0.3)]),
        ["pacing: faster [a:6 0.3 to 0.3, a:2 0.6 to 0.6] slower []"]
    );
}

#[test]
fn rows_that_differ_in_several_factors_are_compared_as_rows() {
    let rows = vec![row("gloo-net", 1.0), fresh(row("ky", 1.4))];
    assert_eq!(claims(rows), ["rows: faster [] slower [ky:fresh 1.4 to 1.4]"]);
}

#[test]
fn a_row_and_its_repetition() {
    let again = |times| VariantReport { id: "gloo-net:again".into(), ..row("gloo-net", times) };
    assert_eq!(claims(vec![row("gloo-net", 1.0), again(1.0)]), ["repetition: equivalent 0.05"]);
    // Beside other rows it stands for no second client. It comes last, and only where it differs.
    assert_eq!(claims(vec![row("gloo-net", 1.0), row("ky", 1.0), again(1.0)]), ["client: equivalent 0.05"]);
    assert_eq!(
        claims(vec![row("gloo-net", 1.0), row("ky", 1.0), again(1.2)]),
        ["client: equivalent 0.05", "repetition: faster [] slower [gloo-net:again 1.2 to 1.2]"]
    );
}

#[test]
fn equivalent_needs_every_interval_inside_the_margin() {
    assert_eq!(claims(vec![row("a", 1.0), row("b", 1.0)]), ["client: equivalent 0.05"]);
    // Just inside the margin, and at its end.
    assert_eq!(claims(vec![row("a", 1.0), row("b", 1.049)]), ["client: equivalent 0.05"]);
    assert_eq!(claims(vec![row("a", 1.0), row("b", 1.05)]), ["client: fastest a; b 1.1 to 1.1"]);
    assert_eq!(claims(vec![row("a", 1.0), row("b", 1.0), noisy("c")]), ["client: not shown"]);
    let mut cached = row("c", 1.0);
    cached.connections.cached = 1;
    assert_eq!(claims(vec![row("a", 1.0), row("b", 1.0), cached]), ["client: not shown"]);
}

#[test]
fn what_cannot_be_compared_has_its_reasons() {
    let rate =
        |client| VariantReport { pacing: Pacing::Rate, rate_per_second: Some(50.0), ..row(client, 1.0) };
    assert_eq!(claims(vec![rate("a"), rate("b"), rate("c")]), ["client: not comparable: paced-at-rate"]);
    let mut cached = fresh(row("a", 2.0));
    cached.connections.cached = 1;
    // What can be compared goes first.
    assert_eq!(
        claims(vec![row("a", 1.0), cached, row("b", 2.0)]),
        ["client: fastest a; b 2.0 to 2.0", "lifecycle: not comparable: cached-answers"]
    );
}

#[test]
fn where_most_requests_failed_no_speed_is_claimed() {
    // Both failed alike, so that they are compared.
    let rows = vec![failing(row("a", 1.0), 500), failing(row("b", 0.5), 500)];
    assert_eq!(report(rows.clone()).comparisons[0].verdict, Verdict::Faster);
    assert_eq!(Headline::of(&report(rows)), Headline::MostFailed { failed: 1_000, ended: 1_600 });
    // Two of five rows: what is left is compared.
    let sound = vec![row("a", 1.0), row("b", 2.0), row("c", 1.0)];
    let dead = ["d", "e"].map(|client| failing(row(client, 0.1), 800));
    let all = [&sound[..], &dead].concat();
    assert_eq!(Headline::of(&report(all)), Headline::of(&report(sound)), "dead rows change nothing");
    // One row is left, and nothing to compare it with.
    let rows = vec![failing(row("a", 1.0), 800), row("b", 1.0)];
    assert_eq!(Headline::of(&report(rows)), Headline::MostFailed { failed: 800, ended: 1_600 });
}

#[test]
fn nothing_measured_and_one_row() {
    assert_eq!(Headline::of(&report(Vec::new())), Headline::NothingMeasured);
    let none = |id| variant(id, &[]);
    assert_eq!(Headline::of(&report(vec![none("a"), none("b")])), Headline::NothingMeasured);
    let mut voided = row("a", 1.0);
    voided.rounds.iter_mut().for_each(|round| round.voided = true);
    assert_eq!(Headline::of(&report(vec![voided])), Headline::NothingMeasured);
    assert_eq!(Headline::of(&report(vec![row("a", 1.0)])), Headline::OneRow);
    // A report that holds no comparisons: its requests did not fail.
    let uncompared = Report { comparisons: Vec::new(), ..report(vec![row("a", 1.0), row("b", 1.0)]) };
    assert_eq!(Headline::of(&uncompared), Headline::NothingToCompare);
    // A run that was stopped in its first block.
    let rows = vec![row("a", 1.0), VariantReport { client: "b".into(), ..none("b") }];
    let compared = report(rows);
    assert_eq!(compared.comparisons[0].reason_code, Reason::TooFewBlocks);
    assert_eq!(lines(&Headline::of(&compared)), ["client: not shown"]);
}

#[test]
fn a_verdict_without_figures_is_no_claim() {
    let mut damaged = report(vec![row("a", 1.0), row("b", 2.0)]);
    let one = &mut damaged.comparisons[0];
    (one.ratio, one.low, one.high) = (None, None, None);
    assert_eq!(lines(&Headline::of(&damaged)), ["client: not shown"]);
}

#[test]
fn twenty_four_rows_have_one_headline() {
    let clients = ["gloo-net", "web-sys", "js-fetch", "xhr", "axios", "ky"];
    let of_client = |(at, client): (usize, &&str)| {
        let times = 1.0 + at as f64 / 100.0;
        let one = row(client, times);
        vec![
            one.clone(),
            fresh(row(client, 1.2 * times)),
            sequential(row(client, 4.0 * times)),
            fresh(sequential(row(client, 4.0 * times))),
        ]
    };
    let rows: Vec<_> = clients.iter().enumerate().flat_map(of_client).collect();
    let report = report(rows);
    let headline = Headline::of(&report);
    let Headline::Compared { first, more } = &headline else { panic!("{headline:?}") };
    let questions: Vec<_> = more.iter().map(|answer| answer.question).collect();
    assert_eq!((first.question, questions), (Question::Lifecycle, vec![Question::Client]));
    let counts: Vec<_> = first.groups.iter().map(|group| (group.verdict, group.comparisons.len())).collect();
    assert_eq!(counts, [(Verdict::Slower, 6), (Verdict::Equivalent, 6)]);
}

/// The client that a headline on two clients calls faster than the other.
fn called_faster(headline: &Headline) -> Option<&str> {
    let Headline::Compared { first, .. } = headline else { return None };
    let candidate =
        |effects: &[Effect]| effects.first().map(|effect| effect.comparisons[0].candidate.clone());
    match &first.claim {
        Claim::Fastest { client, .. } => Some(if client == "a" { "a" } else { "b" }),
        Claim::Differs { faster, slower } => match (candidate(faster), candidate(slower)) {
            (Some(id), _) => Some(if id == "a" { "a" } else { "b" }),
            (None, Some(id)) => Some(if id == "a" { "b" } else { "a" }),
            (None, None) => None,
        },
        _ => None,
    }
}

proptest! {
    #![proptest_config(same_each_time(256))]

    #[test]
    fn who_is_called_faster_does_not_depend_on_the_order(
        times in 0.8_f64..1.25,
        noise in prop::collection::vec(0.9_f64..1.1, 8),
    ) {
        let walls: Vec<f64> = QUIET.iter().zip(&noise).map(|(wall, noise)| wall * times * noise).collect();
        let one = row("a", 1.0);
        let other = VariantReport { client: "b".into(), ..variant("b", &walls) };
        let [there, back] = [
            Headline::of(&report(vec![one.clone(), other.clone()])),
            Headline::of(&report(vec![other, one])),
        ];
        prop_assert_eq!(called_faster(&there), called_faster(&back));
    }

    #[test]
    fn nothing_is_claimed_that_no_verdict_says(
        rows in prop::collection::vec((0_usize..3, any::<bool>(), any::<bool>(), 0.7_f64..1.4, any::<bool>()), 2..8),
    ) {
        let mut all: Vec<VariantReport> = Vec::new();
        for (client, is_fresh, is_sequential, times, is_noisy) in rows {
            let name = ["a", "b", "c"][client];
            let mut one = if is_noisy { noisy(name) } else { row(name, times) };
            if is_fresh { one = fresh(one) }
            if is_sequential { one = sequential(one) }
            if all.iter().all(|other| other.id != one.id) { all.push(one) }
        }
        let report = report(all);
        let Headline::Compared { first, more } = Headline::of(&report) else { return Ok(()) };
        for answer in std::iter::once(first).chain(more) {
            let (faster, slower) = match answer.claim {
                Claim::Fastest { others, .. } => (Vec::new(), others),
                Claim::Differs { faster, slower } => (faster, slower),
                Claim::Equivalent { .. } => {
                    prop_assert!(answer.groups.iter().all(|group| group.verdict == Verdict::Equivalent));
                    continue;
                }
                _ => {
                    let is_difference = |group: &VerdictGroup| matches!(group.verdict, Verdict::Faster | Verdict::Slower);
                    prop_assert!(!answer.groups.iter().any(is_difference));
                    continue;
                }
            };
            for (effects, verdict) in [(faster, Verdict::Faster), (slower, Verdict::Slower)] {
                for effect in effects {
                    for one in &effect.comparisons {
                        prop_assert_eq!(one.verdict, verdict);
                        let known = against(&report, &one.baseline).unwrap();
                        let is_said = known.contains(one) || report.lifecycles.contains(one);
                        prop_assert!(is_said, "{:?}", one);
                    }
                    let is_beyond_one = match verdict {
                        Verdict::Faster => effect.high < 1.0,
                        _ => effect.low > 1.0,
                    };
                    prop_assert!(is_beyond_one);
                }
            }
        }
    }
}
