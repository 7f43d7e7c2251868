//! What the end-to-end tests share: a browser, the built page, and servers for it.
//!
//! The tests drive the page in `dist/` (or in the folder that `FETCHMARK_DIST` names) and the same in one file beside it
//! (or the one that `FETCHMARK_SINGLE_FILE` names), as `cargo xtask build` leaves them.

pub mod bench;
pub mod browser;
pub mod camera;
pub mod command;
pub mod grid;
pub mod library;
pub mod matrix;
pub mod page;
pub mod policy;
pub mod prelude;
pub mod raw_server;
pub mod schema;
pub mod site;
pub mod static_host;

use anyhow::{Context, Result};
pub use fetchmark_webdriver::free_port;
use std::{env, path::PathBuf};

pub fn dist() -> Result<PathBuf> {
    let folder = built("FETCHMARK_DIST", "dist");
    let index = folder.join("index.html").canonicalize();
    index.with_context(|| {
        format!("There is no page in {}. Run `cargo xtask build` first.", folder.display())
    })?;
    Ok(folder.canonicalize()?)
}

pub fn single_file() -> Result<PathBuf> {
    let file = built("FETCHMARK_SINGLE_FILE", "dist/fetchmark.html");
    file.canonicalize()
        .with_context(|| format!("There is no file {}. Run `cargo xtask build` first.", file.display()))
}

pub fn release_files() -> String {
    built("FETCHMARK_RELEASE", "target/release-files").display().to_string()
}

/// What the variable names, else what `cargo` or `cargo xtask` leaves there.
pub(crate) fn built(variable: &str, place: &str) -> PathBuf {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    env::var_os(variable).map_or_else(|| PathBuf::from(root).join(place), PathBuf::from)
}
