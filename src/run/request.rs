//! What a run is asked for.

use crate::{json, run::failure::RunFailure};
use fetchmark_core::scenario::Scenario;
use std::iter;
use wasm_bindgen::JsValue;

#[derive(Clone, Debug)]
pub struct Request {
    scenario: Scenario,
    /// A script's callbacks: an object, or undefined.
    hooks: JsValue,
}

impl Request {
    pub fn of(scenario: Scenario) -> Self {
        Self { scenario, hooks: JsValue::UNDEFINED }
    }

    /// Asks for what a script gives: an object, or nothing for the default. Its `hooks` are called as the run goes on.
    pub fn from_script(given: &JsValue, hooks: JsValue) -> Result<Self, RunFailure> {
        if given.is_undefined() || given.is_null() {
            return Ok(Self { scenario: Scenario::default(), hooks });
        }
        // Without what JSON does not hold, such as fields that are undefined.
        let given = json::value(&json::text(given));
        let mut scenario: Scenario = json::read(&given).map_err(RunFailure::UnreadableScenario)?;
        if let Some(field) = json::unknown_field(&given, &json::write(&scenario)) {
            return Err(RunFailure::UnreadableScenario(format!("unknown field `{field}`")));
        }
        scenario.settle_targets();
        Ok(Self { scenario, hooks })
    }

    pub fn hooks(&self) -> &JsValue {
        &self.hooks
    }

    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Every address, empty for the default target.
    pub fn urls_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let Scenario { target, targets, .. } = &mut self.scenario;
        iter::once(&mut target.url).chain(targets.iter_mut().map(|target| &mut target.url))
    }
}
