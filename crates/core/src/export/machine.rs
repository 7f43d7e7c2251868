//! What a report was measured on, in a line.

use crate::{
    language::Language::{self, English, Korean},
    report::{Environment, Runtime, RuntimeReport},
};

/// The browser, how many processors it sees, and what ran beside it with its libraries.
pub(super) fn machine(environment: &Environment, language: Language) -> String {
    let cores = environment.cores.map(|cores| match language {
        English if cores == 1 => "1 core".to_owned(),
        English => format!("{cores} cores"),
        Korean => format!("코어 {cores}개"),
    });
    let browser = Some(environment.user_agent.clone()).filter(|name| !name.is_empty());
    browser
        .into_iter()
        .chain(cores)
        .chain(environment.runtimes.iter().map(runtime))
        .collect::<Vec<_>>()
        .join("; ")
}

fn runtime(runtime: &RuntimeReport) -> String {
    let libraries: Vec<String> =
        runtime.libraries.iter().map(|(name, version)| format!("{name} {version}")).collect();
    let name = match runtime.name {
        Runtime::Browser => "Browser",
        Runtime::Python => "Python",
    };
    let libraries = if libraries.is_empty() { String::new() } else { format!(" ({})", libraries.join(", ")) };
    format!("{name} {}{libraries}", runtime.version)
}
