//! `cargo xtask bench stats`: the simulations of `crates/core/benches/stats`, into `docs/method.md`.

use crate::process;
use crate::workspace::Workspace;
use std::fs;
use std::io;
use std::path::PathBuf;

/// The options of `cargo xtask bench stats`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Simulate a fortieth, show the tables and write nothing.
    #[arg(long)]
    quick: bool,
}

/// Why the tables could not be made or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The simulation failed or did not start.
    #[error(transparent)]
    Simulation(#[from] process::Error),
    /// The document cannot be read or written.
    #[error("{} cannot be read or written ({source})", .path.display())]
    Document {
        /// The document.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The document does not say where the tables go.
    #[error("{} has no lines “{BEGIN}” and “{END}”: write them where the tables go", .0.display())]
    NoMarkers(PathBuf),
}

const BEGIN: &str = "<!-- cargo xtask bench stats: begin -->";
const END: &str = "<!-- cargo xtask bench stats: end -->";

/// Runs `cargo xtask bench stats`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<(), Error> {
    let mut command = workspace.command("cargo");
    command.args(["bench", "--quiet", "--package", "fetchmark-core", "--bench", "stats"]);
    if arguments.quick {
        command.args(["--", "--quick"]);
    }
    println!("$ {}", process::describe(&command));
    let tables = process::quietly(&mut command)?;
    println!("{tables}");
    if arguments.quick {
        return Ok(());
    }
    let path = workspace.root.join("docs").join("method.md");
    let failed = |source| Error::Document { path: path.clone(), source };
    let document = fs::read_to_string(&path).map_err(failed)?;
    let Some(document) = with_tables(&document, &tables) else { return Err(Error::NoMarkers(path)) };
    fs::write(&path, document).map_err(failed)?;
    println!("Written into {}.", path.display());
    Ok(())
}

/// The document with the tables between the markers; `None` without markers.
fn with_tables(document: &str, tables: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", tables.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_replace_what_stood_between_the_markers() {
        let document = format!("# Method\n{BEGIN}\nold\n{END}\nmore\n");
        let written = with_tables(&document, "| new |\n").unwrap();
        assert_eq!(written, format!("# Method\n{BEGIN}\n\n| new |\n\n{END}\nmore\n"));
        assert_eq!(with_tables(&written, "| new |\n").unwrap(), written);
        assert_eq!(with_tables("# Method", ""), None);
    }

    #[test]
    fn the_document_has_the_markers() {
        let workspace = Workspace::find().unwrap();
        let document = fs::read_to_string(workspace.root.join("docs/method.md")).unwrap();
        assert!(with_tables(&document, "").is_some());
    }
}
