//! Whether Chromium's sandbox kept the browser from starting.

use std::fs;

/// What Chromium writes where its sandbox cannot start.
const SANDBOX_MESSAGES: [&str; 5] =
    ["No usable sandbox", "SUID sandbox", "setuid sandbox", "to new namespace", "without --no-sandbox"];
/// What chromedriver writes of a browser that exited at once, whatever the reason.
const EXIT_MESSAGES: [&str; 5] = [
    "Chrome instance exited",
    "Chrome failed to start",
    "crashed",
    "DevToolsActivePort",
    "Chrome not reachable",
];

/// How the sandbox failed, if it did: Chromium's own message in the driver's output, or else that it exited at once on a system
/// where only root may make namespaces.
pub(crate) fn failure(error: &str, output: &str, restriction: Option<String>) -> Option<String> {
    let has_any = |text: &str, messages: &[&str]| messages.iter().any(|message| text.contains(message));
    let line = output.lines().chain(error.lines()).find(|line| has_any(line, &SANDBOX_MESSAGES));
    match line {
        // The place in Chromium's source stands before it.
        Some(line) => Some(line.rsplit("] ").next().unwrap_or(line).trim().chars().take(200).collect()),
        None => restriction.filter(|_| has_any(error, &EXIT_MESSAGES)),
    }
}

/// The setting that keeps an ordinary user of this system from making the namespaces that the sandbox needs.
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
    fn a_sandbox_failure_is_known_by_message_or_restriction() {
        let output = "Starting ChromeDriver\n[12:34:FATAL:content/zygote_host_impl_linux.cc:132] No usable sandbox! If you are \
                      running on Ubuntu 23.10+ …\n";
        let exited = "session not created: Chrome instance exited";
        let reason = failure(exited, output, None).unwrap();
        assert!(reason.starts_with("No usable sandbox!"), "{reason}");
        let off = || Some("/proc/sys/user/max_user_namespaces is 0".to_owned());
        assert_eq!(failure(exited, "", off()), off());
        assert_eq!(failure(exited, "", None), None);
        // It did start, or something else was wrong.
        let other = "session not created: This version of ChromeDriver only supports Chrome version 114";
        assert_eq!(failure(other, "", off()), None);
    }
}
