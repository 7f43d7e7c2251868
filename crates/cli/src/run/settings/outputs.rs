use std::path::{Path, PathBuf};

use fetchmark_core::export::Format;

use super::options::Settings;
use crate::destination::Destination;

pub(super) fn read(settings: &Settings, problems: &mut Vec<String>) -> Vec<(Destination, Format)> {
    if settings.format.is_some() && settings.output.is_empty() {
        problems.push("--format is for --output. Add --output FILE, or leave it out.".to_owned());
    }
    let mut outputs = Vec::new();
    for name in &settings.output {
        if name == "-" {
            problems.push(
                "--output takes a file, which “-” is not. To print the report on standard output, give --json in its place."
                    .to_owned(),
            );
            continue;
        }
        let path = PathBuf::from(name);
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match settings.format.or_else(|| Format::of_extension(extension)) {
            Some(format) => outputs.extend(destination(&path, problems).map(|place| (place, format))),
            None => problems.push(format!(
                "The format of {name} is not clear. Give --format, or let its name end in .json, .csv, .md, .xml or .hlog."
            )),
        }
    }
    outputs
}

/// The file of the baseline; or the one of --baseline-if-present that is missing.
pub(super) fn baseline_file(
    named: Option<PathBuf>,
    if_present: Option<PathBuf>,
) -> (Option<PathBuf>, Option<PathBuf>) {
    match (named, if_present) {
        // Any other problem with it is reported when it is read.
        (None, Some(file)) if matches!(file.try_exists(), Ok(false)) => (None, Some(file)),
        (named, if_present) => (named.or(if_present), None),
    }
}

/// Where a result goes. A run is expensive: whether the file can be written is checked before it.
pub(super) fn destination(path: &Path, problems: &mut Vec<String>) -> Option<Destination> {
    Destination::at(path).map_err(|error| problems.push(error.to_string())).ok()
}

/// A sentence for each file that would be written twice, or in place of one that is read: settings, a body, or the baseline. Only a
/// report of the run may replace the baseline.
pub(super) fn conflicts(
    outputs: &[(Destination, Format)],
    samples: Option<&Destination>,
    baseline: Option<&Path>,
    inputs: &[&Path],
) -> Vec<String> {
    let files: Vec<&Destination> = outputs.iter().map(|(file, _)| file).chain(samples).collect();
    let is_conflict = |(place, file): (usize, &&Destination)| {
        let is_report = outputs.get(place).is_some_and(|(_, format)| *format == Format::Json);
        let is_baseline = !is_report && baseline.is_some_and(|baseline| file.is_file(baseline));
        let is_input = inputs.iter().any(|input| file.is_file(input));
        is_baseline || is_input || files[..place].iter().any(|other| other.is_same_file(file))
    };
    let conflicts = files.iter().enumerate().filter(|file| is_conflict(*file)).map(|(_, file)| {
        format!(
            "{} is named twice among --output, --samples, --baseline, --config and --body: one would replace the other. \
             Give each a file of its own.",
            file.named().display()
        )
    });
    conflicts.collect()
}
