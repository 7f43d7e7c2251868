//! The files of a run. Each is written even if another fails.

use std::time::{Duration, SystemTime};

use fetchmark_core::export::{Format, samples_csv};
use fetchmark_core::gates::Gate;
use fetchmark_core::report::Report;
use fetchmark_core::samples::record::RoundSamples;
use fetchmark_core::scenario::params::Language;
use fetchmark_text::export::{export, junit_of_failure};

use crate::destination::Destination;
use crate::run::settings::plan::Plan;

/// Removes the results of an earlier run, so that nobody takes them for this one's. A file that is the baseline, too, stays until
/// there is another report: the next run needs it.
pub(crate) fn clear(plan: &Plan) -> Vec<anyhow::Error> {
    let files = plan.outputs.iter().map(|(file, _)| file).chain(&plan.samples);
    let is_baseline =
        |file: &&Destination| plan.baseline_file.as_deref().is_some_and(|baseline| file.is_file(baseline));
    let stale = files.filter(|file| !is_baseline(file));
    stale.filter_map(|file| file.clear().err()).collect()
}

/// Writes the files; gives the errors.
pub(crate) fn write(
    report: &Report,
    rounds: &[RoundSamples],
    gates: &[Gate],
    plan: &Plan,
) -> Vec<anyhow::Error> {
    let reports = plan
        .outputs
        .iter()
        .map(|(file, format)| file.write(&export(report, *format, gates, Language::English)?));
    let samples = plan.samples.iter().map(|file| file.write(&samples_csv(report, rounds)));
    reports.chain(samples).filter_map(Result::err).collect()
}

/// Writes JUnit files for a run without a report: a CI system takes a missing file for tests that did not run.
pub(crate) fn write_failure(error: &str, elapsed: Duration, plan: &Plan) -> Vec<anyhow::Error> {
    let now = humantime::format_rfc3339_millis(SystemTime::now()).to_string();
    let files = plan.outputs.iter().filter(|(_, format)| *format == Format::Junit);
    let written = files
        .map(|(file, _)| file.write(&junit_of_failure(&plan.scenario, &now, elapsed.as_secs_f64(), error)?));
    written.filter_map(Result::err).collect()
}
