//! Auto mode: blocks until every comparison is resolved or the budget is spent.
//!
//! Whoever looks at an interval after every block, and stops when it pleases, is wrong far more often than the
//! interval says (Armitage, McPherson & Rowe 1969, *J. Royal Statistical Society* A 132, 235–244). So an auto run
//! looks seldom, and each look spends a part of the 5 % (Lan & DeMets 1983, *Biometrika* 70, 659–663):
//!
//! - A look takes place at the first block that makes the fewest blocks, and then whenever the share of the budget
//!   that is used passes 1/2^k (…, ⅛, ¼, ½), and at the end: a handful of looks, however fast the target.
//! - When a share `u` of the budget is used, a share `u` of α is spent (the linear spending of Kim & DeMets 1987,
//!   *Biometrika* 74, 149–154); a look tests at what was spent since the look before. The budget measures time, not
//!   information: that is allowed (Lan & DeMets 1989, *Statistics in Medicine* 8, 1191–1198).
//! - The looks' shares add up to α, so by Bonferroni's inequality the chance of a wrong verdict at any look is at
//!   most α, whatever the joint law of the looks. That is simpler than their exact joint boundaries and a little
//!   wider; nothing in it assumes normal increments, so it holds for trimmed means and for Holm's correction.
//!
//! What decides when to look is the time used and the number of blocks, never a ratio.
//!
//! The engine's part: after each measured block call [`Auto::after_block`]. At a look, set the recorder's level to
//! the look's, make the report and ask [`Look::decide`]; unless it says [`Decision::Continue`], that report is the
//! run's. After every block that is not the last, set the level to [`Auto::alpha_left`], so that a run stopped by the
//! person or by an error reports at a level that is still to be spent.

use crate::{
    compare::{ALPHA, Comparison, Verdict},
    scenario::{AutoBudget, Scenario},
};

/// Whether, and how strictly, an auto run looks at its comparisons after a block.
#[derive(Clone, Debug)]
pub struct Auto {
    budget: AutoBudget,
    warmup: u32,
    most_blocks: u32,
    /// Blocks after which a run without anything to resolve ends: the rounds of a run that is not auto.
    plain_blocks: u32,
    used: f64,
}

/// One look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The chance of error this look may use: compare at this level.
    pub alpha: f64,
    /// Whether there is no block after it.
    pub last: bool,
    /// Whether there are as many blocks as a run has that is not auto.
    pub is_plain_run: bool,
}

/// What to do after a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Measure another block.
    Continue,
    /// End: more blocks would not change what is said.
    Resolved,
    /// End: there is no budget for another block.
    BudgetSpent,
}

impl Auto {
    /// Of an auto run that has not begun; `None` if the scenario has a fixed number of rounds.
    pub fn new(scenario: &Scenario) -> Option<Self> {
        let budget = scenario.auto?;
        let most_blocks = *scenario.blocks().end();
        let plain_blocks = scenario.rounds;
        Some(Self { budget, warmup: scenario.warmup, most_blocks, plain_blocks, used: 0.0 })
    }

    /// What is left of α, for a report of a run that ends here without a look: stopped by the person, or ended by
    /// an error.
    pub fn alpha_left(&self) -> f64 {
        ALPHA * (1.0 - self.used)
    }

    /// How many measured blocks the budget allows at the pace so far, to show progress by; `done` blocks, warm-up and the finished
    /// part of an unfinished one included, took `elapsed_ms`.
    pub fn blocks_expected(&self, done: f64, elapsed_ms: f64) -> u32 {
        let affordable = f64::from(self.budget.budget_ms) * done / elapsed_ms;
        let measured = (affordable - f64::from(self.warmup)).clamp(0.0, f64::from(self.most_blocks));
        let so_far = (done - f64::from(self.warmup)).ceil();
        (measured as u32).max(self.budget.min_blocks).max(so_far as u32)
    }

    fn block_ms(&self, blocks: u32, elapsed_ms: f64) -> f64 {
        elapsed_ms / f64::from(self.warmup.saturating_add(blocks).max(1))
    }

    /// Called after each measured block with the number of them and the ms since the run began. `None`: this is no
    /// time to look, and the next block follows.
    pub fn after_block(&mut self, blocks: u32, elapsed_ms: f64) -> Option<Look> {
        if blocks < self.budget.min_blocks && blocks < self.most_blocks {
            return None;
        }
        let budget_ms = f64::from(self.budget.budget_ms);
        let last = blocks >= self.most_blocks || elapsed_ms + self.block_ms(blocks, elapsed_ms) > budget_ms;
        let used = if last { 1.0 } else { elapsed_ms / budget_ms };
        // The logarithm of nothing is −∞, so the first of these is always a look.
        if !last && used.log2().floor() <= self.used.log2().floor() {
            return None;
        }
        let alpha = ALPHA * (used - self.used);
        self.used = used;
        Some(Look { alpha, last, is_plain_run: blocks >= self.plain_blocks })
    }
}

impl Look {
    /// What follows from the comparisons made at this look's level.
    pub fn decide(self, comparisons: &[Comparison], margin: f64) -> Decision {
        let resolved = comparisons.iter().all(|comparison| is_resolved(comparison, margin));
        // One variant alone, or refusals that stay, are no reason to end early: their figures are wanted all the same.
        let has_claim = comparisons.iter().any(|comparison| comparison.verdict != Verdict::Refused);
        if resolved && (has_claim || self.is_plain_run) {
            Decision::Resolved
        } else if self.last {
            Decision::BudgetSpent
        } else {
            Decision::Continue
        }
    }
}

/// Whether the interval lies inside the margin or clear of it, or the comparison is refused for what more blocks do not undo.
fn is_resolved(comparison: &Comparison, margin: f64) -> bool {
    match (comparison.verdict, comparison.low, comparison.high) {
        (Verdict::Refused, _, _) => !comparison.reason_code.may_pass(),
        (Verdict::Equivalent, _, _) => true,
        (Verdict::Faster, _, Some(high)) => high < 1.0 / (1.0 + margin),
        (Verdict::Slower, Some(low), _) => low > 1.0 + margin,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Reason;
    use proptest::prelude::*;

    fn auto(budget_ms: u32, min_blocks: u32) -> Auto {
        let scenario =
            Scenario { auto: Some(AutoBudget { budget_ms, min_blocks }), warmup: 0, ..Scenario::default() };
        Auto::new(&scenario).unwrap()
    }

    /// The blocks after which a run with blocks of `block_ms` looks, and each look's share of α.
    fn looks(mut auto: Auto, block_ms: f64) -> Vec<(u32, f64)> {
        let mut looks = Vec::new();
        for blocks in 1.. {
            if let Some(look) = auto.after_block(blocks, f64::from(blocks) * block_ms) {
                looks.push((blocks, look.alpha / ALPHA));
                if look.last {
                    break;
                }
            }
        }
        looks
    }

    #[test]
    fn looks_are_few_and_spend_the_level_in_step_with_the_budget() {
        let looks = looks(auto(64_000, 5), 1_000.0);
        let rounded: Vec<_> = looks.iter().map(|(blocks, share)| (*blocks, (share * 1e3).round())).collect();
        assert_eq!(rounded, [(5, 78.0), (8, 47.0), (16, 125.0), (32, 250.0), (64, 500.0)]);
    }

    #[test]
    fn a_slow_target_gets_the_fewest_blocks_and_one_look() {
        assert_eq!(looks(auto(1_000, 5), 60_000.0), [(5, 1.0)]);
    }

    #[test]
    fn a_block_that_would_not_fit_is_not_begun() {
        let mut auto = auto(10_000, 5);
        assert!(!auto.after_block(5, 5_000.0).unwrap().last);
        assert!(auto.after_block(9, 9_100.0).unwrap().last);
    }

    #[test]
    fn the_blocks_expected_follow_the_pace() {
        let auto = auto(10_000, 5);
        assert_eq!(auto.blocks_expected(1.0, 0.0), 1_000);
        assert_eq!(auto.blocks_expected(2.0, 1_000.0), 20);
        assert_eq!(auto.blocks_expected(2.0, 60_000.0), 5);
        assert_eq!(auto.blocks_expected(8.0, 80_000.0), 8);
        // A third of a block in 100 ms: 33 blocks in ten seconds.
        assert_eq!(auto.blocks_expected(1.0 / 3.0, 100.0), 33);
    }

    #[test]
    fn a_fixed_number_of_rounds_is_not_auto() {
        assert!(Auto::new(&Scenario::default()).is_none());
    }

    fn comparison(verdict: Verdict, low: f64, high: f64) -> Comparison {
        Comparison {
            baseline: "a".into(),
            candidate: "b".into(),
            blocks: 5,
            ratio: Some(f64::midpoint(low, high)),
            low: Some(low),
            high: Some(high),
            confidence: 0.95,
            verdict,
            reason_code: Reason::Difference,
            reason: String::new(),
        }
    }

    #[test]
    fn a_run_ends_when_every_comparison_is_resolved() {
        let look = Look { alpha: 0.01, last: false, is_plain_run: false };
        let slower = comparison(Verdict::Slower, 1.2, 1.4);
        let same = comparison(Verdict::Equivalent, 0.98, 1.02);
        let barely = comparison(Verdict::Slower, 1.01, 1.2);
        let unknown = comparison(Verdict::Inconclusive, 0.8, 1.2);
        let decide = |comparisons: &[&Comparison]| {
            look.decide(&comparisons.iter().copied().cloned().collect::<Vec<_>>(), 0.05)
        };
        assert_eq!(decide(&[&slower, &same]), Decision::Resolved);
        assert_eq!(decide(&[&slower, &barely]), Decision::Continue);
        assert_eq!(decide(&[&unknown]), Decision::Continue);
        assert_eq!(Look { last: true, ..look }.decide(&[unknown], 0.05), Decision::BudgetSpent);
        let refused =
            Comparison { low: None, high: None, ratio: None, ..comparison(Verdict::Refused, 1.0, 1.0) };
        assert_eq!(decide(&[&refused, &same]), Decision::Resolved);
        // Alone it is no reason to end before a plain run would; nor is having nothing to compare.
        let plain = Look { is_plain_run: true, ..look };
        for comparisons in [vec![refused.clone()], vec![]] {
            assert_eq!(look.decide(&comparisons, 0.05), Decision::Continue);
            assert_eq!(plain.decide(&comparisons, 0.05), Decision::Resolved);
        }
        // A share of failures or of voided blocks may shrink.
        let passing = Comparison { reason_code: Reason::TooManyVoided, ..refused };
        assert_eq!(plain.decide(&[passing, same], 0.05), Decision::Continue);
    }

    proptest! {
        #![proptest_config(crate::report::fixture::same_each_time(256))]

        #[test]
        fn the_looks_never_spend_more_than_the_level(
            budget_ms in 1_000_u32..600_000, min_blocks in 2_u32..20, block_ms in 1.0_f64..100_000.0,
        ) {
            let looks = looks(auto(budget_ms, min_blocks), block_ms);
            let spent: f64 = looks.iter().map(|(_, share)| share).sum();
            prop_assert!((spent - 1.0).abs() < 1e-9);
            prop_assert!(looks.iter().all(|(blocks, share)| *blocks >= min_blocks && *share > 0.0));
        }
    }
}
