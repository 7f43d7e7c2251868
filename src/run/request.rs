//! What a run is asked for: as the engine takes it, and as the page shows it.

use crate::{js, reports::reading::Value, run::failure::RunFailure};
use fetchmark_core::{
    client_choice::ClientChoice,
    factors::{Connection, Credentials, Lifecycle, Pacing, Thread},
    lanes::Lanes,
    scenario::Scenario,
    target::{Method, Target},
};
use js_sys::{JSON, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::str::FromStr;
use wasm_bindgen::JsValue;

/// A scenario in both of its forms.
#[derive(Clone, Debug)]
pub struct Request {
    /// As the engine takes it: a JSON object, which the engine checks strictly.
    json: JsValue,
    /// As the page shows it.
    scenario: Scenario,
    /// The functions of a script that wants to hear of the run: an object, or undefined.
    hooks: JsValue,
}

impl Request {
    /// Asks for this scenario.
    ///
    /// # Errors
    /// A [`RunFailure`] if JavaScript cannot hold it: a seed may be larger than its whole numbers.
    pub fn of(scenario: Scenario) -> Result<Self, RunFailure> {
        Ok(Self { json: to_json(&scenario)?, scenario, hooks: JsValue::UNDEFINED })
    }

    /// Asks for what a script gives: an object, or nothing for the default.
    ///
    /// # Errors
    /// A [`RunFailure`] if it is not an object that can be written as JSON.
    pub fn from_script(given: &JsValue) -> Result<Self, RunFailure> {
        if given.is_undefined() || given.is_null() {
            return Self::of(Scenario::default());
        }
        // A copy: the script may change its object while the run goes on.
        let json = JSON::stringify(given).map_err(|error| unreadable(js::message(&error)))?;
        let json = JSON::parse(&String::from(json)).map_err(|error| unreadable(js::message(&error)))?;
        if !json.is_object() {
            return Err(unreadable("not an object".to_owned()));
        }
        let scenario = shown(&Value::new(json.clone()));
        Ok(Self { json, scenario, hooks: JsValue::UNDEFINED })
    }

    /// The same for a script that hears of the run through `hooks`.
    pub fn heard_by(self, hooks: JsValue) -> Self {
        Self { hooks, ..self }
    }

    /// The functions to call while the run goes on: an object, or undefined.
    pub fn hooks(&self) -> &JsValue {
        &self.hooks
    }

    /// The scenario as the page shows it.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The scenario as the engine takes it.
    pub fn json(&self) -> &JsValue {
        &self.json
    }

    /// The address, empty for the default target.
    pub fn url(&self) -> &str {
        &self.scenario.target.url
    }

    /// Sets the address.
    pub fn set_url(&mut self, url: String) {
        let target = js::property(&self.json, "target").unwrap_or_else(|| js_sys::Object::new().into());
        // Setting a property of an object that came from JSON cannot fail.
        let _ = Reflect::set(&target, &"url".into(), &(&url).into());
        let _ = Reflect::set(&self.json, &"target".into(), &target);
        self.scenario.target.url = url;
    }
}

/// A value as JavaScript would read it from JSON.
///
/// # Errors
/// A [`RunFailure`] if JavaScript cannot hold it.
pub fn to_json(value: &impl Serialize) -> Result<JsValue, RunFailure> {
    let written = value.serialize(&Serializer::json_compatible());
    written.map_err(|error| unreadable(js::message(&error.into())))
}

fn unreadable(reason: String) -> RunFailure {
    RunFailure::UnreadableScenario(reason)
}

/// What the page shows of a script's scenario. A field that cannot be read shows as the default: the engine, which has
/// the last word, refuses it in a sentence.
fn shown(json: &Value) -> Scenario {
    let default = Scenario::default();
    let number = |name: &str, default: u32| json.optional_count(name).map_or(default, |number| number as u32);
    let auto = json.optional_object("auto").map(|auto| {
        let default = fetchmark_core::scenario::AutoBudget::default();
        fetchmark_core::scenario::AutoBudget {
            budget_ms: auto.optional_count("budget_ms").map_or(default.budget_ms, |ms| ms as u32),
            min_blocks: auto.optional_count("min_blocks").map_or(default.min_blocks, |blocks| blocks as u32),
        }
    });
    let target = json.optional_object("target").map_or(default.target, |given| shown_target(&given));
    Scenario {
        target,
        clients: list(json, "clients", |word| ClientChoice::from_str(word).ok()).unwrap_or(default.clients),
        lifecycle: list(json, "lifecycle", Lifecycle::from_word).unwrap_or(default.lifecycle),
        connection: list(json, "connection", Connection::from_word).unwrap_or(default.connection),
        pacing: list(json, "pacing", Pacing::from_word).unwrap_or(default.pacing),
        n: number("n", default.n),
        concurrency: list(json, "concurrency", |word| Lanes::from_str(word).ok())
            .unwrap_or(default.concurrency),
        rate: json.optional_number("rate").unwrap_or(default.rate),
        rounds: number("rounds", default.rounds),
        warmup: number("warmup", default.warmup),
        timeout_ms: number("timeout_ms", default.timeout_ms),
        thread: (json.word("thread", Thread::from_word).ok().map(|only| vec![only]))
            .or_else(|| list(json, "thread", Thread::from_word))
            .unwrap_or(default.thread),
        aa: json.truth("aa").unwrap_or(default.aa),
        seed: json.optional_count("seed").unwrap_or(default.seed),
        margin: json.optional_number("margin").unwrap_or(default.margin),
        auto,
    }
}

fn shown_target(json: &Value) -> Target {
    let default = Target::default();
    let header = |pair: &Value| Ok((pair.text("0")?, pair.text("1")?));
    Target {
        url: json.optional_text("url").unwrap_or_default(),
        cold_url: json.optional_text("cold_url"),
        method: json.word("method", Method::from_word).unwrap_or(default.method),
        headers: json.list("headers", header).unwrap_or_default(),
        body: json.optional_text("body"),
        credentials: json.word("credentials", Credentials::from_word).unwrap_or(default.credentials),
    }
}

fn list<T>(json: &Value, name: &str, from_word: fn(&str) -> Option<T>) -> Option<Vec<T>> {
    json.optional_texts(name)?.iter().map(|word| from_word(word)).collect()
}
