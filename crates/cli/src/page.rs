//! Where the built page comes from: a directory that is named, else the program itself.

use std::path::PathBuf;

use fetchmark_lab::{EmbeddedFile, PageSource};

use crate::error::CliError;

/// The page as it was built before this program; empty if it was not.
static EMBEDDED: &[EmbeddedFile] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// The page in this directory, or without one the page in this program.
///
/// # Errors
/// [`CliError::NoPage`] if the directory holds none, [`CliError::NoEmbeddedPage`] if the program does not.
pub(crate) fn source(directory: Option<PathBuf>) -> Result<PageSource, CliError> {
    match directory {
        Some(directory) if directory.join("index.html").is_file() => Ok(directory.into()),
        Some(directory) => Err(CliError::NoPage(directory)),
        None if EMBEDDED.is_empty() => Err(CliError::NoEmbeddedPage),
        None => Ok(PageSource::Embedded(EMBEDDED)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_embedded_is_a_whole_page_or_nothing() {
        let has = |path: &str| EMBEDDED.iter().any(|file| file.path == path);
        assert!(EMBEDDED.is_empty() || (has("index.html") && has("engine/fetchmark.js")));
        assert!(EMBEDDED.iter().all(|file| !file.path.ends_with(".br") && !file.path.ends_with(".map")));
        assert_eq!(source(None).is_ok(), has("index.html"));
    }
}
