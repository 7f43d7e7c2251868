//! `fetchmark completions`: what a shell needs to complete the command line.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::terminal::print;

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run<A: CommandFactory>(options: &Options) -> anyhow::Result<()> {
    let mut script = Vec::new();
    generate(options.shell, &mut A::command(), "fetchmark", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(())
}
