//! `fetchmark completions`: what a shell needs to complete the command line.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::error::CliError;
use crate::exit::Exit;
use crate::output::print;

/// Options of `fetchmark completions`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the shell's script.
///
/// # Errors
/// When it cannot be printed.
pub(crate) fn run<A: CommandFactory>(options: &Options) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    generate(options.shell, &mut A::command(), "fetchmark", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Good)
}
