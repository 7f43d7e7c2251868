//! `performance.now` and `setTimeout`.

use super::global;
use crate::run::platform::Clock;
use wasm_bindgen::JsCast;
use web_sys::Performance;

/// Steps watched to find the smallest.
const STEPS_WATCHED: usize = 32;

/// The longest to look for steps, in ms: a clock that stands still longer than this has no finer step.
const LONGEST_LOOK_MS: f64 = 40.0;

/// The clock that Resource Timing uses in this global.
#[derive(Debug)]
pub(crate) struct BrowserClock {
    performance: Performance,
    step_ms: f64,
}

impl BrowserClock {
    /// The global's clock, its step measured (this takes up to 40 ms).
    pub(crate) fn new() -> Self {
        let performance: Performance = global("performance").unchecked_into();
        let step_ms = smallest_step(&performance);
        Self { performance, step_ms }
    }
}

fn smallest_step(performance: &Performance) -> f64 {
    let start = performance.now();
    let (mut last, mut smallest, mut seen) = (start, f64::INFINITY, 0);
    while seen < STEPS_WATCHED && last - start < LONGEST_LOOK_MS {
        let now = performance.now();
        if now > last {
            smallest = smallest.min(now - last);
            seen += 1;
            last = now;
        }
    }
    // Differences of large binary fractions end in noise: a nanosecond is far below any browser's step.
    (smallest * 1e6).round() / 1e6
}

impl Clock for BrowserClock {
    fn now_ms(&self) -> f64 {
        self.performance.now()
    }

    async fn sleep(&self, ms: f64) {
        // setTimeout may fire up to 1 ms early on a coarse clock; whole ms, rounded up, never do.
        gloo_timers::future::TimeoutFuture::new(ms.clamp(0.0, 1e9).ceil() as u32).await;
    }

    fn step_ms(&self) -> f64 {
        self.step_ms
    }
}
