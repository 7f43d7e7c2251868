//! Running other programs: quietly, in the open, or in the open while reading along.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;

/// How many of a failed program's last lines are worth repeating.
const TAIL_LINES: usize = 20;

/// A program that did not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// It could not be started.
    #[error(
        "`{command}` could not be started ({source}). Check that the program is installed and on your PATH."
    )]
    Start {
        /// The command as a person would type it.
        command: String,
        /// What the system said.
        source: io::Error,
    },
    /// It ended with an error.
    #[error("`{command}` failed ({status}){tail}")]
    Failed {
        /// The command as a person would type it.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// Its last words, where they were not shown already.
        tail: Tail,
    },
}

/// The last lines of a program's output, shown indented; nothing when there are none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tail(Vec<String>);

impl Tail {
    fn of(output: &[u8]) -> Self {
        let text = String::from_utf8_lossy(output);
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let from = lines.len().saturating_sub(TAIL_LINES);
        Self(lines[from..].iter().map(|&line| line.to_owned()).collect())
    }
}

impl fmt::Display for Tail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        write!(formatter, ". Its last lines:")?;
        self.0.iter().try_for_each(|line| write!(formatter, "\n    {line}"))
    }
}

/// The command as a person would type it.
pub(crate) fn describe(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs without showing anything; gives what was printed, or the last lines with the error.
pub(crate) fn quietly(command: &mut Command) -> Result<String, Error> {
    let output = command.stdin(Stdio::null()).output().map_err(|source| start_error(command, source))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(Error::Failed { command: describe(command), status: output.status, tail: Tail::of(&said) })
}

/// Runs with its standard error shown; gives its standard output.
pub(crate) fn answering(command: &mut Command) -> Result<String, Error> {
    println!("$ {}", describe(command));
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| start_error(command, source))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(Error::Failed { command: describe(command), status: output.status, tail: Tail::of(&output.stdout) })
}

/// Runs with its output shown.
pub(crate) fn openly(command: &mut Command) -> Result<(), Error> {
    println!("$ {}", describe(command));
    let status = command.status().map_err(|source| start_error(command, source))?;
    if status.success() {
        return Ok(());
    }
    Err(Error::Failed { command: describe(command), status, tail: Tail::default() })
}

/// Runs with its output shown, and hands every line of it to `read` as well.
pub(crate) fn reading_along(command: &mut Command, mut read: impl FnMut(&str)) -> Result<ExitStatus, Error> {
    println!("$ {}", describe(command));
    let mut child = start(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let (sender, lines) = mpsc::channel();
    copy_lines(child.stdout.take(), io::stdout(), sender.clone());
    copy_lines(child.stderr.take(), io::stderr(), sender);
    lines.iter().for_each(|line: String| read(&line));
    child.wait().map_err(|source| start_error(command, source))
}

/// Starts a program and leaves it running.
pub(crate) fn start(command: &mut Command) -> Result<Child, Error> {
    command.spawn().map_err(|source| start_error(command, source))
}

/// Shows a child's output as it comes and sends every line on, until the child closes it.
pub(crate) fn copy_lines(
    from: Option<impl Read + Send + 'static>,
    mut to: impl Write + Send + 'static,
    sender: mpsc::Sender<String>,
) {
    let Some(from) = from else { return };
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut bytes = Vec::new();
        // Bytes, not lines of text: a tool that prints something else than UTF-8 must not end the reading.
        while from.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
            // If our own output is closed nobody reads it; the child's must still be drained, or it would block.
            let _ = to.write_all(&bytes).and_then(|()| to.flush());
            let _ = sender.send(String::from_utf8_lossy(&bytes).trim_end().to_owned());
            bytes.clear();
        }
    });
}

fn start_error(command: &Command, source: io::Error) -> Error {
    Error::Start { command: describe(command), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_described_as_typed() {
        let mut command = Command::new("/somewhere/bin/trunk");
        command.args(["build", "--release"]);
        assert_eq!(describe(&command), "trunk build --release");
    }

    #[test]
    fn only_the_last_lines_are_repeated() {
        let output: String = (0..100).map(|n| format!("line {n}\n\n")).collect();
        let tail = Tail::of(output.as_bytes());
        assert_eq!(tail.0.len(), TAIL_LINES);
        assert_eq!(tail.0.last().map(String::as_str), Some("line 99"));
    }

    #[test]
    fn a_silent_failure_shows_no_lines() {
        assert_eq!(Tail::of(b"\n \n").to_string(), "");
    }

    #[cfg(unix)]
    #[test]
    fn a_failure_carries_both_outputs() {
        let error = quietly(Command::new("sh").args(["-c", "echo one; echo two >&2; exit 3"])).unwrap_err();
        let message = error.to_string();
        assert!(message.contains("exit status: 3"), "{message}");
        assert!(message.contains("\n    one\n    two"), "{message}");
    }

    #[test]
    fn every_line_is_copied_and_sent_whatever_its_bytes() {
        // Into a sink: the tests of this program are counted from what it prints.
        let (sender, lines) = mpsc::channel();
        copy_lines(Some(&b"one\r\n\xff two\nthree"[..]), io::sink(), sender);
        assert_eq!(lines.iter().collect::<Vec<_>>(), ["one", "\u{fffd} two", "three"]);
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = quietly(&mut Command::new("no-such-program-here")).unwrap_err();
        assert!(error.to_string().starts_with("`no-such-program-here` could not be started"));
    }
}
