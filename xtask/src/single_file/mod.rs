//! `cargo xtask build --single-file`: the whole built page in one HTML file that a double click opens.
//!
//! esbuild bundles the scripts of dist/ (`single-file/bundle.mjs`); here the page is put around them, with a content security
//! policy that names their hashes.

mod html;
mod policy;

use crate::workspace::Workspace;
use crate::{process, split, stylesheets};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use html::Parts;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no single file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The scripts were not bundled.
    #[error(
        "the scripts were not bundled: {0}\nWhat to do: correct what the lines above name, then run the command again."
    )]
    Bundle(#[from] process::Error),
    /// index.html is not as expected.
    #[error(transparent)]
    Html(#[from] html::Error),
    /// A file could not be read or written.
    #[error(
        "{} could not be read or written ({source}). Check that the folder can be written to and the disk is not full.",
        .path.display()
    )]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Puts the page in dist/ into one file; gives its size in bytes.
pub(crate) fn build(workspace: &Workspace) -> Result<u64, Error> {
    let script = bundle(workspace)?;
    let dist = workspace.dist();
    let index = read(&workspace.root.join("index.html"))?;
    // Those of the rest are set aside where the page is in parts.
    let whole = split::whole(workspace);
    let sheet = |name| Some(whole.join(name)).filter(|path| path.is_file()).unwrap_or(dist.join(name));
    let style = stylesheets::all(&index).map(|name| read(&sheet(name))).collect::<Result<String, _>>()?;
    let icon = format!("data:image/svg+xml;base64,{}", BASE64.encode(read(&dist.join("favicon.svg"))?));
    let page = html::assemble(&index, &Parts { script: &script, style: &style, icon: &icon })?;
    let path = workspace.single_file();
    write(&path, &page)?;
    Ok(page.len() as u64)
}

/// The scripts of the page and the engine as one.
fn bundle(workspace: &Workspace) -> Result<String, Error> {
    let path = workspace.notes().join("single-file.js");
    // The page in dist/ may be in parts, which load one by one: what is in one file is there at once.
    let whole = split::whole(workspace);
    let page = if whole.is_dir() { whole } else { workspace.dist() };
    process::quietly(workspace.command("node").arg("single-file/bundle.mjs").args([&path, &page]))?;
    read(&path)
}

/// How a content security policy names an inline script or style.
fn hash_source(content: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(content)))
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

fn write(path: &Path, content: &str) -> Result<(), Error> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, content))
        .map_err(|source| Error::File { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_named_by_its_hash() {
        // The example of https://www.w3.org/TR/CSP2/#script-src-hash-usage.
        assert_eq!(
            hash_source("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
        );
    }
}
