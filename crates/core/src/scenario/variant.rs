//! A variant: one row of the table.

use crate::scenario::{
    client::Client,
    factors::{Connection, Lifecycle, Pacing, Thread},
};
use serde::Serialize;

/// The last word of the id of a variant that is another one measured a second time.
pub const AGAIN: &str = "again";

/// Target × client × lifecycle × connection × pacing, on a thread.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// Unique within a scenario, stable across runs: `gloo-net:reused:warm:concurrent-100`.
    pub id: String,
    /// Which of the scenario's targets, from 0.
    pub target: usize,
    /// Its label, where there are several: it begins the id.
    pub label: Option<String>,
    /// The client.
    pub client: Client,
    /// Client and request kept, or built for each call.
    pub lifecycle: Lifecycle,
    /// What requests may do about their connection.
    pub connection: Connection,
    /// How requests follow each other.
    pub pacing: Pacing,
    /// Requests in flight at most: 1 when sequential, the number of lanes when concurrent, [`MAX_IN_FLIGHT`](crate::scenario::limits::MAX_IN_FLIGHT)
    /// at a rate.
    pub concurrency: u32,
    /// Arrivals per second, at a rate only.
    pub rate_per_second: Option<f64>,
    /// The thread that measures it; `None` if no browser runs it.
    pub thread: Option<Thread>,
}

impl Variant {
    /// A variant with its id made from its factors, on no thread yet.
    pub fn new(
        client: Client,
        lifecycle: Lifecycle,
        connection: Connection,
        pacing: Pacing,
        concurrency: u32,
        rate_per_second: Option<f64>,
    ) -> Self {
        let pace = match (pacing, rate_per_second) {
            (Pacing::Concurrent, _) => format!("concurrent-{concurrency}"),
            (Pacing::Rate, Some(rate)) => format!("rate-{rate}"),
            (Pacing::Sequential | Pacing::Rate, _) => pacing.word().to_owned(),
        };
        let id = format!("{}:{lifecycle}:{connection}:{pace}", client.name());
        Self {
            id,
            target: 0,
            label: None,
            client,
            lifecycle,
            connection,
            pacing,
            concurrency,
            rate_per_second,
            thread: None,
        }
    }

    /// Whether it is the first variant measured a second time.
    pub(crate) fn is_repetition(&self) -> bool {
        self.id.rsplit(':').next() == Some(AGAIN)
    }

    /// The variant measured on a thread. Where there is `another`, the page's is told in the id.
    pub(crate) fn on(mut self, thread: Option<Thread>, another: bool) -> Self {
        if another && thread == Some(Thread::Main) {
            self.id.push_str(":main");
        }
        self.thread = thread;
        self
    }
}
