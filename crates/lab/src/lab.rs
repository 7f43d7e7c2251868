use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use crate::config::LabConfig;
use crate::connections::{ledger::Ledger, report::SocketsReport};
use crate::distance::{Distance, Far};
use crate::endpoints::{self, state::LabState};
use crate::page::Page;
use crate::server::connection::{Door, Server};
use crate::server::line::Network;
use crate::server::listen::{self, Listeners};
use crate::server::quic::endpoint;
use crate::server::service::LabService;
use crate::server::tls::{Acceptor, Http3, Identity};
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
    pin: Option<String>,
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
        let near = Ports::open(&config, |port| port).await?;
        let far = match config.distance {
            Some(distance) => Some((distance, Ports::open(&config, next).await?)),
            None => None,
        };
        let no_tls = |error| {
            anyhow!("TLS could not be set up: {error}. Start without TLS (--no-tls) and report this.")
        };
        let identity = config.https.map(|_| Identity::new().map_err(no_tls)).transpose()?;
        let tls = identity.as_ref().map(|identity| identity.acceptor(&config).map_err(no_tls)).transpose()?;
        let ledger = Arc::new(Ledger::default());
        let timer = Timer::start().map_err(|error| {
            anyhow!("The timer thread could not be started: {error}. Close other programs and try again.")
        })?;
        let host = host(config.address);
        let of_far = |(distance, ports): &(Distance, Ports)| Far {
            distance: *distance,
            http: format!("http://{host}:{}", ports.http.port),
            https: ports.https.as_ref().map(|https| format!("https://{host}:{}", https.port)),
        };
        let (certificate, pin) =
            (identity.as_ref().map(|identity| identity.pem.clone()), identity.as_ref().map(Identity::pin));
        let https = near.https.as_ref().map(|listeners| listeners.port);
        let http3 = identity.zip(https).filter(|_| config.http3);
        let http3 = http3
            .map(|(identity, port)| Http3::new(identity, port).map(Arc::new).map_err(no_tls))
            .transpose()?;
        let far_door = far.as_ref().map(of_far);
        let state = Arc::new(LabState::new(Arc::clone(&ledger), timer, far_door, http3.clone()));
        let (stop, kill) = (CancellationToken::new(), CancellationToken::new());
        let server = Server {
            service: LabService {
                lab: endpoints::router(Arc::clone(&state)),
                page: Arc::new(Page::new(config.page)),
                ledger: Arc::clone(&ledger),
                http3: config.http3,
            },
            ledger,
            tasks: TaskTracker::new(),
            stop: stop.clone(),
            kill: kill.clone(),
        };
        let lab = Self {
            http: near.http.port,
            https,
            host,
            certificate,
            pin,
            state: Arc::clone(&state),
            tasks: server.tasks.clone(),
            stop,
            kill: kill.drop_guard(),
        };
        near.accept(&server, tls.as_ref(), http3.as_ref(), None)?;
        if let Some((distance, far)) = far {
            let network = Network::new(distance, Arc::clone(&state.timer));
            far.accept(&server, tls.as_ref(), http3.as_ref(), Some(&network))?;
        }
        if let Some(http3) = http3 {
            let (stop, kill) = (server.stop.clone(), server.kill.clone());
            server.tasks.spawn(async move {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = kill.cancelled() => {}
                    () = http3.renew() => {}
                }
            });
        }
        Ok(lab)
    }

    #[must_use]
    pub fn http_port(&self) -> u16 {
        self.http
    }

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

    /// SHA-256 of that certificate's public key in base64, for a browser that is to trust it over QUIC; `None` without TLS.
    #[must_use]
    pub fn certificate_pin(&self) -> Option<&str> {
        self.pin.as_deref()
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

/// The listening sockets of a door.
struct Ports {
    http: Listeners,
    https: Option<Listeners>,
}

impl Ports {
    /// Opens them, on the ports that `of` makes of the configured ones.
    async fn open(config: &LabConfig, of: fn(u16) -> u16) -> anyhow::Result<Self> {
        let LabConfig { address, http3, .. } = *config;
        let https = match config.https {
            Some(port) => Some(listen::listen(address, of(port), "--tls-port", http3).await?),
            None => None,
        };
        Ok(Self { http: listen::listen(address, of(config.http), "--port", false).await?, https })
    }

    /// Accepts on every one of them, each in its own task.
    fn accept(
        self,
        server: &Server,
        tls: Option<&Acceptor>,
        http3: Option<&Arc<Http3>>,
        network: Option<&Network>,
    ) -> anyhow::Result<()> {
        let accept = |sockets: Vec<TcpListener>, tls: Option<&Acceptor>| {
            for socket in sockets {
                let door = Door { tls: tls.cloned(), network: network.cloned() };
                server.tasks.spawn(server.clone().accept(socket, door));
            }
        };
        accept(self.http.sockets, None);
        let Some(https) = self.https else { return Ok(()) };
        accept(https.sockets, tls);
        for (socket, http3) in https.datagrams.into_iter().zip(http3.into_iter().cycle()) {
            let endpoint = endpoint(socket, http3, network)?;
            server.tasks.spawn(server.clone().accept_quic(endpoint, Arc::clone(http3)));
        }
        Ok(())
    }
}
