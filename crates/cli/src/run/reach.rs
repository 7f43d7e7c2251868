//! Whether anything listens where no request of the page was answered: a browser does not say.

use std::io::ErrorKind;
use std::time::Duration;

use fetchmark_core::failure_cause::{Cause, causes};
use fetchmark_core::report::Report;
use fetchmark_core::target::numbered;
use fetchmark_core::validity::{Finding, FindingCode, Severity};
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::{Host, Url};

/// How long connecting may take.
const LONGEST: Duration = Duration::from_secs(2);

/// Connects to the target, if that tells more of why requests failed, and adds what it finds.
pub(super) async fn look(report: &mut Report) {
    let is_untold = causes(report).iter().any(|cause| matches!(cause, Cause::NoneUntold { .. }));
    // By way of a proxy the browser may reach what this cannot.
    if !is_untold || report.environment.proxy.is_some() {
        return;
    }
    if let Some(code) = listens(&report.scenario.target.url).await {
        report.validity.push(Finding {
            code,
            severity: Severity::Note,
            variant: None,
            count: 1,
            detail: None,
        });
    }
}

/// What connecting to an address finds; `None` where that proves nothing: an unknown host, or silence.
async fn listens(url: &str) -> Option<FindingCode> {
    let url = Url::parse(&numbered(url, 0)).ok()?;
    let port = url.port_or_known_default()?;
    let host = match url.host()? {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(ip) => ip.to_string(),
        Host::Ipv6(ip) => ip.to_string(),
    };
    match timeout(LONGEST, TcpStream::connect((host.as_str(), port))).await {
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
        assert_eq!(listens(&format!("http://{address}/a?{{n}}")).await, Some(FindingCode::PortAccepts));
        // Bound and not listening, so that nobody else begins to.
        let nobody = TcpSocket::new_v4().unwrap();
        nobody.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = nobody.local_addr().unwrap();
        assert_eq!(listens(&format!("http://{address}/")).await, Some(FindingCode::PortRefuses));
        assert_eq!(listens("data:,x").await, None);
    }
}
