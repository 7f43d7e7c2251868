//! What opens, compares, exports and packs reports: what the page asks of it, and the module that is served beside the page.
//!
//! The page knows the module by its trait only, so tests put their own in its place.

use crate::{js, text::ReportProblem};
use fetchmark_core::{export::Format, scenario::params::Language};
use js_sys::Promise;
use std::{future::Future, pin::Pin};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// What came of it: text, or why there is none.
pub type Made = Pin<Box<dyn Future<Output = Result<String, ReportProblem>>>>;

/// What the tools are asked for. Reports are JSON.
pub enum Task {
    /// A report that was passed on, checked and without secrets.
    Open(String),
    /// The report that a link's text holds, without secrets.
    Unpack(String),
    /// A report as text for a link.
    Pack(String),
    Export(String, Format, Language),
    /// The table of a report, to be pasted into a spreadsheet.
    Table(String),
    /// Two reports compared: a [`fetchmark_core::compare::reports::ReportComparison`].
    Compare {
        baseline: String,
        candidate: String,
    },
    /// The rows of a report compared with the one of this id: a list of [`fetchmark_core::compare::Comparison`]s.
    CompareWithRow(String, String),
}

pub trait ReportTools {
    fn make(&self, task: Task) -> Made;
}

#[wasm_bindgen(module = "/src/reports/tools/loader.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadReportTools)]
    fn load_report_tools() -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// `crates/report-tools`, as wasm-bindgen exports it.
    type Module;

    #[wasm_bindgen(method, catch)]
    fn opened(this: &Module, report: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn unpacked(this: &Module, text: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn packed(this: &Module, report: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn exported(this: &Module, report: &str, format: &str, language: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn table(this: &Module, report: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn compared(this: &Module, baseline: &str, candidate: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch, js_name = comparedWithRow)]
    fn compared_with_row(this: &Module, report: &str, baseline: &str) -> Result<String, JsValue>;
}

#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserTools;

impl ReportTools for BrowserTools {
    /// It belongs to one build of Fetchmark with the page, so that what it does is known to be there.
    fn make(&self, task: Task) -> Made {
        Box::pin(async move {
            let module = JsFuture::from(load_report_tools()).await.map_err(|error| failed(&error))?;
            let module: &Module = module.unchecked_ref();
            match task {
                Task::Open(report) => module.opened(&report),
                Task::Unpack(text) => module.unpacked(&text),
                Task::Pack(report) => module.packed(&report),
                Task::Export(report, format, language) => {
                    module.exported(&report, format.word(), language.word())
                }
                Task::Table(report) => module.table(&report),
                Task::Compare { baseline, candidate } => module.compared(&baseline, &candidate),
                Task::CompareWithRow(report, baseline) => module.compared_with_row(&report, &baseline),
            }
            .map_err(|thrown| refused(&thrown))
        })
    }
}

/// What the module throws: a sentence in each language; anything else is the browser's own.
fn refused(thrown: &JsValue) -> ReportProblem {
    let sentence = |language: &Language| {
        js::property(thrown, language.word()).and_then(|sentence| Some((*language, sentence.as_string()?)))
    };
    let sentences: Vec<_> = Language::ALL.iter().filter_map(sentence).collect();
    if sentences.is_empty() { failed(thrown) } else { ReportProblem::Refused(sentences) }
}

fn failed(error: &JsValue) -> ReportProblem {
    ReportProblem::NoTools(js::message(error))
}
