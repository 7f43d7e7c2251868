//! `cargo xtask build`: the page into dist/ by Trunk, compressed and weighed.

use crate::done::Step;
use crate::pyodide;
use crate::setup::{self, Purpose};
use crate::sizes::Table;
use crate::workspace::{Workspace, quietly, seconds};
use anyhow::{Context, Result, bail};
use std::time::Instant;
use thousands::Separable;
use xshell::cmd;

/// The options of `cargo xtask build`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Build without optimising or compressing: faster, and readable in the browser's debugger.
    #[arg(long)]
    dev: bool,
    /// The address of dist/ as the page sees it; `./` works below any path.
    #[arg(long, default_value = RELATIVE, value_name = "URL")]
    public_url: String,
    /// Fail when a size is over its budget, as the tests do.
    #[arg(long, conflicts_with = "dev")]
    check_budget: bool,
}

/// The public URL that makes the page work below any path.
pub(crate) const RELATIVE: &str = "./";

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    setup::ensure(workspace, Purpose::Serve, &[])?;
    if arguments.dev {
        trunk(workspace, &["--public-url", &arguments.public_url])?;
        return pyodide::place(workspace);
    }
    release(workspace, &arguments.public_url)?;
    show_sizes(workspace, arguments.check_budget)
}

/// The plain command.
pub(crate) fn trunk(workspace: &Workspace, options: &[&str]) -> Result<()> {
    // Trunk binds every module into one folder, which it never empties, and copies the snippets in there beside each of them: those of
    // earlier builds, whose names hold another fingerprint, would be in dist/, too.
    workspace.sh.remove_path(workspace.target.join("wasm-bindgen"))?;
    // A mistake in a source ends in Trunk's own stack trace where RUST_BACKTRACE is set, and hides the mistake.
    let command = cmd!(workspace.sh, "trunk build {options...}").env("RUST_LIB_BACKTRACE", "0");
    command
        .run()
        .context("the page was not built: correct what the lines above name, then run the command again")
}

/// The page as people get it, unless it is there. Trunk has no notion of a build of which nothing changed: it binds, optimises and
/// copies everything again, which takes half a minute.
pub(crate) fn release(workspace: &Workspace, public_url: &str) -> Result<()> {
    if is_current(workspace, public_url)? {
        println!("Page: nothing changed since dist/ was built.");
        return pyodide::place(workspace);
    }
    let (sh, dist, started) = (&workspace.sh, workspace.dist(), Instant::now());
    let step = page(workspace, public_url);
    step.begin()?;
    trunk(workspace, &["--release", "--public-url", public_url])?;
    quietly(cmd!(sh, "node xtask/compress.mjs {dist}"))?;
    single_file(workspace)?;
    step.finish()?;
    println!("Page: built in {}.", seconds(started));
    pyodide::place(workspace)
}

fn page(workspace: &Workspace, public_url: &str) -> Step {
    Step::new(workspace, "page", public_url)
}

/// Whether dist/ holds the page of these sources. The compressed siblings tell a build of ours from a plain `trunk build` since.
pub(crate) fn is_current(workspace: &Workspace, public_url: &str) -> Result<bool> {
    let trunk = workspace.trunk()?;
    let watched = trunk["watch"]["watch"].as_array().context("Trunk.toml names nothing to watch")?;
    let sources = watched.iter().filter_map(toml::Value::as_str).chain(["Trunk.toml", "package-lock.json"]);
    let is_there =
        [workspace.dist().join("index.html.br"), workspace.single_file()].iter().all(|file| file.is_file());
    Ok(is_there && page(workspace, public_url).is_done(sources)?)
}

/// Puts the built page into one file as well, and says how large it is.
fn single_file(workspace: &Workspace) -> Result<()> {
    let (sh, dist, file) = (&workspace.sh, workspace.dist(), workspace.single_file());
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("script.js");
    quietly(cmd!(sh, "node single-file/bundle.mjs {script} {dist}"))?;
    quietly(cmd!(sh, "node single-file/assemble.mjs {script} {dist} {file}"))?;
    println!("Single file: {}, {} bytes.", file.display(), file.metadata()?.len().separate_with_commas());
    Ok(())
}

/// Prints the table of sizes; fails where one is over its budget, if that is asked for.
pub(crate) fn show_sizes(workspace: &Workspace, hold: bool) -> Result<()> {
    let table = Table::measure(&workspace.dist())?;
    print!("{table}");
    let over = table.over();
    if hold && !over.is_empty() {
        bail!("over the budget: {}. Load what is not needed at once when it is chosen", over.join(", "));
    }
    Ok(())
}
