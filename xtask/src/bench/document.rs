//! Tables in a document, between the lines that say whose they are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why tables could not be written into their document.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The document cannot be read or written.
    #[error("{} cannot be read or written ({source}): check that the file is there and not protected", .path.display())]
    Access {
        /// The document.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The document does not say where the tables go.
    #[error("{} has no lines “{}” and “{}”: write them where the tables go", .path.display(), begin(.bench), end(.bench))]
    NoMarkers {
        /// The document.
        path: PathBuf,
        /// Whose tables.
        bench: &'static str,
    },
}

/// `cargo xtask compare-python`, which measures Fetchmark's subject and not Fetchmark.
pub(crate) const COMPARE_PYTHON: &str = "compare-python";
/// Its second run, over TLS.
pub(crate) const COMPARE_PYTHON_TLS: &str = "compare-python, TLS";

/// Replaces what stands between the markers of this bench.
pub(crate) fn write(path: PathBuf, bench: &'static str, tables: &str) -> Result<(), Error> {
    match replaced(&path, bench, tables)? {
        Some(document) => {
            fs::write(&path, document).map_err(|source| Error::Access { path: path.clone(), source })?;
            println!("Written into {}.", path.display());
            Ok(())
        }
        None => Err(Error::NoMarkers { path, bench }),
    }
}

/// The document with these tables; `None` without markers.
pub(crate) fn replaced(path: &Path, bench: &str, tables: &str) -> Result<Option<String>, Error> {
    let document =
        fs::read_to_string(path).map_err(|source| Error::Access { path: path.to_owned(), source })?;
    Ok(with_tables(&document, bench, tables))
}

fn begin(bench: &str) -> String {
    format!("<!-- cargo xtask {}: begin -->", command(bench))
}

fn end(bench: &str) -> String {
    format!("<!-- cargo xtask {}: end -->", command(bench))
}

/// What writes the tables: a bench, or the command that is none.
fn command(bench: &str) -> String {
    if bench.starts_with(COMPARE_PYTHON) { bench.to_owned() } else { format!("bench {bench}") }
}

fn with_tables(document: &str, bench: &str, tables: &str) -> Option<String> {
    let (begin, end) = (begin(bench), end(bench));
    let (before, rest) = document.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n\n{}\n\n{end}{after}", tables.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_replace_what_stood_between_the_markers() {
        let (begin, end) = (begin("stats"), end("stats"));
        let document = format!("# Method\n{begin}\nold\n{end}\nmore\n");
        let written = with_tables(&document, "stats", "| new |\n").unwrap();
        assert_eq!(written, format!("# Method\n{begin}\n\n| new |\n\n{end}\nmore\n"));
        assert_eq!(with_tables(&written, "stats", "| new |\n").unwrap(), written);
    }

    #[test]
    fn another_benchs_markers_are_not_taken() {
        let document = format!("{}\n{}\n", begin("stats"), end("stats"));
        assert_eq!(with_tables(&document, "floor", ""), None);
    }
}
