//! A report in both of its forms.

use crate::json;
use fetchmark_core::{report::Report, report_reading::ReportError};
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
    /// Reads a report.
    ///
    /// # Errors
    /// [`ReportError`], naming the first field that is wrong.
    pub fn read(raw: JsValue) -> Result<Self, ReportError> {
        Ok(Self { report: Arc::new(Report::from_json(&json::text(&raw))?), raw })
    }

    /// A report that no engine gave just now.
    pub fn of(report: Report) -> Self {
        Self { raw: json::write(&report), report: Arc::new(report) }
    }
}
