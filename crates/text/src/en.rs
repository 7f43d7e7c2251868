//! English.

use crate::{
    Answer, Baseline, Compared, Lifecycles, Results, Run, Side, Tag, TakeAway, Text, Trust,
    labels::client_word,
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
    promise: "How fast is HTTP from this browser? Compare clients, built once or afresh for each request.",
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
        announce_done: "The run is over.",
        failures: sentences::FAILURES,
        failed: "The run could not be made",
        strip: "Finished rounds so far, by total time",
    },
    headline: headline::HEADLINE,
    answer: Answer {
        title: "Answer",
        baseline: |Baseline { n, row, total, rounds, per_second, succeeded }| {
            if let Some((ok, ended)) = succeeded {
                return format!(
                    "With {row}, rounds of {} take {total}, the median of {}, though only {ok} of {} succeeded; over all these rounds it was {per_second} successful requests per second.",
                    many(n, "request"),
                    many(rounds, "round"),
                    many(ended, "request")
                );
            }
            format!(
                "With {row}, {} {} {total}, the median of {}; over all of them it was {per_second} requests per second.",
                many(n, "request"),
                if n == "1" { "takes" } else { "take" },
                many(rounds, "round")
            )
        },
        compared: |compared: &Compared<'_>| {
            let Compared { ratio, low, high, .. } = compared;
            let subject = sentences::took(compared.contrast, ratio);
            let verdict = sentences::verdict(compared);
            format!("{subject} (95 % interval {low}–{high}): {verdict}")
        },
        many_rows: |count, clients| format!("{} of {clients}.", many(count, "row")),
        not_compared: sentences::not_compared,
        reason: Reason::sentence,
        verdict: sentences::verdict_word,
        failures: |failed, issued, sentence| {
            format!("{failed} of {} failed: {sentence}", many(issued, "request"))
        },
        cause: causes::cause,
        row_failures: |row, failed, issued, classes| {
            format!("{row}: {failed} of {} failed: {classes}.", many(issued, "request"))
        },
        no_round: |row| format!("{row}: no round was measured to its end."),
        no_timed_round: |row| format!("{row}: no round's time counts."),
        gate: |outcome| match outcome {
            GateOutcome::Passed => "passed",
            GateOutcome::Crossed => "crossed",
            GateOutcome::Unresolved => "not decided",
        },
        stopped: |rounds| {
            format!("You stopped the run. What was finished until then is kept: {}.", many(rounds, "round"))
        },
        ended_early: "The run ended before its time. What was finished until then is kept.",
        nothing: "No round was finished, so there is nothing to compare.",
        nothing_to_compare: "There is one variant, so nothing to compare it with.",
        how_to_read: "A ratio compares round times within the same block; below 1 means less time. Were the run repeated, 95 of 100 such intervals would hold the true ratio.",
    },
    lifecycles: Lifecycles {
        title: "Fresh or reused, client by client",
        caption: "What it cost each client to be made anew for each request. The rounds are paired by block.",
        ratio: "fresh ÷ reused",
    },
    results: Results {
        title: "Figures",
        caption: |n, rounds, common| {
            let common = if common.is_empty() { String::new() } else { format!(" All rows: {common}.") };
            format!("{} per round, {} per row.{common}", many(n, "request"), many(rounds, "round"))
        },
        no_timed_rounds: "No round counts.",
        order: "Order the rows by",
        variant: "Variant",
        total: |n| format!("Total for {n}"),
        per_second: "Requests per second",
        latency: "One request",
        percentiles: ["p50", "p95", "p99"],
        connections: "Connections",
        labels: ["new", "reused", "cached", "unknown"],
        failures: "Failures",
        ratio: "Ratio to first row",
        baseline: "baseline",
        ms: "ms",
        rounds_title: "Round times",
        rounds_caption: "A dot per round, the first block on top. The line is the median, the bar its 95 % interval, which takes six rounds. Left is faster.",
        rounds_left_out: |count| {
            format!(
                "Left out, as in every figure of times: {} voided (see below) or without a request that succeeded.",
                many(count, "round")
            )
        },
        rounds_row: |row, low, median, high| format!("{row}: {low} to {high} ms, median {median} ms."),
        rounds_table: "Round times as a table",
        block: "Block",
        phases_title: "Where a request’s time went",
        phases_caption: "The mean of each part over the requests that show their times. Waiting in the browser is the queue for a connection; the client’s own part lies before and after, and with many requests in flight most of it is waiting for the one thread that takes all answers.",
        phases_table: "Parts of a request as a table",
        phases_count: "Requests",
        phase: |phase| match phase {
            Phase::Queue => "waiting in the browser",
            Phase::Dns => "looking up the host",
            Phase::Connect => "connecting",
            Phase::Tls => "securing (TLS)",
            Phase::FirstByte => "until the first byte",
            Phase::Download => "download",
            Phase::ClientOverhead => "client",
        },
        median: "Median",
        in_flight: "In flight",
    },
    pictures: pictures::PICTURES,
    ranking: ranking::RANKING,
    trust: Trust {
        title: "How far to trust this",
        nothing_found: "Nothing was found that weakens these numbers.",
        finding: findings::finding,
        severity: findings::severity,
        environment: "Where it was measured",
        browser: "Browser",
        beside: "Beside the browser",
        python: "Python",
        cores: "Processors",
        core_count: |cores| many(&cores.to_string(), "core"),
        row_count: |rows| many(rows, "row"),
        isolated: "Cross-origin isolated",
        isolated_values: ["yes: the clock is fine", "no: browsers make the clock coarser"],
        timer: "Clock step",
        protocol: "Protocol",
        hidden_protocol: "hidden by the browser",
        target: "Target",
        evidence: "Connections known from",
        evidence_word: sentences::evidence,
        started: "Measured",
        unknown: "the browser does not say",
        requests: "Requests",
        request_counts: |issued, ok, failed, aborted| {
            format!("{issued} issued = {ok} ok + {failed} failed + {aborted} aborted")
        },
    },
    take_away: TakeAway {
        title: "Take it with you",
        link: "Link to the form as it is now",
        with_secrets: "With passwords, keys and tokens; without this, ••• stands in their place. Whoever has the link has them.",
        copy: "Copy link",
        copy_with_report: "Copy link with results",
        copied: "Copied",
        not_copied: "The browser did not allow copying. The link is selected: copy it from there.",
        not_allowed: "The browser did not allow copying. Download the file instead.",
        download: "Download JSON",
        download_csv: "Download CSV",
        download_hdr: "Download HDR log",
        copy_markdown: "Copy as Markdown",
        copy_table: "Copy table",
        download_hint: "A link with results opens this report anywhere, and goes through no server. JSON is the full report with every round, for scripts and for comparing later; CSV has a line per round and the copied table one per variant, an HDR log holds the latencies as histograms, Markdown is for a comment.",
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
        Tag::Pace { pacing: Pacing::Sequential, .. } => "one after another".to_owned(),
        Tag::Pace { pacing: Pacing::Concurrent, concurrency, .. } => format!("up to {concurrency} at once"),
        Tag::Pace { pacing: Pacing::Rate, rate_per_second, .. } => {
            format!("{} per second", rate_per_second.unwrap_or_default())
        }
        Tag::Thread(Thread::Worker) => "in a worker".to_owned(),
        Tag::Thread(Thread::Main) => "on the page’s thread".to_owned(),
        Tag::Again => "again".to_owned(),
        Tag::Of(Side::Before) => "before".to_owned(),
        Tag::Of(Side::Now) => "now".to_owned(),
    }
}
