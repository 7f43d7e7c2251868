//! Whether the result meets its thresholds and is no worse than the baseline.

use fetchmark_core::compare::reports::compare_reports;
use fetchmark_core::gates::{Gate, GateOutcome, gates_of_comparison, overall};
use fetchmark_core::report::Report;
use fetchmark_core::report::validity::FindingCode;

use crate::run::progress::ProgressDisplay;
use crate::run::settings::plan::Plan;

pub(crate) fn judge(report: &Report, plan: &Plan, progress: &ProgressDisplay) -> Vec<Gate> {
    let thresholds = plan.thresholds.iter().map(|threshold| threshold.judge(report));
    let baseline = plan.baseline.as_ref().map(|baseline| {
        let compared = compare_reports(baseline, report);
        for secret in &compared.unknown {
            progress
                .say(&format!("This run and the baseline may differ in {secret}: its value is not kept."));
        }
        gates_of_comparison(&compared)
    });
    thresholds.chain(baseline.into_iter().flatten()).chain(missing_rows(report, plan.strict)).collect()
}

/// With --strict, rows that were asked for and could not run count.
fn missing_rows(report: &Report, is_strict: bool) -> Option<Gate> {
    let is_missing = |code| report.validity.iter().any(|finding| finding.code == code);
    let (what, message) = if is_missing(FindingCode::NativeMissing) {
        (
            "rows outside the browser",
            "Variants that run outside the browser are missing; the findings say why.",
        )
    } else if is_missing(FindingCode::PythonMissing) {
        ("rows of Python in the tab", "Variants of Python in the tab are missing; the findings say why.")
    } else {
        return None;
    };
    is_strict.then(|| Gate::new(what, GateOutcome::Unresolved, message))
}

/// With --strict, inconclusive gates count as crossed.
pub(crate) fn are_crossed(gates: &[Gate], is_strict: bool) -> bool {
    match overall(gates) {
        GateOutcome::Passed => false,
        GateOutcome::Unresolved => is_strict,
        GateOutcome::Crossed => true,
    }
}
