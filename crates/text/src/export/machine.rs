//! What a report was measured on, in a line.

use crate::words::Text;
use fetchmark_core::{
    report::{Environment, RuntimeReport},
    scenario::factors::Runtime,
};

/// The browser, how many processors it sees, and what ran beside it with its libraries.
pub(super) fn machine(environment: &Environment, text: &Text) -> String {
    let cores = environment.cores.map(text.validity.core_count);
    let browser = Some(environment.user_agent.clone()).filter(|name| !name.is_empty());
    let runtimes = environment.runtimes.iter().map(|one| runtime(one, text));
    browser.into_iter().chain(cores).chain(runtimes).collect::<Vec<_>>().join("; ")
}

fn runtime(runtime: &RuntimeReport, text: &Text) -> String {
    let libraries: Vec<String> =
        runtime.libraries.iter().map(|(name, version)| format!("{name} {version}")).collect();
    let name = match runtime.name {
        Runtime::Browser => text.validity.browser,
        Runtime::Python => text.validity.python,
    };
    let libraries = if libraries.is_empty() { String::new() } else { format!(" ({})", libraries.join(", ")) };
    format!("{name} {}{libraries}", runtime.version)
}
