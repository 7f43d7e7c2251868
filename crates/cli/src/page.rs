//! Where the built page comes from: a directory that is named, else the program itself.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fetchmark_lab::{EmbeddedFile, PageSource};

/// The page as it was built before this program; empty if it was not.
static EMBEDDED: &[EmbeddedFile] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// The page in this directory, or without a directory the page in this program.
pub(crate) fn source(directory: Option<PathBuf>) -> anyhow::Result<PageSource> {
    match directory {
        Some(directory) if directory.join("index.html").is_file() => Ok(directory.into()),
        Some(directory) => bail!(
            "The page is not in {}: there is no index.html. Build it with `cargo xtask build`, or name its directory with --page.",
            directory.display()
        ),
        None if EMBEDDED.is_empty() => bail!(
            "This program contains no page: it was built before the page. Run `cargo xtask build` and build the program again, or \
             name the directory of a built page with --page."
        ),
        None => Ok(PageSource::Embedded(EMBEDDED)),
    }
}

/// The page in one file, from the same place.
pub(crate) fn single_file(directory: Option<&Path>) -> anyhow::Result<Cow<'static, str>> {
    const NAME: &str = "fetchmark.html";
    let embedded = || EMBEDDED.iter().find(|file| file.path == NAME);
    let found = match directory {
        Some(directory) => fs::read_to_string(directory.join(NAME)).ok().map(Cow::Owned),
        None => embedded().and_then(|file| std::str::from_utf8(file.content).ok()).map(Cow::Borrowed),
    };
    found.with_context(|| {
        format!(
            "The page in one file, {NAME}, is not there. Run `cargo xtask build` and build the program again."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_page_is_complete_or_empty() {
        let has = |path: &str| EMBEDDED.iter().any(|file| file.path == path);
        assert!(EMBEDDED.is_empty() || (has("index.html") && has("engine/fetchmark.js")));
        assert!(EMBEDDED.iter().all(|file| !file.path.ends_with(".br") && !file.path.ends_with(".map")));
        assert_eq!(source(None).is_ok(), has("index.html"));
    }
}
