//! `/lab/sockets`: the ground truth over HTTP.

use std::sync::Arc;

use axum::Json;
use axum::extract::State as Shared;

use super::state::State;
use crate::connections::report::SocketsReport;

/// `GET /lab/sockets`.
pub(super) async fn report(Shared(state): Shared<Arc<State>>) -> Json<SocketsReport> {
    Json(state.ledger.report())
}

/// `POST /lab/sockets/reset` and `DELETE /lab/sockets`: responds with the fresh report.
pub(super) async fn reset(Shared(state): Shared<Arc<State>>) -> Json<SocketsReport> {
    state.reset();
    Json(state.ledger.report())
}
