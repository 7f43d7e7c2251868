//! `cargo xtask build`: the page into dist/, compressed, weighed; skipped when nothing changed.

use crate::sizes::{PAGE_BUDGET, Table, grouped};
use crate::tools::Purpose;
use crate::workspace::Workspace;
use crate::{compress, fingerprint, inputs, process, setup, single_file, split, version};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The options of `cargo xtask build`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Build without optimising or compressing: faster, and readable in the browser's debugger.
    #[arg(long)]
    dev: bool,
    /// The address of dist/ as the page sees it; `./` works below any path.
    #[arg(long, default_value = RELATIVE, value_name = "URL")]
    public_url: String,
    /// Fail when what loads first is over its size budget, as the tests do.
    #[arg(long, conflicts_with = "dev")]
    check_budget: bool,
    /// Put the page into one file as well, dist-single/fetchmark.html, which opens by a double click.
    #[arg(long)]
    single_file: bool,
}

/// The public URL that makes the page work below any path.
pub(crate) const RELATIVE: &str = "./";

/// Whether the page is made for people or for its developers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Optimised and compressed.
    Release,
    /// Fast to build.
    Dev,
}

impl Mode {
    /// The mode that a `--dev` switch means.
    pub(crate) fn from_dev(dev: bool) -> Self {
        if dev { Self::Dev } else { Self::Release }
    }
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Set-up.
    #[error(transparent)]
    Setup(#[from] setup::Error),
    /// Trunk failed; its output was shown.
    #[error(
        "the page was not built: {0}\nWhat to do: correct what the lines above name, then run the command again."
    )]
    Trunk(process::Error),
    /// A file could not be read or written.
    #[error(
        "{what} failed: {source}\nWhat to do: check that the folder can be written to and the disk is not full."
    )]
    Files {
        /// What was being done.
        what: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The page was not cut into parts.
    #[error(transparent)]
    Split(#[from] split::Error),
    /// The single file.
    #[error(transparent)]
    SingleFile(#[from] single_file::Error),
    /// The page weighs too much.
    #[error(
        "what loads first is over its budget ({} KB brotli): see the table above. Load what it does not need with the rest \
         (src/parts.rs)",
        PAGE_BUDGET / 1000
    )]
    OverBudget,
}

/// Runs `cargo xtask build`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<(), Error> {
    setup::ensure(workspace, Purpose::Serve, &[])?;
    let mode = Mode::from_dev(arguments.dev);
    ensure(workspace, mode, &arguments.public_url)?;
    let sizes = (mode == Mode::Release).then(|| show_sizes(workspace)).transpose()?;
    if arguments.single_file {
        put_into_one_file(workspace)?;
    }
    match sizes {
        Some(sizes) if arguments.check_budget => hold_to_budget(&sizes),
        _ => Ok(()),
    }
}

/// Holds what loads first to its budget. With the engine the page is over another one, which is told and fails nothing yet:
/// docs/decisions/0004.
pub(crate) fn hold_to_budget(sizes: &Table) -> Result<(), Error> {
    if sizes.is_first_load_within() { Ok(()) } else { Err(Error::OverBudget) }
}

/// Puts the built page into one file as well, and says how large it is.
pub(crate) fn put_into_one_file(workspace: &Workspace) -> Result<(), Error> {
    let bytes = single_file::build(workspace)?;
    println!("Single file: {}, {} bytes.", workspace.single_file().display(), grouped(bytes));
    Ok(())
}

/// Prints the table of sizes, and gives it back.
pub(crate) fn show_sizes(workspace: &Workspace) -> Result<Table, Error> {
    let table = Table::measure(&workspace.dist())
        .map_err(|source| Error::Files { what: "measuring the built page", source })?;
    print!("{table}");
    Ok(table)
}

/// Builds the page unless what is in dist/ was built from exactly this.
pub(crate) fn ensure(workspace: &Workspace, mode: Mode, public_url: &str) -> Result<(), Error> {
    let started = Instant::now();
    let dist = workspace.dist();
    let note = workspace.notes().join("page.fingerprint");
    let inputs = input_fingerprint(workspace, mode, public_url)?;
    let noted = fs::read_to_string(&note).unwrap_or_default();
    // dist/ is part of the note: a plain `trunk build` or a deleted file changes it without our doing.
    if dist.join("index.html").is_file() && noted == note_text(&inputs, &dist)? {
        println!("Page: nothing changed since dist/ was built.");
        return Ok(());
    }
    forget(&note)?;
    trunk(workspace, mode, public_url)?;
    if mode == Mode::Dev {
        split::forget_whole(workspace)?;
    } else {
        split::into_parts(workspace)?;
        let files = all_files(&dist)?;
        compress::write_siblings(&dist, &files)
            .map_err(|source| Error::Files { what: "compressing the built page", source })?;
    }
    let text = note_text(&inputs, &dist)?;
    fs::create_dir_all(workspace.notes())
        .and_then(|()| fs::write(&note, text))
        .map_err(|source| Error::Files { what: "noting what the page was built from", source })?;
    println!("Page: built in {:.1} s.", started.elapsed().as_secs_f64());
    Ok(())
}

/// Removes the note first, so that a build that is broken off does not pass for a finished one.
fn forget(note: &Path) -> Result<(), Error> {
    match fs::remove_file(note) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(Error::Files { what: "removing the note of the last build", source })
        }
        _ => Ok(()),
    }
}

fn trunk(workspace: &Workspace, mode: Mode, public_url: &str) -> Result<(), Error> {
    let mut command = workspace.command("trunk");
    command.arg("build");
    if mode == Mode::Release {
        command.arg("--release");
    }
    // A mistake in a source ends in Trunk's own stack trace where RUST_BACKTRACE is set, and hides the mistake.
    command.args(["--public-url", public_url]).env("RUST_LIB_BACKTRACE", "0");
    process::openly(&mut command).map_err(Error::Trunk)
}

/// The fingerprint of everything the page is made of, and made with.
pub(crate) fn input_fingerprint(
    workspace: &Workspace,
    mode: Mode,
    public_url: &str,
) -> Result<String, Error> {
    let reading = |source| Error::Files { what: "reading the page's sources", source };
    let files = inputs::files(&workspace.root).map_err(reading)?;
    let mut facts = vec![format!("{mode:?}"), public_url.to_owned()];
    facts.push(std::env::var("RUSTFLAGS").unwrap_or_default());
    // A tool that cannot be asked is named by the build itself, in its own words.
    facts.push(process::quietly(workspace.command("rustc").arg("--version")).unwrap_or_default());
    let lock = fs::read_to_string(workspace.root.join("Cargo.lock")).map_err(reading)?;
    let wasm_bindgen = version::locked(&lock, "wasm-bindgen").unwrap_or_default();
    facts
        .extend(crate::tools::all(wasm_bindgen).iter().map(|tool| format!("{} {}", tool.name, tool.version)));
    fingerprint::of_files(&workspace.root, &files, &facts).map_err(reading)
}

fn note_text(inputs: &str, dist: &Path) -> Result<String, Error> {
    let built = fingerprint::of_files(dist, &all_files(dist)?, &[])
        .map_err(|source| Error::Files { what: "reading the built page", source })?;
    Ok(format!("{inputs} {built}\n"))
}

fn all_files(dist: &Path) -> Result<Vec<PathBuf>, Error> {
    inputs::all_files(dist).map_err(|source| Error::Files { what: "reading the built page", source })
}
