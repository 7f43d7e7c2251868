//! Where results go: files, whole or not at all, and standard output.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use tempfile::NamedTempFile;

/// Why a result could not be put where it was to go.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutputError {
    /// A file could not be written.
    #[error("{} could not be written: {source}. Check that its folder exists, can be written to and has room.", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Standard output is closed or full.
    #[error("The result could not be printed: {0}. Check where the output goes.")]
    Stdout(io::Error),
}

/// Whether [`write_file`] could write this file now.
///
/// # Errors
/// [`OutputError::File`] if it could not.
pub(crate) fn check(path: &Path) -> Result<(), OutputError> {
    let failed = |source| OutputError::File { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    beside(path).map(drop).map_err(failed)
}

/// An empty temporary file in the folder of this one.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder_of(path))
}

/// The folder that a file is in, or is to be in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file so that others see all of it or what was there before: into a file beside it first, which then takes its name.
///
/// # Errors
/// [`OutputError::File`]; what was there before is still there then.
pub(crate) fn write_file(path: &Path, content: &str) -> Result<(), OutputError> {
    let failed = |source| OutputError::File { path: path.to_owned(), source };
    let mut file = beside(path).map_err(failed)?;
    file.write_all(content.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    readable_as_usual(&file, path).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A temporary file is its owner's alone; a result is as readable as the file it replaces, or as any new one.
#[cfg(unix)]
fn readable_as_usual(file: &NamedTempFile, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = match path.metadata() {
        Ok(replaced) => replaced.permissions(),
        Err(_) => std::fs::Permissions::from_mode(0o644),
    };
    file.as_file().set_permissions(mode)
}

#[cfg(not(unix))]
fn readable_as_usual(_: &NamedTempFile, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Prints text, ended with a line break. A reader that has gone, as `head` does, has all it wants.
///
/// # Errors
/// [`OutputError::Stdout`] if it cannot be printed.
pub(crate) fn print(text: &str) -> Result<(), OutputError> {
    let mut stdout = io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    match write!(stdout, "{text}{end}").and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(OutputError::Stdout(error)),
        _ => Ok(()),
    }
}

/// A table without lines: the first column to the left, figures to the right. Cells are never broken, since a pipe or a file has no
/// width.
pub(crate) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(heads);
    for row in rows {
        table.add_row(row.iter().map(|cell| printable(cell)));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

/// Text from a report, without what a terminal takes for commands.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.json");
        write_file(&file, "one").unwrap();
        write_file(&file, "two").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "two");
        let error = write_file(&folder.path().join("none/report.json"), "x").unwrap_err().to_string();
        assert!(error.contains("none/report.json could not be written"), "{error}");
        assert!(write_file(folder.path(), "x").is_err(), "a folder is not replaced");
        check(&file).unwrap();
        check(&folder.path().join("new.json")).unwrap();
        assert!(check(&folder.path().join("none/report.json")).is_err() && check(folder.path()).is_err());
        let left: Vec<_> =
            folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["report.json"]);
    }

    #[test]
    fn a_table_is_aligned_and_nothing_in_it_is_obeyed() {
        let row = |name: &str, figure: &str| vec![name.to_owned(), figure.to_owned()];
        let table = table(&["Row", "ms"], &[row("a", "1"), row("b\u{1b}[2J", "1234")]);
        let lines: Vec<&str> = table.lines().map(str::trim).collect();
        assert_eq!(lines, ["Row      ms", "a         1", "b [2J  1234"]);
    }
}
