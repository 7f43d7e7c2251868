//! The browsers for tests: which there are, and how each gets here.

use crate::installer::{announce, install};
use crate::workspace::{Workspace, quietly, set, which};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use xshell::cmd;

/// A browser that the page is tested in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Browser {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox, ESR or not.
    Firefox,
    /// WebKitGTK's MiniBrowser; only where asked for, since few have it.
    Webkit,
}

/// The browsers that are meant when none is named.
pub(crate) const USUAL: [Browser; 2] = [Browser::Chromium, Browser::Firefox];

const CHROMIUM: [&str; 6] = [
    "chrome",
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const FIREFOX: [&str; 3] = ["firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"];

impl Browser {
    /// What there is of the browser and its driver; or, as an error, what is missing.
    fn look(self, workspace: &Workspace) -> Result<String> {
        let version = |program: PathBuf| {
            let said = quietly(cmd!(workspace.sh, "{program} --version")).ok()?;
            version_in(&said).map(str::to_owned)
        };
        match self {
            Self::Chromium => {
                let driver = named_or_found("CHROMEDRIVER", "chromedriver").and_then(version);
                let browsers: Vec<String> =
                    CHROMIUM.into_iter().filter_map(find).filter_map(version).collect();
                let same = |browser: &&String| driver.as_deref().map(major) == Some(major(browser));
                browsers.iter().find(same).cloned().with_context(|| {
                    let of = |found: &[String]| if found.is_empty() { "none".into() } else { found.join(", ") };
                    let (browsers, driver) = (of(&browsers), of(driver.as_slice()));
                    format!("Chromium or Chrome ({browsers}) and chromedriver ({driver}) of the same major version")
                })
            }
            // Its driver is one of the tools with an exact version.
            Self::Firefox => FIREFOX.into_iter().filter_map(find).find_map(version).context("Firefox"),
            Self::Webkit => {
                named_or_found("WEBKITDRIVER", "WebKitWebDriver").context("WebKitWebDriver")?;
                // The tests start a display of their own where there is none.
                set("DISPLAY").or_else(|| find("Xvfb")).context("Xvfb")?;
                Ok("WebKitWebDriver".to_owned())
            }
        }
    }

    /// Debian's packages, and where else one gets them.
    fn sources(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Chromium => {
                (&["chromium", "chromium-driver"], "https://googlechromelabs.github.io/chrome-for-testing/")
            }
            Self::Firefox => (&["firefox-esr"], "https://www.firefox.com"),
            Self::Webkit => (&["webkit2gtk-driver", "xvfb"], "your system's WebKitGTK"),
        }
    }

    /// Installs it, and what drives it, where a Debian package manager can; elsewhere asks the person to.
    pub(crate) fn ensure(self, workspace: &Workspace) -> Result<()> {
        let name = format!("{self:?}");
        announce(&name, "runs the page in tests");
        let missing = match self.look(workspace) {
            Ok(found) => {
                println!("already there ({found})");
                return Ok(());
            }
            Err(missing) => missing,
        };
        let (packages, elsewhere) = self.sources();
        if which("apt-get").is_some() {
            let sh = &workspace.sh;
            let is_root = quietly(cmd!(sh, "id -u")).is_ok_and(|id| id.trim() == "0");
            let sudo: &[&str] = if is_root || which("sudo").is_none() { &[] } else { &["sudo", "env"] };
            let apt = &[sudo, &["DEBIAN_FRONTEND=noninteractive", "apt-get"]].concat();
            // Old package lists name files that are gone from the mirrors.
            quietly(cmd!(sh, "env {apt...} update"))?;
            let packages = cmd!(sh, "env {apt...} install -y --no-install-recommends {packages...}");
            install(&name, "about a minute", packages)?;
        } else {
            println!("missing, and not ours to install here");
        }
        if let Err(still) = self.look(workspace) {
            bail!(
                "tests need {still} on your PATH (before: {missing}). Install what is missing (Debian: `apt-get install {}`; elsewhere: \
                 {elsewhere}), or name another driver in CHROMEDRIVER, GECKODRIVER or WEBKITDRIVER; or leave this browser out with \
                 `--browser NAME`. `cargo xtask serve` needs none.",
                packages.join(" ")
            );
        }
        Ok(())
    }
}

pub(crate) fn chromium() -> Option<PathBuf> {
    CHROMIUM.into_iter().find_map(find)
}

/// The program that the person names in a variable, else the one on the PATH.
pub(crate) fn named_or_found(variable: &str, program: &str) -> Option<PathBuf> {
    set(variable).or_else(|| find(program))
}

/// A program on the PATH, or at its absolute path.
fn find(program: &str) -> Option<PathBuf> {
    let path = Path::new(program);
    if path.is_absolute() { path.exists().then(|| path.to_owned()) } else { which(program) }
}

/// The version in what a program says of itself: the first word that begins with a digit.
pub(crate) fn version_in(output: &str) -> Option<&str> {
    output.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// The part before the first dot: browsers and their drivers must agree in it.
fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_found_in_every_wording() {
        for (output, version) in [
            ("trunk 0.21.14", "0.21.14"),
            ("wasm-opt version 132 (version_132)", "132"),
            ("ChromeDriver 156.0.8078.79 (a21ce95c-refs/branch-heads/8078@{#1704})", "156.0.8078.79"),
            ("geckodriver 0.37.1 ( 2026-01-01)", "0.37.1"),
            ("cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\nrelease: 0.9.143", "0.9.143"),
        ] {
            assert_eq!(version_in(output), Some(version), "{output}");
        }
        assert_eq!(version_in("usage: tool [options]"), None);
        assert_eq!(major("156.0.8078.79"), "156");
    }
}
