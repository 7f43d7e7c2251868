//! Gates on what differs from an earlier report.

use super::gate::{Gate, GateOutcome};
use crate::{
    compare::{
        reports::{ReportComparison, RowComparison},
        tolerance::{TOLERATED_SHARE, is_beyond_tolerance},
        verdict::{Comparison, Verdict},
    },
    stats::numbers::{decimals_apart, fixed, interval, percent_decimals},
};

/// A gate for each row of a report that was held against an earlier one.
///
/// Crossed where the row regressed: its verdict is *slower* and its ratio is beyond the margin, or more of its requests failed, by
/// more than 1 % of them. A row that is slower by less than the margin, or whose rounds do not tell, is
/// unresolved; so is a row that the later report no longer has. Rows that only the later report has are held against nothing. Where
/// no row is in both, all of it is crossed: a gate that holds nothing would pass for good.
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
                       flight and pacing, or keep a new baseline.";
        gates.push(Gate::new("baseline report", GateOutcome::Crossed, message));
    }
    gates
}

/// A share that is held to a limit, in percent: with two decimals at most, or as many as tell it from the limit.
fn held(share: f64, limit: f64) -> String {
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
    let percent = fixed(margin * 100.0, percent_decimals(margin));
    // A target that fails fast would else pass for one that cannot be compared.
    if let (Some(before), Some(now)) = (row.baseline_failed_share, row.candidate_failed_share)
        && is_beyond_tolerance(now - before)
    {
        let message = format!(
            "{} of its requests failed, {} in the baseline report.{beside}",
            held(now, before + TOLERATED_SHARE),
            held(before, now)
        );
        return Gate::new(name(&row.id), GateOutcome::Crossed, message);
    }
    let Some(((ratio, low), high)) = ratio.zip(*low).zip(*high) else {
        let word = if *verdict == Verdict::Refused { "Not comparable" } else { "Inconclusive" };
        return Gate::new(name(&row.id), GateOutcome::Unresolved, format!("{word}. {reason}{beside}"));
    };
    let most = 1.0 + margin;
    let [written, low, high] = interval([ratio, low, high], decimals_apart(ratio, most, 0));
    let figures = format!("{written} × the baseline report's time ({low} to {high})");
    let is_beyond = ratio > most;
    let (outcome, message) = match verdict {
        Verdict::Slower if is_beyond => (GateOutcome::Crossed, format!("Slower: {figures}.")),
        Verdict::Slower => (
            GateOutcome::Unresolved,
            format!("Slower: {figures}, but not shown to be beyond the margin of {percent}%."),
        ),
        Verdict::Faster => (GateOutcome::Passed, format!("Faster: {figures}.")),
        Verdict::Equivalent => (GateOutcome::Passed, format!("Equivalent within ±{percent}%: {figures}.")),
        Verdict::Inconclusive | Verdict::Refused => {
            (GateOutcome::Unresolved, format!("Inconclusive: {figures}. {reason}"))
        }
    };
    Gate::new(name(&row.id), outcome, message + beside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gates::together;
    use crate::{
        compare::reports::compare_reports,
        report::{fixture::report, model::Report},
        samples::sample::ErrorClass,
    };

    const WALLS: [f64; 8] = [100.0, 102.0, 99.0, 101.0, 98.0, 103.0, 100.5, 99.5];

    fn scaled(by: f64) -> Vec<f64> {
        WALLS.iter().map(|wall_ms| wall_ms * by).collect()
    }

    #[test]
    fn a_row_that_became_slower_beyond_the_margin_is_crossed() {
        let before = report(&[("a", &WALLS), ("b", &WALLS), ("c", &WALLS), ("gone", &WALLS)]);
        let after = report(&[("a", &scaled(1.3)), ("b", &scaled(0.7)), ("c", &WALLS), ("new", &WALLS)]);
        let gates = gates_of_comparison(&compare_reports(&before, &after));
        let outcomes: Vec<_> = gates.iter().map(|gate| gate.outcome).collect();
        use GateOutcome::{Crossed, Passed, Unresolved};
        assert_eq!(outcomes, [Crossed, Passed, Passed, Unresolved]);
        assert_eq!(gates[0].name, "a against the baseline report");
        assert!(gates[0].message.starts_with("Slower: 1.30 ×"), "{}", gates[0].message);
        assert_eq!(together(&gates), Crossed);
        assert_eq!(together(&gates[1..]), Unresolved);
        assert_eq!(together(&gates[1..3]), Passed);
    }

    #[test]
    fn a_baseline_none_of_whose_rows_was_measured_again_is_crossed() {
        let (before, after) = (report(&[("a", &WALLS)]), report(&[("b", &WALLS)]));
        let gates = gates_of_comparison(&compare_reports(&before, &after));
        assert_eq!((gates.len(), together(&gates)), (2, GateOutcome::Crossed), "{gates:?}");
        assert!(gates[1].message.starts_with("No row of the baseline report"), "{}", gates[1].message);
        let some = gates_of_comparison(&compare_reports(&before, &report(&[("a", &WALLS), ("b", &WALLS)])));
        assert_eq!((some.len(), together(&some)), (1, GateOutcome::Passed));
    }

    #[test]
    fn slower_by_less_than_the_margin_is_no_regression() {
        let before = report(&[("a", &WALLS)]);
        let mut after = report(&[("a", &scaled(1.045))]);
        after.environment.timer_step_ms = 1e-9;
        let [gate] = &gates_of_comparison(&compare_reports(&before, &after))[..] else { panic!() };
        assert_eq!(gate.outcome, GateOutcome::Unresolved, "{}", gate.message);
        assert!(gate.message.contains("margin of 5%"), "{}", gate.message);
        assert!(gate.message.contains("differ in timer-step"), "{}", gate.message);
    }

    #[test]
    fn a_target_that_died_is_crossed() {
        let before = report(&[("a", &WALLS)]);
        let mut after = before.clone();
        let row = &mut after.variants[0];
        (row.requests.failed, row.requests.ok, row.round_median_ms) = (row.requests.ok, 0, None);
        row.rounds.iter_mut().for_each(|round| (round.failed, round.ok) = (round.ok, 0));
        assert_eq!(together(&gates_of_comparison(&compare_reports(&before, &after))), GateOutcome::Crossed);
        assert_eq!(together(&gates_of_comparison(&compare_reports(&after, &after))), GateOutcome::Unresolved);
    }

    #[test]
    fn a_target_that_began_to_fail_is_crossed_and_one_that_recovered_is_not() {
        let before = report(&[("a", &WALLS)]);
        let failing = |count: u64| {
            let mut report = before.clone();
            let requests = &mut report.variants[0].requests;
            (requests.failed, requests.ok) = (count, requests.issued - count);
            report.variants[0].errors = [(ErrorClass::Http5xx, count)].into();
            report
        };
        let gate = |before: &Report, after: &Report| {
            let [gate] = &gates_of_comparison(&compare_reports(before, after))[..] else { panic!() };
            gate.clone()
        };
        // 800 requests: 8 are 1%.
        let crossed = gate(&before, &failing(9));
        assert_eq!(crossed.outcome, GateOutcome::Crossed, "{}", crossed.message);
        assert_eq!(crossed.message, "1.13% of its requests failed, 0% in the baseline report.");
        assert_eq!(gate(&before, &failing(7)).outcome, GateOutcome::Passed);
        // 7% less 6% is 1% and no more, though as floats it is.
        assert_eq!(gate(&failing(48), &failing(56)).outcome, GateOutcome::Passed);
        let alike = gate(&failing(100), &failing(107));
        assert_eq!(alike.outcome, GateOutcome::Passed, "{}", alike.message);
        assert_eq!(gate(&failing(100), &failing(109)).outcome, GateOutcome::Crossed);
        assert_eq!(gate(&failing(100), &before).outcome, GateOutcome::Unresolved);
    }

    #[test]
    fn rounds_that_were_voided_regressed_from_nothing() {
        let before = report(&[("a", &WALLS)]);
        let mut after = before.clone();
        after.variants[0].round_median_ms = None;
        after.variants[0].rounds.iter_mut().for_each(|round| round.voided = true);
        assert_eq!(
            together(&gates_of_comparison(&compare_reports(&before, &after))),
            GateOutcome::Unresolved
        );
    }

    #[test]
    fn what_is_not_compared_is_unresolved() {
        let gates = |before, after| gates_of_comparison(&compare_reports(before, after));
        let few = report(&[("a", &[100.0])]);
        assert_eq!(together(&gates(&few, &few)), GateOutcome::Unresolved);
        let none = report(&[]);
        assert_eq!(gates(&none, &few).len(), 1);
        assert_eq!(together(&gates(&none, &few)), GateOutcome::Unresolved);
    }
}
