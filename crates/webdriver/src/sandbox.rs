//! Chromium's sandbox: whether it is why the browser did not start.

use std::fs;

/// What Chromium says where its sandbox cannot start.
const WORDS: [&str; 5] =
    ["No usable sandbox", "SUID sandbox", "setuid sandbox", "to new namespace", "without --no-sandbox"];
/// What chromedriver says of a browser that ended at once, whatever the reason.
const ENDED: [&str; 5] = [
    "Chrome instance exited",
    "Chrome failed to start",
    "crashed",
    "DevToolsActivePort",
    "Chrome not reachable",
];

/// Why the sandbox is what failed: Chromium's own words in the driver's output, or else that it ended at once on a system that
/// lets nobody but root make namespaces.
pub(crate) fn why_it_failed(error: &str, output: &str, restriction: Option<String>) -> Option<String> {
    let says = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let line = output.lines().chain(error.lines()).find(|line| says(line, &WORDS));
    match line {
        // What stands before it is the place in Chromium's source.
        Some(line) => Some(line.rsplit("] ").next().unwrap_or(line).trim().chars().take(200).collect()),
        None => restriction.filter(|_| says(error, &ENDED)),
    }
}

/// What keeps an ordinary user of this system from making the namespaces that the sandbox is made of.
pub(crate) fn restriction() -> Option<String> {
    let settings = [
        ("/proc/sys/user/max_user_namespaces", "0"),
        ("/proc/sys/kernel/unprivileged_userns_clone", "0"),
        ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"),
    ];
    let is_set =
        |(path, value): &(&str, &str)| fs::read_to_string(path).is_ok_and(|found| found.trim() == *value);
    settings.into_iter().find(is_set).map(|(path, value)| format!("{path} is {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandbox_is_blamed_by_its_own_words_or_where_namespaces_are_off() {
        let output = "Starting ChromeDriver\n[12:34:FATAL:content/zygote_host_impl_linux.cc:132] No usable sandbox! If you are \
                      running on Ubuntu 23.10+ …\n";
        let exited = "session not created: Chrome instance exited";
        let why = why_it_failed(exited, output, None).unwrap();
        assert!(why.starts_with("No usable sandbox!"), "{why}");
        let off = || Some("/proc/sys/user/max_user_namespaces is 0".to_owned());
        assert_eq!(why_it_failed(exited, "", off()), off());
        assert_eq!(why_it_failed(exited, "", None), None);
        // It did start, or something else was wrong.
        let other = "session not created: This version of ChromeDriver only supports Chrome version 114";
        assert_eq!(why_it_failed(other, "", off()), None);
    }
}
