//! Reports without secrets.

use crate::{report::Report, request::secrets::Secrets};
use std::borrow::Cow;

impl Report {
    /// The report without the secrets of what it requested.
    pub fn masked(&self) -> Cow<'_, Self> {
        let secrets = self.scenario.secrets();
        if secrets.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut report = self.clone();
        report.mask(&secrets);
        Cow::Owned(report)
    }

    /// Takes secrets out of all that is requested and was said.
    pub fn mask(&mut self, secrets: &Secrets) {
        self.scenario = self.scenario.masked();
        for row in self.all_rows_mut() {
            let messages = row.error_messages.iter_mut().flat_map(|(_, messages)| messages);
            messages.for_each(|message| *message = secrets.hide(message));
            row.redirected_to.iter_mut().for_each(|address| *address = secrets.hide(address));
        }
        for detail in self.validity.iter_mut().filter_map(|finding| finding.detail.as_mut()) {
            *detail = secrets.hide(detail);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{report::fixture, request::target::Target, samples::ErrorClass};

    #[test]
    fn a_report_holds_none_of_them_and_the_rest() {
        let mut clear = fixture::report(&[("a", &[1.0])]);
        clear.scenario.target = Target {
            url: "https://h.example/?key=K1234&page=2".into(),
            headers: vec![("authorization".into(), "Bearer T1234".into()), ("Accept".into(), "*/*".into())],
            body: Some("{\"user\": \"me\", \"password\": \"P1234\"}".into()),
            ..Target::default()
        };
        let message = "GET https://h.example/?key=K1234 failed: T1234 is no token".to_owned();
        clear.variants[0].redirected_to = vec!["https://h.example/K1234".into()];
        clear.variants[0].error_messages.insert(ErrorClass::Network, vec![message]);
        let json = serde_json::to_string(&*clear.masked()).unwrap();
        assert!(!["K1234", "T1234", "P1234"].iter().any(|secret| json.contains(secret)), "{json}");
        for kept in ["page=2", "*/*", "\\\"user\\\": \\\"me\\\"", "failed: ••• is no token"] {
            assert!(json.contains(kept), "{kept} {json}");
        }
        let plain = fixture::report(&[("a", &[1.0])]);
        assert!(matches!(plain.masked(), Cow::Borrowed(_)));
    }
}
