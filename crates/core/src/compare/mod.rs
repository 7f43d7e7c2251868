//! Two variants compared: round by round of the same block, or, of two reports, as two samples of rounds.
//!
//! The round is the independent unit: requests inside it share their luck. Rounds of a block ran next to each
//! other, so their ratio cancels what the machine was doing; two reports have no blocks in common. Ratios are averaged as logarithms (a ratio of 2 and
//! one of ½ must cancel) with the trimmed t interval of [`crate::stats::student`], Holm's correction over the comparisons
//! shown, and two one-sided tests for equivalence (Schuirmann 1987, *J. Pharmacokinetics and Biopharmaceutics* 15,
//! 657–680). `docs/method.md` says why, with simulations.

pub(crate) mod answers;
mod contrast;
mod criteria;
mod groups;
mod judge;
pub mod lifecycles;
mod other_baseline;
mod pair;
mod refusal;
pub mod reports;
pub(crate) mod sessions;
mod targets;
mod verdict;

pub use criteria::Criteria;
pub use groups::{VerdictGroup, by_verdict};
pub use judge::{compare, compare_apart, compare_rows, refuse};
pub use other_baseline::compare_with;
pub use targets::compare_targets;
pub(crate) use targets::target_findings;
pub use verdict::{ALPHA, Comparison, Reason, TargetComparison, Verdict};
pub(crate) use verdict::{TOLERATED_SHARE, is_beyond_tolerance};
