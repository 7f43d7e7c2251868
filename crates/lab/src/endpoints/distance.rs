//! `/lab/distance`: the door that seems to be far away.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::state::LabState;
use crate::distance::Far;

/// As a report names the distance, and where the door is.
#[derive(Serialize)]
pub(super) struct Offer {
    rtt_ms: f64,
    slow_start: bool,
    bandwidth_mbit: Option<f64>,
    http: String,
    https: Option<String>,
}

/// `GET /lab/distance`: `null` where there is no such door.
pub(super) async fn distance(State(state): State<Arc<LabState>>) -> Json<Option<Offer>> {
    let offer = |Far { distance, http, https }: &Far| Offer {
        rtt_ms: distance.rtt_ms(),
        slow_start: distance.slow_start,
        bandwidth_mbit: distance.bandwidth_mbit(),
        http: http.clone(),
        https: https.clone(),
    };
    Json(state.far.as_ref().map(offer))
}
