//! The browsers for tests: which there are, and how each gets here.

mod apt;
pub(crate) mod chromium;
mod firefox;
mod webkit;

use crate::workspace::Workspace;
use crate::{process, setup, version};
use clap::ValueEnum;
use std::env;
use std::path::PathBuf;
use std::process::Command;

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

/// Why there is no browser to test in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// No pair of Chromium and chromedriver, and not ours to install on this system.
    #[error(
        "tests need Chromium (or Chrome) and chromedriver of the same major version on your PATH; found {found}. \
         Install both (Debian: `apt-get install chromium chromium-driver`; elsewhere: \
         https://googlechromelabs.github.io/chrome-for-testing/), or name the driver in CHROMEDRIVER, then run the \
         command again. `cargo xtask serve` needs neither."
    )]
    NoChromium {
        /// What there is.
        found: chromium::Found,
    },
    /// No Firefox, and not ours to install on this system.
    #[error(
        "tests need Firefox on your PATH, and neither `firefox` nor `firefox-esr` answers there. Install it (Debian: \
         `apt-get install firefox-esr`; elsewhere: https://www.firefox.com), then run the command again; or leave \
         Firefox out with `--browser chromium`."
    )]
    NoFirefox,
    /// No WebKitGTK to drive, and not ours to install on this system.
    #[error(
        "tests in WebKitGTK need WebKitWebDriver and, where no display is, Xvfb on your PATH; missing: {}. Install \
         them (Debian: `apt-get install webkit2gtk-driver xvfb`), or name the driver in WEBKITDRIVER, then run the \
         command again; or leave `--browser webkit` out.", .missing.join(" and ")
    )]
    NoWebKit {
        /// What is not there.
        missing: Vec<&'static str>,
    },
    /// The package manager failed.
    #[error(
        "{what} could not be installed: {source}\nWhat to do: install what is named by hand and run the command again."
    )]
    Install {
        /// Browser and driver.
        what: &'static str,
        /// The package manager's last words.
        source: process::Error,
    },
}

impl Browser {
    /// Installs it, and what drives it, where a Debian package manager can; elsewhere asks the person to.
    pub(crate) fn ensure(self, workspace: &Workspace) -> Result<(), setup::Error> {
        match self {
            Self::Chromium => chromium::ensure(workspace),
            Self::Firefox => firefox::ensure(workspace),
            Self::Webkit => webkit::ensure(workspace),
        }
    }
}

/// The program that a person names in a variable, if one does.
pub(crate) fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|named| !named.is_empty()).map(PathBuf::from)
}

/// The program that a person names in a variable, else the one on the PATH.
fn named_or_found(workspace: &Workspace, variable: &str, program: &str) -> Option<PathBuf> {
    named(variable).or_else(|| workspace.which(program))
}

/// What a program says its version is.
fn ask(mut program: Command) -> Option<String> {
    let output = process::quietly(program.arg("--version")).ok()?;
    version::in_output(&output).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_what_webkit_lacks() {
        let message = Error::NoWebKit { missing: vec!["WebKitWebDriver", "Xvfb"] }.to_string();
        assert!(message.contains("missing: WebKitWebDriver and Xvfb. Install"), "{message}");
    }
}
