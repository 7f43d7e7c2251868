//! Gates on what differs from an earlier report.

use super::gate::{Gate, GateOutcome};
use crate::{
    compare::{
        Comparison, TOLERATED_SHARE, Verdict, is_beyond_tolerance,
        reports::{ReportComparison, RowComparison},
    },
    stats::numbers::{decimals_apart, fixed, interval, percent_decimals},
};

/// A gate for each row of a report that was compared with an earlier one.
///
/// Crossed where the row regressed: its verdict is *slower* and its ratio is beyond the margin, or more of its requests failed, by
/// more than 1 % of them. A row that is slower by less than the margin, or whose rounds do not tell, is
/// unresolved; so is a row that the later report no longer has. Rows that only the later report has are compared with nothing. Where
/// no row is in both, all of it is crossed: a gate that compares nothing would pass for good.
pub fn gates_of_comparison(compared: &ReportComparison) -> Vec<Gate> {
    let mut beside = String::new();
    if !compared.differences.is_empty() {
        let named: Vec<&str> =
            compared.differences.iter().map(|difference| difference.setting.word()).collect();
        beside = format!(" The reports also differ in {}, which may explain the ratio.", named.join(", "));
    }
    let rows = compared.rows.iter().map(|row| of_row(row, compared.margin, &beside));
    let gone = compared.only_in_baseline.iter().map(|id| {
        Gate::new(name(id), GateOutcome::Unresolved, format!("Only the baseline report has the row {id}."))
    });
    let mut gates: Vec<Gate> = rows.chain(gone).collect();
    if gates.is_empty() {
        let message = "The baseline report has no rows to compare with.";
        gates.push(Gate::new("baseline report", GateOutcome::Unresolved, message));
    } else if compared.rows.is_empty() {
        let message = "No row of the baseline report was measured again, so nothing was compared. Measure with the same clients, requests in \
                       flight, pacing and labels of targets, or keep a new baseline.";
        gates.push(Gate::new("baseline report", GateOutcome::Crossed, message));
    }
    gates
}

/// A share that has a limit, in percent: with two decimals at most, or as many as tell it from the limit.
fn percent(share: f64, limit: f64) -> String {
    let (percent, limit) = (share * 100.0, limit * 100.0);
    let decimals = decimals_apart(percent, limit, 2);
    let decimals = if decimals == 2 { percent_decimals(share).min(2) } else { decimals };
    format!("{}%", fixed(percent, decimals))
}

fn name(id: &str) -> String {
    format!("{id} against the baseline report")
}

fn of_row(row: &RowComparison, margin: f64, beside: &str) -> Gate {
    let Comparison { ratio, low, high, verdict, reason, .. } = &row.comparison;
    // A target that fails fast would else pass for one that cannot be compared.
    if let (Some(before), Some(now)) = (row.baseline_failed_share, row.candidate_failed_share)
        && is_beyond_tolerance(now - before)
    {
        let message = format!(
            "{} of its requests failed, {} in the baseline report.{beside}",
            percent(now, before + TOLERATED_SHARE),
            percent(before, now)
        );
        return Gate::new(name(&row.id), GateOutcome::Crossed, message);
    }
    let Some(((ratio, low), high)) = ratio.zip(*low).zip(*high) else {
        let word = if *verdict == Verdict::Refused { "Not comparable" } else { "Inconclusive" };
        return Gate::new(name(&row.id), GateOutcome::Unresolved, format!("{word}. {reason}{beside}"));
    };
    let most = 1.0 + margin;
    let margin = fixed(margin * 100.0, percent_decimals(margin));
    let [written, low, high] = interval([ratio, low, high], decimals_apart(ratio, most, 0));
    let figures = format!("{written} × the baseline report's time ({low} to {high})");
    let is_beyond = ratio > most;
    let (outcome, message) = match verdict {
        Verdict::Slower if is_beyond => (GateOutcome::Crossed, format!("Slower: {figures}.")),
        Verdict::Slower => (
            GateOutcome::Unresolved,
            format!("Slower: {figures}, but not shown to be beyond the margin of {margin}%."),
        ),
        Verdict::Faster => (GateOutcome::Passed, format!("Faster: {figures}.")),
        Verdict::Equivalent => (GateOutcome::Passed, format!("Equivalent within ±{margin}%: {figures}.")),
        Verdict::Inconclusive | Verdict::Refused => {
            (GateOutcome::Unresolved, format!("Inconclusive: {figures}. {reason}"))
        }
    };
    Gate::new(name(&row.id), outcome, message + beside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compare::reports::compare_reports,
        gates::overall,
        report::{
            Report,
            fixture::{QUIET, quiet, report},
        },
        samples::ErrorClass,
    };
    use GateOutcome::{Crossed, Passed, Unresolved};

    fn gates(before: &Report, after: &Report) -> Vec<Gate> {
        gates_of_comparison(&compare_reports(before, after))
    }

    /// The only gate of these reports.
    fn gate(before: &Report, after: &Report) -> Gate {
        let [gate] = &gates(before, after)[..] else { panic!("one gate") };
        gate.clone()
    }

    #[test]
    fn a_row_that_became_slower_beyond_the_margin_is_crossed() {
        let before = report(&[("a", &QUIET), ("b", &QUIET), ("c", &QUIET), ("gone", &QUIET)]);
        let after = report(&[("a", &quiet(1.3)), ("b", &quiet(0.7)), ("c", &QUIET), ("new", &QUIET)]);
        let gates = gates(&before, &after);
        let outcomes: Vec<_> = gates.iter().map(|gate| gate.outcome).collect();
        assert_eq!(outcomes, [Crossed, Passed, Passed, Unresolved]);
        assert_eq!(gates[0].name, "a against the baseline report");
        assert!(gates[0].message.starts_with("Slower: 1.30 ×"), "{}", gates[0].message);
        assert_eq!([&gates[..], &gates[1..], &gates[1..3]].map(overall), [Crossed, Unresolved, Passed]);
    }

    #[test]
    fn a_baseline_none_of_whose_rows_was_measured_again_is_crossed() {
        let (before, after) = (report(&[("a", &QUIET)]), report(&[("b", &QUIET)]));
        let none = gates(&before, &after);
        assert_eq!((none.len(), overall(&none)), (2, Crossed), "{none:?}");
        assert!(none[1].message.starts_with("No row of the baseline report"), "{}", none[1].message);
        assert_eq!(gate(&before, &report(&[("a", &QUIET), ("b", &QUIET)])).outcome, Passed);
    }

    #[test]
    fn slower_by_less_than_the_margin_is_no_regression() {
        let mut after = report(&[("a", &quiet(1.045))]);
        after.environment.timer_step_ms = 1e-9;
        let gate = gate(&report(&[("a", &QUIET)]), &after);
        assert_eq!(gate.outcome, Unresolved, "{}", gate.message);
        assert!(gate.message.contains("margin of 5%"), "{}", gate.message);
        assert!(gate.message.contains("differ in timer-step"), "{}", gate.message);
    }

    #[test]
    fn a_target_that_fails_more_often_is_crossed() {
        let before = report(&[("a", &QUIET)]);
        let failing = |count: u64| {
            let mut report = before.clone();
            let requests = &mut report.variants[0].requests;
            (requests.failed, requests.ok) = (count, requests.issued - count);
            report.variants[0].errors = [(ErrorClass::Http5xx, count)].into();
            report
        };
        // 800 requests: 8 are 1%.
        let crossed = gate(&before, &failing(9));
        assert_eq!(crossed.message, "1.13% of its requests failed, 0% in the baseline report.");
        assert_eq!(crossed.outcome, Crossed);
        let mut dead = failing(800);
        dead.variants[0].round_median_ms = None;
        dead.variants[0].rounds.iter_mut().for_each(|round| (round.failed, round.ok) = (round.ok, 0));
        for (before, after, expected) in [
            (&before, &failing(7), Passed),
            // 7% less 6% is 1% and no more, though as floats it is.
            (&failing(48), &failing(56), Passed),
            (&failing(100), &failing(107), Passed),
            (&failing(100), &failing(109), Crossed),
            (&failing(100), &before, Unresolved),
            (&before, &dead, Crossed),
            (&dead, &dead, Unresolved),
        ] {
            let gate = gate(before, after);
            assert_eq!(gate.outcome, expected, "{}", gate.message);
        }
    }

    #[test]
    fn what_is_not_compared_is_unresolved() {
        let whole = report(&[("a", &QUIET)]);
        let mut voided = whole.clone();
        voided.variants[0].round_median_ms = None;
        voided.variants[0].rounds.iter_mut().for_each(|round| round.voided = true);
        let (few, none) = (report(&[("a", &[100.0])]), report(&[]));
        for (before, after) in [(&whole, &voided), (&few, &few), (&none, &few)] {
            assert_eq!(gate(before, after).outcome, Unresolved);
        }
    }
}
