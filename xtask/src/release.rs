//! `cargo xtask release`: what people download, into target/release-files.

use crate::build::{self, RELATIVE};
use crate::setup::{self, Purpose};
use crate::workspace::{Workspace, quietly};
use anyhow::{Result, ensure};
use xshell::cmd;

/// The options of `cargo xtask release`.
#[derive(clap::Args, Default)]
pub(crate) struct Arguments {
    /// The release's tag: `v` and the version in Cargo.toml, which CHANGELOG.md must describe.
    #[arg(long)]
    tag: Option<String>,
    /// Pack only the command for this machine, with the page that is in dist/.
    #[arg(long)]
    command_only: bool,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let (sh, files, program) =
        (&workspace.sh, workspace.release_files(), workspace.program("release", "fetchmark"));
    sh.remove_path(&files)?;
    sh.create_dir(&files)?;
    if let Some(tag) = &arguments.tag {
        let notes = files.join("notes.md");
        quietly(cmd!(sh, "node xtask/notes.mjs {tag} {VERSION} {notes}"))?;
    }
    if !arguments.command_only {
        setup::ensure(workspace, Purpose::Serve, &[])?;
        build::release(workspace, RELATIVE)?;
        sh.copy_file(workspace.single_file(), files.join(format!("fetchmark-{VERSION}.html")))?;
        quietly(cmd!(sh, "node crates/engine/npm/pack.mjs {VERSION} {files}"))?;
    }
    // The program would be built without it all the same.
    ensure!(workspace.dist().join("index.html").is_file(), "there is no page in dist/ to pack");
    cmd!(sh, "cargo build --release --locked --package fetchmark-cli").run()?;
    let target = quietly(cmd!(sh, "rustc --print host-tuple"))?;
    let target = target.trim();
    print!("{}", quietly(cmd!(sh, "node xtask/pack.mjs {files} {program} {VERSION} {target}"))?);
    println!("Release: {}.", files.display());
    Ok(())
}
