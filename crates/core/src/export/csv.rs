//! Comma-separated values by RFC 4180: a line for each round, or for each request.
//!
//! Numbers are whole and with a point, whatever the reader's language: they are for programs. What there is no figure of is empty.

use crate::{
    report::model::{Report, VariantReport},
    samples::{
        record::{RoundSamples, SampleRecord},
        timing::Phase,
    },
};

/// The columns that say which row a line is of.
pub(super) const ROW: [&str; 10] = [
    "id",
    "runtime",
    "client",
    "lifecycle",
    "connection",
    "pacing",
    "concurrency",
    "rate_per_second",
    "thread",
    "n",
];

/// A line for each complete measured round.
pub fn rounds_csv(report: &Report) -> String {
    let columns = ROW.into_iter().chain(["block", "wall_ms", "ok", "failed", "voided", "late_p50_ms"]);
    let mut lines = Lines::new(columns);
    for variant in &report.variants {
        for round in &variant.rounds {
            let mut line = row(variant, report);
            line.extend([
                round.block.to_string(),
                round.wall_ms.to_string(),
                round.ok.to_string(),
                round.failed.to_string(),
                round.voided.to_string(),
                // Of the whole row.
                known(variant.late_ms.map(|late| late.p50)),
            ]);
            lines.add(&line);
        }
    }
    lines.text()
}

/// The columns of one request; phases follow them.
const SAMPLE: [&str; 23] = [
    "block",
    "complete",
    "index",
    "intended_ms",
    "called_ms",
    "started_ms",
    "request_ms",
    "ended_ms",
    "outcome",
    "error",
    "message",
    "status",
    "body_bytes",
    "connection_label",
    "evidence",
    "tied",
    "socket",
    "nth",
    "protocol",
    "transfer_bytes",
    "encoded_bytes",
    "decoded_bytes",
    "redirected",
];

/// A line for each request of these rounds, warm-up rounds (without a block) included. Rounds of rows that the report does not
/// have are left out: they are not of this run.
pub fn samples_csv(report: &Report, rounds: &[RoundSamples]) -> String {
    let phases: Vec<String> = Phase::ALL.iter().map(|phase| format!("{phase}_ms")).collect();
    let columns = ROW.into_iter().chain(SAMPLE).chain(phases.iter().map(String::as_str));
    let mut lines = Lines::new(columns);
    for round in rounds {
        let Some(variant) = report.variants.get(round.variant) else { continue };
        for sample in &round.samples {
            let mut line = row(variant, report);
            line.extend(fields(round, sample));
            lines.add(&line);
        }
    }
    lines.text()
}

/// What [`ROW`] names.
pub(super) fn row(variant: &VariantReport, report: &Report) -> Vec<String> {
    vec![
        variant.id.clone(),
        variant.runtime.to_string(),
        variant.client.clone(),
        variant.lifecycle.to_string(),
        variant.connection.to_string(),
        variant.pacing.to_string(),
        variant.concurrency.to_string(),
        known(variant.rate_per_second),
        known(variant.thread),
        report.scenario.n.to_string(),
    ]
}

fn fields(round: &RoundSamples, sample: &SampleRecord) -> Vec<String> {
    let mut fields = vec![
        known(round.block),
        round.complete.to_string(),
        sample.index.to_string(),
        sample.intended_ms.to_string(),
        sample.called_ms.to_string(),
        known(sample.started_ms),
        known(sample.request_ms),
        sample.ended_ms.to_string(),
        sample.outcome.to_string(),
        known(sample.error),
        known(sample.message.as_deref()),
        known(sample.status),
        sample.body_bytes.to_string(),
        sample.connection.to_string(),
        sample.evidence.to_string(),
        sample.tied.to_string(),
        known(sample.socket),
        known(sample.nth),
        known(sample.protocol.as_deref()),
        known(sample.transfer_bytes),
        known(sample.encoded_bytes),
        known(sample.decoded_bytes),
        sample.redirected.to_string(),
    ];
    fields.extend(Phase::ALL.iter().map(|phase| known(sample.phases_ms.get(phase))));
    fields
}

pub(super) fn known(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A file under way. Written by ourselves: a library that can do more brings the standard library's reader of floats along, which
/// adds 15 KB to the page.
pub struct Lines(String);

impl Lines {
    /// With its first line, the columns' names.
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut lines = Self(String::new());
        lines.add(&columns.into_iter().map(str::to_owned).collect::<Vec<_>>());
        lines
    }

    /// Adds a line.
    pub fn add(&mut self, line: &[String]) {
        let fields: Vec<String> = line.iter().map(|field| quoted(harmless(field))).collect();
        self.0 += &fields.join(",");
        self.0 += "\r\n";
    }

    /// All lines.
    pub fn text(self) -> String {
        self.0
    }
}

fn quoted(field: String) -> String {
    if field.contains([',', '"', '\r', '\n']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

/// What a spreadsheet would take for a formula is made plain text: names and messages may come from anybody.
pub fn harmless(field: &str) -> String {
    // Not read as a float, for the same reason.
    let is_negative =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit() || c == b'.');
    let is_number = field.strip_prefix('-').is_some_and(is_negative);
    if !is_number && field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{field}")
    } else {
        field.to_owned()
    }
}
