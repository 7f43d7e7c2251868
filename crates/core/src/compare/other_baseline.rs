//! Every row of a report compared with a row of the reader's choice.

use super::{criteria::Criteria, judge::compare_rows, verdict::Comparison};
use crate::report::Report;

/// Every other row of the same target compared with the row of this id, in table order.
///
/// The rules are the report's own: pairs of the same block, its margin, its level, Holm's correction over these comparisons. With a
/// target's first row they are the report's comparisons. Each baseline makes a family of its own, and its correction counts no other: who tries
/// baselines until one gives a verdict is wrong more often than 5 %.
/// `None` if the report has no such row.
pub fn compare_with(report: &Report, baseline: &str) -> Option<Vec<Comparison>> {
    let rows = &report.variants;
    let place = report.index_of(baseline)?;
    let is_alike = |at: usize| rows[at].target == rows[place].target;
    if !(0..place).any(is_alike) {
        let own = report.comparisons.iter().filter(|one| one.baseline == baseline);
        return Some(own.cloned().collect());
    }
    let others = (0..rows.len()).filter(|at| *at != place && is_alike(*at));
    let pairs: Vec<_> = others.map(|at| (&rows[place], &rows[at])).collect();
    Some(compare_rows(&pairs, Criteria::of(report)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compare::{ALPHA, Reason, Verdict, compare},
        report::fixture::{NOISY, report},
    };

    const QUICK: [f64; 8] = [100.0, 140.0, 95.0, 110.0, 105.0, 99.0, 120.0, 101.0];

    /// Rows of which the second is slower, the third nearly the same, the fourth noisy and the fifth quicker.
    fn five_rows() -> Report {
        let nearly: Vec<f64> =
            QUICK.iter().zip([1.01, 0.99].iter().cycle()).map(|(wall, by)| wall * by).collect();
        report(&[
            ("a", &QUICK),
            ("b", &QUICK.map(|wall| 1.3 * wall)),
            ("c", &nearly),
            ("d", &NOISY),
            ("e", &QUICK.map(|wall| 0.8 * wall)),
        ])
    }

    #[test]
    fn another_row_is_the_baseline() {
        let report = five_rows();
        let compared = compare_with(&report, "b").unwrap();
        let verdicts: Vec<_> = compared.iter().map(|one| (one.candidate.as_str(), one.verdict)).collect();
        use Verdict::{Faster, Inconclusive};
        assert_eq!(verdicts, [("a", Faster), ("c", Faster), ("d", Inconclusive), ("e", Faster)]);
        assert!(compared.iter().all(|one| one.baseline == "b"));
        assert!((compared[0].ratio.unwrap() - 1.0 / 1.3).abs() < 1e-12);
    }

    #[test]
    fn with_the_first_row_it_is_what_the_report_says() {
        // As in an auto run, whose looks share the chance of error.
        for alpha in [ALPHA, 0.0125, ALPHA / 3.0, 1e-4] {
            let mut report = five_rows();
            report.environment.timer_step_ms = 0.1;
            let criteria = Criteria { alpha, ..Criteria::of(&report) };
            report.comparisons = compare(&report.variants, criteria);
            assert_eq!(compare_with(&report, "a").unwrap(), report.comparisons);
            // The rounds say it, too: nothing else than the report is needed to compare its rows.
            let again = compare(&report.variants, Criteria::of(&report));
            for (again, own) in again.iter().zip(&report.comparisons) {
                assert_eq!((again.verdict, again.reason_code), (own.verdict, own.reason_code), "{alpha}");
                assert_eq!(again.ratio, own.ratio);
                let apart = |one: Option<f64>, other: Option<f64>| (one.unwrap() - other.unwrap()).abs();
                assert!(apart(again.low, own.low) < 1e-9 && apart(again.high, own.high) < 1e-9, "{alpha}");
            }
        }
    }

    #[test]
    fn comparisons_with_a_row_are_corrected_together() {
        let six = [100.0, 140.0, 90.0, 110.0, 105.0, 95.0];
        let slightly = [104.0, 139.0, 97.0, 112.0, 113.0, 98.0];
        let noisy = [70.0, 160.0, 60.0, 150.0, 120.0, 80.0];
        let family = report(&[("n", &noisy), ("a", &six), ("b", &slightly), ("m", &noisy)]);
        let alone = &compare(&family.variants[1..3], Criteria::of(&family))[0];
        let among = compare_with(&family, "a").unwrap().remove(1);
        assert_eq!((alone.candidate.as_str(), among.candidate.as_str()), ("b", "b"));
        assert_eq!((alone.low, alone.high), (among.low, among.high), "the interval is the pair's own");
        assert_eq!((alone.verdict, among.reason_code), (Verdict::Slower, Reason::NotAfterCorrection));
    }

    #[test]
    fn an_unknown_row_and_a_row_alone_have_no_comparison() {
        assert_eq!(compare_with(&five_rows(), "z"), None);
        assert_eq!(compare_with(&report(&[("a", &QUICK)]), "a"), Some(Vec::new()));
        assert_eq!(compare_with(&report(&[]), "a"), None);
    }
}
