//! Runs installers, each on one line of output.

use crate::workspace::{quietly, seconds};
use anyhow::{Context, Result};
use std::io::{self, Write};
use std::time::Instant;
use xshell::Cmd;

/// Begins a line about a tool; the line ends when it is known what became of it.
pub(crate) fn announce(what: &str, why: &str) {
    print!("  {what} ({why}): ");
    // Progress only: a closed output is noticed by the next whole line.
    let _ = io::stdout().flush();
}

/// Runs an installer on the line that [`announce`] began.
pub(crate) fn install(what: &str, takes: &str, command: Cmd<'_>) -> Result<()> {
    print!("installing, {takes} … ");
    // As above.
    let _ = io::stdout().flush();
    let started = Instant::now();
    let result = quietly(command);
    println!("{} after {}", if result.is_ok() { "done" } else { "failed" }, seconds(started));
    result.map(drop).with_context(|| {
        format!(
            "{what} could not be installed. Check that the network is reachable and the disk is not full, then run the command again; \
             what is installed already is kept"
        )
    })
}
