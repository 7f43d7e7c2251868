//! `/lab/webtransport`: where sessions are opened, and by which certificate.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::state::LabState;

/// What a client needs to know.
#[derive(Serialize)]
pub(super) struct Offer {
    /// The UDP port.
    port: u16,
    /// SHA-256 of the certificate, in base64: a page may trust it for WebTransport by this alone.
    certificate: String,
}

/// `GET /lab/webtransport`: `null` where the lab has no HTTP/3. A client asks the door that it then uses.
pub(super) async fn webtransport(State(state): State<Arc<LabState>>) -> Json<Option<Offer>> {
    let offer = |http3: &crate::server::tls::Http3| Offer { port: http3.port, certificate: http3.fingerprint() };
    Json(state.http3.as_ref().map(offer))
}
