//! Node: the npm that installs wasm-opt, and the pinned JavaScript modules of the page.

use crate::workspace::Workspace;
use crate::{fingerprint, process, setup};
use std::{fs, io};

/// What Node cannot give.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Node or npm is missing.
    #[error(
        "{0} is missing. Install Node.js 20 or later with npm (Debian and Ubuntu: `apt-get install nodejs npm`; \
         elsewhere: https://nodejs.org), then run the command again."
    )]
    Missing(&'static str),
    /// `npm ci` failed.
    #[error(
        "the JavaScript modules could not be installed: {0}\nWhat to do: check the network, and that package.json \
             and package-lock.json belong together (`npm install` makes them agree)."
    )]
    Modules(process::Error),
    /// A file of the set-up could not be read or written.
    #[error(
        "{file} could not be read or written ({source}). Check its permissions and run the command again."
    )]
    File {
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
}

/// Fails with a sentence unless `program` and Node are on the PATH.
pub(crate) fn require(workspace: &Workspace, program: &'static str) -> Result<(), Error> {
    for needed in ["node", program] {
        if workspace.which(needed).is_none() {
            println!("{needed} is missing");
            return Err(Error::Missing(needed));
        }
    }
    Ok(())
}

/// Installs the modules that package-lock.json pins, when there is one and they are not there yet.
pub(crate) fn ensure_modules(workspace: &Workspace) -> Result<(), Error> {
    let lock = workspace.root.join("package-lock.json");
    if !lock.exists() {
        return Ok(());
    }
    let file_error = |source| Error::File { file: lock.display().to_string(), source };
    let wanted = fingerprint::of_bytes(&fs::read(&lock).map_err(file_error)?);
    setup::announce("JavaScript modules", "clients written in JavaScript");
    // In node_modules: whoever removes that folder removes the note with it.
    let note = workspace.root.join("node_modules/.installed-from");
    if fs::read_to_string(&note).is_ok_and(|noted| noted == wanted) {
        println!("already there");
        return Ok(());
    }
    require(workspace, "npm")?;
    // Install scripts stay off: the pinned modules need none, and none should run unasked on a developer's machine.
    let mut command = workspace.command("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    process::quietly(&mut command).map_err(Error::Modules)?;
    fs::write(&note, wanted).map_err(file_error)?;
    println!("installed from package-lock.json");
    Ok(())
}
