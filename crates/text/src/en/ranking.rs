//! The ranking, in English.

use crate::Ranking;
use fetchmark_core::numbers::many;

/// The words.
pub(super) const RANKING: Ranking = Ranking {
    title: "Ranking",
    caption: |n, rounds| {
        format!("Total time for {}: median of {}, 95 % interval.", many(n, "request"), many(rounds, "round"))
    },
    compared_with: |row| format!("Compared with {row}."),
    chosen_later: "This baseline was chosen after the run. Verdicts are corrected for the comparisons with it, not for trying several baselines.",
    compare_with: "Compare with",
    sort_by: "Sort by",
    orders: ["time", "ratio", "order of the run"],
    time: "Total time",
    ratio: "Ratio",
    interval: |low, high| format!("95 % interval {low} to {high}"),
    failures: |failed, ended| format!("{failed} of {ended} failed"),
    no_round: "no round was finished",
    no_success: "no request succeeded",
    all_voided: "every round is voided",
    sections: "More about this run",
};
