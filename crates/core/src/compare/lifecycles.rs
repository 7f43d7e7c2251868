//! Fresh against reused, client by client: the question that Fetchmark began with.

use crate::{
    compare::{Comparison, Criteria, compare_rows},
    report::{VariantReport, headline::question::Question},
    scenario::factors::Lifecycle,
};

/// Every client that was measured both ways under the same conditions: fresh ÷ reused, paired by block. Empty if that would say no
/// more than comparisons with a target's first row do. These are a family of their own, corrected for their number.
///
/// A fresh client of Python has a pool of its own, so that its connections are cold where those of the kept one are warm: there the
/// two are compared all the same, connection included. In a browser the pool is below the client, and only rows with the same
/// connections are.
pub fn fresh_against_reused(rows: &[VariantReport], criteria: Criteria) -> Vec<Comparison> {
    let pairs = pairs(rows);
    let is_first = |of: &VariantReport| {
        rows.iter().find(|row| row.target == of.target).is_some_and(|row| row.id == of.id)
    };
    if pairs.iter().all(|(reused, _)| is_first(reused)) {
        return Vec::new();
    }
    compare_rows(&pairs, criteria)
}

/// Reused and fresh, in the order of the fresh rows.
fn pairs(rows: &[VariantReport]) -> Vec<(&VariantReport, &VariantReport)> {
    let of = |lifecycle| rows.iter().filter(move |row| row.lifecycle == lifecycle);
    of(Lifecycle::Fresh)
        .filter_map(|fresh| {
            let is_like = |reused: &&VariantReport| Question::Lifecycle.alone_separates(reused, fresh);
            Some((of(Lifecycle::Reused).find(is_like)?, fresh))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compare::Verdict,
        report::fixture::{CRITERIA, rows},
    };

    #[test]
    fn each_client_is_compared_with_itself() {
        let rows = rows("ky 1.0, axios:fresh 2.0, ky:fresh 1.0, axios 1.0");
        let compared = fresh_against_reused(&rows, CRITERIA);
        let found: Vec<_> =
            compared.iter().map(|one| (&*one.candidate, &*one.baseline, one.verdict)).collect();
        let expected = [("axios:fresh", "axios", Verdict::Slower), ("ky:fresh", "ky", Verdict::Equivalent)];
        assert_eq!(found, expected);
        assert!((compared[0].ratio.unwrap() - 2.0).abs() < 1e-12);
    }

    #[test]
    fn the_first_rows_own_pair_is_in_the_report_already() {
        for (text, from) in [
            ("ky 1.0, ky:fresh 1.0", 0),
            ("ky 1.0, ky:fresh 1.0", 1),
            ("ky:@a 1.0, ky:fresh:@a 1.0, ky:@b 1.0, ky:fresh:@b 1.0", 0),
        ] {
            assert_eq!(fresh_against_reused(&rows(text)[from..], CRITERIA), []);
        }
    }
}
