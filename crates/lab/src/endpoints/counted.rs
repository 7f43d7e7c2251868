//! `/lab/counted`: no two answers are of the same length, so that each can be told from all others.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::State as Shared;
use axum::response::Response;

use super::State;
use super::plain::{MOST_BYTES, octets};
use crate::body::{Step, scripted};

/// How many answers there were.
#[derive(Debug, Default)]
pub(crate) struct Counted(AtomicU64);

impl Counted {
    /// Begins again.
    pub(super) fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// The length of the next answer. After the longest one it begins again.
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) % MOST_BYTES + 1
    }
}

/// `/lab/counted`.
pub(super) async fn counted(Shared(state): Shared<Arc<State>>) -> Response {
    let length = state.counted.next();
    octets(scripted(&state.timer, length, [Step::Send(length)]))
}
