//! WebKitGTK's driver, its small browser, and the display that browser cannot do without.

use super::{Error, apt, named_or_found};
use crate::setup;
use crate::workspace::Workspace;
use std::env;

const WHAT: &str = "WebKitWebDriver and Xvfb";

/// Installs both where a Debian package manager can; elsewhere asks the person to.
pub(super) fn ensure(workspace: &Workspace) -> Result<(), setup::Error> {
    setup::announce(WHAT, "run the page in WebKitGTK in tests");
    let missing = missing(workspace);
    if missing.is_empty() {
        println!("already there");
        return Ok(());
    }
    if !apt::is_there(workspace) {
        println!("{} missing, and not ours to install here", missing.join(" and "));
        return Err(Error::NoWebKit { missing }.into());
    }
    apt::install(workspace, WHAT, &["webkit2gtk-driver", "xvfb"])?;
    let missing = self::missing(workspace);
    if missing.is_empty() { Ok(()) } else { Err(Error::NoWebKit { missing }.into()) }
}

/// The programs that are not there.
fn missing(workspace: &Workspace) -> Vec<&'static str> {
    let driver = named_or_found(workspace, "WEBKITDRIVER", "WebKitWebDriver");
    // The tests start a display of their own where there is none.
    let display =
        env::var_os("DISPLAY").is_some_and(|name| !name.is_empty()) || workspace.which("Xvfb").is_some();
    [(driver.is_some(), "WebKitWebDriver"), (display, "Xvfb")]
        .into_iter()
        .filter_map(|(there, name)| (!there).then_some(name))
        .collect()
}
