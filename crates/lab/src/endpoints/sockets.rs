//! `/lab/sockets`: the ground truth over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::state::LabState;
use crate::connections::report::SocketsReport;

pub(super) async fn report(State(state): State<Arc<LabState>>) -> Json<SocketsReport> {
    Json(state.ledger.report())
}

/// `POST /lab/sockets/reset` and `DELETE /lab/sockets`: responds with the fresh report.
pub(super) async fn reset(State(state): State<Arc<LabState>>) -> Json<SocketsReport> {
    state.reset();
    Json(state.ledger.report())
}
