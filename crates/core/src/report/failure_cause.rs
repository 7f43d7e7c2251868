//! Why requests failed, as far as a report has evidence: the one place that decides it.
//!
//! A browser gives a page one error for a host that is unknown, a port where nothing listens, a certificate that it does not trust and
//! an answer that the page may not read. So a cause is named where something else in the report excludes the others; else it is unknown.

use crate::{
    report::{Finding, FindingCode, Report, VariantReport},
    request::target::{cut_at_authority, host_of},
    samples::ErrorClass,
    scenario::{
        client::{exchanges_messages, tells_broken_bodies},
        factors::{Connection, Runtime},
    },
};

/// Why requests of one class failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The class says it.
    Class(ErrorClass),
    /// No answer, though others of the run were answered.
    NoneAmongAnswers {
        /// Whether requests of a client are among them that calls an answer that broke off the same.
        may_have_broken_off: bool,
    },
    /// The page got no answer, and clients outside the browser did.
    NoneForThePage,
    /// Clients outside the browser got no answer, and the page did.
    NoneForPython,
    /// No message came back, whatever became of requests.
    NoneForMessages,
    /// The address for cold connections gave no answer, and the target did.
    NoneForCold,
    /// No answer, though something listens at the port.
    NoneThoughListening,
    /// Nothing listens at the port.
    NothingListens,
    /// No answer, and nothing shows why.
    NoneUnexplained {
        /// Whether the target is on this machine or in the local network, for which a browser may ask permission.
        is_local: bool,
    },
    /// The target redirects to another origin, whose answers the page may not read.
    RedirectedElsewhere,
    /// No end within the time-out, though others of the run were answered.
    LateAmongAnswers,
    /// No end within the time-out, and no answer to any other request.
    LateUnexplained {
        /// As in [`Cause::NoneUnexplained`].
        is_local: bool,
    },
}

/// The causes of a report's failures, one for each class; of several targets, each with the label of the target that it is about.
pub fn causes(report: &Report) -> Vec<(Option<&str>, Cause)> {
    let mut targets: Vec<Option<&str>> = Vec::new();
    for target in report.variants.iter().map(|row| row.target.as_deref()) {
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    let of = |target| causes_of(report, target).into_iter().map(move |cause| (target, cause));
    targets.into_iter().flat_map(of).collect()
}

/// Rows of another target show nothing of this one.
fn causes_of(report: &Report, label: Option<&str>) -> Vec<Cause> {
    let rows: Vec<&VariantReport> =
        report.variants.iter().filter(|row| row.target.as_deref() == label).collect();
    let target = report.scenario.target_labelled(label);
    let is_native = |row: &&VariantReport| row.runtime == Runtime::Python;
    // The requests of Python in the tab are the browser's.
    let in_browser = || rows.iter().filter(|row| !is_native(row)).any(|row| was_answered(row));
    let natively = || rows.iter().filter(|row| is_native(row)).any(|row| was_answered(row));
    let has_failed = |class: ErrorClass| rows.iter().any(|row| has_failed_with(row, class));
    let is_found = |code| {
        let mut found = report.validity.iter().filter(|finding| finding.code == code);
        found.any(|finding| label.is_none_or(|label| names(finding, label)))
    };
    let is_local = is_local(&target.url);
    // What the page may not read, and what asks for a login, was answered, too.
    let is_refused = has_failed(ErrorClass::Cors) || has_failed(ErrorClass::Login);
    let is_answered = is_refused || in_browser() || (natively() && rows.iter().all(is_native));
    let unanswered = || rows.iter().copied().filter(|row| has_failed_with(row, ErrorClass::Network));
    // Whether a row requested the address for cold connections, and not the target.
    let has_cold = target.cold_url.is_some();
    let is_message = |row: &VariantReport| exchanges_messages(&row.client);
    let is_elsewhere = |row: &VariantReport| {
        has_cold && row.runtime.is_in_browser() && !is_message(row) && row.connection == Connection::Cold
    };
    // Others are reached alike: at the same address by the same network code.
    let way = |row: &VariantReport| (row.runtime.is_in_browser(), is_elsewhere(row), is_message(row));
    let is_among_answers =
        |row: &VariantReport| rows.iter().any(|other| way(other) == way(row) && was_answered(other));
    let cause = |class| match class {
        ErrorClass::Network if is_found(FindingCode::RedirectsElsewhere) => Cause::RedirectedElsewhere,
        ErrorClass::Network if unanswered().any(is_among_answers) => Cause::NoneAmongAnswers {
            may_have_broken_off: unanswered().any(|row| !tells_broken_bodies(&row.client)),
        },
        ErrorClass::Network if unanswered().all(is_message) => Cause::NoneForMessages,
        ErrorClass::Network if in_browser() && unanswered().all(|row| row.runtime == Runtime::Python) => {
            Cause::NoneForPython
        }
        ErrorClass::Network if in_browser() && unanswered().all(is_elsewhere) => Cause::NoneForCold,
        ErrorClass::Network if natively() => Cause::NoneForThePage,
        ErrorClass::Network if is_found(FindingCode::PortAccepts) => Cause::NoneThoughListening,
        ErrorClass::Network if is_found(FindingCode::PortRefuses) => Cause::NothingListens,
        ErrorClass::Network => Cause::NoneUnexplained { is_local },
        ErrorClass::Timeout if is_answered => Cause::LateAmongAnswers,
        ErrorClass::Timeout => Cause::LateUnexplained { is_local },
        class => Cause::Class(class),
    };
    ErrorClass::ALL.iter().copied().filter(|class| has_failed(*class)).map(cause).collect()
}

/// Whether the detail of a finding on the whole run begins with the label of a target.
fn names(finding: &Finding, label: &str) -> bool {
    let rest = finding.detail.as_deref().and_then(|detail| detail.strip_prefix(label));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

fn has_failed_with(row: &VariantReport, class: ErrorClass) -> bool {
    row.errors.get(&class).is_some_and(|count| *count > 0)
}

fn was_answered(row: &VariantReport) -> bool {
    use ErrorClass::{BodyCutShort, Http3xx, Http4xx, Http5xx};
    let answers = [Http3xx, Http4xx, Http5xx, BodyCutShort];
    row.requests.ok > 0 || answers.into_iter().any(|class| has_failed_with(row, class))
}

impl Cause {
    /// The class of failures that it explains.
    pub fn class(self) -> ErrorClass {
        match self {
            Self::Class(class) => class,
            Self::LateAmongAnswers | Self::LateUnexplained { .. } => ErrorClass::Timeout,
            _ => ErrorClass::Network,
        }
    }

    /// Whether the failure's own words, a status for instance, say as much.
    pub fn is_in_its_words(self) -> bool {
        use ErrorClass::{BodyCutShort, Http3xx, Http4xx, Http5xx};
        matches!(self, Self::Class(Http3xx | Http4xx | Http5xx | BodyCutShort))
    }
}

/// Whether an address leads to this machine or into the local network, as far as it tells.
fn is_local(url: &str) -> bool {
    let host = host_of(cut_at_authority(url).1).to_ascii_lowercase();
    let by_name = host == "localhost" || [".localhost", ".local"].iter().any(|end| host.ends_with(end));
    let by_address = match host.trim_matches(['[', ']']).parse() {
        Ok(std::net::IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Ok(std::net::IpAddr::V6(ip)) => {
            ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
        Err(_) => false,
    };
    by_name || by_address
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        report::{
            Requests,
            fixture::{finding, report, variant},
        },
        scenario::NamedTarget,
    };
    use ErrorClass::{BodyCutShort, Cors, Http4xx, Login, Network, Timeout};

    const AMONG_ANSWERS: Cause = Cause::NoneAmongAnswers { may_have_broken_off: false };
    const BROKEN_OFF_AMONG_ANSWERS: Cause = Cause::NoneAmongAnswers { may_have_broken_off: true };

    fn row(client: &str, ok: u64, failed: &[ErrorClass]) -> VariantReport {
        VariantReport {
            runtime: if client == "httpx" { Runtime::Python } else { Runtime::Browser },
            client: client.to_owned(),
            requests: Requests { ok, ..Requests::default() },
            errors: failed.iter().map(|class| (*class, 1)).collect(),
            ..variant(client, &[])
        }
    }

    fn cause(rows: &[VariantReport], found: &[FindingCode]) -> Vec<Cause> {
        let mut report = report(&[]);
        report.scenario.target.url = "https://example.com/".into();
        report.scenario.target.cold_url = Some("https://cold.example.com/".into());
        report.variants = rows.to_vec();
        report.validity = found.iter().copied().map(finding).collect();
        causes(&report).into_iter().map(|(_, cause)| cause).collect()
    }

    #[test]
    fn nothing_is_blamed_that_the_run_excludes() {
        let (accepts, refuses) = ([FindingCode::PortAccepts], [FindingCode::PortRefuses]);
        let dead = || row("js-fetch", 0, &[Network]);
        for (rows, found, expected) in [
            (vec![dead()], &[][..], Cause::NoneUnexplained { is_local: false }),
            (vec![dead()], &accepts, Cause::NoneThoughListening),
            (vec![dead()], &refuses, Cause::NothingListens),
            (vec![dead()], &[FindingCode::RedirectsElsewhere], Cause::RedirectedElsewhere),
            // What was answered once was there.
            (vec![dead(), row("ky", 1, &[])], &refuses, AMONG_ANSWERS),
            (vec![dead(), row("httpx", 5, &[])], &[], Cause::NoneForThePage),
            (vec![row("ky", 5, &[]), row("websocket", 0, &[Network])], &refuses, Cause::NoneForMessages),
            // A message that came back does not show that the page may read an answer.
            (vec![dead(), row("websocket", 5, &[])], &accepts, Cause::NoneThoughListening),
            (vec![row("xhr", 5, &[]), row("httpx", 0, &[Network])], &refuses, Cause::NoneForPython),
            // The page's failures are not of Python's making, and one answer shows that there is a way.
            (vec![row("js-fetch", 5, &[Network]), row("httpx", 0, &[Network])], &[], AMONG_ANSWERS),
            (vec![row("js-fetch", 5, &[]), row("httpx", 1, &[Network])], &[], AMONG_ANSWERS),
            (vec![row("js-fetch", 9, &[]), row("axios", 9, &[Network])], &[], BROKEN_OFF_AMONG_ANSWERS),
            (vec![row("httpx", 5, &[Network])], &[], AMONG_ANSWERS),
        ] {
            assert_eq!(cause(&rows, found), [expected], "{expected:?}");
        }
        let refused = [row("js-fetch", 0, &[Http4xx, Timeout])];
        assert_eq!(cause(&refused, &[]), [Cause::Class(Http4xx), Cause::LateAmongAnswers]);
        assert_eq!(cause(&[row("xhr", 0, &[Timeout])], &[]), [Cause::LateUnexplained { is_local: false }]);
        assert!(Cause::Class(BodyCutShort).is_in_its_words() && !cause(&[dead()], &[])[0].is_in_its_words());
    }

    #[test]
    fn rows_are_not_judged_by_others_that_go_another_way() {
        let elsewhere = |row| VariantReport { connection: Connection::Cold, ..row };
        let answered = || row("js-fetch", 9, &[]);
        for (rows, expected) in [
            (vec![answered(), elsewhere(row("js-fetch", 0, &[Network]))], Cause::NoneForCold),
            // Some of the same were answered.
            (
                vec![answered(), elsewhere(row("ky", 1, &[])), elsewhere(row("js-fetch", 0, &[Network]))],
                AMONG_ANSWERS,
            ),
            (
                vec![elsewhere(row("js-fetch", 0, &[Network])), row("ky", 0, &[Network])],
                Cause::NoneUnexplained { is_local: false },
            ),
        ] {
            assert_eq!(cause(&rows, &[]), [expected], "{expected:?}");
        }
        for refused in [Cors, Login] {
            let causes = cause(&[row("ky", 0, &[refused]), row("js-fetch", 0, &[Timeout])], &[]);
            assert!(causes.contains(&Cause::LateAmongAnswers), "{causes:?}");
        }
    }

    #[test]
    fn a_target_is_not_judged_by_another() {
        let of = |label: &str, row| VariantReport { target: Some(label.into()), ..row };
        let mut report = report(&[]);
        report.scenario.targets =
            vec![NamedTarget::new("a", "https://example.com/"), NamedTarget::new("b", "http://localhost/")];
        report.variants = vec![
            of("a", row("ky", 9, &[])),
            of("b", row("ky", 0, &[Network])),
            of("b", row("xhr", 0, &[Network])),
        ];
        assert_eq!(causes(&report), [(Some("b"), Cause::NoneUnexplained { is_local: true })]);
        report.variants[0] = of("a", row("ky", 0, &[Network]));
        report.validity = vec![Finding { detail: Some("b".into()), ..finding(FindingCode::PortRefuses) }];
        let expected =
            [(Some("a"), Cause::NoneUnexplained { is_local: false }), (Some("b"), Cause::NothingListens)];
        assert_eq!(causes(&report), expected);
        report.validity[0] = Finding {
            detail: Some("a: https://login.example/".into()),
            ..finding(FindingCode::RedirectsElsewhere)
        };
        assert_eq!(causes(&report)[0], (Some("a"), Cause::RedirectedElsewhere));
    }

    #[test]
    fn hosts_of_the_local_network_are_known() {
        let local = ["localhost:80/", "h{n}.localhost/", "[::1]:1/", "192.168.1.9/", "nas.local"];
        assert!(local.iter().all(|host| is_local(&format!("http://{host}"))));
        let others = ["https://example.com/", "http://8.8.8.8/", "https://localhost.example/", "/api"];
        assert!(!others.into_iter().any(is_local));
    }
}
