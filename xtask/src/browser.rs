//! The browser for tests: Chromium (or Chrome) and a chromedriver of the same major version.

use crate::workspace::Workspace;
use crate::{process, setup, version};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Why there is no browser to test in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Not there, and not ours to install on this system.
    #[error(
        "tests need Chromium (or Chrome) and chromedriver of the same major version on your PATH; found {found}. \
         Install both (Debian: `apt-get install chromium chromium-driver`; elsewhere: \
         https://googlechromelabs.github.io/chrome-for-testing/), or name the driver in CHROMEDRIVER, then run the \
         command again. `cargo xtask serve` needs neither."
    )]
    Missing {
        /// What there is.
        found: Found,
    },
    /// The package manager failed.
    #[error(
        "Chromium and chromedriver could not be installed: {0}\nWhat to do: install Chromium (or Chrome) and \
         chromedriver of the same major version by hand and run the command again."
    )]
    Install(process::Error),
}

/// The versions on this machine.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    browsers: Vec<String>,
    driver: Option<String>,
}

impl Found {
    /// The browser version that the driver can drive.
    fn pair(&self) -> Option<&str> {
        let driver = version::major(self.driver.as_deref()?);
        self.browsers.iter().map(String::as_str).find(|browser| version::major(browser) == driver)
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.browsers.as_slice() {
            [] => write!(formatter, "no browser")?,
            browsers => write!(formatter, "browser {}", browsers.join(" and "))?,
        }
        match &self.driver {
            Some(driver) => write!(formatter, ", chromedriver {driver}"),
            None => write!(formatter, ", no chromedriver"),
        }
    }
}

/// The names under which the browser is known.
const BROWSERS: [&str; 6] = [
    "chrome",
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The chromedriver to use: the one the person names, else the one on the PATH.
pub(crate) fn driver(workspace: &Workspace) -> Option<PathBuf> {
    env::var_os("CHROMEDRIVER")
        .filter(|named| !named.is_empty())
        .map(PathBuf::from)
        .or_else(|| workspace.which("chromedriver"))
}

/// Installs browser and driver where a Debian package manager can; elsewhere asks the person to.
pub(crate) fn ensure(workspace: &Workspace) -> Result<(), setup::Error> {
    setup::announce("Chromium and chromedriver", "run the page in tests");
    let found = look(workspace);
    if let Some(version) = found.pair() {
        println!("already there ({version})");
        return Ok(());
    }
    if workspace.which("apt-get").is_none() {
        println!("missing");
        return Err(Error::Missing { found }.into());
    }
    print!("{found}, ");
    apt_get(workspace)?;
    let found = look(workspace);
    match found.pair() {
        Some(_) => Ok(()),
        None => Err(Error::Missing { found }.into()),
    }
}

fn apt_get(workspace: &Workspace) -> Result<(), setup::Error> {
    // Old package lists name files that are gone from the mirrors.
    process::quietly(as_root(workspace).arg("update")).map_err(Error::Install)?;
    let mut command = as_root(workspace);
    command.args(["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"]);
    setup::install("Chromium and chromedriver", "about a minute", &mut command)
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

fn look(workspace: &Workspace) -> Found {
    let mut browsers: Vec<_> = BROWSERS
        .into_iter()
        .filter(|name| {
            workspace.which(name).is_some() || Path::new(name).is_absolute() && Path::new(name).exists()
        })
        .filter_map(|name| ask(workspace.command(name)))
        .collect();
    // Several names often lead to one browser.
    browsers.dedup();
    Found { browsers, driver: driver(workspace).and_then(|driver| ask(workspace.command(driver))) }
}

fn ask(mut program: Command) -> Option<String> {
    let output = process::quietly(program.arg("--version")).ok()?;
    version::in_output(&output).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(browsers: &[&str], driver: Option<&str>) -> Found {
        Found {
            browsers: browsers.iter().map(|&browser| browser.to_owned()).collect(),
            driver: driver.map(str::to_owned),
        }
    }

    #[test]
    fn equal_major_versions_make_a_pair() {
        assert_eq!(found(&["156.0.1.2"], Some("156.0.9.9")).pair(), Some("156.0.1.2"));
        assert_eq!(found(&["141.0.1.2", "156.0.1.2"], Some("156.0.9.9")).pair(), Some("156.0.1.2"));
    }

    #[test]
    fn anything_less_makes_none() {
        assert_eq!(found(&["155.0.1.2"], Some("156.0.9.9")).pair(), None);
        assert_eq!(found(&["156.0.1.2"], None).pair(), None);
        assert_eq!(found(&[], Some("156.0.9.9")).pair(), None);
    }

    #[test]
    fn the_message_tells_what_there_is() {
        let message = Error::Missing { found: found(&["155.0.1.2"], Some("156.0.9.9")) }.to_string();
        assert!(message.contains("found browser 155.0.1.2, chromedriver 156.0.9.9."), "{message}");
        let message = Error::Missing { found: Found::default() }.to_string();
        assert!(message.contains("found no browser, no chromedriver."), "{message}");
    }
}
