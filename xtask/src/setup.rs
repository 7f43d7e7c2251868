//! `cargo xtask setup`: installs what is missing, and says what, why and how long it took.

use crate::browser::{self, Browser};
use crate::tools::{Purpose, Tool};
use crate::workspace::Workspace;
use crate::{node, process, tools, version};
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

/// The options of `cargo xtask setup`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to prepare for: `serve` is enough to build and serve the page.
    #[arg(long = "for", value_enum, default_value = "test")]
    purpose: Purpose,
    /// The browser to test in; may be repeated. Serving needs none.
    #[arg(long = "browser", value_enum, value_name = "NAME", default_values_t = browser::USUAL)]
    browsers: Vec<Browser>,
}

/// Why a tool is not there.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Cargo.lock could not be read.
    #[error("Cargo.lock could not be read ({0}). Run `cargo generate-lockfile` in the repository.")]
    Lock(io::Error),
    /// Cargo.lock does not pin wasm-bindgen.
    #[error("Cargo.lock names no wasm-bindgen. Run `cargo generate-lockfile` in the repository.")]
    NoWasmBindgen,
    /// The compiler lacks the browser's target, and there is no rustup to add it.
    #[error(
        "the Rust compiler on your PATH cannot compile for browsers, and rustup, which would add \
         {WASM_TARGET}, is missing. Install Rust through https://rustup.rs, or add that target with the package \
         manager that Rust came from."
    )]
    NoRustup,
    /// An installer failed.
    #[error(
        "{what} could not be installed: {source}\nWhat to do: check that the network is reachable and the disk is \
         not full, then run `cargo xtask setup` again; what is installed already is kept."
    )]
    Install {
        /// Tool and version.
        what: String,
        /// The installer's last words.
        source: process::Error,
    },
    /// The installer was content, but the tool is not there.
    #[error(
        "{what} was installed into {folder}, but asking it for its version gives {found}. Remove that program from \
         the folder and run `cargo xtask setup` again."
    )]
    StillWrong {
        /// Tool and version.
        what: String,
        /// Where it should be.
        folder: String,
        /// What is there instead.
        found: String,
    },
    /// Node or its modules.
    #[error(transparent)]
    Node(#[from] node::Error),
    /// The browser for tests.
    #[error(transparent)]
    Browser(#[from] browser::Error),
}

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Runs `cargo xtask setup`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<(), Error> {
    ensure(workspace, arguments.purpose, &arguments.browsers)?;
    if !workspace.bin_is_on_path() {
        println!(
            "Note: {} is not on your PATH. The cargo xtask commands find the tools there all the same; to use \
             trunk or wasm-pack by hand, add that folder to PATH.",
            workspace.bin().display()
        );
    }
    Ok(())
}

/// Installs what `purpose` needs and is not there in the right version; `browsers` are those to test in.
pub(crate) fn ensure(workspace: &Workspace, purpose: Purpose, browsers: &[Browser]) -> Result<(), Error> {
    let started = Instant::now();
    println!("Set-up: tools in {}", workspace.bin().display());
    let lock = std::fs::read_to_string(workspace.root.join("Cargo.lock")).map_err(Error::Lock)?;
    let wasm_bindgen = version::locked(&lock, "wasm-bindgen").ok_or(Error::NoWasmBindgen)?;

    ensure_wasm_target(workspace)?;
    let mut installed = false;
    for tool in tools::all(wasm_bindgen).iter().filter(|tool| tool.is_needed(purpose, browsers)) {
        installed |= ensure_tool(workspace, tool)?;
    }
    // What another set-up is compiling just now is not left over.
    if installed {
        remove_leftovers(workspace);
    }
    node::ensure_modules(workspace)?;
    if purpose >= Purpose::Test {
        browsers.iter().try_for_each(|browser| browser.ensure(workspace))?;
    }
    println!("Set-up complete in {:.1} s.", started.elapsed().as_secs_f64());
    Ok(())
}

/// Begins a line about a tool; the line ends when it is known what became of it.
pub(crate) fn announce(what: &str, why: &str) {
    print!("  {what} ({why}): ");
    // Progress only: a closed output is noticed by the next whole line.
    let _ = io::stdout().flush();
}

/// Runs an installer on the line that [`announce`] began.
pub(crate) fn install(what: &str, takes: &str, command: &mut std::process::Command) -> Result<(), Error> {
    print!("installing, {takes} … ");
    // As above.
    let _ = io::stdout().flush();
    let started = Instant::now();
    match process::quietly(command) {
        Ok(_) => {
            println!("done in {:.1} s", started.elapsed().as_secs_f64());
            Ok(())
        }
        Err(source) => {
            println!("failed");
            Err(Error::Install { what: what.to_owned(), source })
        }
    }
}

fn ensure_wasm_target(workspace: &Workspace) -> Result<(), Error> {
    let what = format!("Rust target {WASM_TARGET}");
    announce(&what, "compiles for browsers");
    // The compiler itself is asked, not rustup: distributions ship Rust without rustup.
    let mut question = workspace.command("rustc");
    question.args(["--print", "target-libdir", "--target", WASM_TARGET]);
    let folder =
        process::quietly(&mut question).map_err(|source| Error::Install { what: what.clone(), source })?;
    if Path::new(folder.trim()).is_dir() {
        println!("already there");
        return Ok(());
    }
    if workspace.which("rustup").is_none() {
        println!("missing");
        return Err(Error::NoRustup);
    }
    install(&what, "a few seconds", workspace.command("rustup").args(["target", "add", WASM_TARGET]))
}

/// Whether it had to be installed.
fn ensure_tool(workspace: &Workspace, tool: &Tool) -> Result<bool, Error> {
    let what = format!("{} {}", tool.name, tool.version);
    announce(&what, tool.why);
    if let Some(other) = tool.replaced_by() {
        println!("left to {}", other.display());
        return Ok(false);
    }
    match tool.installed(workspace) {
        Some(version) if version == tool.version => {
            println!("already there");
            return Ok(false);
        }
        Some(version) => print!("{version} found, "),
        None => {}
    }
    if tool.needs_npm() {
        node::require(workspace, "npm")?;
    }
    install(&what, tool.takes, &mut tool.installer(workspace))?;
    match tool.installed(workspace) {
        Some(version) if version == tool.version => Ok(true),
        found => Err(Error::StillWrong {
            what,
            folder: workspace.bin().display().to_string(),
            found: found.unwrap_or_else(|| "no answer".to_owned()),
        }),
    }
}

/// Removes what compiling the tools left behind: they share one folder while they are installed (the crates that
/// they have in common are compiled once), and nothing needs it afterwards.
fn remove_leftovers(workspace: &Workspace) {
    let folder = workspace.notes().join("tools");
    if folder.exists()
        && let Err(error) = std::fs::remove_dir_all(&folder)
    {
        println!("  {} is no longer needed but could not be removed ({error}).", folder.display());
    }
}
