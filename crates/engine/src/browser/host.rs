//! What the run says, handed to JavaScript; what it needs to know of the page.

use super::{global, property};
use crate::platform::Host;
use fetchmark_core::{
    progress::Progress,
    report::{Environment, Report, VariantReport},
    sample_record::RoundSamples,
    validity::{Finding, FindingCode, Severity},
};
use serde::Serialize;
use std::cell::Cell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The object JavaScript hands in.
    pub type Hooks;

    #[wasm_bindgen(method)]
    fn progress(this: &Hooks, json: &str);

    #[wasm_bindgen(method)]
    fn checkpoint(this: &Hooks, json: &str);

    #[wasm_bindgen(method)]
    fn row(this: &Hooks, variant: u32, json: &str);

    /// Whether `samples` is there.
    #[wasm_bindgen(method, getter, js_name = wantsSamples)]
    fn wants_samples(this: &Hooks) -> bool;

    #[wasm_bindgen(method)]
    fn samples(this: &Hooks, json: &str);
}

/// The page, as seen from the measuring thread.
pub(crate) struct BrowserHost<'a> {
    /// Where to say things.
    pub(crate) hooks: &'a Hooks,
    /// Whether the browser asks permission before the target's requests.
    pub(crate) preflights: bool,
    /// Set while the page is hidden.
    pub(crate) hidden: &'a Cell<bool>,
    /// Set once the page was hidden; taken when asked.
    pub(crate) was_hidden: &'a Cell<bool>,
}

/// The types serialised here hold nothing that JSON cannot: no maps with odd keys, no failing implementations.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Host for BrowserHost<'_> {
    fn progress(&self, progress: &Progress) {
        self.hooks.progress(&json(progress));
    }

    fn checkpoint(&self, report: &Report) {
        self.hooks.checkpoint(&json(report));
    }

    fn row(&self, variant: usize, row: &VariantReport) {
        self.hooks.row(variant as u32, &json(row));
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

    fn known_before(&self) -> Vec<Finding> {
        let preflights = Finding {
            code: FindingCode::Preflights,
            severity: Severity::Weakens,
            variant: None,
            count: 1,
            detail: None,
        };
        self.preflights.then_some(preflights).into_iter().collect()
    }

    fn environment(&self) -> Environment {
        let navigator = global("navigator");
        Environment {
            user_agent: property(&navigator, "userAgent").as_string().unwrap_or_default(),
            cores: property(&navigator, "hardwareConcurrency").as_f64().map(|cores| cores as u32),
            cross_origin_isolated: global("crossOriginIsolated") == JsValue::TRUE,
            ..Environment::default()
        }
    }

    fn iso_time(&self) -> String {
        js_sys::Date::new_0().to_iso_string().into()
    }
}
