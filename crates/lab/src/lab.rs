//! A running lab.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use crate::config::LabConfig;
use crate::connections::{ledger::Ledger, report::SocketsReport};
use crate::distance::Far;
use crate::endpoints::{self, state::LabState};
use crate::page::Page;
use crate::server::connection::{Door, Server};
use crate::server::line::Network;
use crate::server::listen::{self, Listeners};
use crate::server::service::LabService;
use crate::server::tls;
use crate::timer::Timer;

/// How long [`Lab::stop`] lets responses under way finish.
const STOP_LIMIT: Duration = Duration::from_secs(1);

/// A running lab. Dropping it stops it at once; [`Lab::stop`] first lets responses under way finish.
#[derive(Debug)]
pub struct Lab {
    host: String,
    http: u16,
    https: Option<u16>,
    certificate: Option<String>,
    state: Arc<LabState>,
    tasks: TaskTracker,
    stop: CancellationToken,
    kill: DropGuard,
}

impl Lab {
    /// Starts a lab on loopback (IPv4, and IPv6 where there is any) or on the address given, and returns once it accepts connections. Must be
    /// called inside a Tokio runtime, whose threads then do the serving.
    ///
    /// # Errors
    /// When a port is taken or not allowed, or when the certificate or the timer cannot be made.
    pub async fn start(config: LabConfig) -> anyhow::Result<Self> {
        let http = listen::listen(config.address, config.http, "--port").await?;
        let far_http = match config.distance {
            Some(_) => Some(listen::listen(config.address, next(config.http), "--port").await?),
            None => None,
        };
        let https = match config.https {
            Some(port) => {
                let listeners = listen::listen(config.address, port, "--tls-port").await?;
                let tls = tls::self_signed(&config).map_err(|error| {
                    anyhow!("TLS could not be set up: {error}. Start without TLS (--no-tls) and report this.")
                })?;
                Some((listeners, tls))
            }
            None => None,
        };
        let far_https = match (config.distance, config.https) {
            (Some(_), Some(port)) => {
                Some(listen::listen(config.address, next(port), "--tls-port").await?)
            }
            _ => None,
        };
        let certificate = https.as_ref().map(|(_, (_, certificate))| certificate.clone());
        let ledger = Arc::new(Ledger::default());
        let timer = Timer::start().map_err(|error| {
            anyhow!("The timer thread could not be started: {error}. Close other programs and try again.")
        })?;
        let host = host(config.address);
        let url = |scheme: &str, port: u16| format!("{scheme}://{host}:{port}");
        let far = config.distance.zip(far_http.as_ref()).map(|(distance, http)| Far {
            distance,
            http: url("http", http.port),
            https: far_https.as_ref().map(|https| url("https", https.port)),
        });
        let state = Arc::new(LabState::new(Arc::clone(&ledger), timer, far));
        let (stop, kill) = (CancellationToken::new(), CancellationToken::new());
        let server = Server {
            service: LabService {
                lab: endpoints::router(Arc::clone(&state)),
                page: Arc::new(Page::new(config.page)),
                ledger: Arc::clone(&ledger),
            },
            ledger,
            tasks: TaskTracker::new(),
            stop: stop.clone(),
            kill: kill.clone(),
        };
        let lab = Self {
            http: http.port,
            https: https.as_ref().map(|(listeners, _)| listeners.port),
            host,
            certificate,
            state: Arc::clone(&state),
            tasks: server.tasks.clone(),
            stop,
            kill: kill.drop_guard(),
        };
        let tls = https.as_ref().map(|(_, (tls, _))| tls.clone());
        let network = config.distance.map(|distance| Network::new(distance, Arc::clone(&state.timer)));
        accept(&server, Some(http), &Door::default());
        accept(&server, far_http, &Door { tls: None, network: network.clone() });
        accept(&server, https.map(|(listeners, _)| listeners), &Door { tls: tls.clone(), network: None });
        accept(&server, far_https, &Door { tls, network });
        Ok(lab)
    }

    /// The port for HTTP/1.1 without TLS.
    #[must_use]
    pub fn http_port(&self) -> u16 {
        self.http
    }

    /// The port for TLS, if the lab was started with one.
    #[must_use]
    pub fn https_port(&self) -> Option<u16> {
        self.https
    }

    /// As in `http://localhost:8080`, without a slash at the end; with the address in place of the name where one was given.
    #[must_use]
    pub fn http_url(&self) -> String {
        format!("http://{}:{}", self.host, self.http)
    }

    /// As in `https://localhost:8443`, without a slash at the end; `None` without TLS.
    #[must_use]
    pub fn https_url(&self) -> Option<String> {
        self.https.map(|port| format!("https://{}:{port}", self.host))
    }

    /// The door that seems to be far away, if the lab was started with one.
    #[must_use]
    pub fn far(&self) -> Option<&Far> {
        self.state.far.as_ref()
    }

    /// The certificate it signed for itself, as PEM, for clients that are to trust it; `None` without TLS.
    #[must_use]
    pub fn certificate_pem(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// What really arrived since the start or the last [`Lab::reset`]: the same as `GET /lab/sockets`.
    #[must_use]
    pub fn sockets(&self) -> SocketsReport {
        self.state.ledger.report()
    }

    /// Starts the counts, and the draws of `/lab/delay`, afresh. Socket ids and the ordinals of requests go on.
    pub fn reset(&self) {
        self.state.reset();
    }

    /// Stops accepting, closes idle connections, gives responses under way one second, then drops what is left.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.close();
        if tokio::time::timeout(STOP_LIMIT, self.tasks.wait()).await.is_err() {
            drop(self.kill);
            self.tasks.wait().await;
        }
    }
}

/// The host in the lab's addresses.
fn host(address: Option<IpAddr>) -> String {
    match address {
        None => "localhost".to_owned(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => format!("[{address}]"),
    }
}

/// The port of the door that is far away: the one after the near door's, or any free one.
fn next(port: u16) -> u16 {
    if port == 0 { 0 } else { port.checked_add(1).unwrap_or(0) }
}

/// Accepts on every listener, each in its own task.
fn accept(server: &Server, listeners: Option<Listeners>, door: &Door) {
    for socket in listeners.into_iter().flat_map(|listeners| listeners.sockets) {
        server.tasks.spawn(server.clone().accept(socket, door.clone()));
    }
}
