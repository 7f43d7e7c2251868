//! TLS with a certificate made at start: self-signed, for loopback names only, never written to disk.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use quinn::crypto::rustls::QuicServerConfig;
use quinn::{IdleTimeout, TransportConfig, VarInt};
use rcgen::{CertificateParams, DnType, KeyPair, PublicKeyData};
use ring::digest::{SHA256, digest};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::config::{LabConfig, TlsOffer};

/// Streams that a client of HTTP/2 or HTTP/3 may have open at once: what a browser asks for at most.
pub(super) const STREAMS: u32 = 256;
const NAMES: [&str; 4] = ["localhost", "*.localhost", "127.0.0.1", "::1"];

const HTTP_3: &[&[u8]] = &[b"h3"];
const HTTP_2: &[&[u8]] = &[b"h2", b"http/1.1"];
const HTTP_1: &[&[u8]] = &[b"http/1.1"];

/// When QUIC takes a client that says nothing for gone: as long as any connection may idle.
const QUIC_IDLE: VarInt = VarInt::from_u32(300_000);

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

/// Who the lab says it is.
#[derive(Debug)]
pub(crate) struct Identity {
    certificate: CertificateDer<'static>,
    key: KeyPair,
    pub(crate) pem: String,
}

impl Identity {
    /// A new key, and a certificate that it signs itself.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(NAMES.map(String::from))?;
        // Each has a name of its own: where a client trusts two, OpenSSL looks for the signer by name.
        let name = key.public_key_raw().iter().rev().take(8).map(|byte| format!("{byte:02x}"));
        params
            .distinguished_name
            .push(DnType::CommonName, format!("Fetchmark lab {}", name.collect::<String>()));
        let certificate = params.self_signed(&key)?;
        Ok(Self { certificate: certificate.der().clone(), pem: certificate.pem(), key })
    }

    /// SHA-256 of the public key, in base64: how Chromium is told which certificate to accept.
    pub(crate) fn pin(&self) -> String {
        BASE64_STANDARD.encode(digest(&SHA256, &self.key.subject_public_key_info()))
    }

    /// For connections over TCP.
    pub(crate) fn acceptor(&self, config: &LabConfig) -> anyhow::Result<Acceptor> {
        let settings = self.settings(match config.tls {
            TlsOffer::Http2 => HTTP_2,
            TlsOffer::Http1 => HTTP_1,
        })?;
        Ok(Acceptor { acceptor: TlsAcceptor::from(Arc::new(settings)), delay: config.handshake_delay })
    }

    /// For QUIC.
    pub(crate) fn quic(&self) -> anyhow::Result<quinn::ServerConfig> {
        let crypto = QuicServerConfig::try_from(self.settings(HTTP_3)?)?;
        let mut config = quinn::ServerConfig::with_crypto(Arc::new(crypto));
        let mut transport = TransportConfig::default();
        transport.max_concurrent_bidi_streams(STREAMS.into());
        transport.max_idle_timeout(Some(IdleTimeout::from(QUIC_IDLE)));
        config.transport_config(Arc::new(transport));
        Ok(config)
    }

    fn settings(&self, protocols: &[&[u8]]) -> anyhow::Result<ServerConfig> {
        let key = PrivateKeyDer::Pkcs8(self.key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut settings = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.clone()], key)?;
        settings.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        Ok(settings)
    }
}
