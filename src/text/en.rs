//! English.

use super::{Answer, Baseline, Compared, Lifecycles, Results, Run, TakeAway, Text, Trust, What};
use crate::labels::{Side, Tag, client_word};
use fetchmark_core::{
    comparison::Reason, factors::Pacing, language::Language, preset::Preset, timing::Phase,
};

mod check;
mod kept;
mod pictures;
mod request;
mod sentences;

/// English.
pub static EN: Text = Text {
    speaks: Language::English,
    tag: "en",
    own_name: "English",
    name: "Fetchmark",
    title: "Fetchmark: how fast is HTTP from this browser?",
    promise: "How fast is HTTP from this browser? Compare clients, built once or afresh for each request.",
    skip: "Skip to the form",
    language: "Language",
    what: What {
        title: "What to measure",
        url: "Address to measure",
        url_hint: |target| format!("Empty: {target}"),
        url_hint_file: "A page opened from a file has no address of its own to measure: type one.",
        from_file: [
            "Opened from a file, this page reaches servers that let every origin read their answers (Access-Control-Allow-Origin: * or null), and no other files.",
            "What clients themselves cost can be measured without any server:",
        ],
        presets: "Questions",
        preset: |preset| match preset {
            Preset::Python => (
                "Build once or each time",
                "100 requests, at once and one after another, with the client reused and built afresh: the comparison of Python’s clients, in a browser",
            ),
            Preset::WarmVsCold => {
                ("Warm or cold", "What does it cost to open a connection for every request?")
            }
            Preset::Clients => {
                ("All clients", "Which client is fastest, each reused, six requests in flight?")
            }
            Preset::Concurrency => {
                ("Concurrency", "How does the time change with 1, 2, 6, 16 and 64 requests in flight?")
            }
            Preset::Floor => (
                "No network",
                "What do clients themselves cost, where the browser answers without a network?",
            ),
            Preset::Rate => (
                "Fixed rate",
                "How long do requests take that are sent 50 times a second, whether or not earlier ones ended?",
            ),
        },
        clients: "Clients",
        chip: |client, lifecycle| format!("{client}, {lifecycle}"),
        lifecycle: ["reused", "fresh"],
        connections: "Connections",
        connection: [
            ("warm", "The browser may reuse connections that are open"),
            ("cold", "Every request opens a connection of its own"),
        ],
        pacings: "Requests follow each other",
        pacing: ["one after another", "in flight together", "at a fixed rate"],
        rate: "Per second",
        margin: "Same within",
        on_main: ("On the page’s thread", "Measures on the page’s own thread instead of a worker of its own"),
        again: (
            "First variant twice",
            "Measures the first variant a second time: how far it differs from itself shows what can be told apart here",
        ),
        cold_url: "Address for cold connections",
        cold_hint: "An address that the server answers with “Connection: close” (beside the lab: /lab/close), or one with {n} in its host. Empty: the address to measure, if it has {n} in its host or port.",
        cold_impossible: "Cold connections cannot be forced like this: a browser cannot be asked for a new connection. Give an address that closes its connection, or put {n} into the host.",
        n: "Requests",
        rounds: "Rounds",
        in_flight: "In flight",
        all_at_once: "All at once",
        at_most: "At most",
        lanes: "Requests in flight at most",
        more: "More options",
        warmup: "Warm-up rounds",
        timeout: "Time-out",
        seconds: "s",
        seed: "Seed",
        from_link: "Also set by the link:",
        explain_title: "What “reused” and “fresh” mean, and what they do not",
        explain: &[
            "Reused: client and request are built before the round, and every call sends them again. Fresh: both are built anew for each call, as code does that makes a client inside a loop.",
            "Neither decides about connections. A browser keeps its pool of connections below the client, so a fresh client may well get a connection that is already open. Client and connection are two separate factors: the table shows, for each row, how many connections were new and how many were reused.",
        ],
        as_needed: "as many as needed",
        at_least: |requests| format!("at least {requests}"),
        plan: |variants, rounds, requests| {
            format!("{variants} variants, {rounds} rounds each, {requests} requests in all, warm-up included")
        },
        large_run: |requests, host| {
            format!(
                "This run sends {requests} requests to {host}. Make sure its owner is fine with that, or lower requests or rounds."
            )
        },
        mixed_content: "This page was loaded over https, so browsers refuse its requests to http addresses. Use an https address, or open Fetchmark over http.",
        no_variant: "No client is chosen. Choose at least one.",
        url_problem: sentences::url_problem,
        field_problem: sentences::field_problem,
        param_errors: "This link cannot be read as it is",
        param_error: |error| error.to_string(),
    },
    request: request::REQUEST,
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
        left: |seconds| format!("about {seconds} s left"),
        pace: |per_second| format!("{per_second} requests/s in the last round"),
        announce: |percent| format!("{percent} done"),
        announce_done: "The run is over.",
        failure: sentences::run_failure,
        failed: "The run could not be made",
        strip: "Finished rounds so far, by total time",
    },
    answer: Answer {
        title: "Answer",
        baseline: |Baseline { n, row, total, rounds, per_second }| {
            format!(
                "With {row}, {n} requests take {total}: the median of {rounds} rounds, {per_second} requests per second."
            )
        },
        compared: |compared: &Compared<'_>| {
            let Compared { ratio, low, high, .. } = compared;
            let subject = sentences::took(compared.contrast, ratio);
            let verdict = sentences::verdict(compared);
            format!("{subject} (95 % interval {low}–{high}): {verdict}")
        },
        not_compared: sentences::not_compared,
        reason: Reason::sentence,
        verdict: sentences::verdict_word,
        failures: |failed, issued, sentence| format!("{failed} of {issued} requests failed: {sentence}"),
        error_class: sentences::error_class,
        stopped: |rounds| format!("You stopped the run. The {rounds} rounds finished until then are kept."),
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
            format!("{n} requests per round, {rounds} rounds per row.{common}")
        },
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
                "Left out, as in every figure of times: {count} rounds that were voided (see below), or in which no request succeeded."
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
    trust: Trust {
        title: "How far to trust this",
        nothing_found: "Nothing was found that weakens these numbers.",
        finding: sentences::finding,
        severity: sentences::severity,
        environment: "Where it was measured",
        browser: "Browser",
        beside: "Beside the browser",
        python: "Python",
        cores: "Processors",
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
        Tag::Again => "again".to_owned(),
        Tag::Of(Side::Before) => "before".to_owned(),
        Tag::Of(Side::Now) => "now".to_owned(),
    }
}
