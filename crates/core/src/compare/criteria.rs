//! By what criteria rows are compared.

use super::verdict::ALPHA;
use crate::{report::Report, scenario::limits::MARGIN_RANGE};

/// The share of that chance which tests and intervals use. The rest is a reserve for what they assume and a machine
/// does not keep: independent blocks, above all. Without it, correlated noise makes 5.8 % of 5 % in simulation.
const USED: f64 = 0.9;

/// By what criteria rows are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Criteria {
    /// As in the scenario: 0.05 is ±5 %.
    pub margin: f64,
    /// The chance of a wrong verdict: [`ALPHA`], or what a look of an auto run may use of it.
    pub alpha: f64,
    /// The step of the clock that round times were read from; an interval is never narrower than it allows.
    pub timer_step_ms: f64,
}

/// No look of a run uses less of the chance of error; a report that says so is anybody's.
const SMALLEST_ALPHA: f64 = 1e-6;

impl Criteria {
    /// Those of a report's own comparisons, whose confidence says what chance of error a look of its run may use.
    pub fn of(report: &Report) -> Self {
        let known = report.comparisons.first().or(report.targets.first().map(|target| &target.overall));
        let alpha = known.map_or(ALPHA, |known| 1.0 - known.confidence);
        Self {
            margin: report.scenario.margin.clamp(*MARGIN_RANGE.start(), *MARGIN_RANGE.end()),
            alpha: if (SMALLEST_ALPHA..=ALPHA).contains(&alpha) { alpha } else { ALPHA },
            timer_step_ms: report.environment.timer_step_ms,
        }
    }

    /// The smaller chance of error and the coarser clock of two.
    pub(crate) fn stricter(self, other: Self) -> Self {
        Self {
            alpha: self.alpha.min(other.alpha),
            timer_step_ms: self.timer_step_ms.max(other.timer_step_ms),
            ..self
        }
    }

    /// The level of tests and intervals.
    pub(super) fn level(self) -> f64 {
        self.alpha * USED
    }
}
