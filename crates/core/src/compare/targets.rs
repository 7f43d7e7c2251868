//! Targets compared: each row of one with the same row of the first, paired by block.

use super::{
    answers::{are_apart, mean_body_bytes},
    contrast::Contrast,
    criteria::Criteria,
    judge::judged,
    pair::Pair,
    sessions::mean_error,
    verdict::{Reason, TargetComparison},
};
use crate::{
    report::{Finding, FindingCode, Severity, VariantReport, headline::question::Question},
    request::target::origin,
    scenario::{NamedTarget, client::exchanges_messages, factors::Runtime},
    stats::numbers::fixed,
};
use std::fmt;

/// Every further target compared with the first, in order. The rows of all of them are one family, corrected for their number, and what
/// they say together is another.
pub fn compare_targets(rows: &[VariantReport], criteria: Criteria) -> Vec<TargetComparison> {
    let targets: Vec<(&str, Vec<Pair<'_>>)> =
        further(rows).into_iter().map(|label| (label, pairs(rows, label, criteria))).collect();
    let Some(first) = rows.first().and_then(|row| row.target.as_deref()) else { return Vec::new() };
    let contrasts = targets.iter().flat_map(|(_, pairs)| pairs).map(|pair| pair.contrast(criteria));
    let mut of_rows = judged(&contrasts.collect::<Vec<_>>(), criteria).into_iter();
    let together: Vec<Contrast<'_>> =
        targets.iter().map(|(label, pairs)| together(first, label, pairs, criteria)).collect();
    let overall = judged(&together, criteria).into_iter().zip(&targets);
    overall
        .map(|(overall, (_, pairs))| TargetComparison {
            overall,
            rows: of_rows.by_ref().take(pairs.len()).collect(),
        })
        .collect()
}

/// The labels of the targets after the first.
fn further(rows: &[VariantReport]) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for label in rows.iter().filter_map(|row| row.target.as_deref()) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.drain(..labels.len().min(1));
    labels
}

fn pairs<'r>(rows: &'r [VariantReport], label: &str, criteria: Criteria) -> Vec<Pair<'r>> {
    let both = like_the_first(rows, label).into_iter();
    both.map(|(baseline, candidate)| Pair::by_block(baseline, candidate, criteria)).collect()
}

/// The rows of a further target, each after the same row of the first.
fn like_the_first<'r>(rows: &'r [VariantReport], label: &str) -> Vec<(&'r VariantReport, &'r VariantReport)> {
    let mut both = Vec::new();
    for candidate in rows.iter().filter(|row| row.target.as_deref() == Some(label)) {
        let is_like = |row: &&VariantReport| {
            row.target == rows[0].target && Question::Target.alone_separates(row, candidate)
        };
        both.extend(rows.iter().find(is_like).map(|baseline| (baseline, candidate)));
    }
    both
}

/// What the pairs that can be compared say together: the mean of what each says, over the blocks in which all of them have a ratio.
///
/// A block without one of them would stand for other rows than the rest do.
fn together<'a>(first: &'a str, label: &'a str, pairs: &[Pair<'_>], criteria: Criteria) -> Contrast<'a> {
    let refusals: Vec<Option<Reason>> = pairs.iter().map(|pair| pair.refusal(criteria)).collect();
    let counted: Vec<&Pair<'_>> =
        pairs.iter().zip(&refusals).filter(|(_, refusal)| refusal.is_none()).map(|(pair, _)| pair).collect();
    // Ratios stand in the order of their blocks.
    let has = |pair: &Pair<'_>, place: (u32, u32)| {
        pair.log_ratios.binary_search_by_key(&place, |(place, _)| *place).is_ok()
    };
    let of_blocks = |pair: &&Pair<'_>| -> Vec<(u32, f64)> {
        let in_all =
            pair.log_ratios.iter().filter(|(place, _)| counted.iter().all(|other| has(other, *place)));
        in_all.map(|((session, _), ratio)| (*session, *ratio)).collect()
    };
    let ratios: Vec<Vec<(u32, f64)>> = counted.iter().map(of_blocks).collect();
    let blocks = ratios.first().map_or(0, Vec::len);
    // The fewer blocks, the larger the error.
    let squared_clock_error = |pair: &&Pair<'_>| pair.clock_error.powi(2) * pair.used as f64 / blocks as f64;
    let clock_error = counted.iter().map(squared_clock_error).sum::<f64>().sqrt() / counted.len() as f64;
    let most = counted.iter().map(|pair| pair.kept.1).max().unwrap_or_default();
    let refusal = if counted.is_empty() {
        // One that may pass keeps an auto run going.
        refusals.into_iter().flatten().min_by_key(|reason| !reason.may_pass())
    } else {
        (2 * blocks < most).then_some(Reason::TooManyVoided)
    };
    Contrast {
        baseline: first,
        candidate: label,
        refusal,
        used: blocks,
        too_few: Reason::TooFewBlocks,
        mean: mean_error(&ratios, clock_error),
    }
}

/// What weakens the comparison of targets, found in their rows.
pub(crate) fn target_findings(rows: &[VariantReport], targets: &[NamedTarget]) -> Vec<Finding> {
    let finding = |code, severity| move |detail| Finding::of_run(code, severity, Some(detail));
    let differ = differences(rows).into_iter().map(finding(FindingCode::TargetsDiffer, Severity::Note));
    let same = on_the_same_server(rows, targets).into_iter();
    differ.chain(same.map(finding(FindingCode::TargetsSameServer, Severity::Weakens))).collect()
}

/// What the answers of each further target and of the first differ in besides their times, in words, by what ran the rows that are
/// compared; `None` where nothing does.
///
/// Each is written as protocol, status and mean length of a body: `staging: http/1.1, 200, 512 bytes; production: h2, 200, 498 bytes`.
fn differences(rows: &[VariantReport]) -> Vec<String> {
    let Some(first) = rows.first().and_then(|row| row.target.as_deref()) else { return Vec::new() };
    let mut found = Vec::new();
    for label in further(rows) {
        let both = like_the_first(rows, label);
        for runtime in Runtime::ALL {
            let (mut before, mut now) = (Vec::new(), Vec::new());
            for (baseline, candidate) in &both {
                // Messages come back as they were sent, whatever the target.
                let is_request = !exchanges_messages(&candidate.client);
                if is_request
                    && candidate.runtime == *runtime
                    && baseline.has_rounds()
                    && candidate.has_rounds()
                {
                    before.push(*baseline);
                    now.push(*candidate);
                }
            }
            let (before, now) = (Answers::of(&before), Answers::of(&now));
            if before.differ(&now) {
                let of = match runtime {
                    Runtime::Browser => String::new(),
                    other => format!(" ({other})"),
                };
                found.push(format!("{first}{of}: {before}; {label}{of}: {now}"));
            }
        }
    }
    found
}

/// Each further target whose answers come from the first one's server though it has another address, in words: by redirects.
fn on_the_same_server(rows: &[VariantReport], targets: &[NamedTarget]) -> Vec<String> {
    let mut found = Vec::new();
    let Some((first, others)) = targets.split_first() else { return found };
    let at_first = servers(rows, first);
    for other in others.iter().filter(|other| origin(&other.url) != origin(&first.url)) {
        if let Some(server) = servers(rows, other).iter().find(|server| at_first.contains(server)) {
            found.push(format!("{}, {}: {server}", first.label, other.label));
        }
    }
    found
}

/// Where a target's answers come from.
fn servers<'r>(rows: &'r [VariantReport], target: &'r NamedTarget) -> Vec<&'r str> {
    let mut servers = Vec::new();
    for row in rows.iter().filter(|row| row.target.as_ref() == Some(&target.label)) {
        servers.extend(row.redirected_to.iter().map(|url| origin(url)));
    }
    if servers.is_empty() {
        servers.push(origin(&target.url));
    }
    servers
}

/// What most answers of a target are.
struct Answers {
    protocol: Option<String>,
    status: Option<u16>,
    body_bytes: Option<f64>,
    /// Whether a cache on the way gave those that were looked at.
    are_aged: bool,
}

impl Answers {
    fn of(rows: &[&VariantReport]) -> Self {
        fn most<'r, K: PartialEq + Clone + 'r>(counts: impl Iterator<Item = (&'r K, &'r u64)>) -> Option<K> {
            let mut sums: Vec<(&K, u64)> = Vec::new();
            for (key, count) in counts {
                match sums.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, sum)) => *sum += count,
                    None => sums.push((key, *count)),
                }
            }
            sums.into_iter().max_by_key(|(_, count)| *count).map(|(key, _)| key.clone())
        }
        // Not every client tells.
        let (mut aged, mut looked_at) = (0, 0);
        for row in rows.iter().filter(|row| row.aged_rounds > 0) {
            aged += row.aged_rounds;
            looked_at += row.rounds.len() as u64;
        }
        Self {
            protocol: most(rows.iter().flat_map(|row| &row.protocols)).filter(|name| !name.is_empty()),
            status: most(rows.iter().flat_map(|row| &row.statuses)),
            body_bytes: mean_body_bytes(rows.iter().copied()),
            are_aged: 2 * aged > looked_at,
        }
    }

    fn differ(&self, other: &Self) -> bool {
        let is_other_protocol =
            matches!((&self.protocol, &other.protocol), (Some(one), Some(other)) if one != other);
        let is_other_status = matches!((self.status, other.status), (Some(one), Some(other)) if one != other);
        let is_other_length =
            matches!((self.body_bytes, other.body_bytes), (Some(one), Some(other)) if are_apart(one, other));
        is_other_protocol || is_other_status || is_other_length || self.are_aged != other.are_aged
    }
}

impl fmt::Display for Answers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.map(|status| status.to_string());
        let bytes = self.body_bytes.map(|bytes| format!("{} bytes", fixed(bytes, 0)));
        let aged = self.are_aged.then(|| "from a cache (Age)".to_owned());
        let known = [self.protocol.clone(), status, bytes, aged].into_iter().flatten().collect::<Vec<_>>();
        formatter.write_str(&known.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compare::{Verdict, compare},
        report::fixture::{self, CRITERIA, row, rows},
    };

    /// The second target takes 1.1 times as long.
    fn rows_of_two() -> Vec<VariantReport> {
        rows("ky:@a 1.0, xhr:@a 2.0, ky:@b 1.1, xhr:@b 2.2")
    }

    fn verdict(rows: &[VariantReport]) -> (Verdict, Reason) {
        let overall = compare_targets(rows, CRITERIA).remove(0).overall;
        (overall.verdict, overall.reason_code)
    }

    #[test]
    fn each_row_is_compared_with_its_like() {
        let rows = rows_of_two();
        let compared = compare_targets(&rows, CRITERIA);
        let [TargetComparison { overall, rows: of_rows }] = &compared[..] else { panic!("{compared:?}") };
        let pairs: Vec<_> = of_rows.iter().map(|one| (&*one.candidate, &*one.baseline)).collect();
        assert_eq!(pairs, [("ky:@b", "ky:@a"), ("xhr:@b", "xhr:@a")]);
        assert_eq!((&*overall.candidate, &*overall.baseline, overall.blocks), ("@b", "@a", 8));
        assert!((overall.ratio.unwrap() - 1.1).abs() < 1e-9 && overall.verdict == Verdict::Slower);
        assert_eq!(compared[0].rows_that_agree(), 2);
        // Within a target, rows are compared with its own first one.
        let within: Vec<_> =
            compare(&rows, CRITERIA).into_iter().map(|one| (one.candidate, one.baseline)).collect();
        assert_eq!(within, [("xhr:@a".into(), "ky:@a".into()), ("xhr:@b".into(), "ky:@b".into())]);
        assert_eq!(compare_targets(&fixture::rows("x 1.0, y 1.0"), CRITERIA), []);
    }

    #[test]
    fn a_row_may_say_the_opposite() {
        let mut rows = rows_of_two();
        rows[3] = row("xhr:@b 1.6");
        let compared = compare_targets(&rows, CRITERIA).remove(0);
        // The mean of 1.1 and 0.8, which are the rows' own ratios.
        assert!((compared.overall.ratio.unwrap() - 0.88_f64.sqrt()).abs() < 1e-9);
        assert_eq!((compared.overall.verdict, compared.rows_that_agree()), (Verdict::Faster, 1));
        assert_eq!(compared.rows_that_differ(), [(Verdict::Slower, 1)]);
    }

    #[test]
    fn what_the_rows_of_a_block_share_is_no_evidence_twice() {
        // The second row repeats the first: together they are as sure as one, not surer.
        let twice = rows("ky:@a 1.0, xhr:@a 1.0, ky:@b noisy, xhr:@b noisy");
        let compared = compare_targets(&twice, CRITERIA).remove(0);
        assert_eq!(
            (compared.overall.low, compared.overall.high),
            (compared.rows[0].low, compared.rows[0].high)
        );
    }

    #[test]
    fn a_row_that_cannot_be_compared_is_left_out() {
        let mut some = rows_of_two();
        some[3].connections.cached = 1;
        assert_eq!(verdict(&some).0, Verdict::Slower);
        assert_eq!(compare_targets(&some, CRITERIA)[0].rows_that_agree(), 1);
        some[2].connections.cached = 1;
        assert_eq!(verdict(&some), (Verdict::Refused, Reason::CachedAnswers));
        // What may pass is named, so that an auto run goes on.
        some[3] = row("xhr:@b 2.0");
        some[3].rounds[..5].iter_mut().for_each(|round| round.voided = true);
        assert_eq!(verdict(&some), (Verdict::Refused, Reason::TooManyVoided));
        // Blocks in which one of the rows is voided count in none.
        let mut voided = rows_of_two();
        voided[2].rounds[..3].iter_mut().for_each(|round| round.voided = true);
        voided[3].rounds[3..6].iter_mut().for_each(|round| round.voided = true);
        assert_eq!(verdict(&voided), (Verdict::Refused, Reason::TooManyVoided));
    }

    #[test]
    fn the_clocks_step_bounds_what_all_rows_say() {
        let at = |rows: &[VariantReport]| {
            let coarse = Criteria { timer_step_ms: 5.0, ..CRITERIA };
            let overall = compare_targets(rows, coarse).remove(0).overall;
            overall.high.unwrap().ln() - overall.ratio.unwrap().ln()
        };
        // Twice the rows know it better, by √2; half the blocks less well, and with fewer degrees of freedom.
        let one = rows("ky:@a 1.0, ky:@b 1.0");
        let two = rows("ky:@a 1.0, ky:@b 1.0, xhr:@a 1.0, xhr:@b 1.0");
        assert!((at(&one) / at(&two) - 2_f64.sqrt()).abs() < 1e-9);
        let mut half = two.clone();
        half[2].rounds[..2].iter_mut().for_each(|round| round.voided = true);
        half[3].rounds[2..4].iter_mut().for_each(|round| round.voided = true);
        assert!(at(&half) > at(&two) * 2_f64.sqrt());
    }

    #[test]
    fn other_protocols_and_lengths_are_named_and_compared_and_half_an_answer_is_not() {
        let with = |protocol: &str, body_bytes: u64, status: u16| {
            let mut rows = rows_of_two();
            for (at, row) in rows.iter_mut().enumerate() {
                let own = at >= 2;
                row.protocols = [(if own { protocol } else { "h2" }.to_owned(), 800)].into();
                row.body_bytes = 800 * if own { body_bytes } else { 4_000 };
                row.statuses = [(if own { status } else { 200 }, 800)].into();
            }
            // What Python's row says goes by itself.
            let mut python = fixture::rows("httpx:@a 1.0, httpx:@b 1.0");
            python.iter_mut().for_each(|row| row.protocols = [("http/1.1".to_owned(), 5_000)].into());
            (verdict(&rows), differences(&[rows, python].concat()))
        };
        let of = |b: &str| vec![format!("@a: h2, 200, 4000 bytes; @b: {b}")];
        let slower = (Verdict::Slower, Reason::Difference);
        let refused = (Verdict::Refused, Reason::AnswersDiffer);
        assert_eq!(with("h2", 4_000, 200), (slower, Vec::new()));
        assert_eq!(with("http/1.1", 4_000, 200), (slower, of("http/1.1, 200, 4000 bytes")));
        assert_eq!(with("h2", 5_000, 200), (slower, of("h2, 200, 5000 bytes")));
        assert_eq!(with("h2", 1_000, 200), (refused, of("h2, 200, 1000 bytes")));
        assert_eq!(with("h2", 4_000, 204), (refused, of("h2, 204, 4000 bytes")));
    }

    #[test]
    fn a_cache_that_one_target_has_is_named() {
        let aged = |rounds: [u64; 4]| {
            let mut rows = rows_of_two();
            rows.iter_mut().zip(rounds).for_each(|(row, rounds)| row.aged_rounds = rounds);
            rows.iter_mut().for_each(|row| row.statuses = [(200, 800)].into());
            differences(&rows)
        };
        // One client of two tells.
        assert_eq!(aged([8, 0, 0, 0]), ["@a: 200, 0 bytes, from a cache (Age); @b: 200, 0 bytes"]);
        assert!(aged([8, 0, 8, 8]).is_empty() && aged([2, 0, 0, 3]).is_empty());
    }

    #[test]
    fn what_python_finds_otherwise_is_named_as_its() {
        let of = |text: &str, bytes: u64| VariantReport { body_bytes: 800 * bytes, ..row(text) };
        let rows = [rows_of_two(), vec![of("httpx:@a 1.0", 1_000), of("httpx:@b 1.0", 2_000)]].concat();
        assert_eq!(differences(&rows), ["@a (python): 1000 bytes; @b (python): 2000 bytes"]);
        // A row that was never measured says nothing.
        let unmeasured = VariantReport { rounds: Vec::new(), ..of("httpx:@b 1.0", 2_000) };
        assert!(differences(&[&rows[..5], &[unmeasured]].concat()).is_empty());
    }

    #[test]
    fn targets_that_redirects_lead_to_one_server_are_named() {
        let named = |urls: [&str; 2], led: [&[&str]; 2]| {
            let targets = [NamedTarget::new("@a", urls[0]), NamedTarget::new("@b", urls[1])];
            let mut rows = rows_of_two();
            for (row, led) in rows.iter_mut().step_by(2).zip(led) {
                row.redirected_to = led.iter().map(|url| (*url).to_owned()).collect();
            }
            on_the_same_server(&rows, &targets)
        };
        let two = ["http://a/x", "http://b/x"];
        let at = |server: &str| vec![format!("@a, @b: {server}")];
        assert!(named(two, [&[], &[]]).is_empty() && named(two, [&[], &["http://b/y"]]).is_empty());
        assert_eq!(named(two, [&["http://c/x"], &["http://d/x", "http://c/y"]]), at("http://c"));
        assert_eq!(named(two, [&[], &["http://a/y"]]), at("http://a"));
        // That two addresses of one server lead elsewhere is no surprise.
        assert!(named(["http://a/x", "http://a/y"], [&["http://c/x"], &["http://c/x"]]).is_empty());
    }
}
