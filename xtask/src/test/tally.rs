//! Counting tests: what cargo and the browser's test runner print at the end of each test program.

use std::fmt;

/// How many tests passed, failed, were ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Passed.
    pub(crate) passed: u64,
    /// Failed.
    pub(crate) failed: u64,
    /// Not run on purpose.
    pub(crate) ignored: u64,
}

impl Tally {
    /// A check that is one thing and passes or fails.
    pub(crate) fn one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed), ignored: 0 }
    }

    /// Both together.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            ignored: self.ignored + other.ignored,
        }
    }

    /// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; …`; None for any other line.
    pub(crate) fn of_line(line: &str) -> Option<Self> {
        let plain = without_colours(line);
        let (_verdict, counts) = plain.trim().strip_prefix("test result: ")?.split_once(". ")?;
        let count = |what: &str| {
            counts.split(';').find_map(|part| part.trim().strip_suffix(what)?.trim_end().parse().ok())
        };
        Some(Self {
            passed: count("passed")?,
            failed: count("failed")?,
            ignored: count("ignored").unwrap_or(0),
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.ignored > 0 { write!(formatter, ", {} ignored", self.ignored) } else { Ok(()) }
    }
}

/// The line without terminal colours, which continuous integration often forces on.
fn without_colours(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, colour)) = rest.split_once("\u{1b}[") {
        text.push_str(before);
        rest = colour.split_once(|end: char| end.is_ascii_alphabetic()).map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, ignored: u64) -> Tally {
        Tally { passed, failed, ignored }
    }

    #[test]
    fn cargo_s_line_is_read() {
        let line =
            "test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(Tally::of_line(line), Some(tally(12, 0, 3)));
        let line = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(Tally::of_line(line), Some(tally(1, 2, 0)));
    }

    #[test]
    fn the_browser_runner_s_line_is_read() {
        let line = "    test result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.02s";
        assert_eq!(Tally::of_line(line), Some(tally(2, 0, 0)));
    }

    #[test]
    fn colours_do_not_hide_a_line() {
        let line = "test result: \u{1b}[32mok\u{1b}[0m. 4 passed; 0 failed; 0 ignored";
        assert_eq!(Tally::of_line(line), Some(tally(4, 0, 0)));
    }

    #[test]
    fn other_lines_are_not_counted() {
        for line in [
            "",
            "running 3 tests",
            "test result_is_ok ... ok",
            "a line about test result: ok. 3 passed; 0 failed",
            "test result: ok.",
            "test result: ok. many passed; 0 failed",
            "\u{1b}[",
        ] {
            assert_eq!(Tally::of_line(line), None, "{line}");
        }
    }

    #[test]
    fn sums_add_each_count() {
        assert_eq!(tally(1, 2, 3).plus(Tally::one(true)).plus(Tally::one(false)), tally(2, 3, 3));
    }
}
