//! The ranking and the tables below it, in English.

use crate::words::{Lifecycles, Ranking, Results};
use fetchmark_core::stats::numbers::many;

pub(super) const RANKING: Ranking = Ranking {
    title: "Ranking",
    so_far: "Ranking so far",
    caption: |n, rounds| {
        format!("Total time for {}: median of {}, 95% interval.", many(n, "request"), many(rounds, "round"))
    },
    chosen_later: "This baseline was chosen after the run. Verdicts are corrected for the comparisons with it, not for trying several baselines.",
    compare_with: "Compare with",
    sort_by: "Sort by",
    orders: ["time", "ratio", "order of the run"],
    time: "Total time",
    ratio: "Ratio",
    interval: |low, high| format!("95% interval {low} to {high}"),
    failures: |failed, ended| format!("{failed} of {ended} failed"),
    no_time_yet: "no time yet",
    no_round: "no round was finished",
    no_success: "no request succeeded",
    all_voided: "every round is voided",
    sections: "More about this run",
};

pub(super) const RESULTS: Results = Results {
    title: "Results",
    caption: |n, rounds, common| {
        let common = if common.is_empty() { String::new() } else { format!(" All rows: {common}.") };
        format!("{} per round, {} per row.{common}", many(n, "request"), many(rounds, "round"))
    },
    no_timed_rounds: "All rounds were left out.",
    order: "Sort by",
    variant: "Variant",
    total: |n| format!("Total for {n}"),
    per_second: "Requests per second",
    latency: "Latency",
    percentiles: ["p50", "p95", "p99"],
    connections: "Connections",
    labels: ["new", "reused", "cached", "unknown"],
    failures: "Failures",
    ratio: "Ratio to baseline",
    baseline: "baseline",
    ms: "ms",
    block: "Block",
    median: "Median",
    in_flight: "In flight",
};

pub(super) const LIFECYCLES: Lifecycles = Lifecycles {
    title: "Fresh or reused, by client",
    caption: "What it costs to create the client for each request. Rounds are paired by block.",
    ratio: "fresh ÷ reused",
};
