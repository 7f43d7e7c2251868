//! The charts, in English.

use crate::words::Charts;
use fetchmark_core::{
    samples::{label::ConnectionLabel, sample::OutcomeWord, timing::Phase},
    stats::numbers::many,
};

/// The words.
pub(super) const CHARTS: Charts = Charts {
    keys: "Use the arrow keys to read the values one by one.",
    svg: "Save as SVG",
    png: "Save as PNG",
    rounds_title: "Round times",
    rounds_caption: "One dot per round, the first block at the top. The line is the median; the bar is its 95% confidence interval, which needs six rounds. Left is faster.",
    rounds_left_out: |count| {
        format!(
            "Left out here and in all other times: {} voided (see below) or without a successful request.",
            many(count, "round")
        )
    },
    rounds_row: |row, low, median, high| format!("{row}: {low} to {high} ms, median {median} ms."),
    rounds_table: "Round times as a table",
    phases_title: "Where a request’s time goes",
    phases_caption: "Mean time per phase, over the requests whose timings are visible. Queue is the wait for a connection inside the browser. Client overhead comes before and after the request; with many requests in flight, most of it is waiting for the one thread that handles all responses.",
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
    round: |row, block, ms| format!("{row}, block {block}: {ms} ms"),
    part: |row, part, ms| format!("{row}, {part}: {ms} ms"),
    percentiles_title: "Latency percentiles",
    percentiles_caption: "The latency that this share of the requests does not exceed. Each step to the right leaves a tenth of the requests, so that the slowest few are visible.",
    percentiles_table: "Percentiles as a table",
    share: "Requests",
    percentile: |row, share, ms| format!("{row}: {share} of requests take at most {ms} ms"),
    sweep_title: "Total time by requests in flight",
    sweep_caption: "Median total time with its 95% confidence interval. Where the line is flat, more requests in flight gain nothing.",
    sweep_table: "Total times as a table",
    interval: "95% interval",
    in_flight: |row, in_flight, ms, interval| {
        let interval = interval.map(|[low, high]| format!(" ({low}–{high})")).unwrap_or_default();
        format!("{row}, {in_flight} in flight: {ms} ms{interval}")
    },
    waterfall_title: "One round, request by request",
    waterfall_caption: |block, shown, issued, about| {
        if shown == issued {
            format!("All {issued} requests of block {block}. {about}")
        } else {
            format!("The first {shown} of {issued} requests of block {block}. {about}")
        }
    },
    by_connection: "Each row is a connection, with the id that the server gave it.",
    by_request: "Each row is a request: the server does not say which of them share a connection, or they share one at the same time.",
    waterfall_table: "The requests as a table",
    whole: "phases hidden",
    before_wire: "waiting or connecting",
    failed: "failed",
    request: |number, due, ended, connection, outcome| {
        format!("Request {number}: from {due} to {ended} ms, {connection}, {outcome}")
    },
    request_number: "Request",
    due: "due",
    wire: "sent",
    first_byte: "first byte",
    last_byte: "last byte",
    ended: "ended",
    socket: "connection id",
    outcome_head: "outcome",
    label: |label| match label {
        ConnectionLabel::New => "new connection",
        ConnectionLabel::Reused => "reused connection",
        ConnectionLabel::Cached => "from a cache",
        ConnectionLabel::Unknown => "connection unknown",
    },
    outcome: |outcome| match outcome {
        OutcomeWord::Ok => "ok",
        OutcomeWord::Failed => "failed",
        OutcomeWord::Aborted => "aborted",
    },
};
