//! Words of what is done with reports: keeping, opening, comparing.

use super::problem::ReportProblem;
use fetchmark_core::compare::{Reason, Verdict, reports::Setting};

/// Words of kept and opened reports.
pub struct Kept {
    /// Headline.
    pub title: &'static str,
    /// What is kept where: how many at most.
    pub hint: fn(&str) -> String,
    /// Nothing is kept here.
    pub not_available: &'static str,
    /// No room is left for more.
    pub full: &'static str,
    /// Button: open a file.
    pub open_file: &'static str,
    /// While a file is held over the page.
    pub drop: &'static str,
    /// Headline over why a report was not opened or compared.
    pub not_opened: &'static str,
    /// Why.
    pub problem: fn(&ReportProblem) -> String,
    /// Name of the list for assistive technology.
    pub list: &'static str,
    /// Column: when it was measured.
    pub measured: &'static str,
    /// Column: the address.
    pub target: &'static str,
    /// Column: variants and requests.
    pub variants: &'static str,
    /// Their numbers: variants, requests per round.
    pub row: fn(&str, &str) -> String,
    /// Column: what can be done with it.
    pub actions: &'static str,
    /// Button: show it.
    pub open: &'static str,
    /// Button: compare the report shown with it.
    pub compare: &'static str,
    /// Toggle: compare new reports with it.
    pub baseline: &'static str,
    /// Button: forget it.
    pub forget: &'static str,
    /// How many are kept.
    pub count: fn(&str) -> String,
    /// Button: save all.
    pub export: &'static str,
    /// Button: forget all.
    pub clear: &'static str,
    /// The same button, pressed once.
    pub clear_surely: &'static str,
    /// Button: make the report shown the baseline.
    pub keep_as_baseline: &'static str,
    /// What stands over a report that was opened and not measured now: when it was.
    pub opened: fn(&str) -> String,
}

/// Words of a comparison of two reports.
pub struct Comparison {
    /// Headline: when the other was measured.
    pub title: fn(&str) -> String,
    /// What such a comparison cannot know.
    pub unpaired: &'static str,
    /// What differs besides the times: which setting, before, now.
    pub difference: fn(Setting, &str, &str) -> String,
    /// Before the rows that only the other report has.
    pub only_before: &'static str,
    /// Before the rows that only this report has.
    pub only_now: &'static str,
    /// Caption of the table.
    pub table: &'static str,
    /// Headline: every round of both.
    pub rounds_title: &'static str,
    /// Headline: latencies of both.
    pub percentiles_title: &'static str,
    /// Column: median total time in the other report.
    pub before: &'static str,
    /// Column: the same in this one.
    pub now: &'static str,
    /// Column: ratio with interval.
    pub ratio: &'static str,
    /// Column: the verdict.
    pub verdict: &'static str,
    /// One row in a sentence.
    pub sentence: fn(&ComparedReport) -> String,
}

/// One row of two reports, as a sentence needs it.
pub struct ComparedReport<'a> {
    /// The row.
    pub label: &'a str,
    /// Time now ÷ time before.
    pub ratio: String,
    /// Lower end of its interval.
    pub low: String,
    /// Upper end of its interval.
    pub high: String,
    /// What can be said.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// What counts as the same.
    pub margin: String,
}
