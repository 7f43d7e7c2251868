//! `fetchmark run`: a run of the page in a browser, from the command line.

mod driver;
mod fleet;
mod http3;
mod measure;
mod origin;
mod output;
mod progress;
mod proxy;
mod python;
mod reachability;
mod settings;

use std::time::Instant;

use crate::error::CliError;
use crate::exit::Exit;
use driver::follow::RunOutcome;
pub(crate) use output::answer::print_answer;
use output::files;
use output::gates;
pub(crate) use output::gates::are_crossed;
use progress::ProgressDisplay;
pub(crate) use settings::options::Options;
use settings::{file, plan::Plan};

/// Measures, writes and prints the result. If the run breaks off, the finished rounds are written all the same.
pub(crate) async fn run(options: Options) -> Result<Exit, CliError> {
    let config = options.config.as_deref();
    let (settings, left_out) = file::merge(options.settings, config).map_err(CliError::usage)?;
    let mut progress = ProgressDisplay::new(options.quiet);
    if let Some(line) = left_out {
        progress.warn(&line);
    }
    let mut plan = Plan::from_settings(settings, config)?;
    if let Some(file) = &plan.missing_baseline {
        let file = file.display();
        progress.warn(&format!(
            "{file} is not there yet: this is the first run, so there is nothing to compare with."
        ));
    }
    let started = Instant::now();
    for error in files::clear(&plan) {
        progress.warn(&error.to_string());
    }
    let outcome = measure::measure(&mut plan, &mut progress).await.unwrap_or_else(RunOutcome::failed);
    progress.finish();
    let RunOutcome { report, rounds, error } = outcome.redacted(&plan.secrets);

    let gates = match (&report, &error) {
        (Some(report), None) => gates::judge(report, &plan, &progress),
        // A report that is not complete is not judged.
        _ => Vec::new(),
    };
    // A run is expensive: if one output fails, the others are still written.
    let write_errors = match (&report, &error) {
        (Some(report), _) => files::write(report, &rounds, &gates, &plan),
        (None, Some(error)) => files::write_failure(&error.to_string(), started.elapsed(), &plan),
        (None, None) => Vec::new(),
    };
    let printed = match &report {
        Some(report) => print_answer(report, &gates, plan.strict, options.json, options.quiet),
        None => Ok(()),
    };
    for error in &write_errors {
        progress.warn(&error.to_string());
    }
    if let Some(error) = error {
        progress.say(match (&report, plan.outputs.len()) {
            (None, _) => "No round was finished, so there is no report.",
            (Some(_), 0) => "The finished rounds are in the answer above.",
            (Some(_), _) => "The finished rounds are in the report.",
        });
        return match error.exit {
            Exit::Interrupted if write_errors.is_empty() => Ok(Exit::Interrupted),
            Exit::Interrupted => Ok(Exit::CouldNotRun),
            _ => Err(error),
        };
    }
    printed?;
    Ok(match () {
        () if !write_errors.is_empty() => Exit::CouldNotRun,
        () if are_crossed(&gates, plan.strict) => Exit::ThresholdCrossed,
        () => Exit::Success,
    })
}
