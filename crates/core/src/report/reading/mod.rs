//! Reading a report that someone else wrote: an older or newer one, or a damaged one, is refused with the field's name.

mod figures;
mod json_path;
pub(crate) mod maps;

use crate::{
    report::{Report, SCHEMA, headline::references},
    scenario::{
        factors::Runtime,
        limits::{MARGIN_RANGE, MAX_VARIANTS, MOST_SESSIONS},
    },
};
use figures::{NO_TIME, TOO_MANY, is_time};
use json_path::path_at;
use serde::Deserialize;
use std::{collections::BTreeSet, fmt};

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

    fn field(field: impl fmt::Display, problem: impl Into<String>) -> Self {
        Self::Field { field: field.to_string(), problem: problem.into() }
    }
}

/// What to do about a report of another schema.
fn advice(schema: &str) -> &'static str {
    fn name_and_version(schema: &str) -> Option<(&str, u64)> {
        let (name, version) = schema.rsplit_once('/')?;
        Some((name, version.parse().ok()?))
    }
    match name_and_version(schema).zip(name_and_version(SCHEMA)) {
        Some(((name, version), (our_name, ours))) if name == our_name && version != ours => {
            if version > ours {
                "It was written by a newer Fetchmark: update this one."
            } else {
                "It was written by an older Fetchmark: measure again, or read it with that one."
            }
        }
        _ => "Choose a file that Fetchmark saved.",
    }
}

#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

impl Report {
    /// Reads a report, and checks what is true of every report.
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
        Ok(report.with_threads().with_references())
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

    /// With the comparisons that the headline rests on: reports from before they had them.
    fn with_references(mut self) -> Self {
        if self.references.is_empty() {
            self.references = references(&self);
        }
        self
    }

    /// What the types do not say and is true of every report: times are times, counts add up, and rows that are named exist.
    fn check(&self) -> Result<(), ReportError> {
        let Self { environment, scenario, .. } = self;
        let too_many_rows = format!("no run has more than {MAX_VARIANTS} rows");
        expect(is_time(self.duration_ms), "duration_ms", NO_TIME)?;
        expect(is_time(environment.timer_step_ms), "environment.timer_step_ms", NO_TIME)?;
        expect(self.variants.len() <= MAX_VARIANTS, "variants", &too_many_rows)?;
        let is_margin = MARGIN_RANGE.contains(&scenario.margin);
        expect(is_margin, "scenario.margin", "no scenario may have this margin")?;
        expect(figures::are_protocols(environment), "environment.protocols", TOO_MANY)?;
        let mut ids = BTreeSet::new();
        for (index, variant) in self.variants.iter().enumerate() {
            let row = format_args!("variants[{index}]");
            let is_new = ids.insert(variant.id.as_str());
            expect(is_new, format_args!("{row}.id"), "another row has the same id")?;
            if let Some((field, problem)) = figures::wrong(variant) {
                return Err(ReportError::field(format_args!("{row}.{field}"), problem));
            }
            let adds_up = variant.requests.adds_up();
            expect(adds_up, format_args!("{row}.requests"), "issued is not ok + failed + aborted")?;
            let mut earlier = None;
            for (at, round) in variant.rounds.iter().enumerate() {
                expect(is_time(round.wall_ms), format_args!("{row}.rounds[{at}].wall_ms"), NO_TIME)?;
                let is_start = round.start_ms.is_none_or(is_time);
                expect(is_start, format_args!("{row}.rounds[{at}].start_ms"), NO_TIME)?;
                let is_known = (round.session as usize) < self.sessions.len().max(1);
                expect(is_known, format_args!("{row}.rounds[{at}].session"), "there is no such session")?;
                let is_in_order = earlier < Some(round.place());
                let problem = "rounds do not stand in the order of their sessions and blocks";
                expect(is_in_order, format_args!("{row}.rounds[{at}].block"), problem)?;
                earlier = Some(round.place());
            }
            let is_sorted = variant.latency_ms.as_ref().is_none_or(|latency| {
                [latency.min, latency.p50, latency.p90, latency.p95, latency.p99, latency.max].is_sorted()
            });
            let problem = "a percentile is shorter than a lower one";
            expect(is_sorted, format_args!("{row}.latency_ms"), problem)?;
        }
        self.check_sessions()?;
        let of_targets = self.targets.iter().map(|target| ("targets[].rows", &target.rows));
        let lists = [
            ("comparisons", &self.comparisons),
            ("lifecycles", &self.lifecycles),
            ("references", &self.references),
        ];
        for target in &self.targets {
            let problem = "a ratio above zero inside its interval was expected";
            expect(figures::is_interval(&target.overall), "targets[].overall.ratio", problem)?;
        }
        for (list, comparisons) in lists.into_iter().chain(of_targets) {
            for (index, comparison) in comparisons.iter().enumerate() {
                for (name, id) in [("baseline", &comparison.baseline), ("candidate", &comparison.candidate)] {
                    let is_known = ids.contains(id.as_str());
                    expect(is_known, format_args!("{list}[{index}].{name}"), "no row has this id")?;
                }
                let problem = "a ratio above zero inside its interval was expected";
                expect(figures::is_interval(comparison), format_args!("{list}[{index}].ratio"), problem)?;
            }
        }
        Ok(())
    }

    fn check_sessions(&self) -> Result<(), ReportError> {
        expect(self.sessions.len() <= MOST_SESSIONS, "sessions", "no report has so many")?;
        for (at, session) in self.sessions.iter().enumerate() {
            let times = [("duration_ms", session.duration_ms), ("clock_step_ms", session.clock_step_ms)];
            for (field, ms) in times {
                expect(is_time(ms), format_args!("sessions[{at}].{field}"), NO_TIME)?;
            }
            for (index, row) in session.variants.iter().enumerate() {
                if let Some((field, problem)) = figures::wrong(row) {
                    let field = format_args!("sessions[{at}].variants[{index}].{field}");
                    return Err(ReportError::field(field, problem));
                }
            }
        }
        let common = self.common_time;
        let is_common = common.is_none_or(|common| is_time(common.ms) && is_time(common.requests_per_second));
        expect(is_common, "common_time", NO_TIME)
    }
}

/// The error that this field has this problem, unless it is right.
fn expect(is_right: bool, field: impl fmt::Display, problem: &str) -> Result<(), ReportError> {
    if is_right { Ok(()) } else { Err(ReportError::field(field, problem)) }
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

#[cfg(test)]
mod tests;
