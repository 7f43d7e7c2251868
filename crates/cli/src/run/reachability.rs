//! Whether anything listens where no request was answered: a browser does not say.

use std::io::ErrorKind;
use std::time::Duration;

use fetchmark_core::report::Report;
use fetchmark_core::report::failure_cause::{Cause, causes};
use fetchmark_core::report::validity::{Finding, FindingCode, Severity};
use fetchmark_core::request::target::numbered;
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::{Host, Url};

const CONNECT_LIMIT: Duration = Duration::from_secs(2);

/// Connects to each target where that may explain why its requests failed, and adds a finding.
pub(super) async fn check(report: &mut Report) {
    // Through a proxy the browser may reach what this program cannot.
    if report.environment.proxy.is_some() {
        return;
    }
    let unexplained: Vec<Option<String>> = causes(report)
        .into_iter()
        .filter(|(_, cause)| matches!(cause, Cause::NoneUnexplained { .. }))
        .map(|(label, _)| label.map(str::to_owned))
        .collect();
    for label in unexplained {
        if let Some(code) = probe(&report.scenario.target_labelled(label.as_deref()).url).await {
            report.validity.push(Finding::of_run(code, Severity::Note, label));
        }
    }
}

/// What connecting to an address finds; `None` where that proves nothing: an unknown host, or silence.
async fn probe(url: &str) -> Option<FindingCode> {
    let url = Url::parse(&numbered(url, 0)).ok()?;
    let port = url.port_or_known_default()?;
    let host = match url.host()? {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(ip) => ip.to_string(),
        Host::Ipv6(ip) => ip.to_string(),
    };
    match timeout(CONNECT_LIMIT, TcpStream::connect((host.as_str(), port))).await {
        Ok(Ok(_)) => Some(FindingCode::PortAccepts),
        Ok(Err(error)) if error.kind() == ErrorKind::ConnectionRefused => Some(FindingCode::PortRefuses),
        Ok(Err(_)) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::{TcpListener, TcpSocket};

    #[tokio::test]
    async fn a_port_accepts_or_refuses() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        assert_eq!(probe(&format!("http://{address}/a?{{n}}")).await, Some(FindingCode::PortAccepts));
        // Bound and not listening, so that nobody else begins to.
        let nobody = TcpSocket::new_v4().unwrap();
        nobody.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = nobody.local_addr().unwrap();
        assert_eq!(probe(&format!("http://{address}/")).await, Some(FindingCode::PortRefuses));
        assert_eq!(probe("data:,x").await, None);
    }
}
