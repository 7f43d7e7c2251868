//! The pictures, in English.

use crate::Pictures;
use fetchmark_core::{label::ConnectionLabel, sample_record::OutcomeWord};

/// The words.
pub(super) const PICTURES: Pictures = Pictures {
    keys: "Arrow keys read the figures one by one.",
    svg: "Save as SVG",
    png: "Save as PNG",
    round: |row, block, ms| format!("{row}, block {block}: {ms} ms"),
    part: |row, part, ms| format!("{row}, {part}: {ms} ms"),
    percentiles_title: "From the quickest to the slowest request",
    percentiles_caption: "How long so many percent of the requests take at most. Each step to the right is a tenth of the requests beyond, so that the slowest few are seen.",
    percentiles_table: "Percentiles as a table",
    share: "Requests",
    percentile: |row, share, ms| format!("{row}: {share} take at most {ms} ms"),
    sweep_title: "Time by requests in flight",
    sweep_caption: "Median total time with its 95 % interval. Where the line is flat, more requests in flight gain nothing.",
    sweep_table: "Times by requests in flight as a table",
    interval: "95 % interval",
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
    by_connection: "Each row is a connection, numbered by the server; the requests on it follow each other.",
    by_request: "Each row is a request. Which of them share a connection, the server does not say, or they share it at the same time.",
    waterfall_table: "The requests as a table",
    whole: "parts hidden",
    before_wire: "waiting or connecting",
    failed: "failed",
    request: |number, due, ended, connection, outcome| {
        format!("Request {number}: from {due} to {ended} ms, {connection}, {outcome}")
    },
    request_number: "Request",
    due: "due",
    wire: "on the wire",
    first_byte: "first byte",
    last_byte: "last byte",
    ended: "ended",
    socket: "number",
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
        OutcomeWord::Aborted => "stopped",
    },
};
