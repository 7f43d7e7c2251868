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

/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(2);

/// Connects to the target if that may explain why requests failed, and adds a finding.
pub(super) async fn check(report: &mut Report) {
    let is_unexplained = causes(report).iter().any(|cause| matches!(cause, Cause::NoneUnexplained { .. }));
    // Through a proxy the browser may reach what this program cannot.
    if !is_unexplained || report.environment.proxy.is_some() {
        return;
    }
    if let Some(code) = probe(&report.scenario.target.url).await {
        report.validity.push(Finding::of_run(code, Severity::Note, None));
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
