//! Counting tests: by what nextest, cargo and the browser's test runner print at the end.

use anyhow::Result;
use std::io::{self, BufRead, BufReader, Write};
use std::process::Command;
use xshell::Cmd;

/// How many tests passed, how many failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u64,
    pub(super) failed: u64,
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        let add = |a: Self, b: Self| Self { passed: a.passed + b.passed, failed: a.failed + b.failed };
        all.fold(Self::default(), add)
    }
}

impl Tally {
    /// A check that is one thing and passes or fails.
    pub(super) fn of_check(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed) }
    }

    /// Reads `Summary [ 1.2s] 3 tests run: 2 passed (1 slow), 1 timed out, 4 skipped` and `test result: ok. 3 passed; 0 failed; …`; of
    /// Node's, `# pass 3`.
    fn of_line(line: &str) -> Option<Self> {
        let line = line.trim_start();
        if let Some(passed) = line.strip_prefix("# pass ") {
            return Some(Self { passed: passed.parse().ok()?, failed: 0 });
        }
        let counts = match line.strip_prefix("Summary [") {
            Some(summary) => summary.split_once(" run: ")?.1,
            None => line.strip_prefix("test result: ")?,
        };
        let mut tally = Self::default();
        for part in counts.split([',', ';', '.']) {
            let mut words = part.split_whitespace();
            let Some(count) = words.next().and_then(|word| word.parse::<u64>().ok()) else { continue };
            match words.next() {
                Some("passed") => tally.passed += count,
                // Failed, timed out, failed to start.
                Some("failed" | "timed" | "exec") => tally.failed += count,
                _ => {}
            }
        }
        Some(tally)
    }
}

/// Runs a command that runs tests, shows what it prints, hands every line to `read` as well, and counts the tests. A command that fails
/// without a failed test (it did not compile, the browser did not start) is one failure.
pub(super) fn run_tests(command: Cmd<'_>, mut read: impl FnMut(&str)) -> Result<Tally> {
    println!("$ {command}");
    let (output, into) = io::pipe()?;
    let mut command: Command = command.env("CARGO_TERM_COLOR", "never").into();
    let mut child = command.stdout(into.try_clone()?).stderr(into).spawn()?;
    // It holds the writing ends, too, and reading goes on until all are closed.
    drop(command);
    let mut counted = Vec::new();
    for line in BufReader::new(output).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        writeln!(io::stdout(), "{line}")?;
        read(&line);
        if let Some(tally) = Tally::of_line(&line) {
            // Nextest repeats what a failed test printed, and sums up at the end.
            if line.trim_start().starts_with("Summary [") {
                counted.clear();
            }
            counted.push(tally);
        }
    }
    let success = child.wait()?.success();
    let tally: Tally = counted.into_iter().sum();
    Ok(if success || tally.failed > 0 { tally } else { [tally, Tally::of_check(false)].into_iter().sum() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_read_and_nothing_else() {
        for (passed, failed, line) in [
            (12, 0, "     Summary [   0.012s] 12 tests run: 12 passed, 3 skipped"),
            (4, 5, "     Summary [  61.012s] 9/12 tests run: 4 passed (1 slow), 3 failed, 2 timed out"),
            (1, 0, "     Summary [   0.012s] 1 test run: 1 passed, 0 skipped"),
            (12, 0, "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; finished in 0.01s"),
            (1, 2, "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out"),
            (2, 0, "# pass 2"),
            (2, 0, "    test result: ok. 2 passed; 0 failed; 0 ignored; finished in 0.02s"),
        ] {
            assert_eq!(Tally::of_line(line), Some(Tally { passed, failed }), "{line}");
        }
        for line in ["", "running 3 tests", "a line about test result: ok. 3 passed", "Summary [1 passed"] {
            assert_eq!(Tally::of_line(line), None, "{line}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_command_that_fails_without_a_word_counts_once() {
        let sh = xshell::Shell::new().unwrap();
        assert_eq!(run_tests(sh.cmd("false"), |_| {}).unwrap(), Tally::of_check(false));
        assert_eq!(run_tests(sh.cmd("true"), |_| {}).unwrap(), Tally::default());
    }
}
