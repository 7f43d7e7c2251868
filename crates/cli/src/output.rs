//! What is printed on standard output, and tables for it.

use std::io::{self, Write};
use std::path::PathBuf;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

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

/// Prints text, ended with a line break.
///
/// # Errors
/// [`OutputError::Stdout`] if it cannot be printed.
pub(crate) fn print(text: &str) -> Result<(), OutputError> {
    let mut stdout = io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let printed = write!(stdout, "{text}{end}").and_then(|()| stdout.flush());
    gone_is_fine(printed).map_err(OutputError::Stdout)
}

/// A reader that has gone, as `head` does, has all it wants.
pub(crate) fn gone_is_fine(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
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
    fn a_table_is_aligned_and_nothing_in_it_is_obeyed() {
        let row = |name: &str, figure: &str| vec![name.to_owned(), figure.to_owned()];
        let table = table(&["Row", "ms"], &[row("a", "1"), row("b\u{1b}[2J", "1234")]);
        let lines: Vec<&str> = table.lines().map(str::trim).collect();
        assert_eq!(lines, ["Row      ms", "a         1", "b [2J  1234"]);
    }
}
