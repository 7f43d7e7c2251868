//! TLS with a certificate made at start: self-signed, for loopback names only, never written to disk.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

use crate::config::TlsOffer;
use crate::error::LabError;

const NAMES: [&str; 4] = ["localhost", "*.localhost", "127.0.0.1", "::1"];

/// Makes a certificate and an acceptor. The certificate comes along as PEM.
pub(crate) fn acceptor(offer: TlsOffer) -> Result<(TlsAcceptor, String), LabError> {
    let made = rcgen::generate_simple_self_signed(NAMES.map(String::from))?;
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    let offered: &[&[u8]] = match offer {
        TlsOffer::Http2 => &[b"h2", b"http/1.1"],
        TlsOffer::Http1 => &[b"http/1.1"],
    };
    config.alpn_protocols = offered.iter().map(|name| name.to_vec()).collect();
    Ok((TlsAcceptor::from(Arc::new(config)), made.cert.pem()))
}
