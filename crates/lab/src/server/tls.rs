//! TLS with a certificate made at start: self-signed, for loopback names only, never written to disk.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use quinn::crypto::rustls::QuicServerConfig;
use quinn::{IdleTimeout, TransportConfig, VarInt};
use rcgen::{CertificateParams, DnType, Issuer, KeyPair, PublicKeyData};
use ring::digest::{SHA256, digest};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use time::OffsetDateTime;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
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

/// What the certificate for QUIC says: it may be valid for 14 days at most, where a page is to trust it by its hash
/// (<https://www.w3.org/TR/webtransport/#certificate-hashes>), and clocks differ.
const LASTS: time::Duration = time::Duration::days(13);
const BEFORE: time::Duration = time::Duration::hours(1);
/// When it is made again.
const RENEWED_EACH: Duration = Duration::from_secs(6 * 86_400);

/// What serves HTTP/3, renewed from time to time.
#[derive(Debug)]
pub(crate) struct Http3 {
    /// The near door's.
    pub(crate) port: u16,
    identity: Identity,
    renewed: watch::Sender<Renewed>,
}

/// Settings with a certificate, and its hash.
#[derive(Debug, Clone)]
pub(crate) struct Renewed {
    pub(crate) config: quinn::ServerConfig,
    fingerprint: String,
}

impl Http3 {
    pub(crate) fn new(identity: Identity, port: u16) -> anyhow::Result<Self> {
        let renewed = watch::Sender::new(identity.quic()?);
        Ok(Self { port, identity, renewed })
    }

    /// SHA-256 of the certificate in use, in base64.
    pub(crate) fn fingerprint(&self) -> String {
        self.renewed.borrow().fingerprint.clone()
    }

    /// The settings in use, and when they change.
    pub(super) fn renewals(&self) -> watch::Receiver<Renewed> {
        self.renewed.subscribe()
    }

    pub(super) fn config(&self) -> quinn::ServerConfig {
        self.renewed.borrow().config.clone()
    }

    /// Makes the certificate again long before it ends, for ever.
    pub(crate) async fn renew(self: Arc<Self>) {
        loop {
            tokio::time::sleep(RENEWED_EACH).await;
            // It was made once: it can be made again. If not, the old one is still there.
            if let Ok(renewed) = self.identity.quic() {
                self.renewed.send_replace(renewed);
            }
        }
    }
}

/// Who the lab says it is.
#[derive(Debug)]
pub(crate) struct Identity {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
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
        let (certificate, pem) = (certificate.der().clone(), certificate.pem());
        Ok(Self { certificate, pem, issuer: Issuer::new(params, key) })
    }

    /// SHA-256 of the public key, in base64: how Chromium is told which certificate to accept.
    pub(crate) fn pin(&self) -> String {
        BASE64_STANDARD.encode(digest(&SHA256, &self.issuer.key().subject_public_key_info()))
    }

    /// For connections over TCP.
    pub(crate) fn acceptor(&self, config: &LabConfig) -> anyhow::Result<Acceptor> {
        let protocols = match config.tls {
            TlsOffer::Http2 => HTTP_2,
            TlsOffer::Http1 => HTTP_1,
        };
        let settings = self.settings(protocols, self.certificate.clone())?;
        Ok(Acceptor { acceptor: TlsAcceptor::from(Arc::new(settings)), delay: config.handshake_delay })
    }

    /// For QUIC, with a certificate that is valid so short that a page may trust it by its hash, and that the other one signs.
    fn quic(&self) -> anyhow::Result<Renewed> {
        let mut params = CertificateParams::new(NAMES.map(String::from))?;
        let now = OffsetDateTime::now_utc();
        (params.not_before, params.not_after) = (now - BEFORE, now + LASTS);
        let certificate = params.signed_by(self.issuer.key(), &self.issuer)?.der().clone();
        let fingerprint = BASE64_STANDARD.encode(digest(&SHA256, &certificate));
        let crypto = QuicServerConfig::try_from(self.settings(HTTP_3, certificate)?)?;
        let mut config = quinn::ServerConfig::with_crypto(Arc::new(crypto));
        let mut transport = TransportConfig::default();
        transport.max_concurrent_bidi_streams(STREAMS.into());
        transport.max_idle_timeout(Some(IdleTimeout::from(QUIC_IDLE)));
        config.transport_config(Arc::new(transport));
        Ok(Renewed { config, fingerprint })
    }

    fn settings(
        &self,
        protocols: &[&[u8]],
        certificate: CertificateDer<'static>,
    ) -> anyhow::Result<ServerConfig> {
        let key = PrivateKeyDer::Pkcs8(self.issuer.key().serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut settings = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)?;
        settings.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_certificate_for_quic_is_renewed_long_before_it_ends() {
        let http3 = Arc::new(Http3::new(Identity::new().unwrap(), 1).unwrap());
        let (mut renewals, first) = (http3.renewals(), http3.fingerprint());
        let renewing = tokio::spawn(Arc::clone(&http3).renew());
        let began = tokio::time::Instant::now();
        renewals.changed().await.unwrap();
        assert!(began.elapsed() < Duration::from_secs(13 * 86_400) && http3.fingerprint() != first);
        renewing.abort();
    }
}
