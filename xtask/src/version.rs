//! Versions: what a tool says about itself, and what Cargo.lock pins.

/// The version in a tool's `--version` output: the first word that begins with a digit.
///
/// Covers `trunk 0.21.14`, `wasm-opt version 132 (version_132)`, `Chromium 156.0.8078.79 built on …`.
pub(crate) fn in_output(output: &str) -> Option<&str> {
    output
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(|word| word.trim_end_matches(|last: char| !last.is_ascii_alphanumeric()))
}

/// The part before the first dot: browsers and their drivers must agree in it.
pub(crate) fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

/// The version of a package in the text of a Cargo.lock.
pub(crate) fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == wanted)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_s_own_wording_is_understood() {
        for (output, version) in [
            ("trunk 0.21.14", "0.21.14"),
            ("wasm-bindgen 0.2.130 (0123abcd)\n", "0.2.130"),
            ("wasm-opt version 132 (version_132)", "132"),
            ("ChromeDriver 156.0.8078.79 (a21ce95c-refs/branch-heads/8078@{#1704})", "156.0.8078.79"),
            ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)", "156.0.8078.79"),
            ("geckodriver 0.37.1 ( 2026-01-01)", "0.37.1"),
            ("Mozilla Firefox 153.7.0esr", "153.7.0esr"),
            ("Google Chrome 141.0.7390.54 ", "141.0.7390.54"),
        ] {
            assert_eq!(in_output(output), Some(version), "{output}");
        }
    }

    #[test]
    fn output_without_a_version_gives_none() {
        assert_eq!(in_output("usage: tool [options]"), None);
        assert_eq!(in_output(""), None);
    }

    #[test]
    fn the_major_part_is_cut_off() {
        assert_eq!(major("156.0.8078.79"), "156");
        assert_eq!(major("132"), "132");
    }

    #[test]
    fn the_locked_version_is_that_of_the_exact_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.60\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lock, "wasm"), None);
    }
}
