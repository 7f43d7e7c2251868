//! Kept, opened and compared reports, in English.

use crate::{ComparedReport, Comparison, Kept, ReportProblem};
use fetchmark_core::{
    comparison::Verdict, numbers::many, report_comparison::Setting, report_link::LinkError,
    report_reading::ReportError,
};

/// Words of kept and opened reports.
pub(super) const KEPT: Kept = Kept {
    title: "Earlier measurements",
    hint: |most| {
        format!(
            "Reports stay in this browser, the latest {most}, and go nowhere else. Open one from a file here, or drop it anywhere on the page."
        )
    },
    not_available: "This browser keeps nothing for this page (a private window, or a page from a file). Save reports as files, and open them here or drop them on the page.",
    full: "This browser has no room left for more reports. Forget some below, or save them as files; the report shown is not kept.",
    open_file: "Open a report…",
    drop: "Drop the file here: its report is opened.",
    not_opened: "This report could not be opened",
    problem,
    list: "Kept reports",
    measured: "Measured",
    target: "Target",
    variants: "Size",
    row: |variants, n| format!("{variants} × {}", many(n, "request")),
    actions: "Do",
    open: "Open",
    compare: "Compare",
    baseline: "Baseline",
    forget: "Forget",
    count: |count| format!("{count} kept."),
    export: "Save all",
    clear: "Forget all",
    clear_surely: "Forget all: press again",
    keep_as_baseline: "Keep as baseline",
    opened: |when| format!("This report was opened, not measured now. It was measured on {when}."),
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
        ReportProblem::Running => "A run is under way. Open the file again when it is over.".to_owned(),
        ReportProblem::NotRead(words) => {
            format!("The browser could not read the file ({words}). Choose it again.")
        }
        ReportProblem::Report(error) | ReportProblem::Link(LinkError::Report(error)) => unreadable(error),
        ReportProblem::Link(LinkError::TooLong) => {
            "The report is too long for a link. Save it as JSON and send the file instead.".to_owned()
        }
        ReportProblem::Link(LinkError::OtherVersion) => {
            "The link holds a report of another version of Fetchmark. Open it with the version that wrote it."
                .to_owned()
        }
        ReportProblem::Link(LinkError::Damaged) => {
            "The link’s report is damaged: it was cut short or changed on its way. Ask for the link again, or for the report as a file."
                .to_owned()
        }
        ReportProblem::NotWritten(error) => not_written(&error.to_string()),
        ReportProblem::Link(LinkError::NotWritable(words)) => not_written(words),
    }
}

fn unreadable(error: &ReportError) -> String {
    match error {
        ReportError::TooLong { .. } => "The file is longer than any report: over 32 MB.".to_owned(),
        ReportError::NotJson(words) => {
            format!("The file is no JSON ({words}). Open a report that Fetchmark saved as JSON.")
        }
        ReportError::NotAReport => {
            "The file is JSON, but no Fetchmark report. Open a report that Fetchmark saved as JSON."
                .to_owned()
        }
        ReportError::OtherSchema(schema) => format!(
            "The report is of another version (its field “schema” is “{schema}”), which this Fetchmark does not read. Open it with the version that wrote it."
        ),
        ReportError::Field { field, problem } => format!(
            "The report is damaged: its field “{field}” cannot be read ({problem}). It was not opened."
        ),
    }
}

fn not_written(words: &str) -> String {
    format!("The report cannot be written in this form. {words}")
}

/// A setting's value as people say it.
fn value(setting: Setting, value: &str) -> &str {
    match (setting, value) {
        (Setting::Thread, "worker") => "in a worker",
        (Setting::Thread, "main") => "on the page’s thread",
        (Setting::Isolated, "true") => "isolated",
        (Setting::Isolated, "false") => "not isolated",
        (Setting::Ending, "complete") => "to the end",
        (_, "") => "none",
        _ => value,
    }
}

/// Words of a comparison of two reports.
pub(super) const COMPARISON: Comparison = Comparison {
    title: |when| format!("Held against {when}"),
    unpaired: "The two were measured at different times, so rounds are compared unpaired: whatever else changed between them is in the ratio, and in no interval.",
    difference: |setting, before, now| {
        let name = match setting {
            Setting::Url => "Different targets",
            Setting::Request => "Different requests",
            Setting::ColdUrl => "Different addresses for cold connections",
            Setting::Cores => "Different numbers of processors",
            Setting::Runtimes => "Different runtimes outside the browser",
            Setting::N => "Different numbers of requests per round",
            Setting::Warmup => "Different numbers of warm-up rounds",
            Setting::Timeout => "Different time-outs (ms)",
            Setting::Thread => "Measured on different threads",
            Setting::Browser => "Different browsers",
            Setting::Proxy => "Different proxies",
            Setting::Isolated => "Cross-origin isolation differs",
            Setting::TimerStep => "Different clock steps (ms)",
            Setting::Protocol => "Different protocols",
            Setting::Answers => "Different answers",
            Setting::Ending => "Ended differently",
            Setting::Version => "Different versions of Fetchmark",
        };
        format!("{name}: {} → {}", value(setting, before), value(setting, now))
    },
    only_before: "Only in the earlier report:",
    only_now: "Only in this report:",
    table: "Total times",
    rounds_title: "Every round, before and now",
    percentiles_title: "From the quickest to the slowest request, before and now",
    before: "before",
    now: "now",
    ratio: "now ÷ before",
    verdict: "verdict",
    sentence: |ComparedReport { label, ratio, low, high, verdict, reason, margin }| {
        let said = match verdict {
            Verdict::Faster => "faster than before.".to_owned(),
            Verdict::Slower => "slower than before.".to_owned(),
            Verdict::Equivalent => format!("the same as before, within ±{margin}."),
            Verdict::Inconclusive | Verdict::Refused => reason.sentence().to_owned(),
        };
        format!("{label}: {ratio}× the time (95 % interval {low}–{high}): {said}")
    },
};
