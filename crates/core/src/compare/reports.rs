//! Two reports compared, row by row.
//!
//! They were measured at different times, so that nothing ties a round of one to a round of the other: the rounds of a row are
//! two independent samples ([`crate::compare::compare_apart`]). What else differed between the two times is in the ratio
//! and in no interval; what is known to differ is named.

use crate::{
    compare::{
        ALPHA, Comparison, Criteria,
        answers::{are_apart, mean_body_bytes},
        compare_apart,
    },
    map::Map,
    report::{Distance, Origin, Report, RuntimeReport, VariantReport},
    request::{
        secrets::{Place, SecretName},
        target::Target,
    },
    scenario::{
        Scenario,
        factors::{Runtime, Thread, string_enum},
        limits::MARGIN_RANGE,
    },
    stats::numbers::fixed,
};
use serde::{Deserialize, Serialize};

string_enum! {
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
        /// The origin of the document that measured.
        Origin = "origin",
        /// What ran the clients, in its own words.
        Browser = "browser",
        /// Logical processors.
        Cores = "cores",
        /// What ran clients outside the browser: versions of it and of its libraries.
        Runtimes = "runtimes",
        /// What may stand between the browser and the target.
        Proxy = "proxy",
        /// The network that the lab emulated.
        Distance = "distance",
        /// Whether the page was cross-origin isolated.
        Isolated = "isolated",
        /// The step of the clock, in ms, where one is at least twice the other.
        TimerStep = "timer-step",
        /// The protocol most requests used.
        Protocol = "protocol",
        /// How many browsers measured.
        Sessions = "sessions",
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
    // A row's id tells the thread only beside rows on another: whole reports on unlike threads are compared, single rows are not.
    let has_two_threads = baseline.scenario.thread.len().max(candidate.scenario.thread.len()) > 1;
    let thread = |of: &Report, row: &VariantReport| row.thread.or(of.scenario.thread.first().copied());
    let are_alike = |before: &VariantReport, after: &VariantReport| {
        !has_two_threads || thread(baseline, before) == thread(candidate, after)
    };
    let both: Vec<(&VariantReport, &VariantReport)> = candidate
        .variants
        .iter()
        .filter_map(|variant| Some((baseline.row(&variant.id)?, variant)))
        .filter(|(before, after)| after.runtime != Runtime::Browser || are_alike(before, after))
        .collect();
    // A report may be anybody's: a margin that no scenario may have is none.
    let margin = candidate.scenario.margin.clamp(*MARGIN_RANGE.start(), *MARGIN_RANGE.end());
    let criteria = Criteria {
        margin,
        alpha: ALPHA,
        timer_step_ms: baseline.environment.timer_step_ms.max(candidate.environment.timer_step_ms),
    };
    let rows = compare_apart(&both, criteria).into_iter().zip(&both).map(|(comparison, (before, after))| {
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
    let [before, after] = [baseline, candidate].map(|report| report.scenario.secrets());
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
    let reports = [baseline, candidate].map(Report::masked);
    let body = |target: &Target| target.body.clone().unwrap_or_default();
    let bodies = reports.each_ref().map(|report| of_targets(&report.scenario, body));
    let are_other_answers = are_other_answers(baseline, candidate);
    Setting::ALL
        .iter()
        .filter_map(|&setting| {
            let [mut baseline, mut candidate] = reports.each_ref().map(|report| value(report, setting));
            if setting == Setting::Request && bodies[0] != bodies[1] {
                let [of_baseline, of_candidate] = where_they_part(bodies.each_ref().map(String::as_str));
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
    let mut counts = Map::<u16, u64>::default();
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
    match setting {
        Setting::Url => of_targets(scenario, |target| target.url.clone()),
        Setting::Request => of_targets(scenario, request),
        Setting::ColdUrl => of_targets(scenario, |target| target.cold_url.clone().unwrap_or_default()),
        Setting::N => scenario.n.to_string(),
        Setting::Warmup => scenario.warmup.to_string(),
        Setting::Timeout => scenario.timeout_ms.to_string(),
        // Beside rows in a worker those of the page's thread are compared with none but their like.
        Setting::Thread if scenario.thread.contains(&Thread::Worker) => Thread::Worker.to_string(),
        Setting::Thread => Thread::Main.to_string(),
        Setting::Origin => environment.origin.unwrap_or(Origin::Page).to_string(),
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
        Setting::Distance => environment.distance.map(distance).unwrap_or_default(),
        Setting::Isolated => environment.cross_origin_isolated.to_string(),
        Setting::TimerStep => environment.timer_step_ms.to_string(),
        Setting::Protocol => {
            let most = environment.protocols.iter().max_by_key(|(_, count)| **count);
            most.map(|(protocol, _)| protocol.clone()).unwrap_or_default()
        }
        Setting::Sessions => report.sessions.len().max(1).to_string(),
        Setting::Answers => {
            let status = most_frequent_status(report).map(|status| format!("{status}, "));
            let bytes = mean_body_bytes(&report.variants).unwrap_or_default();
            format!("{}{} bytes", status.unwrap_or_default(), fixed(bytes, 0))
        }
        Setting::Ending => report.ending.to_string(),
        Setting::Version => report.fetchmark_version.clone(),
    }
}

fn distance(distance: Distance) -> String {
    let slow_start = if distance.slow_start { ", slow start" } else { "" };
    let bandwidth = distance.bandwidth_mbit.map(|mbit| format!(", {mbit} Mbit/s")).unwrap_or_default();
    format!("{} ms{slow_start}{bandwidth}", distance.rtt_ms)
}

/// What is set for each target, by label, as rows are compared; once, where it is the same for all.
fn of_targets(scenario: &Scenario, of: impl Fn(&Target) -> String) -> String {
    let texts: Vec<String> = scenario.all_targets().iter().map(of).collect();
    if texts.windows(2).all(|pair| pair[0] == pair[1]) {
        return texts.into_iter().next().unwrap_or_default();
    }
    let named = scenario.targets.iter().zip(texts).map(|(target, text)| format!("{}: {text}", target.label));
    let mut named: Vec<String> = named.collect();
    named.sort();
    named.join(" | ")
}

fn request(target: &Target) -> String {
    let headers: String = target.headers.iter().map(|(name, value)| format!(" {name}: {value};")).collect();
    let body = target.body.as_ref().map_or(0, String::len);
    format!("{}{headers} body of {body} bytes; credentials {}", target.method, target.credentials)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compare::{Reason, Verdict},
        report::{
            Proxy,
            fixture::{QUIET, quiet, report, two_targets},
        },
    };

    fn one_row() -> Report {
        report(&[("a", &QUIET)])
    }

    fn settings(compared: &ReportComparison) -> Vec<Setting> {
        compared.differences.iter().map(|difference| difference.setting).collect()
    }

    #[test]
    fn the_candidate_is_compared_with_the_baseline_row_by_row() {
        let before = report(&[("a", &QUIET), ("b", &QUIET), ("gone", &QUIET), ("same", &QUIET)]);
        let after = report(&[("new", &QUIET), ("b", &quiet(1.3)), ("a", &quiet(0.8)), ("same", &QUIET)]);
        let compared = compare_reports(&before, &after);
        let found: Vec<_> = compared.rows.iter().map(|row| (&*row.id, row.comparison.verdict)).collect();
        let expected = [("b", Verdict::Slower), ("a", Verdict::Faster), ("same", Verdict::Equivalent)];
        assert_eq!(found, expected);
        let ratio = compared.rows[0].comparison.ratio.unwrap();
        assert!((ratio - 1.3).abs() < 1e-9, "{ratio}");
        assert_eq!(
            (compared.only_in_baseline, compared.only_in_candidate),
            (vec!["gone".into()], vec!["new".into()])
        );
        assert_eq!(compared.differences, []);
    }

    #[test]
    fn rows_on_unlike_threads_are_compared_only_where_all_are() {
        use Thread::{Main, Worker};
        let on = |rows: &[(&str, Thread)]| {
            let ids: Vec<(&str, &[f64])> = rows.iter().map(|(id, _)| (*id, &QUIET[..])).collect();
            let mut report = report(&ids);
            report.scenario.thread = rows.iter().map(|(_, thread)| *thread).collect();
            report.variants.iter_mut().zip(rows).for_each(|(row, (_, thread))| row.thread = Some(*thread));
            report
        };
        let (in_worker, on_page) = (on(&[("a", Worker)]), on(&[("a", Main)]));
        let both = on(&[("a", Worker), ("a:main", Main)]);
        let mut unnamed = both.clone();
        unnamed.variants.iter_mut().for_each(|row| row.thread = None);
        for (before, after, pairs, only_before, only_after, is_named) in [
            (&in_worker, &both, &["a"][..], 0, 1, false),
            (&both, &both, &["a", "a:main"], 0, 0, false),
            // Its rows have the same names, and are none of them.
            (&on_page, &both, &[], 1, 2, true),
            (&both, &on_page, &[], 2, 1, true),
            // Two whole reports on unlike threads: that is what is asked.
            (&in_worker, &on_page, &["a"], 0, 0, true),
            (&unnamed, &both, &["a"], 1, 1, false),
        ] {
            let compared = compare_reports(before, after);
            assert_eq!(compared.rows.iter().map(|row| &*row.id).collect::<Vec<_>>(), pairs);
            let only = (compared.only_in_baseline.len(), compared.only_in_candidate.len());
            assert_eq!(only, (only_before, only_after), "{pairs:?}");
            assert_eq!(settings(&compared).contains(&Setting::Thread), is_named, "{pairs:?}");
        }
    }

    #[test]
    fn what_else_differs_is_named() {
        let mut before = one_row();
        before.scenario.target.body = Some("{\"query\": \"the first of many\"}".into());
        before.environment.cores = Some(2);
        let mut after = before.clone();
        after.scenario.target.url = "https://other.example/".into();
        after.scenario.target.body = Some("{\"query\": \"the other of many\"}".into());
        after.scenario.target.cold_url = Some("http://h{n}.localhost/".into());
        after.environment.cores = Some(8);
        after.environment.timer_step_ms = 0.1;
        after.environment.origin = Some(Origin::Target);
        after.environment.proxy =
            Some(Proxy { address: "http://p:1".into(), named_by: "http_proxy".into(), runtimes: vec![] });
        after.environment.distance =
            Some(Distance { rtt_ms: 45.0, slow_start: true, bandwidth_mbit: Some(20.0) });
        let compared = compare_reports(&before, &after);
        use Setting::{
            ColdUrl, Cores, Distance as DistanceSetting, Proxy as ProxySetting, Request, TimerStep, Url,
        };
        assert_eq!(
            settings(&compared),
            [Url, Request, ColdUrl, Setting::Origin, Cores, ProxySetting, DistanceSetting, TimerStep]
        );
        assert_eq!(compared.differences[6].candidate, "45 ms, slow start, 20 Mbit/s");
        let [url, request, ..] = &compared.differences[..] else { panic!("{compared:?}") };
        assert_eq!(url.candidate, "https://other.example/");
        // The bodies are of the same length.
        assert!(request.baseline.contains("first of many") && request.candidate.contains("other of many"));
    }

    #[test]
    fn targets_are_known_by_their_labels() {
        let before = two_targets();
        let mut after = before.clone();
        after.scenario.targets[1].label = "preview".into();
        after.scenario.targets[0].body = Some("x".into());
        for row in &mut after.variants[2..] {
            row.target = Some("preview".into());
            row.id = row.id.replace("production", "preview");
        }
        let compared = compare_reports(&before, &after);
        let all_of =
            |ids: Vec<&String>, label: &str| ids.len() == 2 && ids.iter().all(|id| id.starts_with(label));
        assert!(all_of(compared.rows.iter().map(|row| &row.id).collect(), "staging:"));
        assert!(all_of(compared.only_in_baseline.iter().collect(), "production:"));
        assert!(all_of(compared.only_in_candidate.iter().collect(), "preview:"));
        assert_eq!(settings(&compared), [Setting::Url, Setting::Request]);
        assert!(compared.differences[1].candidate.contains(" | "), "{compared:?}");
        // Labels that have changed places are other addresses.
        let mut turned = before.clone();
        turned.scenario.targets.swap(0, 1);
        assert_eq!(settings(&compare_reports(&before, &turned)), []);
        let [first, second] = &mut turned.scenario.targets[..] else { panic!("two targets") };
        std::mem::swap(&mut first.url, &mut second.url);
        assert_eq!(settings(&compare_reports(&before, &turned)), [Setting::Url]);
    }

    #[test]
    fn secrets_are_compared_and_never_shown() {
        let mut before = one_row();
        before.scenario.target.url = "http://x/?token=T1111&page=1".into();
        before.scenario.target.headers = vec![("X-Api-Key".into(), "K1111".into())];
        let mut after = before.clone();
        after.scenario.target.url = "http://x/?token=T2222&page=1".into();
        after.scenario.target.headers[0].1 = "K2222".into();
        let compared = compare_reports(&before, &after);
        let shown = serde_json::to_string(&compared).unwrap();
        assert!(!shown.contains("1111") && !shown.contains("2222"), "{shown}");
        assert_eq!(settings(&compared), [Setting::Url, Setting::Request]);
        assert_eq!(compared.unknown, Vec::<String>::new());
        assert!(compared.differences[1].candidate.ends_with("the header x-api-key differs"));
        // One of them was kept without.
        let compared = compare_reports(&before, &after.masked());
        assert_eq!(compared.differences, []);
        assert_eq!(compared.unknown, ["the header x-api-key", "the parameter token of the address"]);
    }

    #[test]
    fn other_answers_are_named_and_far_shorter_ones_are_not_faster() {
        let answering = |bytes: u64, status: u16, by: f64| {
            let mut report = report(&[("a", &quiet(by))]);
            report.variants[0].body_bytes = 800 * bytes;
            report.variants[0].statuses = [(status, 800)].into();
            report
        };
        let before = answering(10_000, 200, 1.0);
        for (bytes, status, by, verdict, named) in [
            (30_000, 200, 1.5, Verdict::Slower, Some("200, 30000 bytes")),
            (8_000, 200, 0.8, Verdict::Faster, Some("200, 8000 bytes")),
            (30, 200, 0.2, Verdict::Refused, Some("200, 30 bytes")),
            (10_000, 203, 1.0, Verdict::Equivalent, Some("203, 10000 bytes")),
            (10_100, 200, 1.0, Verdict::Equivalent, None),
        ] {
            let compared = compare_reports(&before, &answering(bytes, status, by));
            assert_eq!(compared.rows[0].comparison.verdict, verdict, "{bytes}");
            let differences: Vec<_> = compared.differences.iter().map(|one| &*one.candidate).collect();
            assert_eq!(differences, Vec::from_iter(named));
        }
    }

    #[test]
    fn rounds_of_other_sizes_too_few_and_lost_ones_are_not_compared() {
        let mut before = report(&[("a", &QUIET), ("b", &[100.0]), ("c", &QUIET.repeat(2))]);
        before.variants[2].rounds[5..].iter_mut().for_each(|round| round.voided = true);
        let mut after = report(&[("a", &QUIET), ("b", &[100.0]), ("c", &QUIET)]);
        after.scenario.n = 50;
        after.variants[0].rounds.iter_mut().for_each(|round| round.ok = 50);
        let rows = compare_reports(&before, &after).rows;
        let found: Vec<_> =
            rows.iter().map(|row| (row.comparison.verdict, row.comparison.reason_code)).collect();
        let expected = [
            (Verdict::Refused, Reason::RoundsDiffer),
            (Verdict::Inconclusive, Reason::TooFewRounds),
            (Verdict::Refused, Reason::TooManyVoided),
        ];
        assert_eq!(found, expected);
    }
}
