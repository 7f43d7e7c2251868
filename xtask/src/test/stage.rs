//! The stages of `cargo xtask test`, in the order in which they run.

use super::tally::{Tally, run_tests};
use crate::browser::{Browser, named_or_found};
use crate::build::{self, RELATIVE};
use crate::grid;
use crate::release;
use crate::setup::Purpose;
use crate::workspace::{NATIVE, WASM, Workspace, set};
use anyhow::{Context, Result};
use clap::ValueEnum;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use xshell::cmd;

/// A part of the tests that can be run by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stage {
    /// Every source is formatted.
    Fmt,
    /// Clippy finds nothing, natively and for the browser.
    Clippy,
    // Before what is native, so that the command is compiled once, with this page in it.
    /// The release build, what a browser downloads, and the single file.
    Build,
    /// Unit, integration and documentation tests outside the browser.
    Native,
    /// Requests, httpx and aiohttp against the lab; installs them into target/tmp.
    Python,
    /// Tests of the engine in a headless browser, by wasm-pack.
    WasmEngine,
    /// Tests of the page with a fake engine, by wasm-pack.
    WasmPage,
    /// Engine and command against the lab, through browsers.
    E2eEngine,
    /// The built page against the lab, through browsers.
    E2ePage,
    /// Several browsers over a real Selenium Grid; needs Java (with --full, or when named).
    Fleet,
    /// The documentation builds without a warning (with --full, or when named).
    Docs,
    /// The wasm-pack test suite of one's own works (with --full, or when named).
    Example,
    /// Plain trunk build and trunk serve work (with --full, or when named).
    Plain,
    /// The packed command and npm package work where they are installed (with --full, or when named).
    Release,
}

pub(super) struct Run<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) browsers: &'a [Browser],
    pub(super) full: bool,
}

impl Stage {
    /// The name it is called by, and what it does.
    pub(super) fn about(self) -> (String, String) {
        let value = self.to_possible_value().unwrap_or_default();
        (value.get_name().to_owned(), value.get_help().map(ToString::to_string).unwrap_or_default())
    }

    pub(super) fn needs(self) -> Option<Purpose> {
        match self {
            Self::Fmt | Self::Docs => None,
            Self::Clippy | Self::Build | Self::Plain => Some(Purpose::Serve),
            _ => Some(Purpose::Test),
        }
    }

    pub(super) fn is_usual(self) -> bool {
        !matches!(self, Self::Fleet | Self::Docs | Self::Example | Self::Plain | Self::Release)
    }

    pub(super) fn browsers<'a>(self, run: &Run<'a>) -> &'a [Browser] {
        match self {
            Self::WasmEngine | Self::WasmPage | Self::Example => &[Browser::Chromium],
            Self::E2eEngine | Self::E2ePage | Self::Fleet | Self::Release => run.browsers,
            _ => &[],
        }
    }

    /// Whether it need not run again after a change to the page alone, which it does not see. What is quick, or knows by itself what has
    /// changed, runs each time.
    pub(super) fn is_apart_from_page(self) -> bool {
        matches!(self, Self::Native | Self::Python | Self::WasmEngine | Self::E2eEngine)
    }

    pub(super) fn run(self, run: &Run<'_>) -> Result<Tally> {
        let workspace = run.workspace;
        let sh = &workspace.sh;
        let check = |result: Result<()>| result.map(|()| Tally::of_check(true));
        match self {
            Self::Fmt => check(Ok(cmd!(sh, "cargo fmt --all --check").run()?)),
            Self::Clippy => check(clippy(workspace)),
            Self::Build => check(release(workspace)),
            Self::Native => {
                let tests =
                    nextest(run, "not (package(fetchmark-e2e) or package(fetchmark-reference))", &[])?;
                let docs = run_tests(cmd!(sh, "cargo test --doc {NATIVE...} --no-fail-fast"), |_| {})?;
                let scripts = ["single-file/assemble.test.mjs", "xtask/notes.test.mjs"];
                let scripts = run_tests(cmd!(sh, "node --test --test-reporter=tap {scripts...}"), |_| {})?;
                Ok([tests, docs, scripts].into_iter().sum())
            }
            // A stage of its own: it needs Python and, the first time, its package index.
            Self::Python => nextest(run, "package(fetchmark-reference)", &[]),
            Self::WasmEngine => wasm_pack(workspace, "crates/engine"),
            Self::WasmPage => wasm_pack(workspace, "."),
            Self::E2eEngine => {
                end_to_end(run, &format!("not ({OF_THE_PAGE} or {OF_A_FLEET} or {OF_A_RELEASE})"))
            }
            Self::E2ePage => end_to_end(run, OF_THE_PAGE),
            Self::Fleet => fleet(run),
            Self::Docs => {
                let doc = cmd!(sh, "cargo doc --no-deps {NATIVE...} --exclude fetchmark-engine");
                check(Ok(doc.env("RUSTDOCFLAGS", "-D warnings").run()?))
            }
            Self::Example => wasm_pack(workspace, "examples/wasm-pack-suite"),
            Self::Plain => check(Ok(cmd!(sh, "node xtask/plain.mjs").run()?)),
            Self::Release => {
                release::run(workspace, &release::Arguments::default())?;
                end_to_end(run, OF_A_RELEASE)
            }
        }
    }
}

fn clippy(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    let deny = ["--all-targets", "--", "-D", "warnings"];
    let packages = ["fetchmark-page", "fetchmark-engine", "fetchmark-example-suite"];
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    // The engine is checked twice: its logic also compiles natively, where its unit tests run. Both run even if the first fails: two
    // lists of findings are better than one.
    let native = cmd!(sh, "cargo clippy {NATIVE...} {deny...}").run();
    let browser = cmd!(sh, "cargo clippy --target {WASM} {packages...} {deny...}").run();
    Ok(native.and(browser)?)
}

fn release(workspace: &Workspace) -> Result<()> {
    build::release(workspace, RELATIVE)?;
    build::show_sizes(workspace, true)
}

/// Runs the native tests that a filter chooses. Every stage gives the same packages, so that they are compiled once.
fn nextest(run: &Run<'_>, filter: &str, options: &[&str]) -> Result<Tally> {
    let workspace = run.workspace;
    let command = cmd!(workspace.sh, "cargo nextest run {NATIVE...} {options...} -E {filter}")
        .env("FETCHMARK_DIST", workspace.dist())
        .env("FETCHMARK_SINGLE_FILE", workspace.single_file())
        .env("FETCHMARK_RELEASE", workspace.release_files())
        .env("FETCHMARK_COMMAND", workspace.program("debug", "fetchmark"));
    run_tests(command, |_| {})
}

/// How often the page of tests is loaded at most.
const MOST_LOADS: u32 = 4;

/// Runs a package's tests in a browser, and again where their page never loaded, so that no test was run.
fn wasm_pack(workspace: &Workspace, package: &str) -> Result<Tally> {
    // wasm-pack looks on the PATH only; CHROMEDRIVER is the field's way to name another.
    let driver: Vec<PathBuf> = named_or_found("CHROMEDRIVER", "chromedriver")
        .map_or_else(Vec::new, |driver| vec!["--chromedriver".into(), driver]);
    // The runner's own 20 seconds are short where two cores also start a browser.
    let timeout = set("WASM_BINDGEN_TEST_TIMEOUT").unwrap_or_else(|| "120".into());
    let mut loads = 1;
    loop {
        let (mut is_stuck, driver) = (false, &driver);
        let command = cmd!(workspace.sh, "wasm-pack test --headless --chrome {driver...} {package}")
            .env("WASM_BINDGEN_TEST_TIMEOUT", &timeout)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", workspace.root.join("xtask/webdriver.json"));
        let tally = run_tests(command, |line| {
            is_stuck |= line.contains("Loading scripts...") && line.contains("Failed to detect test");
        })?;
        if !is_stuck || loads == MOST_LOADS {
            return Ok(tally);
        }
        println!("The page of the tests did not load, so none was run. Once more.");
        loads += 1;
    }
}

/// The end-to-end tests that a change to the page can break: its own, and one run of the command through it.
const OF_THE_PAGE: &str = "test(/^page::/) or test(/^command::run_command::the_lab_is_measured/)";

/// Those that start a Selenium Grid.
const OF_A_FLEET: &str = "test(/^fleet::/)";

/// Those of what `cargo xtask release` leaves.
const OF_A_RELEASE: &str = "test(/^release::/)";

/// Names the browsers that the tests share: how the program that starts them says it, and how the tests are told.
const SESSIONS: &str = "FETCHMARK_SESSIONS";

fn end_to_end(run: &Run<'_>, filter: &str) -> Result<Tally> {
    let workspace = run.workspace;
    // Nothing to do after the build stage; alone, the stage must not test an old page.
    build::release(workspace, RELATIVE)?;
    // With the tests come the command and the program that starts browsers.
    cmd!(workspace.sh, "cargo nextest run --no-run {NATIVE...}").run()?;

    let names = run.browsers.iter().map(|browser| match browser {
        Browser::Chromium => "chrome",
        Browser::Firefox => "firefox",
        Browser::Webkit => "webkit",
    });
    let program = workspace.program("debug", "browsers");
    let mut browsers = Command::from(cmd!(workspace.sh, "{program} {names...}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} could not be started", program.display()))?;
    let said = BufReader::new(browsers.stdout.take().context("the browsers say nothing")?).lines();
    let sessions = said
        .map_while(Result::ok)
        .find_map(|line| Some(line.strip_prefix(SESSIONS)?.strip_prefix('=')?.to_owned()));
    let result = match sessions {
        Some(sessions) => {
            let _sessions = workspace.sh.push_env(SESSIONS, sessions);
            tests_in(run, filter)
        }
        None => Err(anyhow::anyhow!("the browsers did not start: see the lines above")),
    };
    // It ends them when its input is closed.
    drop(browsers.stdin.take());
    browsers.wait()?;
    result
}

/// The tests of a fleet, where there is a Grid; each starts its own, with the browsers that it needs.
fn fleet(run: &Run<'_>) -> Result<Tally> {
    let workspace = run.workspace;
    let Some(jar) = grid::ensure(workspace)? else { return Ok(Tally::default()) };
    build::release(workspace, RELATIVE)?;
    let _jar = workspace.sh.push_env(grid::JAR, jar);
    tests_in(run, OF_A_FLEET)
}

/// Runs each browser's tests. Those of Firefox and WebKitGTK end in its name; WebKitGTK's are ignored unless asked for, and so are
/// Firefox's where Chromium shows the same.
fn tests_in(run: &Run<'_>, filter: &str) -> Result<Tally> {
    let mut filters: Vec<&str> = Vec::new();
    let mut tallies = Vec::new();
    for browser in run.browsers {
        match browser {
            Browser::Chromium => filters.push("not test(/::(firefox|webkit)$/)"),
            Browser::Firefox => filters.push("test(/::firefox$/)"),
            Browser::Webkit => {
                let options = ["--profile", "e2e", "--run-ignored", "only"];
                let filter = format!("package(fetchmark-e2e) and test(/::webkit$/) and ({filter})");
                tallies.push(nextest(run, &filter, &options)?);
            }
        }
    }
    if !filters.is_empty() {
        let filter = format!("package(fetchmark-e2e) and ({filter}) and ({})", filters.join(" or "));
        let ignored = if run.full { "all" } else { "default" };
        tallies.push(nextest(run, &filter, &["--profile", "e2e", "--run-ignored", ignored])?);
    }
    Ok(tallies.into_iter().sum())
}
