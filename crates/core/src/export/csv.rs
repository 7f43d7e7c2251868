//! Comma-separated values by RFC 4180: a line for each round, or for each request.
//!
//! Numbers are whole and with a point, whatever the reader's language: they are for programs. What there is no figure of is empty.

use crate::{
    report::{Report, RoundReport, VariantReport, session_id},
    samples::{Phase, RoundSamples, SampleRecord},
};

/// A column: its name and what it holds.
type Column<T> = (&'static str, fn(&T) -> String);

/// A column of a row.
pub(super) type RowColumn = (&'static str, fn(&VariantReport, &Report) -> String);

/// The columns that say which row a line is of.
const ROW: [RowColumn; 10] = [
    ("id", |row, _| row.id.clone()),
    ("runtime", |row, _| row.runtime.to_string()),
    ("client", |row, _| row.client.clone()),
    ("lifecycle", |row, _| row.lifecycle.to_string()),
    ("connection", |row, _| row.connection.to_string()),
    ("pacing", |row, _| row.pacing.to_string()),
    ("concurrency", |row, _| row.concurrency.to_string()),
    ("rate_per_second", |row, _| known(row.rate_per_second)),
    ("thread", |row, _| known(row.thread)),
    ("n", |_, report| report.scenario.n.to_string()),
];

/// The column after the id, where there are several targets.
const TARGET: RowColumn = ("target", |row, _| known(row.target.as_deref()));

/// The columns of a report that say which row a line is of.
pub(super) fn row_columns(report: &Report) -> impl Iterator<Item = &'static RowColumn> {
    let (id, others) = ROW.split_at(1);
    let has_several = report.variants.iter().any(|row| row.target.is_some());
    id.iter().chain(has_several.then_some(&TARGET)).chain(others)
}

/// The column before the block, where several sessions measured.
const SESSION: &str = "session";

/// The columns of one round.
const ROUND: [Column<RoundReport>; 5] = [
    ("block", |round| round.block.to_string()),
    ("wall_ms", |round| round.wall_ms.to_string()),
    ("ok", |round| round.ok.to_string()),
    ("failed", |round| round.failed.to_string()),
    ("voided", |round| round.voided.to_string()),
];

/// The columns of one request; phases follow them.
const SAMPLE: [Column<SampleRecord>; 21] = [
    ("index", |sample| sample.index.to_string()),
    ("intended_ms", |sample| sample.intended_ms.to_string()),
    ("called_ms", |sample| sample.called_ms.to_string()),
    ("started_ms", |sample| known(sample.started_ms)),
    ("request_ms", |sample| known(sample.request_ms)),
    ("ended_ms", |sample| sample.ended_ms.to_string()),
    ("outcome", |sample| sample.outcome.to_string()),
    ("error", |sample| known(sample.error)),
    ("message", |sample| known(sample.message.as_deref())),
    ("status", |sample| known(sample.status)),
    ("body_bytes", |sample| sample.body_bytes.to_string()),
    ("connection_label", |sample| sample.connection.to_string()),
    ("evidence", |sample| sample.evidence.to_string()),
    ("tied", |sample| sample.tied.to_string()),
    ("socket", |sample| known(sample.socket)),
    ("nth", |sample| known(sample.nth)),
    ("protocol", |sample| known(sample.protocol.as_deref())),
    ("transfer_bytes", |sample| known(sample.transfer_bytes)),
    ("encoded_bytes", |sample| known(sample.encoded_bytes)),
    ("decoded_bytes", |sample| known(sample.decoded_bytes)),
    ("redirected", |sample| sample.redirected.to_string()),
];

/// A line for each complete measured round.
pub fn rounds_csv(report: &Report) -> String {
    let session = (!report.sessions.is_empty()).then_some(SESSION);
    // The last is of the whole row.
    let mut lines =
        CsvWriter::new(row_names(report).chain(session).chain(names(&ROUND)).chain(["late_p50_ms"]));
    for variant in &report.variants {
        for round in &variant.rounds {
            let mut line = row(variant, report);
            let of_session = report.sessions.get(round.session as usize);
            line.extend(session.map(|_| known(of_session.map(|session| &session.id))));
            line.extend(ROUND.map(|(_, field)| field(round)));
            let measured = of_session.and_then(|session| session.row(&variant.id)).unwrap_or(variant);
            line.push(known(measured.late_ms.map(|late| late.p50)));
            lines.add(&line);
        }
    }
    lines.text()
}

/// A line for each request of these rounds, warm-up rounds (without a block) included. Rounds of rows that the report does not
/// have are left out: they are not of this run.
pub fn samples_csv(report: &Report, rounds: &[RoundSamples]) -> String {
    let phases: Vec<String> = Phase::ALL.iter().map(|phase| format!("{phase}_ms")).collect();
    let has_sessions = rounds.iter().any(|round| round.session.is_some());
    let session = has_sessions.then_some(SESSION);
    let columns = row_names(report).chain(session).chain(["block", "complete"]).chain(names(&SAMPLE));
    let mut lines = CsvWriter::new(columns.chain(phases.iter().map(String::as_str)));
    for round in rounds {
        let Some(variant) = report.variants.get(round.variant) else { continue };
        for sample in &round.samples {
            let mut line = row(variant, report);
            line.extend(session.map(|_| known(round.session.map(session_id))));
            line.extend([known(round.block), round.complete.to_string()]);
            line.extend(SAMPLE.map(|(_, field)| field(sample)));
            line.extend(Phase::ALL.iter().map(|phase| known(sample.phases_ms.get(phase))));
            lines.add(&line);
        }
    }
    lines.text()
}

fn names<'n, T>(columns: &'n [(&'static str, T)]) -> impl Iterator<Item = &'n str> {
    columns.iter().map(|(name, _)| *name)
}

fn row_names<'n>(report: &Report) -> impl Iterator<Item = &'n str> {
    row_columns(report).map(|(name, _)| *name)
}

/// What [`row_columns`] name.
fn row(variant: &VariantReport, report: &Report) -> Vec<String> {
    row_columns(report).map(|(_, field)| field(variant, report)).collect()
}

pub(super) fn known(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A CSV file in the making. Written by ourselves: a library that can do more brings the standard library's reader of floats along, which
/// adds 15 KB to the page.
pub struct CsvWriter(String);

impl CsvWriter {
    /// With its first line, the columns' names.
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut lines = Self(String::new());
        lines.add(&columns.into_iter().map(str::to_owned).collect::<Vec<_>>());
        lines
    }

    /// Adds a line.
    pub fn add(&mut self, line: &[String]) {
        let fields: Vec<String> = line.iter().map(|field| quoted(without_formula(field))).collect();
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
pub(super) fn without_formula(field: &str) -> String {
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
