//! Debian's package manager, where there is one.

use super::Error;
use crate::workspace::Workspace;
use crate::{process, setup};
use std::process::Command;

/// Whether packages can be installed at all.
pub(super) fn is_there(workspace: &Workspace) -> bool {
    workspace.which("apt-get").is_some()
}

/// Installs packages on the line that [`setup::announce`] began.
pub(super) fn install(
    workspace: &Workspace,
    what: &'static str,
    packages: &[&str],
) -> Result<(), setup::Error> {
    // Old package lists name files that are gone from the mirrors.
    process::quietly(as_root(workspace).arg("update")).map_err(|source| Error::Install { what, source })?;
    let mut command = as_root(workspace);
    command.args(["install", "-y", "--no-install-recommends"]).args(packages);
    setup::install(what, "about a minute", &mut command)
}

/// `apt-get`, through sudo for people who are not root.
fn as_root(workspace: &Workspace) -> Command {
    let mut command = if is_root() || workspace.which("sudo").is_none() {
        workspace.command("apt-get")
    } else {
        let mut command = workspace.command("sudo");
        command.arg("apt-get");
        command
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
