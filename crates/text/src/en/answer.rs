//! The answer, in English.

use crate::words::{Answer, Baseline};
use fetchmark_core::{
    compare::{Reason, Verdict},
    gates::GateOutcome,
    stats::numbers::many,
};

pub(super) const ANSWER: Answer = Answer {
    baseline: |Baseline { n, row, total, rounds, per_second, succeeded }| {
        if let Some((ok, ended)) = succeeded {
            return format!(
                "{row}: a round of {} takes {total} (median of {}), but only {ok} of {} succeeded. Throughput: {per_second} successful requests per second.",
                many(n, "request"),
                many(rounds, "round"),
                many(ended, "request")
            );
        }
        format!(
            "{row}: {} in {total} (median of {}), {per_second} requests per second.",
            many(n, "request"),
            many(rounds, "round")
        )
    },
    at_rate: |row, latency, ok| {
        format!("{row}: median latency {latency} over {}.", many(ok, "successful request"))
    },
    many_rows: |count, clients| format!("{} ({clients})", many(count, "row")),
    reason: Reason::sentence,
    verdict: verdict_word,
    equivalent_within: |margin| format!("equivalent within ±{margin}"),
    failures: |failed, issued, sentence| {
        format!("{failed} of {} failed: {sentence}", many(issued, "request"))
    },
    cause: super::causes::cause,
    row_failures: |row, failed, issued, classes| {
        format!("{row}: {failed} of {} failed: {classes}.", many(issued, "request"))
    },
    no_round: |row| format!("{row}: no round was finished."),
    no_timed_round: |row| format!("{row}: all rounds were left out."),
    gate: |outcome| match outcome {
        GateOutcome::Passed => "passed",
        GateOutcome::Crossed => "crossed",
        GateOutcome::Unresolved => "inconclusive",
    },
    stopped: |rounds| format!("The run was stopped after {}.", many(rounds, "finished round")),
    ended_early: "The run ended early because of an error. Finished rounds are kept.",
    nothing: "No round was finished, so there is nothing to compare.",
    nothing_to_compare: "Only one variant was measured, so there is nothing to compare it with.",
    how_to_read: "Ratios compare round times of the same block; below 1 is faster. Ranges are 95% confidence intervals.",
};

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::Equivalent => "equivalent",
        Verdict::Inconclusive => "inconclusive",
        Verdict::Refused => "not comparable",
    }
}
