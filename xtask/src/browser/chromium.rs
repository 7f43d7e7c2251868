//! Chromium (or Chrome) and a chromedriver of the same major version.

use super::{Error, apt, ask, named_or_found};
use crate::workspace::Workspace;
use crate::{setup, version};
use std::path::{Path, PathBuf};

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

const WHAT: &str = "Chromium and chromedriver";

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
    named_or_found(workspace, "CHROMEDRIVER", "chromedriver")
}

/// The browser, under the first name that is there.
pub(crate) fn browser(workspace: &Workspace) -> Option<PathBuf> {
    BROWSERS.into_iter().find_map(|name| {
        let absolute = Path::new(name);
        workspace
            .which(name)
            .or_else(|| (absolute.is_absolute() && absolute.exists()).then(|| absolute.to_owned()))
    })
}

/// Installs browser and driver where a Debian package manager can; elsewhere asks the person to.
pub(super) fn ensure(workspace: &Workspace) -> Result<(), setup::Error> {
    setup::announce(WHAT, "run the page in tests");
    let found = look(workspace);
    if let Some(version) = found.pair() {
        println!("already there ({version})");
        return Ok(());
    }
    print!("{found}, ");
    if !apt::is_there(workspace) {
        println!("and not ours to install here");
        return Err(Error::NoChromium { found }.into());
    }
    apt::install(workspace, WHAT, &["chromium", "chromium-driver"])?;
    let found = look(workspace);
    match found.pair() {
        Some(_) => Ok(()),
        None => Err(Error::NoChromium { found }.into()),
    }
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
        let message = Error::NoChromium { found: found(&["155.0.1.2"], Some("156.0.9.9")) }.to_string();
        assert!(message.contains("found browser 155.0.1.2, chromedriver 156.0.9.9."), "{message}");
        let message = Error::NoChromium { found: Found::default() }.to_string();
        assert!(message.contains("found no browser, no chromedriver."), "{message}");
    }
}
