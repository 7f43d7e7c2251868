//! `cargo xtask schema`: the JSON Schema of a report, from its types into docs/.

use crate::process;
use crate::workspace::Workspace;
use std::fs;
use std::io;

/// Where the schema is published; the built page ships a copy.
const FILE: &str = "docs/report.schema.json";

/// Why there is no schema.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The program that prints it.
    #[error(
        "the schema was not made: {0}\nWhat to do: correct what the lines above name, then run the command again."
    )]
    Making(#[from] process::Error),
    /// The file.
    #[error("{FILE} could not be written: {0}\nWhat to do: check that docs/ can be written to.")]
    Writing(io::Error),
}

/// Runs `cargo xtask schema`.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Error> {
    let mut command = workspace.command("cargo");
    command.args([
        "run",
        "--quiet",
        "--package",
        "fetchmark-core",
        "--features",
        "schema",
        "--example",
        "schema",
    ]);
    let schema = process::quietly(&mut command)?;
    let file = workspace.root.join(FILE);
    // Whole or not at all: a half-written schema would be taken for one.
    let beside = file.with_extension("json.new");
    fs::write(&beside, schema).and_then(|()| fs::rename(&beside, &file)).map_err(Error::Writing)?;
    println!("Schema: {FILE}.");
    Ok(())
}
