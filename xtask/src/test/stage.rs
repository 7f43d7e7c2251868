//! The stages of `cargo xtask test`, in the order in which they run: what fails soonest comes first.

use super::plain;
use super::tally::Tally;
use crate::browser::{Browser, chromium};
use crate::build::{self, Mode, RELATIVE};
use crate::process;
use crate::tools::Purpose;
use crate::workspace::Workspace;
use clap::ValueEnum;
use std::env;
use std::fmt::Display;
use std::process::Command;

/// A part of the tests that can be run by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Formatting.
    Fmt,
    /// Clippy.
    Clippy,
    /// Tests outside the browser.
    Native,
    /// The Python clients against the lab.
    Python,
    /// Documentation.
    Docs,
    /// Tests inside the browser.
    Wasm,
    /// The release build.
    Build,
    /// Plain Trunk commands.
    Plain,
    /// The whole, through each browser.
    E2e,
}

const WASM_PACKAGES: [&str; 6] =
    ["--package", "fetchmark-page", "--package", "fetchmark-engine", "--package", "fetchmark-example-suite"];

/// Seconds that the browser's test runner waits: its own 20 are short where two cores also start a browser.
const BROWSER_TEST_TIMEOUT: &str = "120";

/// What the browser's test runner asks of the browser: not to wait five minutes for a page that never loads.
const WEBDRIVER_JSON: &str = "xtask/src/test/webdriver.json";

impl Stage {
    /// The name it is called by.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Native => "native",
            Self::Python => "python",
            Self::Docs => "docs",
            Self::Wasm => "wasm",
            Self::Build => "build",
            Self::Plain => "plain",
            Self::E2e => "e2e",
        }
    }

    /// What it does, for people.
    pub(crate) fn does(self) -> &'static str {
        match self {
            Self::Fmt => "every source is formatted",
            Self::Clippy => "clippy finds nothing, natively and for the browser",
            Self::Native => "unit, integration and documentation tests outside the browser",
            Self::Python => "requests, httpx and aiohttp against the lab; installs them into target/tmp",
            Self::Docs => "the documentation builds without a warning",
            Self::Wasm => "wasm-pack tests of page, engine and the example suite in a headless browser",
            Self::Build => "the release build, what a browser downloads, and the single file",
            Self::Plain => "plain trunk build and trunk serve work",
            Self::E2e => "the built page against the lab, through each browser",
        }
    }

    /// The tools it needs.
    pub(crate) fn needs(self) -> Option<Purpose> {
        match self {
            Self::Fmt | Self::Native | Self::Python | Self::Docs => None,
            Self::Clippy | Self::Build | Self::Plain => Some(Purpose::Serve),
            Self::Wasm | Self::E2e => Some(Purpose::Test),
        }
    }

    /// The browsers it runs in, where a person chose these.
    pub(crate) fn browsers(self, chosen: &[Browser]) -> &[Browser] {
        match self {
            Self::Wasm => &[Browser::Chromium],
            Self::E2e => chosen,
            Self::Fmt
            | Self::Clippy
            | Self::Native
            | Self::Python
            | Self::Docs
            | Self::Build
            | Self::Plain => &[],
        }
    }

    /// Runs it; every error is shown here and counted. `browsers` are those that a person chose.
    pub(crate) fn run(self, workspace: &Workspace, browsers: &[Browser]) -> Tally {
        match self {
            Self::Fmt => check(process::openly(&mut cargo(workspace, &["fmt", "--all", "--check"]))),
            Self::Clippy => check(clippy(workspace)),
            Self::Native => native(workspace),
            Self::Python => python(workspace),
            Self::Docs => check(docs(workspace)),
            Self::Wasm => wasm(workspace),
            Self::Build => check(release(workspace)),
            Self::Plain => check(plain::run(workspace)),
            Self::E2e => end_to_end(workspace, browsers),
        }
    }
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut command = workspace.command("cargo");
    command.args(arguments);
    command
}

/// Counts a step that either works or does not.
fn check<E: Display>(result: Result<(), E>) -> Tally {
    if let Err(error) = &result {
        println!("{error}");
    }
    Tally::one(result.is_ok())
}

fn clippy(workspace: &Workspace) -> Result<(), process::Error> {
    let deny = ["--all-targets", "--", "-D", "warnings"];
    // The engine is checked twice: its logic also compiles natively, where its unit tests run.
    let mut native = cargo(workspace, &["clippy", "--workspace", "--exclude", "fetchmark-page"]);
    let mut browser = cargo(workspace, &["clippy", "--target", "wasm32-unknown-unknown"]);
    // Both run even if the first fails: two lists of findings are better than one.
    let native = process::openly(native.args(deny));
    let browser = process::openly(browser.args(WASM_PACKAGES).args(deny));
    native.and(browser)
}

fn native(workspace: &Workspace) -> Tally {
    let arguments = [
        "test",
        "--workspace",
        "--exclude",
        "fetchmark-page",
        "--exclude",
        "fetchmark-e2e",
        "--exclude",
        "fetchmark-reference",
        "--no-fail-fast",
    ];
    run_tests(&mut cargo(workspace, &arguments))
}

/// A stage of its own: it needs Python and, the first time, its package index.
fn python(workspace: &Workspace) -> Tally {
    run_tests(&mut cargo(workspace, &["test", "--package", "fetchmark-reference", "--no-fail-fast"]))
}

fn docs(workspace: &Workspace) -> Result<(), process::Error> {
    let arguments =
        ["doc", "--no-deps", "--workspace", "--exclude", "fetchmark-page", "--exclude", "fetchmark-engine"];
    process::openly(cargo(workspace, &arguments).env("RUSTDOCFLAGS", "-D warnings"))
}

fn wasm(workspace: &Workspace) -> Tally {
    let run = |package: &[&str]| {
        let mut command = workspace.command("wasm-pack");
        command.args(["test", "--headless", "--chrome"]);
        // wasm-pack looks on the PATH only; CHROMEDRIVER is the field's way to name another.
        if let Some(driver) = chromium::driver(workspace) {
            command.arg("--chromedriver").arg(driver);
        }
        if env::var_os("WASM_BINDGEN_TEST_TIMEOUT").is_none() {
            command.env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TEST_TIMEOUT);
        }
        command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", workspace.root.join(WEBDRIVER_JSON));
        run_in_browser(command.args(package))
    };
    run(&[]).plus(run(&["crates/engine"])).plus(run(&["examples/wasm-pack-suite"]))
}

fn release(workspace: &Workspace) -> Result<(), build::Error> {
    build::ensure(workspace, Mode::Release, RELATIVE)?;
    let sizes = build::show_sizes(workspace)?;
    build::put_into_one_file(workspace)?;
    build::hold_to_budget(&sizes)
}

fn end_to_end(workspace: &Workspace, browsers: &[Browser]) -> Tally {
    // Nothing to do after the build stage; alone, the stage must not test an old page.
    let built =
        build::ensure(workspace, Mode::Release, RELATIVE).and_then(|()| build::put_into_one_file(workspace));
    if let Err(error) = built {
        println!("failed: not built: {error}");
        return Tally::one(false);
    }
    // After the page, so that the page is in it.
    if let Err(error) = process::openly(&mut cargo(workspace, &["build", "--package", "fetchmark-cli"])) {
        println!("failed: not built: {error}");
        return Tally::one(false);
    }
    let chosen = Browser::value_variants().iter().filter(|browser| browsers.contains(browser));
    chosen.fold(Tally::default(), |tally, browser| {
        let arguments = ["test", "--package", "fetchmark-e2e", "--no-fail-fast", "--", "--test-threads=1"];
        let mut command = cargo(workspace, &arguments);
        command.args(tests_in(*browser)).env("FETCHMARK_DIST", workspace.dist());
        command.env("FETCHMARK_SINGLE_FILE", workspace.single_file());
        command.env("FETCHMARK_COMMAND", workspace.target.join("debug").join("fetchmark"));
        tally.plus(run_tests(&mut command))
    })
}

/// The words that choose a browser's tests. Those that `in_each_browser!` makes end in the browser's name, and
/// WebKitGTK's are ignored unless asked for; all others are Chromium's.
fn tests_in(browser: Browser) -> &'static [&'static str] {
    match browser {
        Browser::Chromium => &["--skip", "::firefox", "--skip", "::webkit"],
        Browser::Firefox => &["::firefox"],
        Browser::Webkit => &["--ignored", "::webkit"],
    }
}

/// How often the page of tests is loaded at most: with cold files on a slow disk one load in four was seen to hang, and twice in a row.
const MOST_LOADS: u32 = 4;

/// Runs tests in a browser, and again where their page never loaded. The test runner's server keeps four threads,
/// takes one that has just been woken for one that is free, and then leaves a connection unread: a page of many modules
/// waits for it forever.
fn run_in_browser(command: &mut Command) -> Tally {
    let mut loads = 1;
    loop {
        let mut is_stuck = false;
        let tally = count_tests(command, |line| is_stuck |= never_loaded(line));
        if !is_stuck || loads == MOST_LOADS {
            return tally;
        }
        println!("The page of the tests did not load, so none was run. Once more.");
        loads += 1;
    }
}

/// Whether the browser's test runner says that its time was over before the page had its scripts.
fn never_loaded(line: &str) -> bool {
    line.contains("Loading scripts...") && line.contains("Failed to detect test")
}

/// Runs a command that runs tests, and counts them.
fn run_tests(command: &mut Command) -> Tally {
    count_tests(command, |_| {})
}

/// Runs a command that runs tests, hands every line to `read` as well, and counts the tests.
fn count_tests(command: &mut Command, mut read: impl FnMut(&str)) -> Tally {
    let mut tally = Tally::default();
    let result = process::reading_along(command, |line| {
        read(line);
        tally = tally.plus(Tally::of_line(line).unwrap_or_default());
    });
    match result {
        Ok(status) => settle(tally, status.success()),
        Err(error) => {
            println!("{error}");
            tally.plus(Tally::one(false))
        }
    }
}

/// A command that fails without a failed test (it did not compile, the browser did not start) is a failure too.
fn settle(tally: Tally, success: bool) -> Tally {
    if success || tally.failed > 0 { tally } else { tally.plus(Tally::one(false)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_without_a_failed_test_counts_once() {
        assert_eq!(settle(Tally::default(), false), Tally::one(false));
        let failed = Tally { passed: 3, failed: 2, ignored: 0 };
        assert_eq!(settle(failed, false), failed);
        let passed = Tally { passed: 3, failed: 0, ignored: 0 };
        assert_eq!(settle(passed, true), passed);
    }

    // What these commands print is shown, so it must not look like a result: this program's own tests are counted.
    #[cfg(unix)]
    #[test]
    fn a_command_that_fails_without_a_word_counts_once() {
        assert_eq!(run_tests(&mut Command::new("false")), Tally::one(false));
        assert_eq!(run_tests(&mut Command::new("true")), Tally::default());
        assert_eq!(run_tests(&mut Command::new("no-such-program-here")), Tally::one(false));
    }

    #[test]
    fn a_page_that_never_loaded_is_told_from_tests_that_failed() {
        let stuck = "Loading scripts...Failed to detect test as having been run. It might have timed out.";
        assert!(never_loaded(stuck));
        let hangs = "test a ... Failed to detect test as having been run. It might have timed out.";
        assert!(!never_loaded(hangs) && !never_loaded("Loading scripts...e..."));
    }

    #[test]
    fn every_stage_is_called_by_its_name() {
        for stage in Stage::value_variants() {
            let value = stage.to_possible_value().unwrap();
            assert_eq!(value.get_name(), stage.name());
        }
    }
}
