//! An HDR histogram log (<http://hdrhistogram.org>, log format 1.3): a line for each row, its id as the tag, its latency in µs as a
//! V2 histogram. Where several sessions measured, a line for each follows that of the row, tagged with the session's id, too. Columns of
//! seconds count from the log's base time, the maximum is in ms.

use super::format::{ExportError, Format};
use crate::{
    report::{Report, VariantReport},
    stats::histogram::LatencyHistogram,
};
use hdrhistogram::serialization::{
    V2DeflateSerializer,
    interval_log::{IntervalLogWriterBuilder, Tag},
};
use std::time::Duration;

/// What the maximum of a line is divided by: µs to ms.
const MAX_DIVISOR: f64 = 1_000.0;

/// The log, with a comment for each row that has no times.
///
/// # Errors
/// [`ExportError`], if a histogram is damaged or the report does not say when it began.
pub fn hdr(report: &Report) -> Result<String, ExportError> {
    let not_written =
        |detail: &dyn std::fmt::Debug| ExportError::not_written(Format::Hdr, format!("{detail:?}"));
    let started_at = humantime::parse_rfc3339(&report.started_at)
        .map_err(|_| ExportError::StartedAt(report.started_at.clone()))?;
    let seconds = |ms: f64| {
        Duration::try_from_secs_f64(ms / 1_000.0)
            .map_err(|error| ExportError::not_written(Format::Hdr, error))
    };
    let duration = seconds(report.duration_ms)?;
    let mut bytes = Vec::new();
    let mut serializer = V2DeflateSerializer::new();
    {
        let mut builder = IntervalLogWriterBuilder::new();
        builder
            .add_comment("[Histogram log format version 1.3]")
            .add_comment(&format!("Fetchmark {}: latency in us", report.fetchmark_version))
            .with_start_time(started_at)
            .with_base_time(started_at)
            .with_max_value_divisor(MAX_DIVISOR);
        let mut log =
            builder.begin_log_with(&mut bytes, &mut serializer).map_err(|error| not_written(&error))?;
        // Rows are measured in turns, so that each spans the whole run.
        let mut add = |row: &VariantReport, tag: String, start: Duration, duration: Duration| {
            let (Some(tag), Some(latency)) = (Tag::new(&tag), &row.latency_ms) else {
                return log.write_comment(&format!("{tag}: no times")).map_err(|error| not_written(&error));
            };
            let histogram = LatencyHistogram::from_base64(&latency.histogram)
                .map_err(|error| ExportError::Histogram { row: row.id.clone(), error })?;
            log.write_histogram(histogram.inner(), start, duration, Some(tag))
                .map_err(|error| not_written(&error))
        };
        for row in &report.variants {
            add(row, tag(&row.id), Duration::ZERO, duration)?;
            for session in &report.sessions {
                let Some(of_session) = session.row(&row.id) else { continue };
                let start = session
                    .began_at()
                    .and_then(|began| began.duration_since(started_at).ok())
                    .unwrap_or_default();
                let tag = tag(&format!("{}:{}", row.id, session.id));
                add(of_session, tag, start, seconds(session.duration_ms)?)?;
            }
        }
    }
    String::from_utf8(bytes).map_err(|error| ExportError::not_written(Format::Hdr, error))
}

/// An id as a tag: no commas, blanks or control characters, which would end it.
fn tag(id: &str) -> String {
    id.chars().map(|c| if c == ',' || c.is_whitespace() || c.is_control() { '_' } else { c }).collect()
}
