//! What the run says, handed to JavaScript; what it needs to know of the page.

use super::{global, property, resolved::ResolvedTarget};
use crate::run::platform::Host;
use fetchmark_core::{
    report::{
        Environment, Report, RuntimeReport,
        validity::{Finding, FindingCode, Severity},
    },
    run::progress::Progress,
    samples::record::RoundSamples,
    scenario::{
        factors::{Connection, Pacing},
        variant::Variant,
    },
};
use js_sys::Promise;
use serde::Serialize;
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The object JavaScript hands in.
    pub type Hooks;

    #[wasm_bindgen(method)]
    fn progress(this: &Hooks, json: &str);

    #[wasm_bindgen(method)]
    fn checkpoint(this: &Hooks, json: &str);

    /// Whether `betweenBlocks` is to be called.
    #[wasm_bindgen(method, getter, js_name = wantsBlocks)]
    fn wants_blocks(this: &Hooks) -> bool;

    /// Resolves when the next block may begin.
    #[wasm_bindgen(method, js_name = betweenBlocks)]
    fn between_blocks(this: &Hooks) -> js_sys::Promise;

    /// Whether `samples` is there.
    #[wasm_bindgen(method, getter, js_name = wantsSamples)]
    fn wants_samples(this: &Hooks) -> bool;

    /// Whether a service worker controls the page.
    #[wasm_bindgen(method, getter)]
    fn controlled(this: &Hooks) -> bool;

    /// What counters in hosts begin with; undefined: 0.
    #[wasm_bindgen(method, getter, js_name = hostsFrom)]
    pub(crate) fn hosts_from(this: &Hooks) -> Option<f64>;

    #[wasm_bindgen(method)]
    fn samples(this: &Hooks, json: &str);

    /// What runs clients outside the browser: a list of `RuntimeReport`s as JSON. Undefined: nothing does.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn runtimes(this: &Hooks) -> Option<String>;

    /// Has a `RoundOrder` (JSON) carried out. Resolves with a `RoundAnswer` as JSON.
    #[wasm_bindgen(method)]
    pub(crate) fn outside(this: &Hooks, order: &str) -> Promise;

    /// Has a `ThreadOrder` (JSON) carried out on the page's own thread; `tick` is given the number of requests ended. Resolves with a
    /// `RoundResult` as JSON, or with `null` where none was ordered.
    #[wasm_bindgen(method, js_name = onPage)]
    pub(crate) fn on_page(this: &Hooks, order: &str, tick: &Closure<dyn Fn(u32)>) -> Promise;

    /// Has a `ThreadOrder` (JSON) carried out in the worker that Python has in this tab, which the first one starts; else as `onPage`. Is
    /// rejected with why there is no Python, or no round.
    #[wasm_bindgen(method, js_name = inPython)]
    pub(crate) fn in_python(this: &Hooks, order: &str, tick: &Closure<dyn Fn(u32)>) -> Promise;

    /// What Python in this tab says of itself: a `RuntimeReport` as JSON. Undefined: it has not started.
    #[wasm_bindgen(method, getter)]
    fn pyodide(this: &Hooks) -> Option<String>;

    /// The targets, from 0, whose rounds other tabs measure.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn elsewhere(this: &Hooks) -> Option<Vec<u32>>;

    /// Has a `ThreadOrder` (JSON) carried out in a target's tab. Resolves with a `RoundResult` as JSON, or with `null` where none was
    /// ordered; is rejected with a sentence.
    #[wasm_bindgen(method, js_name = inTab)]
    pub(crate) fn in_tab(this: &Hooks, target: u32, order: &str) -> Promise;

    /// Where an engine serves another thread's: resolves with the next `ThreadOrder` (JSON), or with nothing if none will come.
    #[wasm_bindgen(method, js_name = nextOrder)]
    pub(crate) fn next_order(this: &Hooks) -> Promise;

    /// Hands over what the order taken last came to (JSON).
    #[wasm_bindgen(method)]
    pub(crate) fn answer(this: &Hooks, json: &str);

    /// Tells how many requests of that round have ended.
    #[wasm_bindgen(method)]
    pub(crate) fn tick(this: &Hooks, ended: u32);
}

/// The page, as seen from the measuring thread.
pub(crate) struct BrowserHost<'a> {
    pub(crate) hooks: &'a Hooks,
    /// Every target, in the scenario's order.
    pub(crate) targets: &'a [ResolvedTarget],
    pub(crate) runtimes: &'a [RuntimeReport],
    pub(crate) any_cold: bool,
    pub(crate) hidden: &'a Cell<bool>,
    /// Set once the page was hidden; taken when asked.
    pub(crate) was_hidden: &'a Cell<bool>,
}

/// The types serialised here hold nothing that JSON cannot: no maps with odd keys, no failing implementations.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl BrowserHost<'_> {
    /// Whether a cache may stand between this variant's client and the target.
    fn could_be_cached(&self, variant: &Variant) -> bool {
        self.targets[variant.target].target.method.is_cacheable() && !variant.client.info().bypasses_cache
    }
}

impl Host for BrowserHost<'_> {
    fn progress(&self, progress: &Progress) {
        self.hooks.progress(&json(progress));
    }

    fn checkpoint(&self, report: &Report) {
        self.hooks.checkpoint(&json(report));
    }

    async fn between_blocks(&self) {
        if self.hooks.wants_blocks() {
            // It is never rejected; were it, the run would go on all the same.
            let _ = JsFuture::from(self.hooks.between_blocks()).await;
        }
    }

    fn wants_samples(&self) -> bool {
        self.hooks.wants_samples()
    }

    fn samples(&self, round: &RoundSamples) {
        self.hooks.samples(&json(round));
    }

    fn was_hidden(&self) -> bool {
        self.was_hidden.replace(self.hidden.get())
    }

    fn may_be_cached(&self, variant: &Variant) -> bool {
        self.could_be_cached(variant)
            && self.targets[variant.target].destinations().is_cross_origin(variant.connection)
    }

    fn shares_answers(&self, variant: &Variant) -> bool {
        // Seen in WebKitGTK 2.50: of 180 requests 10 reached the server, whatever their headers asked for. Nothing else
        // gives it away: in a worker WebKit hides the sizes, and each answer is whole.
        let user_agent = self.environment().user_agent;
        let is_webkit = user_agent.contains("AppleWebKit") && !user_agent.contains("Chrom");
        let at_once = variant.pacing == Pacing::Concurrent && variant.concurrency > 1;
        let destinations = self.targets[variant.target].destinations();
        let own_address_each = destinations.of(variant.connection).is_own_each(variant.connection);
        is_webkit && at_once && self.could_be_cached(variant) && !own_address_each
    }

    fn known_before(&self) -> Vec<Finding> {
        let preflights = self.targets.iter().any(|resolved| {
            let destinations = resolved.destinations();
            let elsewhere = destinations.is_cross_origin(Connection::Warm)
                || (self.any_cold && destinations.is_cross_origin(Connection::Cold));
            elsewhere && resolved.target.needs_preflight()
        });
        [
            (preflights, FindingCode::Preflights),
            (self.hooks.controlled(), FindingCode::ServiceWorker),
            (cfg!(debug_assertions), FindingCode::DebugBuild),
        ]
        .into_iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, code)| Finding::of_run(code, Severity::Weakens, None))
        .collect()
    }

    fn environment(&self) -> Environment {
        let navigator = global("navigator");
        let in_tab = self.hooks.pyodide().and_then(|json| serde_json::from_str(&json).ok());
        Environment {
            user_agent: property(&navigator, "userAgent").as_string().unwrap_or_default(),
            cores: property(&navigator, "hardwareConcurrency").as_f64().map(|cores| cores as u32),
            cross_origin_isolated: global("crossOriginIsolated") == JsValue::TRUE,
            runtimes: self.runtimes.iter().cloned().chain(in_tab).collect(),
            ..Environment::default()
        }
    }

    fn iso_time(&self) -> String {
        js_sys::Date::new_0().to_iso_string().into()
    }
}
