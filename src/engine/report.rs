use crate::json;
use fetchmark_core::report::{Report, SCHEMA};
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
}
