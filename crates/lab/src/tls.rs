//! TLS with a certificate made at start: self-signed, for loopback names only, never written to disk.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::config::{LabConfig, TlsOffer};
use crate::error::LabError;

const NAMES: [&str; 4] = ["localhost", "*.localhost", "127.0.0.1", "::1"];

const HTTP_2: &[&[u8]] = &[b"h2", b"http/1.1"];
const HTTP_1: &[&[u8]] = &[b"http/1.1"];

/// Answers handshakes.
#[derive(Clone)]
pub(crate) struct Handshakes {
    acceptor: TlsAcceptor,
    delay: Duration,
}

impl Handshakes {
    /// Answers one, after the delay.
    pub(crate) async fn answer<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
    ) -> io::Result<TlsStream<S>> {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        self.acceptor.accept(stream).await
    }
}

/// Makes a certificate, and what answers handshakes with it. The certificate comes along as PEM.
pub(crate) fn handshakes(config: &LabConfig) -> Result<(Handshakes, String), LabError> {
    let made = rcgen::generate_simple_self_signed(NAMES.map(String::from))?;
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut settings = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    let offered = match config.tls {
        TlsOffer::Http2 => HTTP_2,
        TlsOffer::Http1 => HTTP_1,
    };
    settings.alpn_protocols = offered.iter().map(|name| name.to_vec()).collect();
    let handshakes =
        Handshakes { acceptor: TlsAcceptor::from(Arc::new(settings)), delay: config.handshake_delay };
    Ok((handshakes, made.cert.pem()))
}
