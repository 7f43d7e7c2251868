//! English.

use crate::{
    Answer, Baseline, Lifecycles, Results, Run, Side, Tag, TakeAway, Text, Trust, labels::client_word,
};
use fetchmark_core::{
    comparison::Reason,
    factors::{Pacing, Thread},
    gate::GateOutcome,
    language::Language,
    numbers::many,
    timing::Phase,
};

mod causes;
mod check;
mod findings;
mod form;
mod headline;
mod kept;
mod options;
mod pictures;
mod problems;
mod ranking;
mod request;
mod sentences;

/// English.
pub static EN: Text = Text {
    speaks: Language::English,
    tag: "en",
    name: "Fetchmark",
    title: "Fetchmark: how fast is HTTP from this browser?",
    promise: "How fast is HTTP from this browser? Compare HTTP clients, reused or created for each request.",
    skip: "Skip to the form",
    language: "Language",
    what: form::WHAT,
    built: form::built,
    request: request::REQUEST,
    options: options::OPTIONS,
    link_errors: options::LINK_ERRORS,
    check: check::CHECK,
    run: Run {
        run: "Run",
        again: "Run again",
        stop: "Stop",
        stopping: "Stopping…",
        progress: "Progress of the run",
        starting: "Starting the engine…",
        warming: |row| format!("Warming up: {row}"),
        measuring: |block, row| format!("Block {block}: {row}"),
        measuring_of: |block, blocks, row| format!("Block {block} of {blocks}: {row}"),
        left: |seconds| format!("about {seconds} s left"),
        pace: |per_second| format!("{per_second} requests/s in the last round"),
        pace_so_far: |per_second| format!("{per_second} requests/s so far"),
        announce: |percent| format!("{percent} done"),
        announce_done: "The run has finished.",
        failures: sentences::FAILURES,
        failed: "The run failed",
        strip: "Finished rounds so far, by total time",
    },
    headline: headline::HEADLINE,
    answer: Answer {
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
        many_rows: |count, clients| format!("{} ({clients}).", many(count, "row")),
        reason: Reason::sentence,
        verdict: sentences::verdict_word,
        equivalent_within: |margin| format!("equivalent within ±{margin}"),
        failures: |failed, issued, sentence| {
            format!("{failed} of {} failed: {sentence}", many(issued, "request"))
        },
        cause: causes::cause,
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
        how_to_read: "Ratios compare round times of the same block; below 1 is faster. Ranges are 95 % confidence intervals.",
    },
    lifecycles: Lifecycles {
        title: "Fresh or reused, by client",
        caption: "What it costs to create the client for each request. Rounds are paired by block.",
        ratio: "fresh ÷ reused",
    },
    results: Results {
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
        rounds_title: "Round times",
        rounds_caption: "One dot per round, the first block at the top. The line is the median; the bar is its 95 % confidence interval, which needs six rounds. Left is faster.",
        rounds_left_out: |count| {
            format!(
                "Left out here and in all other times: {} voided (see below) or without a successful request.",
                many(count, "round")
            )
        },
        rounds_row: |row, low, median, high| format!("{row}: {low} to {high} ms, median {median} ms."),
        rounds_table: "Round times as a table",
        block: "Block",
        phases_title: "Where a request’s time goes",
        phases_caption: "Mean time per phase, over the requests whose times are visible. Queue is the wait for a connection inside the browser. Client overhead comes before and after the request; with many requests in flight, most of it is waiting for the one thread that handles all responses.",
        phases_table: "Phases as a table",
        phases_count: "Requests",
        phase: |phase| match phase {
            Phase::Queue => "queue",
            Phase::Dns => "DNS",
            Phase::Connect => "connect",
            Phase::Tls => "TLS",
            Phase::FirstByte => "first byte",
            Phase::Download => "download",
            Phase::ClientOverhead => "client overhead",
        },
        median: "Median",
        in_flight: "In flight",
    },
    pictures: pictures::PICTURES,
    ranking: ranking::RANKING,
    trust: Trust {
        title: "Validity",
        nothing_found: "No problems were found.",
        finding: findings::finding,
        severity: findings::severity,
        environment: "Environment",
        browser: "Browser",
        beside: "Outside the browser",
        python: "Python",
        cores: "Processors",
        core_count: |cores| many(&cores.to_string(), "core"),
        row_count: |rows| many(rows, "row"),
        isolated: "Cross-origin isolated",
        isolated_values: ["yes (fine clock)", "no (coarse clock)"],
        timer: "Clock resolution",
        protocol: "Protocol",
        hidden_protocol: "hidden by the browser",
        target: "Target",
        evidence: "Evidence for connections",
        evidence_word: sentences::evidence,
        started: "Measured",
        unknown: "not reported by the browser",
        requests: "Requests",
        request_counts: |issued, ok, failed, aborted| {
            format!("{issued} issued = {ok} ok + {failed} failed + {aborted} aborted")
        },
    },
    take_away: TakeAway {
        title: "Export",
        link: "Link to these settings",
        with_secrets: "Include passwords, keys and tokens (otherwise •••). Anyone who has the link can read them.",
        copy: "Copy link",
        copy_with_report: "Copy link with results",
        copied: "Copied",
        not_copied: "The browser did not allow copying. The link is selected: copy it yourself.",
        not_allowed: "The browser did not allow copying. Download the file instead.",
        download: "Download JSON",
        download_csv: "Download CSV",
        download_hdr: "Download HDR log",
        copy_markdown: "Copy as Markdown",
        copy_table: "Copy table",
        download_hint: "A link with results opens this report anywhere; the report itself is sent to no server. JSON is the full report with every round. CSV has one line per round, the copied table one per variant. The HDR log holds latency histograms. Markdown is for comments.",
    },
    kept: kept::KEPT,
    comparison: kept::COMPARISON,
    tag_word,
    comma: ", ",
};

fn tag_word(tag: &Tag) -> String {
    match tag {
        Tag::Client(name, runtime) => client_word(name, *runtime, "Python"),
        Tag::Lifecycle(lifecycle) => lifecycle.word().to_owned(),
        Tag::Connection(connection) => format!("{connection} connections"),
        Tag::Pace { pacing: Pacing::Sequential, .. } => "sequential".to_owned(),
        Tag::Pace { pacing: Pacing::Concurrent, concurrency, .. } => format!("{concurrency} in flight"),
        Tag::Pace { pacing: Pacing::Rate, rate_per_second, .. } => {
            format!("{} per second", rate_per_second.unwrap_or_default())
        }
        Tag::Thread(Thread::Worker) => "in a worker".to_owned(),
        Tag::Thread(Thread::Main) => "on the main thread".to_owned(),
        Tag::Again => "again".to_owned(),
        Tag::Of(Side::Before) => "before".to_owned(),
        Tag::Of(Side::Now) => "now".to_owned(),
    }
}
