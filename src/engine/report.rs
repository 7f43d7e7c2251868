use crate::{js, json};
use fetchmark_core::report::{Distance, Report, SCHEMA};
use js_sys::Reflect;
use std::sync::Arc;
use wasm_bindgen::JsValue;

/// A report: as the page shows it, and the value itself, which is handed on unchanged.
#[derive(Clone, Debug)]
pub struct EngineReport {
    /// For the page.
    pub report: Arc<Report>,
    /// For scripts and files.
    pub raw: JsValue,
}

impl EngineReport {
    /// Reads a report that an engine gave, or that was opened and checked ([`crate::reports::tools`]).
    pub fn read(raw: JsValue) -> Result<Self, String> {
        let report: Report = json::read(&raw)?;
        // Of another version of Fetchmark, say of a cached engine, it may mean something else.
        if report.schema != SCHEMA {
            return Err(format!("schema {}", report.schema));
        }
        Ok(Self { report: Arc::new(report.with_threads()), raw })
    }

    /// The same with the network that the lab emulated, which no engine sees.
    #[must_use]
    pub fn at(mut self, distance: Option<Distance>) -> Self {
        if let (Some(distance), Some(environment)) = (distance, js::property(&self.raw, "environment")) {
            // An object that an engine made takes another field.
            let _ = Reflect::set(&environment, &"distance".into(), &json::write(&distance));
            Arc::make_mut(&mut self.report).environment.distance = Some(distance);
        }
        self
    }
}
