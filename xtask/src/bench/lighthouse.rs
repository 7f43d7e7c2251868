//! `cargo xtask bench lighthouse`: Lighthouse's scores of the built page, into docs/benchmarks.md.

use super::document;
use super::engine::{BENCHMARKS, file};
use super::{Error, Extent};
use crate::browser::{Browser, chromium};
use crate::build::{self, Mode, RELATIVE};
use crate::tools::Purpose;
use crate::workspace::Workspace;
use crate::{node, process, setup};
use std::env;
use std::fs;
use std::path::PathBuf;

const NAME: &str = "lighthouse";

/// The last that runs on Node 18 and 20.
const VERSION: &str = "12.8.2";

/// The variable by which Lighthouse is told its browser.
const BROWSER: &str = "CHROME_PATH";

/// Runs `cargo xtask bench lighthouse`.
pub(crate) fn run(workspace: &Workspace, extent: &Extent) -> Result<(), Error> {
    setup::ensure(workspace, Purpose::Test, &[Browser::Chromium])?;
    let program = ensure(workspace)?;
    build::ensure(workspace, Mode::Release, RELATIVE)?;
    let mut command = workspace.command("cargo");
    command
        .args(["run", "--quiet", "--package", "fetchmark-e2e", "--example", NAME, "--"])
        .arg(program)
        .env("FETCHMARK_DIST", workspace.dist());
    if env::var_os(BROWSER).is_none()
        && let Some(browser) = chromium::browser(workspace)
    {
        command.env(BROWSER, browser);
    }
    if extent.quick {
        command.arg("--quick");
    } else {
        command.arg("--json").arg(file(workspace, NAME)?);
    }
    let tables = process::answering(&mut command)?;
    println!("{tables}");
    if !extent.quick {
        document::write(workspace.root.join("docs").join(BENCHMARKS), NAME, &tables)?;
    }
    Ok(())
}

/// Installs Lighthouse below target/, the first time only: it is 185 MB, which nobody needs to build, serve or test.
fn ensure(workspace: &Workspace) -> Result<PathBuf, Error> {
    let folder = workspace.target.join(NAME);
    let modules = folder.join("node_modules");
    let what = format!("Lighthouse {VERSION}");
    setup::announce(&what, "rates the page");
    let installed = fs::read_to_string(modules.join("lighthouse/package.json")).unwrap_or_default();
    if installed.contains(&format!("\"version\": \"{VERSION}\"")) {
        println!("already there");
    } else {
        node::require(workspace, "npm").map_err(setup::Error::from)?;
        let mut command = workspace.command("npm");
        command.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]).arg(&folder);
        setup::install(&what, "about ten seconds", command.arg(format!("lighthouse@{VERSION}")))?;
    }
    Ok(modules.join(".bin/lighthouse"))
}
