//! Firefox, ESR or not. Its driver is one of the tools with an exact version.

use super::{Error, apt, ask};
use crate::setup;
use crate::workspace::Workspace;
use std::path::Path;

const WHAT: &str = "Firefox";

/// The names under which the browser is known.
const NAMES: [&str; 3] = ["firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/// Installs Firefox where a Debian package manager can; elsewhere asks the person to.
pub(super) fn ensure(workspace: &Workspace) -> Result<(), setup::Error> {
    setup::announce(WHAT, "runs the page in tests");
    if let Some(version) = look(workspace) {
        println!("already there ({version})");
        return Ok(());
    }
    if !apt::is_there(workspace) {
        println!("missing, and not ours to install here");
        return Err(Error::NoFirefox.into());
    }
    apt::install(workspace, WHAT, &["firefox-esr"])?;
    look(workspace).map(drop).ok_or_else(|| Error::NoFirefox.into())
}

fn look(workspace: &Workspace) -> Option<String> {
    NAMES
        .into_iter()
        .filter(|name| workspace.which(name).is_some() || Path::new(name).is_absolute())
        .find_map(|name| ask(workspace.command(name)))
}
