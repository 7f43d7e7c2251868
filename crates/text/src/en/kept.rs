//! Kept, opened and compared reports, in English.

use crate::words::{ComparedReport, Comparison, Kept, ReportProblem, said};
use fetchmark_core::{
    compare::{Verdict, reports::Setting},
    scenario::params::Language,
    stats::numbers::many,
};

/// Words of kept and opened reports.
pub(super) const KEPT: Kept = Kept {
    title: "History",
    hint: |most| {
        format!(
            "The latest {most} reports are kept in this browser and sent nowhere. Open a report file here, or drop it anywhere on the page."
        )
    },
    not_available: "This browser keeps no data for this page (private window, or a page opened from a file). Save reports as files, then open them here or drop them on the page.",
    full: "This browser has no room for more reports, so this one is not kept. Delete some below, or save them as files.",
    open_file: "Open a report…",
    drop: "Drop the file to open its report.",
    not_opened: "A report could not be opened or compared",
    problem,
    list: "Reports in the history",
    measured: "Measured",
    target: "Target",
    variants: "Size",
    row: |variants, n| format!("{variants} × {}", many(n, "request")),
    actions: "Actions",
    open: "Open",
    compare: "Compare",
    baseline: "Baseline",
    forget: "Delete",
    count: |count| format!("{}.", many(count, "report")),
    export: "Save all",
    clear: "Delete all",
    clear_surely: "Press again to delete all",
    keep_as_baseline: "Keep as baseline",
    opened: |when| format!("Opened report, measured on {when}."),
};

fn problem(problem: &ReportProblem) -> String {
    match problem {
        ReportProblem::Files(files) => {
            let each = files.iter().map(|(name, wrong)| match name.as_str() {
                "" => self::problem(wrong),
                name => format!("{name}: {}", self::problem(wrong)),
            });
            each.collect::<Vec<_>>().join(" ")
        }
        ReportProblem::Running => {
            "A run is in progress. Open the file again when it has finished.".to_owned()
        }
        ReportProblem::NotRead(words) => {
            format!("The browser could not read the file ({words}). Select it again.")
        }
        ReportProblem::TooLong => "The file is too large for a report: over 32 MB.".to_owned(),
        ReportProblem::NoTools(words) => format!(
            "The part of Fetchmark that opens, compares and exports reports could not be used ({words}). Check the connection or reload the page, then try again."
        ),
        ReportProblem::Refused(sentences) => said(sentences, Language::English),
    }
}

/// A setting's value as people say it.
fn value(setting: Setting, value: &str) -> &str {
    match (setting, value) {
        (Setting::Thread, "worker") => "in a worker",
        (Setting::Thread, "main") => "on the main thread",
        (Setting::Isolated, "true") => "isolated",
        (Setting::Isolated, "false") => "not isolated",
        (Setting::Ending, "complete") => "complete",
        (_, "") => "none",
        _ => value,
    }
}

/// Words of a comparison of two reports.
pub(super) const COMPARISON: Comparison = Comparison {
    title: |when| format!("Compared with {when}"),
    unpaired: "The two runs took place at different times, so their rounds are not paired. Anything else that changed in between is part of the ratio, and the interval does not account for it.",
    difference: |setting, before, now| {
        let name = match setting {
            Setting::Url => "Different targets",
            Setting::Request => "Different requests",
            Setting::ColdUrl => "Different URLs for cold connections",
            Setting::Cores => "Different numbers of processors",
            Setting::Runtimes => "Different runtimes outside the browser",
            Setting::N => "Different numbers of requests per round",
            Setting::Warmup => "Different numbers of warm-up rounds",
            Setting::Timeout => "Different timeouts (ms)",
            Setting::Thread => "Measured on different threads",
            Setting::Browser => "Different browsers",
            Setting::Proxy => "Different proxies",
            Setting::Isolated => "Cross-origin isolation differs",
            Setting::TimerStep => "Different clock resolutions (ms)",
            Setting::Protocol => "Different protocols",
            Setting::Answers => "Different responses",
            Setting::Ending => "Ended differently",
            Setting::Version => "Different versions of Fetchmark",
        };
        format!("{name}: {} → {}", value(setting, before), value(setting, now))
    },
    only_before: "Only in the earlier report:",
    only_now: "Only in this report:",
    table: "Total times",
    rounds_title: "Round times, before and now",
    percentiles_title: "Latency percentiles, before and now",
    before: "before",
    now: "now",
    ratio: "now ÷ before",
    verdict: "verdict",
    sentence: |ComparedReport { label, ratio, low, high, verdict, reason, margin }| {
        let said = match verdict {
            Verdict::Faster => "faster than before.".to_owned(),
            Verdict::Slower => "slower than before.".to_owned(),
            Verdict::Equivalent => format!("equivalent within ±{margin}."),
            Verdict::Inconclusive | Verdict::Refused => format!("inconclusive. {}", reason.sentence()),
        };
        format!("{label}: {ratio}× the time (95% interval {low}–{high}): {said}")
    },
};
