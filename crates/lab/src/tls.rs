//! TLS with a certificate made at start: self-signed, for loopback names only, never written to disk.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

use crate::error::LabError;

const NAMES: [&str; 4] = ["localhost", "*.localhost", "127.0.0.1", "::1"];

/// Makes a certificate and an acceptor that offers HTTP/2 first, then HTTP/1.1. The certificate comes along as PEM.
pub(crate) fn acceptor() -> Result<(TlsAcceptor, String), LabError> {
    let made = rcgen::generate_simple_self_signed(NAMES.map(String::from))?;
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok((TlsAcceptor::from(Arc::new(config)), made.cert.pem()))
}
