//! Two reports compared, row by row.
//!
//! They were measured at different times, so that nothing ties a round of one to a round of the other: the rounds of a row are
//! two independent samples ([`crate::comparison::compare_apart`]). What else differed between the two times is in the ratio
//! and in no interval; what is known to differ is named.

use crate::{
    comparison::{ALPHA, Comparison, Terms, are_apart, compare_apart, mean_body_bytes},
    factors::{Thread, words},
    report::{Report, Runtime, RuntimeReport, VariantReport},
    scenario::MARGIN_RANGE,
    secrets::{self, Place, SecretName, Secrets},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

words! {
    /// What two reports may differ in besides their times.
    Setting {
        /// The target's URL.
        Url = "url",
        /// Method, headers, body or credentials.
        Request = "request",
        /// The URL that forces cold connections.
        ColdUrl = "cold-url",
        /// Requests per round.
        N = "n",
        /// Rounds of each row before those that are measured.
        Warmup = "warmup",
        /// Time-out of a request, in ms.
        Timeout = "timeout",
        /// The thread that measured.
        Thread = "thread",
        /// What ran the clients, in its own words.
        Browser = "browser",
        /// Logical processors.
        Cores = "cores",
        /// What ran clients outside the browser: versions of it and of its libraries.
        Runtimes = "runtimes",
        /// What may stand between the browser and the target.
        Proxy = "proxy",
        /// Whether the page was cross-origin isolated.
        Isolated = "isolated",
        /// The step of the clock, in ms, where one is at least twice the other.
        TimerStep = "timer-step",
        /// The protocol most requests used.
        Protocol = "protocol",
        /// Statuses of the answers, and the mean length of those that succeeded.
        Answers = "answers",
        /// How the runs ended.
        Ending = "ending",
        /// The version of Fetchmark.
        Version = "version",
    }
}

/// A setting with the values it has in the two reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Which.
    pub setting: Setting,
    /// In the baseline.
    pub baseline: String,
    /// In the candidate.
    pub candidate: String,
}

/// A row that both reports have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowComparison {
    /// Its id in both.
    pub id: String,
    /// Its median round time in the baseline, in ms.
    pub baseline_ms: Option<f64>,
    /// Its median round time in the candidate, in ms.
    pub candidate_ms: Option<f64>,
    /// The share of its requests that failed in the baseline; `None` if none ended.
    pub baseline_failed_share: Option<f64>,
    /// The share of its requests that failed in the candidate.
    pub candidate_failed_share: Option<f64>,
    /// Candidate ÷ baseline, unpaired.
    pub comparison: Comparison,
}

/// Two reports side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportComparison {
    /// The margin they were compared by: 0.05 is ±5 %.
    pub margin: f64,
    /// What differs besides the times; empty if nothing is known to.
    pub differences: Vec<Difference>,
    /// Secrets of the request that may differ: their values are not kept in reports.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// The rows both have, in the candidate's order.
    pub rows: Vec<RowComparison>,
    /// Ids of the rows that only the baseline has, or has on another thread.
    pub only_in_baseline: Vec<String>,
    /// Ids of the rows that only the candidate has, or has on another thread.
    pub only_in_candidate: Vec<String>,
}

/// Compares the rows that both reports have, by the candidate's margin.
pub fn compare_reports(baseline: &Report, candidate: &Report) -> ReportComparison {
    let of_baseline: BTreeMap<&str, &VariantReport> =
        baseline.variants.iter().map(|variant| (variant.id.as_str(), variant)).collect();
    // A row's id tells the thread only beside rows on another: whole reports on unlike threads are compared, single rows are not.
    let has_two_threads = baseline.scenario.thread.len().max(candidate.scenario.thread.len()) > 1;
    let thread = |of: &Report, row: &VariantReport| row.thread.or(of.scenario.thread.first().copied());
    let are_alike = |before: &VariantReport, after: &VariantReport| {
        !has_two_threads || thread(baseline, before) == thread(candidate, after)
    };
    let both: Vec<(&VariantReport, &VariantReport)> = candidate
        .variants
        .iter()
        .filter_map(|variant| Some((*of_baseline.get(variant.id.as_str())?, variant)))
        .filter(|(before, after)| after.runtime != Runtime::Browser || are_alike(before, after))
        .collect();
    // A report may be anybody's: a margin that no scenario may have is none.
    let margin = candidate.scenario.margin.clamp(*MARGIN_RANGE.start(), *MARGIN_RANGE.end());
    let terms = Terms {
        margin,
        alpha: ALPHA,
        timer_step_ms: baseline.environment.timer_step_ms.max(candidate.environment.timer_step_ms),
    };
    let rows = compare_apart(&both, terms).into_iter().zip(&both).map(|(comparison, (before, after))| {
        RowComparison {
            id: after.id.clone(),
            baseline_ms: before.round_median_ms,
            candidate_ms: after.round_median_ms,
            baseline_failed_share: before.failed_share(),
            candidate_failed_share: after.failed_share(),
            comparison,
        }
    });
    let unpaired = |of: &Report| {
        let is_paired = |id: &str| both.iter().any(|(_, row)| row.id == id);
        of.variants.iter().map(|variant| &variant.id).filter(|id| !is_paired(id)).cloned().collect()
    };
    let [before, after] = [baseline, candidate].map(|report| Secrets::of(&report.scenario.target));
    let (differ, unknown) = before.compared(&after);
    ReportComparison {
        margin,
        differences: differences(baseline, candidate, &differ),
        unknown: unknown.iter().map(ToString::to_string).collect(),
        rows: rows.collect(),
        only_in_baseline: unpaired(baseline),
        only_in_candidate: unpaired(candidate),
    }
}

/// The time-step of a clock counts as another if it is this many times the other.
const OTHER_STEP: f64 = 2.0;

fn differences(baseline: &Report, candidate: &Report, secrets: &[&SecretName]) -> Vec<Difference> {
    let steps = [baseline, candidate].map(|report| report.environment.timer_step_ms);
    let is_other_step = steps[0].max(steps[1]) >= OTHER_STEP * steps[0].min(steps[1]) && steps[0] != steps[1];
    // What is shown of them has no secrets.
    let reports = [baseline, candidate].map(secrets::report);
    let bodies = reports.each_ref().map(|report| report.scenario.target.body.as_deref().unwrap_or_default());
    let are_other_answers = are_other_answers(baseline, candidate);
    Setting::ALL
        .iter()
        .filter_map(|&setting| {
            let [mut baseline, mut candidate] = reports.each_ref().map(|report| value(report, setting));
            if setting == Setting::Request && bodies[0] != bodies[1] {
                let [of_baseline, of_candidate] = where_they_part(bodies);
                baseline += &format!("; {of_baseline}");
                candidate += &format!("; {of_candidate}");
            }
            for secret in secrets.iter().filter(|secret| is_part_of(secret.place, setting)) {
                candidate += &format!("; {secret} differs");
            }
            let differs = match setting {
                Setting::TimerStep => is_other_step,
                Setting::Answers => are_other_answers,
                _ => baseline != candidate,
            };
            differs.then_some(Difference { setting, baseline, candidate })
        })
        .collect()
}

fn is_part_of(place: Place, setting: Setting) -> bool {
    setting
        == match place {
            Place::Address => Setting::Url,
            Place::ColdAddress => Setting::ColdUrl,
            Place::Header | Place::Body => Setting::Request,
        }
}

/// Whether answers of the rows that both have differ in length, or in the status that most have.
fn are_other_answers(baseline: &Report, candidate: &Report) -> bool {
    let lengths = [baseline, candidate].map(|report| mean_body_bytes(&report.variants));
    let statuses = [baseline, candidate].map(most_frequent_status);
    matches!(lengths, [Some(before), Some(now)] if are_apart(before, now))
        || matches!(statuses, [Some(before), Some(now)] if before != now)
}

/// The status of most answers; `None` in reports of before statuses were counted.
fn most_frequent_status(report: &Report) -> Option<u16> {
    let mut counts: BTreeMap<u16, u64> = BTreeMap::new();
    for (status, count) in report.variants.iter().flat_map(|row| &row.statuses) {
        *counts.entry(*status).or_default() += count;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(status, _)| status)
}

/// The characters of a body that are shown from where it parts from the other.
const SHOWN: usize = 24;

/// Two bodies from where they part, after a few characters before that.
fn where_they_part(bodies: [&str; 2]) -> [String; 2] {
    let common = bodies[0].chars().zip(bodies[1].chars()).take_while(|(a, b)| a == b).count();
    let from = common.saturating_sub(SHOWN / 3);
    bodies.map(|body| {
        let part: String = body.chars().skip(from).take(SHOWN).collect();
        let dots = |is_cut: bool| if is_cut { "…" } else { "" };
        let is_cut = body.chars().count() > from + SHOWN;
        format!("body {}{part}{}", dots(from > 0), dots(is_cut))
    })
}

/// A setting as text.
fn value(report: &Report, setting: Setting) -> String {
    let (scenario, environment) = (&report.scenario, &report.environment);
    let target = &scenario.target;
    match setting {
        Setting::Url => target.url.clone(),
        Setting::Request => {
            let headers: String =
                target.headers.iter().map(|(name, value)| format!(" {name}: {value};")).collect();
            let body = target.body.as_ref().map_or(0, String::len);
            format!("{}{headers} body of {body} bytes; credentials {}", target.method, target.credentials)
        }
        Setting::ColdUrl => target.cold_url.clone().unwrap_or_default(),
        Setting::N => scenario.n.to_string(),
        Setting::Warmup => scenario.warmup.to_string(),
        Setting::Timeout => scenario.timeout_ms.to_string(),
        // Beside rows in a worker those of the page's thread are held to none but their like.
        Setting::Thread if scenario.thread.contains(&Thread::Worker) => Thread::Worker.to_string(),
        Setting::Thread => Thread::Main.to_string(),
        Setting::Browser => environment.user_agent.clone(),
        Setting::Cores => environment.cores.map(|cores| cores.to_string()).unwrap_or_default(),
        Setting::Runtimes => {
            let of = |runtime: &RuntimeReport| {
                let libraries: String =
                    runtime.libraries.iter().map(|(name, version)| format!(", {name} {version}")).collect();
                format!("{} {}{libraries}", runtime.name, runtime.version)
            };
            environment.runtimes.iter().map(of).collect::<Vec<_>>().join("; ")
        }
        Setting::Proxy => environment.proxy.as_ref().map(|proxy| proxy.address.clone()).unwrap_or_default(),
        Setting::Isolated => environment.cross_origin_isolated.to_string(),
        Setting::TimerStep => environment.timer_step_ms.to_string(),
        Setting::Protocol => {
            let most = environment.protocols.iter().max_by_key(|(_, count)| **count);
            most.map(|(protocol, _)| protocol.clone()).unwrap_or_default()
        }
        Setting::Answers => {
            let status = most_frequent_status(report).map(|status| format!("{status}, "));
            let bytes = mean_body_bytes(&report.variants).unwrap_or_default();
            format!("{}{bytes:.0} bytes", status.unwrap_or_default())
        }
        Setting::Ending => report.ending.to_string(),
        Setting::Version => report.fetchmark_version.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        comparison::{Reason, Verdict},
        fixture::report,
        report::Proxy,
    };

    const WALLS: [f64; 8] = [100.0, 102.0, 99.0, 101.0, 98.0, 103.0, 100.5, 99.5];

    fn scaled(by: f64) -> Vec<f64> {
        WALLS.iter().map(|wall_ms| wall_ms * by).collect()
    }

    #[test]
    fn the_candidate_is_held_against_the_baseline_row_by_row() {
        let before = report(&[("a", &WALLS), ("b", &WALLS), ("gone", &WALLS)]);
        let after = report(&[("new", &WALLS), ("b", &scaled(1.3)), ("a", &scaled(0.8))]);
        let compared = compare_reports(&before, &after);
        let found: Vec<_> =
            compared.rows.iter().map(|row| (row.id.as_str(), row.comparison.verdict)).collect();
        assert_eq!(found, [("b", Verdict::Slower), ("a", Verdict::Faster)]);
        let ratio = compared.rows[0].comparison.ratio.unwrap();
        assert!((ratio - 1.3).abs() < 1e-9, "{ratio}");
        assert_eq!(
            (&compared.only_in_baseline[..], &compared.only_in_candidate[..]),
            (&["gone".to_owned()][..], &["new".to_owned()][..])
        );
        assert_eq!(compared.differences, []);
    }

    #[test]
    fn rows_on_unlike_threads_are_held_against_each_other_only_where_all_are() {
        let on = |threads: &[(&str, Thread)], rows: &[&str]| {
            let rows: Vec<(&str, &[f64])> = rows.iter().map(|id| (*id, &WALLS[..])).collect();
            let mut report = report(&rows);
            report.scenario.thread = threads.iter().map(|(_, thread)| *thread).collect();
            for (row, (_, thread)) in report.variants.iter_mut().zip(threads) {
                row.thread = Some(*thread);
            }
            report
        };
        let (worker, main) = (Thread::Worker, Thread::Main);
        let in_worker = on(&[("a", worker)], &["a"]);
        let on_page = on(&[("a", main)], &["a"]);
        let both = on(&[("a", worker), ("a:main", main)], &["a", "a:main"]);
        let pairs = |before: &Report, after: &Report| {
            let compared = compare_reports(before, after);
            let paired: Vec<_> = compared.rows.iter().map(|row| row.id.clone()).collect();
            let named = compared.differences.iter().any(|difference| difference.setting == Setting::Thread);
            (paired, compared.only_in_baseline.len(), compared.only_in_candidate.len(), named)
        };
        assert_eq!(pairs(&in_worker, &both), (vec!["a".to_owned()], 0, 1, false));
        assert_eq!(pairs(&both, &both).0, ["a", "a:main"]);
        // Its rows are called alike, and are none of them.
        assert_eq!(pairs(&on_page, &both), (vec![], 1, 2, true));
        assert_eq!(pairs(&both, &on_page), (vec![], 2, 1, true));
        // Two whole reports on unlike threads: that is what is asked.
        assert_eq!(pairs(&in_worker, &on_page), (vec!["a".to_owned()], 0, 0, true));
        let mut untold = both.clone();
        untold.variants.iter_mut().for_each(|row| row.thread = None);
        assert_eq!(pairs(&untold, &both).0, ["a"]);
    }

    #[test]
    fn the_same_report_is_equivalent_to_itself() {
        let report = report(&[("a", &WALLS)]);
        assert_eq!(compare_reports(&report, &report).rows[0].comparison.verdict, Verdict::Equivalent);
    }

    #[test]
    fn what_else_differs_is_named() {
        let before = report(&[("a", &WALLS)]);
        let mut after = before.clone();
        after.scenario.target.url = "https://other.example/".into();
        after.environment.timer_step_ms = 0.1;
        after.environment.proxy =
            Some(Proxy { address: "http://p:1".into(), named_by: "http_proxy".into(), runtimes: vec![] });
        let compared = compare_reports(&before, &after);
        let named: Vec<Setting> = compared.differences.iter().map(|difference| difference.setting).collect();
        assert_eq!(named, [Setting::Url, Setting::Proxy, Setting::TimerStep]);
        assert_eq!(compared.differences[0].candidate, "https://other.example/");
    }

    #[test]
    fn a_body_of_the_same_length_and_what_ran_outside_are_differences_too() {
        let mut before = report(&[("a", &WALLS)]);
        before.scenario.target.body = Some("{\"query\": \"the first of many\"}".into());
        before.environment.cores = Some(2);
        let mut after = before.clone();
        after.scenario.target.body = Some("{\"query\": \"the other of many\"}".into());
        after.scenario.target.cold_url = Some("http://h{n}.localhost/".into());
        after.environment.cores = Some(8);
        let differences = compare_reports(&before, &after).differences;
        let named: Vec<Setting> = differences.iter().map(|difference| difference.setting).collect();
        assert_eq!(named, [Setting::Request, Setting::ColdUrl, Setting::Cores]);
        let [one, other] = [&differences[0].baseline, &differences[0].candidate];
        assert!(one.contains("first of many") && other.contains("other of many"), "{one} {other}");
    }

    #[test]
    fn secrets_are_compared_and_never_shown() {
        let mut before = report(&[("a", &WALLS)]);
        before.scenario.target.url = "http://x/?token=T1111&page=1".into();
        before.scenario.target.headers = vec![("X-Api-Key".into(), "K1111".into())];
        let mut after = before.clone();
        after.scenario.target.url = "http://x/?token=T2222&page=1".into();
        after.scenario.target.headers[0].1 = "K2222".into();
        let compared = compare_reports(&before, &after);
        let shown = serde_json::to_string(&compared).unwrap();
        assert!(!shown.contains("1111") && !shown.contains("2222"), "{shown}");
        let named: Vec<Setting> = compared.differences.iter().map(|difference| difference.setting).collect();
        assert_eq!((named, compared.unknown), (vec![Setting::Url, Setting::Request], vec![]));
        assert!(compared.differences[1].candidate.ends_with("the header x-api-key differs"));
        // One of them was kept without.
        let after = secrets::report(&after).into_owned();
        let compared = compare_reports(&before, &after);
        assert_eq!(compared.differences, []);
        assert_eq!(compared.unknown, ["the header x-api-key", "the parameter token of the address"]);
    }

    #[test]
    fn other_answers_are_named_and_far_shorter_ones_are_not_faster() {
        let before = {
            let mut report = report(&[("a", &WALLS)]);
            report.variants[0].body_bytes = 800 * 10_000;
            report.variants[0].statuses = [(200, 800)].into();
            report
        };
        let compared = |bytes: u64, status: u16, by: f64| {
            let mut after = report(&[("a", &scaled(by))]);
            after.variants[0].body_bytes = 800 * bytes;
            after.variants[0].statuses = [(status, 800)].into();
            let compared = compare_reports(&before, &after);
            let named = compared.differences.iter().map(|difference| difference.candidate.clone()).collect();
            (compared.rows[0].comparison.verdict, named)
        };
        let named = |text: &str| vec![text.to_owned()];
        assert_eq!(compared(30_000, 200, 1.5), (Verdict::Slower, named("200, 30000 bytes")));
        assert_eq!(compared(8_000, 200, 0.8), (Verdict::Faster, named("200, 8000 bytes")));
        assert_eq!(compared(30, 200, 0.2), (Verdict::Refused, named("200, 30 bytes")));
        assert_eq!(compared(10_000, 203, 1.0).1, named("203, 10000 bytes"));
        assert_eq!(compared(10_100, 200, 1.0).1, Vec::<String>::new());
    }

    #[test]
    fn a_report_that_lost_most_of_its_rounds_is_not_compared() {
        let mut before = report(&[("a", &scaled(1.0).repeat(2))]);
        before.variants[0].rounds[5..].iter_mut().for_each(|round| round.voided = true);
        let row = &compare_reports(&before, &report(&[("a", &WALLS)])).rows[0];
        assert_eq!(row.comparison.reason_code, Reason::TooManyVoided);
    }

    #[test]
    fn rounds_of_other_sizes_and_too_few_are_not_compared() {
        let before = report(&[("a", &WALLS), ("b", &[100.0])]);
        let mut after = report(&[("a", &WALLS), ("b", &[100.0])]);
        after.scenario.n = 50;
        for round in &mut after.variants[0].rounds {
            round.ok = 50;
        }
        let rows = compare_reports(&before, &after).rows;
        let found = rows.iter().map(|row| (row.comparison.verdict, row.comparison.reason_code));
        let expected =
            [(Verdict::Refused, Reason::RoundsDiffer), (Verdict::Inconclusive, Reason::TooFewRounds)];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}
