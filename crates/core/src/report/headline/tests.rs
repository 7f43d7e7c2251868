use super::*;
use crate::{
    compare::{Reason, Verdict, compare_with},
    report::{
        Requests,
        fixture::{QUIET, compared as report, row, rows, same_each_time, variant},
    },
    samples::ErrorClass,
};
use proptest::prelude::*;

fn cached(text: &str) -> VariantReport {
    let mut row = row(text);
    row.connections.cached = 1;
    row
}

fn failing(text: &str, failed: u64) -> VariantReport {
    let (row, errors) = (row(text), [(ErrorClass::Network, failed)].into());
    let issued = row.requests.issued;
    VariantReport { requests: Requests { issued, ok: issued - failed, failed, aborted: 0 }, errors, ..row }
}

/// The questions that rows answer, in order, with what is claimed in a line.
fn claims_of(rows: Vec<VariantReport>) -> Vec<String> {
    lines(&Headline::of(&report(rows)))
}

fn claims(text: &str) -> Vec<String> {
    claims_of(rows(text))
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
        Claim::Targets(targets) => {
            let of_one = |one: &TargetEffect| {
                let (all, agreeing, rows) = (&one.overall, one.agreeing, one.rows);
                format!("{} ÷ {} {} in {agreeing} of {rows}", all.candidate, all.baseline, all.verdict)
            };
            targets.iter().map(of_one).collect::<Vec<_>>().join(", ")
        }
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
fn targets_go_before_what_differs_within_them() {
    let rows = "ky:@a 1.0, xhr:@a 1.3, ky:@b 1.2, xhr:@b 1.56, ky:@c 1.0, xhr:@c noisy";
    let targets = "target: @b ÷ @a slower in 2 of 2, @c ÷ @a inconclusive in 1 of 2";
    assert_eq!(claims(rows)[0], targets);
    assert!(claims(rows)[1].starts_with("client: "), "{:?}", claims(rows));
    // One row is enough.
    assert_eq!(claims("ky:@a 1.0, ky:@b 0.5"), ["target: @b ÷ @a faster in 1 of 1"]);
}

#[test]
fn lifecycles_go_before_clients_where_nothing_differs() {
    let rows = "gloo-net noisy, gloo-net:fresh 1.0, js-fetch 1.0";
    assert_eq!(claims(rows), ["lifecycle: not shown", "client: not shown"]);
}

#[test]
fn what_shows_a_difference_goes_first() {
    let client = "client: fastest js-fetch; gloo-net 1.1 to 1.1";
    let rows = "gloo-net 1.0, gloo-net:fresh noisy, js-fetch 0.9";
    assert_eq!(claims(rows), [client, "lifecycle: not shown"]);
    let rows = "gloo-net 1.0, gloo-net:fresh 1.5, js-fetch 0.9";
    assert_eq!(claims(rows), ["lifecycle: faster [] slower [gloo-net:fresh 1.5 to 1.5]", client]);
}

#[test]
fn clients_of_python_stand_beside_those_of_a_browser() {
    let rows = "gloo-net 1.0, gloo-net:fresh 1.2, gloo-net:sequential 1.5, gloo-net:sequential:fresh 1.5, \
        httpx:sequential 0.5, httpx:sequential:fresh 17.0, aiohttp 0.3, aiohttp:fresh 0.6, \
        aiohttp:sequential 0.3, aiohttp:sequential:fresh 0.66";
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
    for (axios, expected) in [
        (2.5, "faster [] slower [gloo-net:fresh+axios:fresh 1.5 to 2.5]"),
        (3.5, "faster [] slower [axios:fresh 3.5 to 3.5, gloo-net:fresh 1.5 to 1.5]"),
        // Two that go opposite ways are never one.
        (0.7, "faster [axios:fresh 0.7 to 0.7] slower [gloo-net:fresh 1.5 to 1.5]"),
    ] {
        let rows = format!("gloo-net 1.0, gloo-net:fresh 1.5, axios 1.0, axios:fresh {axios}");
        assert_eq!(claims(&rows)[0], format!("lifecycle: {expected}"));
    }
}

#[test]
fn a_range_spans_all_its_intervals() {
    let slow = |id: &str, times: f64| {
        let wide = [1.0 / 1.2, 1.2].into_iter().cycle();
        let walls: Vec<f64> = QUIET.iter().zip(wide).map(|(wall, by)| wall * times * by).collect();
        VariantReport { rounds: variant("", &walls).rounds, ..row(&format!("{id} {times}")) }
    };
    let rows = vec![row("gloo-net 1.0"), slow("gloo-net:fresh", 10.0), row("ky 1.0"), slow("ky:fresh", 12.0)];
    let report = report(rows);
    let Headline::Compared { first, .. } = Headline::of(&report) else { panic!("nothing was compared") };
    let Claim::Differs { slower, .. } = &first.claim else { panic!("{first:?}") };
    let ends = |of: fn(&Comparison) -> Option<f64>| report.lifecycles.iter().filter_map(of);
    assert_eq!(slower[0].low, ends(|one| one.low).fold(f64::INFINITY, f64::min));
    assert_eq!(slower[0].high, ends(|one| one.high).fold(0.0, f64::max));
    assert!(slower[0].low < 9.5 && slower[0].high > 12.5, "{slower:?}");
}

#[test]
fn a_client_may_be_faster_in_one_pacing_and_slower_in_the_other() {
    let rows = "gloo-net 1.0, axios 1.3, gloo-net:sequential 5.0, axios:sequential 4.0";
    let expected = "client: faster [axios:sequential 0.8 to 0.8 only] slower [axios 1.3 to 1.3 only]";
    assert_eq!(claims(rows)[0], expected);
}

#[test]
fn the_fastest_beats_each_of_the_others() {
    let only_faster = "faster [js-fetch 0.8 to 0.8] slower []";
    for (other, expected) in [
        (row("ky 0.9"), "fastest js-fetch; gloo-net 1.2 to 1.2, ky 1.1 to 1.1"),
        // One that is about as quick as the quickest, one that tells nothing, one that cannot be compared.
        (row("ky 0.81"), "faster [js-fetch 0.8 to 0.8, ky 0.8 to 0.8] slower []"),
        (row("ky noisy"), only_faster),
        (cached("ky 0.5"), only_faster),
        // What is sequential is not compared with what is not.
        (row("xhr-sync:sequential 0.1"), "fastest js-fetch; gloo-net 1.2 to 1.2"),
    ] {
        let rows = vec![row("gloo-net 1.0"), row("js-fetch 0.8"), other];
        assert_eq!(claims_of(rows)[0], format!("client: {expected}"));
    }
}

#[test]
fn the_fastest_wins_in_conditions_the_first_row_lacks() {
    // No fresh gloo-net; axios is the quickest of the fresh ones.
    let with = |fresh_axios: VariantReport| {
        let mut rows = rows("gloo-net 1.0, js-fetch 0.8, js-fetch:fresh 1.0, axios 0.9");
        rows.push(fresh_axios);
        claims_of(rows).into_iter().find(|line| line.starts_with("client")).unwrap()
    };
    let expected = "client: faster [js-fetch 0.8 to 0.8, axios 0.9 to 0.9] slower []";
    assert_eq!(with(row("axios:fresh 0.9")), expected);
    let expected = "client: fastest js-fetch; gloo-net 1.2 to 1.2, axios+axios:fresh 1.1 to 1.2";
    assert_eq!(with(row("axios:fresh 1.2")), expected);
    // A fresh row of which most requests failed says nothing.
    assert!(with(failing("axios:fresh 0.9", 800)).starts_with("client: fastest js-fetch"));
    // The first row has no row with requests in flight together.
    let rows = "xhr-sync:sequential 1.0, js-fetch:sequential 0.8, gloo-net:sequential 0.9, js-fetch 0.5, gloo-net 0.4";
    let expected =
        "client: faster [js-fetch:sequential 0.8 to 0.8, gloo-net:sequential 0.9 to 0.9] slower []";
    assert_eq!(claims(rows)[0], expected);
}

#[test]
fn connections_go_before_clients_and_pacing_stands_alone() {
    let expected = [
        "connection: faster [] slower [gloo-net:cold+js-fetch:cold 3.0 to 3.1]",
        "client: fastest js-fetch; gloo-net+gloo-net:cold 1.1 to 1.1",
    ];
    assert_eq!(claims("gloo-net 1.0, gloo-net:cold 3.0, js-fetch 0.9, js-fetch:cold 2.8"), expected);
    for (rows, expected) in [
        ("a 1.0, a:sequential 5.0", "pacing: faster [] slower [a:sequential 5.0 to 5.0]"),
        ("a 1.0, a:sequential 5.0, b 1.0, b:sequential 5.0", "client: equivalent 0.05"),
        ("a 1.0, a:main 1.4", "thread: faster [] slower [a:main 1.4 to 1.4]"),
        ("a:1 1.0, a:2 0.6, a:6 0.3", "pacing: faster [a:6 0.3 to 0.3, a:2 0.6 to 0.6] slower []"),
        // Rows that differ in several factors are compared as rows.
        ("gloo-net 1.0, ky:fresh 1.4", "rows: faster [] slower [ky:fresh 1.4 to 1.4]"),
    ] {
        assert_eq!(claims(rows), [expected]);
    }
}

#[test]
fn a_row_and_its_repetition() {
    assert_eq!(claims("gloo-net 1.0, gloo-net:again 1.0"), ["repetition: equivalent 0.05"]);
    // Beside other rows it stands for no second client. It comes last, and only where it differs.
    let client = "client: equivalent 0.05";
    assert_eq!(claims("gloo-net 1.0, ky 1.0, gloo-net:again 1.0"), [client]);
    let repetition = "repetition: faster [] slower [gloo-net:again 1.2 to 1.2]";
    assert_eq!(claims("gloo-net 1.0, ky 1.0, gloo-net:again 1.2"), [client, repetition]);
}

#[test]
fn equivalent_needs_every_interval_inside_the_margin() {
    assert_eq!(claims("a 1.0, b 1.0"), ["client: equivalent 0.05"]);
    // Just inside the margin, and at its end.
    assert_eq!(claims("a 1.0, b 1.049"), ["client: equivalent 0.05"]);
    assert_eq!(claims("a 1.0, b 1.05"), ["client: fastest a; b 1.1 to 1.1"]);
    assert_eq!(claims("a 1.0, b 1.0, c noisy"), ["client: not shown"]);
    assert_eq!(claims_of(vec![row("a 1.0"), row("b 1.0"), cached("c 1.0")]), ["client: not shown"]);
}

#[test]
fn what_cannot_be_compared_has_its_reasons() {
    assert_eq!(claims("a:rate 1.0, b:rate 1.0, c:rate 1.0"), ["client: not comparable: paced-at-rate"]);
    // What can be compared goes first.
    let expected = ["client: fastest a; b 2.0 to 2.0", "lifecycle: not comparable: cached-answers"];
    assert_eq!(claims_of(vec![row("a 1.0"), cached("a:fresh 2.0"), row("b 2.0")]), expected);
}

#[test]
fn where_most_requests_failed_no_speed_is_claimed() {
    // Both failed alike, so that they are compared.
    let both = report(vec![failing("a 1.0", 500), failing("b 0.5", 500)]);
    assert_eq!(both.comparisons[0].verdict, Verdict::Faster);
    assert_eq!(Headline::of(&both), Headline::MostFailed { failed: 1_000, ended: 1_600 });
    // Two of five rows: what is left is compared.
    let sound = rows("a 1.0, b 2.0, c 1.0");
    let all = [&sound[..], &[failing("d 0.1", 800), failing("e 0.1", 800)]].concat();
    assert_eq!(Headline::of(&report(all)), Headline::of(&report(sound)), "dead rows change nothing");
    // One row is left, and nothing to compare it with.
    let one = report(vec![failing("a 1.0", 800), row("b 1.0")]);
    assert_eq!(Headline::of(&one), Headline::MostFailed { failed: 800, ended: 1_600 });
}

#[test]
fn nothing_measured_and_one_row() {
    assert_eq!(Headline::of(&report(Vec::new())), Headline::NothingMeasured);
    let none = |id| variant(id, &[]);
    assert_eq!(Headline::of(&report(vec![none("a"), none("b")])), Headline::NothingMeasured);
    let mut voided = row("a 1.0");
    voided.rounds.iter_mut().for_each(|round| round.voided = true);
    assert_eq!(Headline::of(&report(vec![voided])), Headline::NothingMeasured);
    assert_eq!(Headline::of(&report(rows("a 1.0"))), Headline::OneRow);
    // A report that holds no comparisons: its requests did not fail.
    let uncompared = Report { comparisons: Vec::new(), ..report(rows("a 1.0, b 1.0")) };
    assert_eq!(Headline::of(&uncompared), Headline::NothingToCompare);
    // A run that was stopped in its first block.
    let compared = report(vec![row("a 1.0"), VariantReport { client: "b".into(), ..none("b") }]);
    assert_eq!(compared.comparisons[0].reason_code, Reason::TooFewBlocks);
    assert_eq!(lines(&Headline::of(&compared)), ["client: not shown"]);
}

#[test]
fn a_verdict_without_figures_is_no_claim() {
    let mut damaged = report(rows("a 1.0, b 2.0"));
    let one = &mut damaged.comparisons[0];
    (one.ratio, one.low, one.high) = (None, None, None);
    assert_eq!(lines(&Headline::of(&damaged)), ["client: not shown"]);
}

#[test]
fn twenty_four_rows_have_one_headline() {
    let clients = ["gloo-net", "web-sys", "js-fetch", "xhr", "axios", "ky"].into_iter().enumerate();
    let all = clients.flat_map(|(at, client)| {
        let factors = [("", 1.0), (":fresh", 1.2), (":sequential", 4.0), (":sequential:fresh", 4.0)];
        factors.map(|(words, times)| row(&format!("{client}{words} {}", times * (1.0 + at as f64 / 100.0))))
    });
    let headline = Headline::of(&report(all.collect()));
    let Headline::Compared { first, more } = &headline else { panic!("{headline:?}") };
    let questions: Vec<_> = more.iter().map(|answer| answer.question).collect();
    assert_eq!((first.question, questions), (Question::Lifecycle, vec![Question::Client]));
    let counts: Vec<_> = first.groups.iter().map(|group| (group.verdict, group.comparisons.len())).collect();
    assert_eq!(counts, [(Verdict::Slower, 6), (Verdict::Equivalent, 6)]);
}

/// The client that a headline on two clients calls faster than the other.
fn called_faster(headline: &Headline) -> Option<String> {
    let Headline::Compared { first, .. } = headline else { return None };
    let candidate =
        |effects: &[Effect]| effects.first().map(|effect| effect.comparisons[0].candidate.clone());
    let other = |client: String| if client == "a" { "b".to_owned() } else { "a".to_owned() };
    match &first.claim {
        Claim::Fastest { client, .. } => Some(client.clone()),
        Claim::Differs { faster, slower } => candidate(faster).or(candidate(slower).map(other)),
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
        let one = row("a 1.0");
        let other = VariantReport { client: "b".into(), ..variant("b", &walls) };
        let there = Headline::of(&report(vec![one.clone(), other.clone()]));
        prop_assert_eq!(called_faster(&there), called_faster(&Headline::of(&report(vec![other, one]))));
    }

    #[test]
    fn nothing_is_claimed_that_no_verdict_says(
        rows in prop::collection::vec(("[abc](:fresh)?(:sequential)?", 0.7_f64..1.4, any::<bool>()), 2..8),
    ) {
        let mut all: Vec<VariantReport> = Vec::new();
        for (id, times, is_noisy) in rows {
            let times = if is_noisy { "noisy".to_owned() } else { times.to_string() };
            if all.iter().all(|other| other.id != id) { all.push(row(&format!("{id} {times}"))) }
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
                        let known = compare_with(&report, &one.baseline).unwrap();
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
