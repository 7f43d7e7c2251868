//! What the lab can be asked for: one route, one handler each.

mod cacheable;
mod delay;
mod distance;
mod distribution;
mod echo;
mod faults;
mod index;
mod messages;
mod pause;
mod plain;
mod sockets;
pub(crate) mod state;
mod webtransport;

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, get, post};

pub(crate) use messages::labelled;
use state::LabState;

pub(crate) fn router(state: Arc<LabState>) -> Router {
    Router::new()
        .route("/lab", get(index::index))
        .route("/lab/", get(index::index))
        .route("/lab/ping", any(plain::ping))
        .route("/lab/bytes/{n}", any(plain::bytes))
        .route("/lab/counted", any(plain::counted))
        .route("/lab/status/{code}", any(plain::status))
        .route("/lab/redirect/{n}", any(plain::redirect))
        .route("/lab/no-cors", any(plain::no_cors))
        .route("/lab/no-tao", any(plain::no_tao))
        .route("/lab/no-id", any(plain::no_id))
        .route("/lab/delay/{spec}", any(delay::delay))
        // The connection closes after it, as after any with `close` in its query.
        .route("/lab/close", any(plain::ping))
        .route("/lab/reset", any(faults::reset))
        .route("/lab/stall", any(faults::stall))
        .route("/lab/stall-body", any(faults::stall_body))
        .route("/lab/truncate", any(faults::truncate))
        .route("/lab/cacheable", get(cacheable::cacheable))
        .route("/lab/echo", any(echo::echo))
        .route("/lab/distance", get(distance::distance))
        .route("/lab/webtransport", get(webtransport::webtransport))
        .route("/lab/sockets", get(sockets::report).delete(sockets::reset))
        .route("/lab/sockets/reset", post(sockets::reset))
        .fallback(index::unknown)
        .method_not_allowed_fallback(index::wrong_method)
        .with_state(state)
}
