//! `/lab/webtransport`: where sessions are opened, and by which certificate.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use hyper::Uri;
use hyper::header::{self, HeaderMap};
use serde::Serialize;

use super::state::LabState;

/// What a client needs to know.
#[derive(Serialize)]
pub(super) struct Offer {
    /// The UDP port of the door that was asked.
    port: u16,
    /// SHA-256 of the certificate, in base64: a page may trust it for WebTransport by this alone.
    certificate: String,
}

/// `GET /lab/webtransport`: `null` where the lab has no HTTP/3.
pub(super) async fn webtransport(
    State(state): State<Arc<LabState>>,
    uri: Uri,
    headers: HeaderMap,
) -> Json<Option<Offer>> {
    let host = || headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let asked = uri.authority().map(hyper::http::uri::Authority::as_str).or_else(host).unwrap_or_default();
    let port_of = |address: &str| address.rsplit(':').next()?.parse::<u16>().ok();
    let far = state.far.as_ref().and_then(|far| {
        let https = far.https.as_deref().and_then(port_of)?;
        [port_of(&far.http), Some(https)].contains(&port_of(asked)).then_some(https)
    });
    Json(
        state
            .http3
            .as_ref()
            .map(|http3| Offer { port: far.unwrap_or(http3.port), certificate: http3.fingerprint() }),
    )
}
