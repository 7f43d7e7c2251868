//! Certificate authorities that the environment names: programs read them, browsers do not.

use fetchmark_core::report::{Report, VariantReport};
use fetchmark_core::samples::sample::ErrorClass;

const VARIABLES: [&str; 4] = ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"];

/// What to do where a browser's requests failed over TLS and the environment names authorities.
pub(super) fn advice(report: &Report, is_set: impl Fn(&str) -> bool) -> Option<String> {
    let is_over_tls = |row: &VariantReport| {
        let url = report.scenario.target_labelled(row.target.as_deref()).url;
        url.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("https:"))
    };
    let has_failed = |row: &VariantReport| {
        row.runtime.is_in_browser() && row.errors.get(&ErrorClass::Network).is_some_and(|&times| times > 0)
    };
    if !report.variants.iter().any(|row| has_failed(row) && is_over_tls(row)) {
        return None;
    }
    let set: Vec<&str> = VARIABLES.into_iter().filter(|name| is_set(name)).collect();
    if set.is_empty() {
        return None;
    }
    Some(format!(
        "The environment names certificate authorities ({}), which a browser does not read, unlike Python's clients. If one of them \
         signed the target's certificate, add it to those that the browser trusts (Chromium on Linux: certutil -d \
         sql:$HOME/.pki/nssdb -A -t C,, -n NAME -i FILE), or accept any certificate with --insecure.",
        set.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_given_only_where_a_browser_failed_over_tls() {
        let json = include_str!("../../../../../tests/support/report.json");
        let mut report = Report::from_json(json).unwrap();
        let is_set = |name: &str| name == "NODE_EXTRA_CA_CERTS";
        report.scenario.target.url = "https://intern.example/".into();
        report.variants.iter_mut().for_each(|row| row.errors.clear());
        assert_eq!(advice(&report, is_set), None, "nothing failed");
        report.variants[0].errors.insert(ErrorClass::Network, 1);
        assert!(advice(&report, is_set).unwrap().contains("(NODE_EXTRA_CA_CERTS)"));
        assert_eq!(advice(&report, |_| false), None);
        report.scenario.target.url = "http://intern.example/".into();
        assert_eq!(advice(&report, is_set), None);
    }
}
