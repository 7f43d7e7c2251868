//! What is asked, by the smallest client there is.

use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Where a lab is.
pub struct Place {
    pub host: IpAddr,
    pub http: u16,
    pub https: u16,
    pub certificate: String,
}

/// A way of asking.
pub struct Asked {
    pub name: &'static str,
    /// How many round trips it takes, where they are few enough to be counted.
    pub round_trips: Option<u64>,
    is_new: bool,
    has_tls: bool,
    path: &'static str,
}

const fn asked(name: &'static str, round_trips: u64, is_new: bool, has_tls: bool) -> Asked {
    Asked { name, round_trips: Some(round_trips), is_new, has_tls, path: "/lab/ping" }
}

pub const ASKED: [Asked; 5] = [
    asked("http, kept", 1, false, false),
    asked("http, new", 2, true, false),
    asked("https, kept", 1, false, true),
    asked("https, new", 3, true, true),
    Asked {
        name: "http, new, 1 MB",
        round_trips: None,
        is_new: true,
        has_tls: false,
        path: "/lab/bytes/1000000",
    },
];

trait Stream: AsyncRead + AsyncWrite + Unpin {}
impl<S: AsyncRead + AsyncWrite + Unpin> Stream for S {}

/// Asks everything in turn; gives the times of each, in ms.
pub async fn all(place: &Place, passes: usize) -> Vec<Vec<f64>> {
    let tls = trusting(&place.certificate);
    let mut kept = [connect(place, None).await, connect(place, Some(&tls)).await];
    // The first request on each goes before what is measured.
    for stream in &mut kept {
        get(stream, "/lab/ping").await;
    }
    let mut times = vec![Vec::new(); ASKED.len()];
    for _ in 0..passes {
        for (asked, times) in ASKED.iter().zip(&mut times) {
            let begun = Instant::now();
            if asked.is_new {
                get(&mut connect(place, asked.has_tls.then_some(&tls)).await, asked.path).await;
            } else {
                get(&mut kept[usize::from(asked.has_tls)], asked.path).await;
            }
            times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
    }
    times
}

async fn connect(place: &Place, tls: Option<&TlsConnector>) -> Box<dyn Stream> {
    let port = if tls.is_some() { place.https } else { place.http };
    let tcp = TcpStream::connect((place.host, port)).await.unwrap();
    tcp.set_nodelay(true).unwrap();
    match tls {
        None => Box::new(tcp),
        Some(tls) => Box::new(tls.connect(ServerName::try_from("localhost").unwrap(), tcp).await.unwrap()),
    }
}

async fn get(stream: &mut Box<dyn Stream>, path: &str) {
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
    let mut received = Vec::new();
    let head = loop {
        assert_ne!(stream.read_buf(&mut received).await.unwrap(), 0, "the connection was closed");
        if let Some(at) = received.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let text = String::from_utf8_lossy(&received[..head]).to_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let length: usize = length.trim().parse().unwrap();
    while received.len() < head + length {
        assert_ne!(stream.read_buf(&mut received).await.unwrap(), 0, "the connection was closed");
    }
}

/// Each connection is new: nothing is resumed.
fn trusting(certificate: &str) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.resumption = rustls::client::Resumption::disabled();
    TlsConnector::from(Arc::new(config))
}
