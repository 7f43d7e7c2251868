//! `cargo xtask screenshots`: pictures of the page in its main states, into docs/screenshots.

use crate::browser::Browser;
use crate::build::{self, Mode, RELATIVE};
use crate::tools::Purpose;
use crate::workspace::Workspace;
use crate::{process, setup};

/// Why there are no pictures.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Set-up.
    #[error(transparent)]
    Setup(#[from] setup::Error),
    /// The page.
    #[error(transparent)]
    Build(#[from] build::Error),
    /// The program that takes them.
    #[error(
        "the pictures were not taken: {0}\nWhat to do: correct what the lines above name, then run the command again."
    )]
    Taking(#[from] process::Error),
}

/// Runs `cargo xtask screenshots`.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Error> {
    setup::ensure(workspace, Purpose::Test, &[Browser::Chromium])?;
    build::ensure(workspace, Mode::Release, RELATIVE)?;
    let mut command = workspace.command("cargo");
    command
        .args(["run", "--quiet", "--package", "fetchmark-e2e", "--example", "screenshots", "--"])
        .arg("docs/screenshots")
        .env("FETCHMARK_DIST", workspace.dist());
    Ok(process::openly(&mut command)?)
}
