//! The tools that have one right version: which, why, and how each is installed.

use crate::browser::{self, Browser};
use crate::process;
use crate::version;
use crate::workspace::Workspace;
use std::path::PathBuf;
use std::process::Command;

/// What the tools are needed for; each level includes the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Purpose {
    /// Building and serving the page.
    Serve,
    /// Running every test as well.
    Test,
}

/// A tool that is installed in one exact version.
pub(crate) struct Tool {
    /// The program's name.
    pub(crate) name: &'static str,
    /// The version it must have.
    pub(crate) version: String,
    /// What it is for.
    pub(crate) why: &'static str,
    /// About how long installing takes, so that nobody waits in doubt.
    pub(crate) takes: &'static str,
    /// The lowest purpose that needs it.
    pub(crate) purpose: Purpose,
    /// The browser it drives: without that browser nobody needs it.
    pub(crate) drives: Option<Drives>,
    source: Source,
}

/// What a driver drives.
pub(crate) struct Drives {
    browser: Browser,
    /// The variable by which a person names another driver.
    variable: &'static str,
}

/// Where a tool comes from.
enum Source {
    /// crates.io, with options for `cargo install`.
    Cargo { package: &'static str, options: &'static [&'static str] },
    /// npm.
    Npm { package: &'static str },
}

// Trunk, wasm-pack and geckodriver:
// - compiled without optimisation: they spend their time waiting for other programs, and an optimised Trunk takes over
//   ten minutes to compile on two cores where this takes about two;
// - with the dependencies that their authors locked: Trunk 0.21.14 does not compile with the newest ones.
const TRUNK_OPTIONS: &[&str] = &[
    "--locked",
    "--debug",
    "--no-default-features",
    "--features",
    "rustls",
    "--config",
    "profile.dev.debug=0",
];
const LOCKED_DEBUG: &[&str] = &["--locked", "--debug", "--config", "profile.dev.debug=0"];

/// Every tool, given the version of wasm-bindgen that Cargo.lock pins.
pub(crate) fn all(wasm_bindgen: &str) -> Vec<Tool> {
    vec![
        Tool {
            name: "wasm-bindgen",
            // The tool and the library read each other's private format: the versions must be equal.
            version: wasm_bindgen.to_owned(),
            why: "joins the compiled page to JavaScript",
            takes: "about two and a half minutes",
            purpose: Purpose::Serve,
            drives: None,
            // Without --locked: its lock file names a crate version that was withdrawn. Optimised: it reads and
            // rewrites both modules on every build.
            source: Source::Cargo { package: "wasm-bindgen-cli", options: &[] },
        },
        Tool {
            name: "trunk",
            version: "0.21.14".to_owned(),
            why: "bundles the page",
            takes: "about four minutes",
            purpose: Purpose::Serve,
            drives: None,
            source: Source::Cargo { package: "trunk", options: TRUNK_OPTIONS },
        },
        Tool {
            name: "wasm-opt",
            version: "132".to_owned(),
            why: "makes the compiled page smaller",
            takes: "a few seconds",
            purpose: Purpose::Serve,
            drives: None,
            source: Source::Npm { package: "binaryen" },
        },
        Tool {
            name: "wasm-pack",
            version: "0.15.1".to_owned(),
            why: "runs tests inside a browser",
            takes: "about a minute",
            purpose: Purpose::Test,
            drives: None,
            source: Source::Cargo { package: "wasm-pack", options: LOCKED_DEBUG },
        },
        Tool {
            name: "geckodriver",
            version: "0.37.1".to_owned(),
            why: "drives Firefox in tests",
            takes: "about a minute",
            purpose: Purpose::Test,
            drives: Some(Drives { browser: Browser::Firefox, variable: "GECKODRIVER" }),
            source: Source::Cargo { package: "geckodriver", options: LOCKED_DEBUG },
        },
    ]
}

impl Tool {
    /// Whether it is needed for a purpose and these browsers.
    pub(crate) fn is_needed(&self, purpose: Purpose, browsers: &[Browser]) -> bool {
        self.purpose <= purpose
            && self.drives.as_ref().is_none_or(|drives| browsers.contains(&drives.browser))
    }

    /// The program that a person wants in its place.
    pub(crate) fn replaced_by(&self) -> Option<PathBuf> {
        browser::named(self.drives.as_ref()?.variable)
    }

    /// The version that would be started now, if any.
    pub(crate) fn installed(&self, workspace: &Workspace) -> Option<String> {
        workspace.which(self.name)?;
        // A program that is there but cannot run (a dangling script, another processor) counts as missing.
        let output = process::quietly(workspace.command(self.name).arg("--version")).ok()?;
        version::in_output(&output).map(str::to_owned)
    }

    /// Whether installing it needs npm.
    pub(crate) fn needs_npm(&self) -> bool {
        matches!(self.source, Source::Npm { .. })
    }

    /// The command that installs it where `cargo install` puts programs.
    pub(crate) fn installer(&self, workspace: &Workspace) -> Command {
        match self.source {
            Source::Cargo { package, options } => {
                let mut command = workspace.command("cargo");
                command
                    .args(["install", package, "--version", &self.version, "--force", "--root"])
                    .arg(&workspace.install_root)
                    .args(options)
                    .env("CARGO_TARGET_DIR", workspace.notes().join("tools"));
                command
            }
            Source::Npm { package } => {
                let mut command = workspace.command("npm");
                command
                    .args(["install", "--global", "--no-audit", "--no-fund", "--prefix"])
                    .arg(&workspace.install_root)
                    .arg(format!("{package}@{}", self.version));
                command
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_asked_for_in_its_exact_version() {
        let workspace = Workspace::find().unwrap();
        let commands: Vec<_> =
            all("0.2.99").iter().map(|tool| process::describe(&tool.installer(&workspace))).collect();
        assert!(
            commands[0].starts_with("cargo install wasm-bindgen-cli --version 0.2.99 "),
            "{}",
            commands[0]
        );
        assert!(commands[2].ends_with(" binaryen@132"), "{}", commands[2]);
    }

    #[test]
    fn serving_needs_no_test_tools() {
        let tools = all("0.2.99");
        let serve: Vec<_> =
            tools.iter().filter(|tool| tool.is_needed(Purpose::Serve, &[])).map(|tool| tool.name).collect();
        assert_eq!(serve, ["wasm-bindgen", "trunk", "wasm-opt"]);
    }

    #[test]
    fn a_driver_is_needed_with_its_browser_only() {
        let tools = all("0.2.99");
        let last = |browsers: &[Browser]| {
            tools.iter().rfind(|tool| tool.is_needed(Purpose::Test, browsers)).map(|tool| tool.name)
        };
        assert_eq!(last(&[Browser::Chromium]), Some("wasm-pack"));
        assert_eq!(last(&browser::USUAL), Some("geckodriver"));
    }

    #[test]
    fn trunk_is_told_the_versions_that_are_installed() {
        // Trunk downloads a tool of its own when the versions it is told differ from those it finds.
        let workspace = Workspace::find().unwrap();
        let read = |name| std::fs::read_to_string(workspace.root.join(name)).unwrap();
        let lock = read("Cargo.lock");
        let trunk = read("Trunk.toml");
        for (key, name) in [("wasm_bindgen", "wasm-bindgen"), ("wasm_opt", "wasm-opt")] {
            let tools = all(version::locked(&lock, "wasm-bindgen").unwrap());
            let installed = &tools.iter().find(|tool| tool.name == name).unwrap().version;
            let told = trunk.lines().find(|line| line.starts_with(key)).unwrap_or_default();
            assert!(
                told.contains(installed.as_str()),
                "Trunk.toml says {told:?}, setup installs {installed}"
            );
        }
    }
}
