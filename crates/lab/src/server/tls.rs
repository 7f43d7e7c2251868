//! TLS with a certificate made at start: self-signed, for loopback names only, never written to disk.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::config::{LabConfig, TlsOffer};

const NAMES: [&str; 4] = ["localhost", "*.localhost", "127.0.0.1", "::1"];

const HTTP_2: &[&[u8]] = &[b"h2", b"http/1.1"];
const HTTP_1: &[&[u8]] = &[b"http/1.1"];

#[derive(Clone)]
pub(crate) struct Acceptor {
    acceptor: TlsAcceptor,
    delay: Duration,
}

impl Acceptor {
    pub(super) async fn accept<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
    ) -> io::Result<TlsStream<S>> {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        self.acceptor.accept(stream).await
    }
}

/// An acceptor with a new self-signed certificate, and that certificate as PEM.
pub(crate) fn self_signed(config: &LabConfig) -> anyhow::Result<(Acceptor, String)> {
    let signing_key = KeyPair::generate()?;
    let mut params = CertificateParams::new(NAMES.map(String::from))?;
    // Each has a name of its own: where a client trusts two, OpenSSL looks for the signer by name.
    let name = signing_key.public_key_raw().iter().rev().take(8).map(|byte| format!("{byte:02x}"));
    params.distinguished_name.push(DnType::CommonName, format!("Fetchmark lab {}", name.collect::<String>()));
    let certificate = params.self_signed(&signing_key)?;
    let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut settings = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    let protocols = match config.tls {
        TlsOffer::Http2 => HTTP_2,
        TlsOffer::Http1 => HTTP_1,
    };
    settings.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    let acceptor =
        Acceptor { acceptor: TlsAcceptor::from(Arc::new(settings)), delay: config.handshake_delay };
    Ok((acceptor, certificate.pem()))
}
