//! Words of the charts.

use fetchmark_core::samples::{label::ConnectionLabel, sample::OutcomeWord, timing::Phase};

/// Words of the charts.
pub struct Charts {
    /// How a chart is read by keyboard.
    pub keys: &'static str,
    /// Button: the chart as an SVG file.
    pub svg: &'static str,
    /// Button: the chart as a PNG file.
    pub png: &'static str,
    /// Headline of the chart.
    pub rounds_title: &'static str,
    /// What the chart shows.
    pub rounds_caption: &'static str,
    /// How many rounds the chart leaves out, and why.
    pub rounds_left_out: fn(&str) -> String,
    /// The chart in words: row, shortest, median, longest.
    pub rounds_row: fn(&str, &str, &str, &str) -> String,
    /// Summary over the chart's table.
    pub rounds_table: &'static str,
    /// Headline of the chart of a request's parts.
    pub phases_title: &'static str,
    /// What the chart shows.
    pub phases_caption: &'static str,
    /// Summary over its table.
    pub phases_table: &'static str,
    /// Column: requests that show their parts.
    pub phases_count: &'static str,
    /// A part of a request.
    pub phase: fn(Phase) -> &'static str,
    /// One round: row, block, time in ms.
    pub round: fn(&str, &str, &str) -> String,
    /// A part of a request: row, part, mean in ms.
    pub part: fn(&str, &str, &str) -> String,
    /// Headline of the percentiles.
    pub percentiles_title: &'static str,
    /// What they show.
    pub percentiles_caption: &'static str,
    /// Summary over their table.
    pub percentiles_table: &'static str,
    /// Column: the share of requests.
    pub share: &'static str,
    /// One percentile: row, share, time in ms.
    pub percentile: fn(&str, &str, &str) -> String,
    /// Headline of the sweep.
    pub sweep_title: &'static str,
    /// What it shows.
    pub sweep_caption: &'static str,
    /// Summary over its table.
    pub sweep_table: &'static str,
    /// Column: an interval.
    pub interval: &'static str,
    /// One row of the sweep: what its line has in common, requests in flight, median in ms, the ends of its interval.
    pub in_flight: fn(&str, &str, &str, Option<&[String; 2]>) -> String,
    /// Headline of the waterfall.
    pub waterfall_title: &'static str,
    /// What it shows: block, requests drawn, requests in the round, what a row is.
    pub waterfall_caption: fn(&str, &str, &str, &str) -> String,
    /// What a row is, where it is a connection.
    pub by_connection: &'static str,
    /// What a row is, where it is a request.
    pub by_request: &'static str,
    /// Summary over its table.
    pub waterfall_table: &'static str,
    /// A request whose parts the browser hides.
    pub whole: &'static str,
    /// What a request does until it is on the wire: more than waiting, where it opens a connection.
    pub before_wire: &'static str,
    /// A request that failed or was stopped.
    pub failed: &'static str,
    /// One request: its number, when it was due and ended in ms, its connection, how it ended.
    pub request: fn(&str, &str, &str, &str, &str) -> String,
    /// Column: the request's number.
    pub request_number: &'static str,
    /// Column: when it was due.
    pub due: &'static str,
    /// Column: when it went onto the wire.
    pub wire: &'static str,
    /// Column: when the first byte came.
    pub first_byte: &'static str,
    /// Column: when the last byte came.
    pub last_byte: &'static str,
    /// Column: when it ended for the caller.
    pub ended: &'static str,
    /// Column: the server's number of the connection.
    pub socket: &'static str,
    /// Column: how it ended.
    pub outcome_head: &'static str,
    /// What happened to a connection, in a few words.
    pub label: fn(ConnectionLabel) -> &'static str,
    /// How a request ended, in a word.
    pub outcome: fn(OutcomeWord) -> &'static str,
}
