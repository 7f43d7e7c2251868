//! Resource Timing: the browser's own record of each request.
//!
//! The buffer holds 250 entries by default and drops what comes beyond, so it is cleared and enlarged before each
//! round. Entries arrive in queued tasks after the end of the body, so reading them waits, for a bounded time.

use super::{destinations::Destinations, global, property, resolved::ResolvedTarget};
use crate::run::platform::{Clock, Timeline};
use fetchmark_core::{
    samples::timing::{ServerConnection, TimingEntry},
    scenario::variant::Variant,
};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Performance, PerformanceResourceTiming};

/// The longest to wait for entries after a round, in ms. Requests without one are counted, not waited for.
const LONGEST_WAIT_MS: f64 = 500.0;

/// And so much more for each request, in ms.
const WAIT_PER_REQUEST_MS: f64 = 0.1;

/// The longest to wait once a wait was in vain, in ms: some browsers give no entries for some addresses.
const SHORT_WAIT_MS: f64 = 20.0;

/// The fewest looks, however late they come: a machine that stood still all the while has not waited in vain.
const FEWEST_LOOKS: u32 = 5;

/// Between looks, in ms.
const LOOK_AGAIN_MS: f64 = 4.0;

/// Room beyond the round's own requests: redirects, preflights' retries, the page's own requests.
const SPARE_ENTRIES: u32 = 1_000;

/// The global's resource timing buffer, as one target's requests stand in it.
#[derive(Debug)]
pub(crate) struct BrowserTimeline<'a, K> {
    performance: Performance,
    clock: &'a K,
    destinations: Destinations<'a>,
    began_ms: Cell<f64>,
    /// Whether the next wait is a short one: the last was in vain, or no entries can come.
    in_vain: Cell<bool>,
    is_firefox: bool,
}

impl<'a, K: Clock> BrowserTimeline<'a, K> {
    /// The global's buffer, for requests to these `destinations`; `clock` must be the global's clock.
    pub(crate) fn new(clock: &'a K, destinations: Destinations<'a>) -> Self {
        Self {
            performance: global("performance").unchecked_into(),
            clock,
            destinations,
            began_ms: Cell::new(0.0),
            in_vain: Cell::new(!destinations.warm.is_over_a_network()),
            is_firefox: property(&global("navigator"), "userAgent")
                .as_string()
                .is_some_and(|browser| browser.contains("Firefox/")),
        }
    }

    /// Entries of the run's own fetches and XMLHttpRequests that began in this round.
    fn present(&self) -> Vec<PerformanceResourceTiming> {
        let earliest = self.began_ms.get() - self.clock.step_ms();
        self.performance
            .get_entries_by_type("resource")
            .iter()
            .map(JsCast::unchecked_into::<PerformanceResourceTiming>)
            .filter(|entry| entry.start_time() >= earliest)
            .filter(|entry| matches!(entry.initiator_type().as_str(), "fetch" | "xmlhttprequest"))
            .filter(|entry| self.destinations.has(&entry.name()))
            .collect()
    }

    /// As [`Timeline::begin_round`].
    pub(crate) fn begin_round(&self, requests: u32) {
        self.performance.clear_resource_timings();
        self.performance.set_resource_timing_buffer_size(requests.saturating_add(SPARE_ENTRIES));
        self.began_ms.set(self.clock.now_ms());
    }

    /// As [`Timeline::entries`].
    pub(crate) async fn entries(&self, answered: usize, issued: usize) -> Vec<TimingEntry> {
        let longest = LONGEST_WAIT_MS + WAIT_PER_REQUEST_MS * issued as f64;
        let deadline = self.clock.now_ms() + if self.in_vain.get() { SHORT_WAIT_MS } else { longest };
        let (mut looks, mut before) = (0, None);
        loop {
            looks += 1;
            let present = self.present();
            // Requests that failed may have entries, too: with as many as answers, all may not be there yet.
            let all_there = present.len() >= issued;
            let stand_still = present.len() >= answered && before == Some(present.len());
            if all_there || stand_still || (looks >= FEWEST_LOOKS && self.clock.now_ms() >= deadline) {
                self.in_vain.set(present.is_empty() && answered > 0);
                return present.iter().map(|entry| read(entry, self.is_firefox)).collect();
            }
            before = Some(present.len());
            self.clock.sleep(LOOK_AGAIN_MS).await;
        }
    }
}

/// Those of every target of a run.
#[derive(Debug)]
pub(crate) struct BrowserTimelines<'a, K>(Vec<BrowserTimeline<'a, K>>);

impl<'a, K: Clock> BrowserTimelines<'a, K> {
    pub(crate) fn new(clock: &'a K, targets: &'a [ResolvedTarget]) -> Self {
        Self(targets.iter().map(|target| BrowserTimeline::new(clock, target.destinations())).collect())
    }
}

impl<K: Clock> Timeline for BrowserTimelines<'_, K> {
    fn begin_round(&self, variant: &Variant, requests: u32) {
        self.0[variant.target].begin_round(requests);
    }

    async fn entries(&self, variant: &Variant, answered: usize, issued: usize) -> Vec<TimingEntry> {
        self.0[variant.target].entries(answered, issued).await
    }
}

fn read(entry: &PerformanceResourceTiming, is_firefox: bool) -> TimingEntry {
    // An interim answer (1xx) may come before the final one, whose first byte counts. Firefox 153 has this, and workers are told of the
    // interim one all the same.
    let final_start = property(entry, "finalResponseHeadersStart").as_f64();
    TimingEntry {
        name: entry.name(),
        start_ms: entry.start_time(),
        fetch_start_ms: entry.fetch_start(),
        redirect_start_ms: entry.redirect_start(),
        worker_start_ms: entry.worker_start(),
        dns_start_ms: entry.domain_lookup_start(),
        dns_end_ms: entry.domain_lookup_end(),
        connect_start_ms: entry.connect_start(),
        tls_start_ms: entry.secure_connection_start(),
        connect_end_ms: entry.connect_end(),
        request_start_ms: entry.request_start(),
        response_start_ms: final_start.filter(|ms| *ms > 0.0).unwrap_or_else(|| entry.response_start()),
        maybe_interim: is_firefox || final_start.is_none(),
        response_end_ms: entry.response_end(),
        protocol: entry.next_hop_protocol(),
        transfer_bytes: bytes(entry, "transferSize"),
        encoded_bytes: bytes(entry, "encodedBodySize"),
        decoded_bytes: bytes(entry, "decodedBodySize"),
        from_cache: property(entry, "deliveryType") == "cache",
        server_connection: server_connection(entry),
    }
}

/// web-sys has these as 32-bit numbers; a body may be larger.
fn bytes(entry: &JsValue, name: &str) -> u64 {
    property(entry, name).as_f64().map_or(0, |bytes| bytes as u64)
}

fn server_connection(entry: &JsValue) -> Option<ServerConnection> {
    let metrics = property(entry, "serverTiming").dyn_into::<js_sys::Array>().ok()?;
    let metric = metrics.iter().find(|metric| property(metric, "name") == "conn")?;
    ServerConnection::parse(&property(&metric, "description").as_string()?)
}
