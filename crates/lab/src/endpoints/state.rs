//! What the endpoints share.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::connections::ledger::Ledger;
use crate::distance::Far;
use crate::server::tls::Http3;
use crate::timer::Timer;

const DELAYS_KEPT: usize = 1_000;

#[derive(Debug)]
pub(crate) struct LabState {
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) timer: Arc<Timer>,
    pub(crate) far: Option<Far>,
    /// What serves HTTP/3.
    pub(crate) http3: Option<Arc<Http3>>,
    pub(super) started: Instant,
    pub(super) delays: DelayCounters,
    /// Responses of `/lab/counted` so far.
    pub(super) counted: AtomicU64,
}

impl LabState {
    pub(crate) fn new(
        ledger: Arc<Ledger>,
        timer: Timer,
        far: Option<Far>,
        http3: Option<Arc<Http3>>,
    ) -> Self {
        Self {
            ledger,
            timer: Arc::new(timer),
            far,
            http3,
            started: Instant::now(),
            delays: DelayCounters::default(),
            counted: AtomicU64::new(0),
        }
    }

    /// Begins a new period: counts and draws start from zero.
    pub(crate) fn reset(&self) {
        self.ledger.reset();
        self.delays.reset();
        self.counted.store(0, Ordering::Relaxed);
    }
}

/// Counts the requests of each different delay, so that draws and stalls do not depend on other requests.
/// Bounded: after a thousand different delays, all counts start afresh.
#[derive(Debug, Default)]
pub(super) struct DelayCounters(Mutex<HashMap<String, u64>>);

impl DelayCounters {
    /// Numbers the next request of this delay, from 1.
    pub(super) fn next(&self, delay: String) -> u64 {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counters.len() >= DELAYS_KEPT && !counters.contains_key(&delay) {
            counters.clear();
        }
        let count = counters.entry(delay).or_default();
        *count += 1;
        *count
    }

    pub(super) fn reset(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
