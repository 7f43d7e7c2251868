//! What the page does with a report besides showing it, as the page sees it: something that takes reports as JSON and gives text.
//!
//! The page knows the module by this trait only, so tests put their own in its place.

use crate::text::ReportProblem;
use fetchmark_core::{export::Format, scenario::params::Language};
use std::{future::Future, pin::Pin};

/// What came of it: text, or why there is none.
pub type Made = Pin<Box<dyn Future<Output = Result<String, ReportProblem>>>>;

/// Opens, compares, exports and packs reports.
pub trait ReportTools {
    /// A report that was passed on, checked and without secrets.
    fn opened(&self, report: String) -> Made;

    /// The report that a link's text holds, without secrets.
    fn unpacked(&self, text: String) -> Made;

    /// A report as text for a link.
    fn packed(&self, report: String) -> Made;

    /// A report in another form.
    fn exported(&self, report: String, format: Format, language: Language) -> Made;

    /// The table of a report, to be pasted into a spreadsheet.
    fn table(&self, report: String) -> Made;

    /// Two reports compared: a [`fetchmark_core::compare::reports::ReportComparison`].
    fn compared(&self, baseline: String, candidate: String) -> Made;
}
