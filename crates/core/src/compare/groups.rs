//! Comparisons by verdict.

use super::verdict::{Comparison, Verdict};
use crate::stats::order::order_by;

/// The comparisons that have the same verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictGroup {
    /// What they all say.
    pub verdict: Verdict,
    /// Never none. The largest differences come first; where no difference is claimed they keep their order.
    pub comparisons: Vec<Comparison>,
}

/// Groups comparisons by verdict: faster, slower, equivalent, inconclusive, not comparable. A verdict that nothing has is left out.
pub fn by_verdict(comparisons: &[Comparison]) -> Vec<VerdictGroup> {
    let group = |&verdict: &Verdict| {
        let having: Vec<&Comparison> = comparisons.iter().filter(|one| one.verdict == verdict).collect();
        let key = |at: usize| match verdict {
            Verdict::Faster => having[at].ratio.unwrap_or(1.0),
            Verdict::Slower => -having[at].ratio.unwrap_or(1.0),
            Verdict::Equivalent | Verdict::Inconclusive | Verdict::Refused => 0.0,
        };
        let order = order_by(having.len(), |at| [key(at), 0.0]);
        let comparisons: Vec<Comparison> = order.into_iter().map(|at| having[at].clone()).collect();
        (!comparisons.is_empty()).then_some(VerdictGroup { verdict, comparisons })
    };
    Verdict::ALL.iter().filter_map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compare::compare,
        report::fixture::{CRITERIA, rows},
    };

    #[test]
    fn each_comparison_is_in_the_group_of_its_verdict() {
        let mut rows = rows(
            "first 1.0, slower 1.2, faster 0.9, same 1.0, slowest 12.0, noisy noisy, cached 1.0, fastest 0.5",
        );
        rows[6].connections.cached = 1;
        let compared = compare(&rows, CRITERIA);
        let names = |group: VerdictGroup| {
            let candidates: Vec<_> = group.comparisons.into_iter().map(|one| one.candidate).collect();
            format!("{}: {}", group.verdict, candidates.join(", "))
        };
        let expected = [
            "faster: fastest, faster",
            "slower: slowest, slower",
            "equivalent: same",
            "inconclusive: noisy",
            "refused: cached",
        ];
        assert_eq!(by_verdict(&compared).into_iter().map(names).collect::<Vec<_>>(), expected);
        assert_eq!(by_verdict(&[]), []);
    }
}
