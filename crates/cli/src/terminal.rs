//! Standard output, tables for it, and Ctrl-C.

use std::io::{self, Write};

use anyhow::anyhow;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use console::Term;
use fetchmark_lab::Interrupt;

/// Prints text, ended with a line break.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let printed = write!(stdout, "{text}{end}").and_then(|()| stdout.flush());
    ignore_closed_pipe(printed)
        .map_err(|error| anyhow!("The result could not be printed: {error}. Check where the output goes."))
}

pub(crate) fn listen_for_interrupt() -> anyhow::Result<Interrupt> {
    Interrupt::listen()
        .map_err(|error| anyhow!("The program cannot listen for Ctrl-C: {error}. Try another terminal."))
}

/// A reader that closes the pipe early, as `head` does, has all it wants.
pub(crate) fn ignore_closed_pipe(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// The width of a table, in characters, where the terminal is as wide; and in a pipe or a file, which have no width.
const WIDTH: u16 = 100;

/// A table without lines: the first column to the left, figures to the right. Cells wrap where the table would be too wide.
pub(crate) fn table(heads: &[impl AsRef<str>], rows: &[Vec<String>]) -> String {
    let columns = Term::stdout().size_checked().map_or(WIDTH, |(_, columns)| columns.min(WIDTH));
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(columns);
    // Units below: heads are wider than figures.
    table.set_header(heads.iter().map(|head| head.as_ref().replace(" (", "\n(")));
    for row in rows {
        table.add_row(row.iter().map(|cell| printable(cell)));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

/// Text from a report, without control characters that a terminal would obey.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_aligned_and_has_no_control_characters() {
        let row = |name: &str, figure: &str| vec![name.to_owned(), figure.to_owned()];
        let table = table(&["Row", "ms"], &[row("a", "1"), row("b\u{1b}[2J", "1234")]);
        let lines: Vec<&str> = table.lines().map(str::trim).collect();
        assert_eq!(lines, ["Row      ms", "a         1", "b [2J  1234"]);
    }
}
