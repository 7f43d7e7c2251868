//! `cargo xtask bench stats`: the simulations of `crates/core/benches/stats`, into `docs/method.md`.

use super::document;
use super::{Error, Extent};
use crate::process;
use crate::workspace::Workspace;

const NAME: &str = "stats";

/// Runs `cargo xtask bench stats`.
pub(crate) fn run(workspace: &Workspace, extent: &Extent) -> Result<(), Error> {
    let mut command = workspace.command("cargo");
    command.args(["bench", "--quiet", "--package", "fetchmark-core", "--bench", NAME]);
    if extent.quick {
        command.args(["--", "--quick"]);
    }
    println!("$ {}", process::describe(&command));
    let tables = process::quietly(&mut command)?;
    println!("{tables}");
    if !extent.quick {
        document::write(workspace.root.join("docs").join("method.md"), NAME, &tables)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_the_markers() {
        let workspace = Workspace::find().unwrap();
        assert!(document::replaced(&workspace.root.join("docs/method.md"), NAME, "").unwrap().is_some());
    }
}
