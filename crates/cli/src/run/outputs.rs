//! The files that a run was asked for. Each is written, whatever becomes of the others.

use std::time::{Duration, SystemTime};

use fetchmark_core::export::{Format, samples_csv};
use fetchmark_core::gate::Gate;
use fetchmark_core::language::Language;
use fetchmark_core::report::Report;
use fetchmark_core::sample_record::RoundSamples;
use fetchmark_text::export::{export, junit_of_failure};

use super::error::RunError;
use super::plan::Plan;
use crate::destination::Destination;

/// Removes what an earlier run left in the files, so that it does not pass for this one's. A file that is the baseline, too, stays
/// until there is another report: the next try needs it.
pub(super) fn clear(plan: &Plan) -> Vec<RunError> {
    let files = plan.outputs.iter().map(|(file, _)| file).chain(&plan.samples);
    let is_baseline =
        |file: &&Destination| plan.baseline_file.as_deref().is_some_and(|baseline| file.is_file(baseline));
    let stale = files.filter(|file| !is_baseline(file));
    stale.filter_map(|file| file.clear().err()).map(RunError::from).collect()
}

/// Writes the files; tells which could not be written.
pub(super) fn write(report: &Report, rounds: &[RoundSamples], gates: &[Gate], plan: &Plan) -> Vec<RunError> {
    let reports = plan.outputs.iter().map(|(file, format)| {
        file.write(&export(report, *format, gates, Language::English)?)?;
        Ok(())
    });
    let samples = plan.samples.iter().map(|file| Ok(file.write(&samples_csv(report, rounds))?));
    reports.chain(samples).filter_map(Result::err).collect()
}

/// Writes what a CI system is to show of a run that has no report: it takes a file that is missing for tests that did not run.
pub(super) fn write_failure(why: &str, lasted: Duration, plan: &Plan) -> Vec<RunError> {
    let url = &plan.scenario.target.url;
    let now = humantime::format_rfc3339_millis(SystemTime::now()).to_string();
    let files = plan.outputs.iter().filter(|(_, format)| *format == Format::Junit);
    let written = files.map(|(file, _)| {
        file.write(&junit_of_failure(url, &now, lasted.as_secs_f64(), why)?)?;
        Ok(())
    });
    written.filter_map(Result::err).collect()
}
