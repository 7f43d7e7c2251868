//! A client that owns its connection, so that a test decides what is reused.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use fetchmark_lab::Lab;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::{http1, http2};
use hyper::{HeaderMap, Request, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

pub struct Client {
    sender: Sender,
    authority: String,
}

enum Sender {
    H1(http1::SendRequest<Full<Bytes>>),
    H2(http2::SendRequest<Full<Bytes>>),
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Why no whole answer came, and how much of the body did (nothing if there was no head).
#[derive(Debug)]
pub struct Broken {
    pub error: hyper::Error,
    pub received: Option<usize>,
}

impl Client {
    pub async fn h1(lab: &Lab) -> Self {
        Self::h1_at(lab.http_port()).await
    }

    pub async fn h1_at(port: u16) -> Self {
        let tcp = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let (sender, connection) = http1::handshake(TokioIo::new(tcp)).await.unwrap();
        tokio::spawn(connection);
        Self { sender: Sender::H1(sender), authority: format!("localhost:{port}") }
    }

    pub async fn h2(lab: &Lab) -> Self {
        Self::h2_at(lab, lab.https_port().unwrap()).await
    }

    pub async fn h2_at(lab: &Lab, port: u16) -> Self {
        let stream = TokioIo::new(tls(lab, port, &[b"h2"]).await);
        let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await.unwrap();
        tokio::spawn(connection);
        Self { sender: Sender::H2(sender), authority: format!("localhost:{port}") }
    }

    pub async fn h1_tls(lab: &Lab) -> Self {
        let stream = TokioIo::new(tls(lab, lab.https_port().unwrap(), &[b"http/1.1"]).await);
        let (sender, connection) = http1::handshake(stream).await.unwrap();
        tokio::spawn(connection);
        Self { sender: Sender::H1(sender), authority: format!("localhost:{}", lab.https_port().unwrap()) }
    }

    /// Speaks to another host name on the same connection, as HTTP/2 coalescing does.
    pub fn host(mut self, host: &str) -> Self {
        self.authority = host.to_owned();
        self
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.try_get(path).await.unwrap()
    }

    pub async fn try_get(&mut self, path: &str) -> Result<Answer, Broken> {
        self.send(Request::get(path)).await
    }

    pub async fn send(&mut self, request: hyper::http::request::Builder) -> Result<Answer, Broken> {
        self.send_body(request, "").await
    }

    pub async fn send_body(
        &mut self,
        request: hyper::http::request::Builder,
        body: impl Into<Bytes>,
    ) -> Result<Answer, Broken> {
        let (mut head, body) = request.body(Full::new(body.into())).unwrap().into_parts();
        let no_head = |error| Broken { error, received: None };
        let response = match &mut self.sender {
            Sender::H1(sender) => {
                head.headers.insert("host", self.authority.parse().unwrap());
                sender.ready().await.map_err(no_head)?;
                sender.send_request(Request::from_parts(head, body)).await
            }
            Sender::H2(sender) => {
                head.uri = format!("https://{}{}", self.authority, head.uri).parse().unwrap();
                sender.ready().await.map_err(no_head)?;
                sender.send_request(Request::from_parts(head, body)).await
            }
        };
        let (head, mut body) = response.map_err(no_head)?.into_parts();
        let mut received = Vec::new();
        while let Some(frame) = body.frame().await {
            match frame {
                Ok(frame) => received.extend_from_slice(frame.data_ref().unwrap()),
                Err(error) => return Err(Broken { error, received: Some(received.len()) }),
            }
        }
        Ok(Answer { status: head.status, headers: head.headers, body: received.into() })
    }
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// A header's value, `""` where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Socket and ordinal from `Server-Timing`.
    pub fn conn(&self) -> (u64, u64) {
        let timing = self.header("server-timing");
        let id = timing.strip_prefix("conn;desc=\"").and_then(|rest| rest.split('"').next());
        let (socket, nth) =
            id.and_then(|id| id.split_once('-')).unwrap_or_else(|| panic!("no conn in {timing:?}"));
        (socket.parse().unwrap(), nth.parse().unwrap())
    }
}

pub fn trusting(lab: &Lab) -> ClientConfig {
    let certificate = CertificateDer::from_pem_slice(lab.certificate_pem().unwrap().as_bytes()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// A connection that trusts the lab's certificate and offers these protocols.
async fn tls(lab: &Lab, port: u16, offered: &[&[u8]]) -> TlsStream<TcpStream> {
    let tcp = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let mut config = trusting(lab);
    config.alpn_protocols = offered.iter().map(|protocol| protocol.to_vec()).collect();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, tcp).await.unwrap()
}

pub async fn negotiated(lab: &Lab, offered: &[&[u8]]) -> Option<Vec<u8>> {
    tls(lab, lab.https_port().unwrap(), offered).await.get_ref().1.alpn_protocol().map(<[u8]>::to_vec)
}

/// Asks on a connection of its own and reads until so many bytes of the body have come; gives the connection and these bytes.
pub async fn beginning(lab: &Lab, path: &str, bytes: usize) -> (TcpStream, Vec<u8>) {
    let mut tcp = TcpStream::connect(("127.0.0.1", lab.http_port())).await.unwrap();
    tcp.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).await.unwrap();
    let mut received = Vec::new();
    loop {
        let head = received.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(head) = head.filter(|head| received.len() >= head + 4 + bytes) {
            return (tcp, received.split_off(head + 4));
        }
        assert_ne!(soon(tcp.read_buf(&mut received)).await.unwrap(), 0, "the connection was closed");
    }
}

pub async fn lab() -> Lab {
    Lab::start(fetchmark_lab::LabConfig::default()).await.unwrap()
}

pub async fn lab_and_client() -> (Lab, Client) {
    let lab = lab().await;
    let client = Client::h1(&lab).await;
    (lab, client)
}

/// Waits until the lab has noticed something it learns from the network, at most ten seconds.
pub async fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let limit = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < limit, "{what}: not within ten seconds");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Fails a test that would otherwise hang.
pub async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(10), future).await.expect("nothing within ten seconds")
}
