//! Targets that are to be measured over HTTP/3: the browser is told to use it, and the report says where it did not.

use fetchmark_core::compare::{self, Reason};
use fetchmark_core::report::{Finding, FindingCode, Report, Severity};
use fetchmark_core::scenario::Scenario;
use fetchmark_core::scenario::client::exchanges_messages;
use fetchmark_core::scenario::client_choice::ClientChoice;
use fetchmark_lab::Lab;
use url::Url;

use super::settings::lab_address::LabServer;
use super::settings::plan::Plan;

/// The protocol as browsers name it.
const HTTP_3: &str = "h3";
/// The client that needs QUIC wherever it goes.
const WEB_TRANSPORT: &str = "webtransport";

/// Whether a server of the lab, or the page's own, is to speak it.
pub(super) fn is_needed(plan: &Plan, server: Option<LabServer>) -> bool {
    let is_webtransport = |choice: &ClientChoice| choice.client.name() == WEB_TRANSPORT;
    server == Some(LabServer::H3) || plan.scenario.clients.iter().any(is_webtransport)
}

/// The address of a server. Firefox is told a host, whatever the port: the one that speaks HTTP/3 has a host of its own.
pub(super) fn own_host(server: LabServer, address: String) -> String {
    if server == LabServer::H3 { address.replacen("localhost", "127.0.0.1", 1) } else { address }
}

/// Makes the browser use HTTP/3 for the targets that ask for it.
pub(super) fn prepare(plan: &mut Plan, scenario: &Scenario, labs: &[Lab]) {
    let targets = scenario.all_targets();
    let on_it = targets.iter().zip(&plan.lab_servers).filter(|(_, server)| **server == Some(LabServer::H3));
    let mut addresses: Vec<(String, u16)> = on_it
        .filter_map(|(target, _)| Url::parse(&target.url).ok())
        .filter_map(|url| Some((url.host_str()?.to_owned(), url.port()?)))
        .collect();
    addresses.dedup();
    if !addresses.is_empty() {
        let pins: Vec<String> = labs.iter().filter_map(Lab::certificate_pin).map(str::to_owned).collect();
        plan.browser.use_http3(&mut plan.capabilities, &addresses, &pins);
    }
}

/// Names the rows that were to use HTTP/3 and used something else, and takes back what comparisons say of them.
pub(super) fn check(report: &mut Report, servers: &[Option<LabServer>]) {
    let is_asked = |label: Option<&str>| {
        let at = label
            .map_or(Some(0), |label| report.scenario.targets.iter().position(|target| target.label == label));
        at.and_then(|at| servers.get(at)) == Some(&Some(LabServer::H3))
    };
    let mut findings = Vec::new();
    for row in report
        .variants
        .iter()
        .filter(|row| is_asked(row.target.as_deref()) && !exchanges_messages(&row.client))
    {
        let others = row.protocols.iter().filter(|(name, _)| !name.is_empty() && *name != HTTP_3);
        let others: Vec<(&String, &u64)> = others.collect();
        let count = others.iter().map(|(_, count)| **count).sum();
        if count > 0 {
            let names: Vec<&str> = others.iter().map(|(name, _)| name.as_str()).collect();
            findings.push(Finding {
                code: FindingCode::Http3NotUsed,
                severity: Severity::Weakens,
                variant: Some(row.id.clone()),
                count,
                detail: Some(names.join(", ")),
            });
        }
    }
    let rows: Vec<String> = findings.iter().filter_map(|finding| finding.variant.clone()).collect();
    compare::refuse(report, &rows, Reason::Http3NotUsed);
    report.validity.extend(findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::compare::Verdict;
    use fetchmark_core::report::fixture::two_targets;

    #[test]
    fn a_row_that_fell_back_is_named_and_not_compared() {
        let mut report = two_targets();
        let servers = [Some(LabServer::H2), Some(LabServer::H3)];
        let before = report.clone();
        check(&mut report, &servers);
        assert!(report == before, "the second target uses h3");
        let row = report.variants.iter_mut().find(|row| row.target.as_deref() == Some("production")).unwrap();
        row.protocols = [("h2".to_owned(), 7)].into();
        let id = row.id.clone();
        check(&mut report, &servers);
        let finding = report.validity.last().unwrap();
        assert_eq!(
            (finding.code, finding.count, finding.variant.as_deref()),
            (FindingCode::Http3NotUsed, 7, Some(&*id))
        );
        let [of_targets] = &report.targets[..] else { panic!("{:?}", report.targets) };
        let of_row = of_targets.rows.iter().find(|one| one.candidate == id).unwrap();
        for one in [&of_targets.overall, of_row] {
            assert_eq!((one.verdict, one.reason_code), (Verdict::Refused, Reason::Http3NotUsed));
        }
    }
}
