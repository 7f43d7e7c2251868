//! Reading a report that someone else wrote: an older or newer one, or a damaged one, is refused with the field's name.

mod counts;
mod figures;
pub(crate) mod messages;
mod place;
pub(crate) mod statuses;

use crate::{
    report::model::{Report, SCHEMA},
    scenario::{
        factors::Runtime,
        limits::{MARGIN_RANGE, MAX_VARIANTS},
    },
};
use counts::too_large;
use figures::is_time;
use place::path_at;
use serde::Deserialize;
use std::{cmp::Ordering, collections::BTreeSet};

/// The longest file that is read as a report, in bytes of JSON. A report of the most variants and rounds has a few MB.
pub const MOST_BYTES: usize = 32_000_000;

/// Why a report cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// It is longer than any report.
    #[error("The file is too large for a report: more than {MOST_BYTES} bytes.")]
    TooLong,
    /// It is no JSON.
    #[error("Not valid JSON: {0}.")]
    NotJson(String),
    /// It is JSON and no report.
    #[error("Not a Fetchmark report: the field `schema` is missing.")]
    NotAReport,
    /// It has another schema.
    #[error("The report's `schema` is “{0}”; this Fetchmark reads “{SCHEMA}”. {advice}", advice = advice(.0))]
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
            Self::TooLong => "too-long",
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

/// What to do about a report of another schema.
fn advice(schema: &str) -> &'static str {
    let version = |schema: &str| schema.rsplit_once('/').and_then(|(_, version)| version.parse::<u64>().ok());
    let is_ours =
        schema.rsplit_once('/').map(|(name, _)| name) == SCHEMA.rsplit_once('/').map(|(name, _)| name);
    match version(schema).filter(|_| is_ours).cmp(&version(SCHEMA)) {
        Ordering::Greater => "It was written by a newer Fetchmark: update this one.",
        Ordering::Less if is_ours && version(schema).is_some() => {
            "It was written by an older Fetchmark: measure again, or read it with that one."
        }
        _ => "Choose a file that Fetchmark saved.",
    }
}

#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

impl Report {
    /// Reads a report, and holds it to what is true of every report.
    ///
    /// Fields that this version does not know are left out. A histogram is kept as text and not decoded. How long the text may be is up
    /// to who has it: a file is anybody's ([`MOST_BYTES`]), what an engine has just measured is not.
    ///
    /// # Errors
    /// [`ReportError`], naming the first field that is wrong.
    pub fn from_json(json: &str) -> Result<Self, ReportError> {
        let head: Head = serde_json::from_str(json).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => ReportError::NotAReport,
            _ => ReportError::NotJson(error.to_string()),
        })?;
        match head.schema {
            None => return Err(ReportError::NotAReport),
            Some(schema) if schema != SCHEMA => return Err(ReportError::OtherSchema(schema)),
            Some(_) => {}
        }
        let report: Self = serde_json::from_str(json)
            .map_err(|error| unreadable(&path_at(json, error.line(), error.column()), &error.to_string()))?;
        report.check()?;
        Ok(report.with_threads())
    }

    /// With the thread of each row: reports from before rows had theirs were made on one.
    #[must_use]
    pub fn with_threads(mut self) -> Self {
        if let [only] = self.scenario.thread[..] {
            let rows = self.variants.iter_mut().filter(|row| row.runtime == Runtime::Browser);
            rows.for_each(|row| row.thread = row.thread.or(Some(only)));
        }
        self
    }

    /// What the types do not say and is true of every report: times are times, counts add up, and rows that are named exist.
    fn check(&self) -> Result<(), ReportError> {
        for (field, ms) in
            [("duration_ms", self.duration_ms), ("environment.timer_step_ms", self.environment.timer_step_ms)]
        {
            if !is_time(ms) {
                return Err(ReportError::field(field, NO_TIME));
            }
        }
        if self.variants.len() > MAX_VARIANTS {
            return Err(ReportError::field("variants", format!("no run has more than {MAX_VARIANTS} rows")));
        }
        if !MARGIN_RANGE.contains(&self.scenario.margin) {
            return Err(ReportError::field("scenario.margin", "no scenario may have this margin"));
        }
        if let Some(name) = figures::wrong_environment(&self.environment) {
            return Err(ReportError::field(format!("environment.{name}"), "no run counts so many"));
        }
        let mut ids = BTreeSet::new();
        for (index, variant) in self.variants.iter().enumerate() {
            let field = |name: &str| format!("variants[{index}].{name}");
            if !ids.insert(variant.id.as_str()) {
                return Err(ReportError::field(field("id"), "another row has the same id"));
            }
            if let Some(name) = too_large(variant) {
                return Err(ReportError::field(field(name), "no run counts so many"));
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
            if let Some(name) = figures::wrong(variant) {
                return Err(ReportError::field(field(name), NO_TIME));
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
        for (list, comparisons) in [("comparisons", &self.comparisons), ("lifecycles", &self.lifecycles)] {
            for (index, comparison) in comparisons.iter().enumerate() {
                for (name, id) in [("baseline", &comparison.baseline), ("candidate", &comparison.candidate)] {
                    if !ids.contains(id.as_str()) {
                        let field = format!("{list}[{index}].{name}");
                        return Err(ReportError::field(field, "no row has this id"));
                    }
                }
                if !figures::is_interval(comparison) {
                    let problem = "a ratio above zero inside its interval was expected";
                    return Err(ReportError::field(format!("{list}[{index}].ratio"), problem));
                }
            }
        }
        Ok(())
    }
}

/// The field that serde could not read. One that is missing it names in words, with the path of what it is missing from.
fn unreadable(path: &str, problem: &str) -> ReportError {
    // A file of one line is not made clearer by its column.
    let problem = problem.rsplit_once(" at line ").map_or(problem, |(problem, _)| problem);
    let missing = problem.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    match missing {
        Some((name, _)) if path.is_empty() => ReportError::field(name, MISSING),
        Some((name, _)) => ReportError::field(format!("{path}.{name}"), MISSING),
        None => ReportError::field(path, problem),
    }
}

/// What is wrong with a field that is not there.
const MISSING: &str = "it is missing";

/// What is wrong with a number that is no time.
const NO_TIME: &str = "a time in ms, zero or more, was expected";

#[cfg(test)]
mod tests;
