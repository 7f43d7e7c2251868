//! Reading a report that someone else wrote: an older or newer one, or a damaged one, is refused with the field's name.

use crate::report::{Report, SCHEMA};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The longest report that is read, in bytes of JSON. A report of the most variants and rounds has a few MB.
pub const MOST_BYTES: usize = 32_000_000;

/// Why a report cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// It is longer than any report.
    #[error("The file is {bytes} bytes long; no report is longer than {MOST_BYTES}.")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// It is no JSON.
    #[error("The file is no JSON: {0}.")]
    NotJson(String),
    /// It is JSON and no report.
    #[error("The file is no Fetchmark report: its field `schema` is missing.")]
    NotAReport,
    /// It has another schema.
    #[error("The report's `schema` is “{0}”; this Fetchmark reads “{SCHEMA}”.")]
    OtherSchema(String),
    /// A field is missing or holds what it cannot hold.
    #[error("The report's field `{field}` cannot be read: {problem}.")]
    Field {
        /// Its path: `variants[1].latency_ms.p50`.
        field: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl ReportError {
    /// What kind of error it is, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "too-long",
            Self::NotJson(_) => "not-json",
            Self::NotAReport => "not-a-report",
            Self::OtherSchema(_) => "other-schema",
            Self::Field { .. } => "field",
        }
    }

    fn field(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Field { field: field.into(), problem: problem.into() }
    }
}

#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

impl Report {
    /// Reads a report, and holds it to what is true of every report.
    ///
    /// Fields that this version does not know are left out. A histogram is kept as text and not decoded.
    ///
    /// # Errors
    /// [`ReportError`], naming the first field that is wrong.
    pub fn from_json(json: &str) -> Result<Self, ReportError> {
        if json.len() > MOST_BYTES {
            return Err(ReportError::TooLong { bytes: json.len() });
        }
        let head: Head = serde_json::from_str(json).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => ReportError::NotAReport,
            _ => ReportError::NotJson(error.to_string()),
        })?;
        match head.schema {
            None => return Err(ReportError::NotAReport),
            Some(schema) if schema != SCHEMA => return Err(ReportError::OtherSchema(schema)),
            Some(_) => {}
        }
        let deserializer = &mut serde_json::Deserializer::from_str(json);
        let report: Self = serde_path_to_error::deserialize(deserializer)
            .map_err(|error| ReportError::field(error.path().to_string(), error.inner().to_string()))?;
        report.check()?;
        Ok(report)
    }

    /// What the types do not say and is true of every report: times are times, counts add up, and rows that are named exist.
    fn check(&self) -> Result<(), ReportError> {
        let mut ids = BTreeSet::new();
        for (index, variant) in self.variants.iter().enumerate() {
            let field = |name: &str| format!("variants[{index}].{name}");
            if !ids.insert(variant.id.as_str()) {
                return Err(ReportError::field(field("id"), "another row has the same id"));
            }
            if !variant.requests.adds_up() {
                return Err(ReportError::field(field("requests"), "issued is not ok + failed + aborted"));
            }
            let mut block = None;
            for (at, round) in variant.rounds.iter().enumerate() {
                if !is_time(round.wall_ms) {
                    return Err(ReportError::field(field(&format!("rounds[{at}].wall_ms")), NO_TIME));
                }
                if block.is_some_and(|earlier| earlier >= round.block) {
                    let problem = "rounds do not stand in the order of their blocks";
                    return Err(ReportError::field(field(&format!("rounds[{at}].block")), problem));
                }
                block = Some(round.block);
            }
            if variant.round_median_ms.is_some_and(|ms| !is_time(ms)) {
                return Err(ReportError::field(field("round_median_ms"), NO_TIME));
            }
            if let Some(latency) = &variant.latency_ms {
                let times = [latency.min, latency.p50, latency.p90, latency.p95, latency.p99, latency.max];
                if times.iter().any(|ms| !is_time(*ms)) {
                    return Err(ReportError::field(field("latency_ms"), NO_TIME));
                }
                if !times.is_sorted() {
                    let problem = "a percentile is shorter than a lower one";
                    return Err(ReportError::field(field("latency_ms"), problem));
                }
            }
        }
        for (index, comparison) in self.comparisons.iter().enumerate() {
            for (name, id) in [("baseline", &comparison.baseline), ("candidate", &comparison.candidate)] {
                if !ids.contains(id.as_str()) {
                    let field = format!("comparisons[{index}].{name}");
                    return Err(ReportError::field(field, "no row has this id"));
                }
            }
        }
        Ok(())
    }
}

/// What is wrong with a number that is no time.
const NO_TIME: &str = "a time in ms, zero or more, was expected";

fn is_time(ms: f64) -> bool {
    ms.is_finite() && ms >= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::report;

    fn json(report: &Report) -> String {
        serde_json::to_string(report).unwrap()
    }

    #[track_caller]
    fn refused(json: &str, field: &str) {
        match Report::from_json(json) {
            Err(ReportError::Field { field: named, .. }) => assert_eq!(named, field),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let report = report(&[("a", &[1.0, 2.5]), ("b", &[3.0, 4.0])]);
        assert_eq!(Report::from_json(&json(&report)), Ok(report));
    }

    #[test]
    fn what_is_no_report_is_refused_by_kind() {
        let code = |json: &str| Report::from_json(json).unwrap_err().code();
        for nonsense in ["", "{", "<html>", "{\"schema\": \"fetchmark.report/1\""] {
            assert_eq!(code(nonsense), "not-json", "{nonsense}");
        }
        for other in ["[]", "{}", "7", "null", "{\"schema\": 7}", "{\"schema\": null}"] {
            assert_eq!(code(other), "not-a-report", "{other}");
        }
        assert_eq!(code("{\"schema\": \"fetchmark.report/2\"}"), "other-schema");
        assert_eq!(code(&" ".repeat(MOST_BYTES + 1)), "too-long");
        refused("{\"schema\": \"fetchmark.report/1\"}", ".");
    }

    #[test]
    fn the_field_that_is_wrong_is_named() {
        let good = report(&[("a", &[1.0, 2.5]), ("b", &[3.0, 4.0])]);
        refused(&json(&good).replacen("\"reused\"", "\"kept\"", 2), "scenario.lifecycle[0]");
        refused(
            &json(&good).replacen("\"wall_ms\":2.5", "\"wall_ms\":\"2.5\"", 1),
            "variants[0].rounds[1].wall_ms",
        );
        let broken = |change: fn(&mut Report)| {
            let mut report = good.clone();
            change(&mut report);
            json(&report)
        };
        refused(&broken(|report| report.variants[1].id = "a".into()), "variants[1].id");
        refused(&broken(|report| report.variants[1].requests.ok += 1), "variants[1].requests");
        refused(
            &broken(|report| report.variants[0].rounds[0].wall_ms = -1.0),
            "variants[0].rounds[0].wall_ms",
        );
        refused(&broken(|report| report.variants[0].rounds[1].block = 0), "variants[0].rounds[1].block");
        refused(&broken(|report| report.comparisons[0].candidate = "c".into()), "comparisons[0].candidate");
    }
}
