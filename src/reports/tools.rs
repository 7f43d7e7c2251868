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

/// Opens, compares, exports and packs reports.
pub trait ReportTools {
    /// A report that was passed on, checked and without secrets.
    fn opened(&self, report: String) -> Made;

    /// The report that a link's text holds, without secrets.
    fn unpacked(&self, text: String) -> Made;

    /// A report as text for a link.
    fn packed(&self, report: String) -> Made;

    /// A report in another form.
    fn exported(&self, report: String, format: Format, language: Language) -> Made;

    /// The table of a report, to be pasted into a spreadsheet.
    fn table(&self, report: String) -> Made;

    /// Two reports compared: a [`fetchmark_core::compare::reports::ReportComparison`].
    fn compared(&self, baseline: String, candidate: String) -> Made;
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
}

/// The tools that are served beside the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserTools;

impl ReportTools for BrowserTools {
    fn opened(&self, report: String) -> Made {
        made(move |module| module.opened(&report))
    }

    fn unpacked(&self, text: String) -> Made {
        made(move |module| module.unpacked(&text))
    }

    fn packed(&self, report: String) -> Made {
        made(move |module| module.packed(&report))
    }

    fn exported(&self, report: String, format: Format, language: Language) -> Made {
        made(move |module| module.exported(&report, format.word(), language.word()))
    }

    fn table(&self, report: String) -> Made {
        made(move |module| module.table(&report))
    }

    fn compared(&self, baseline: String, candidate: String) -> Made {
        made(move |module| module.compared(&baseline, &candidate))
    }
}

/// Loads the module and asks it. It belongs to one build of Fetchmark with the page, so that what it does is known to be there.
fn made(ask: impl FnOnce(&Module) -> Result<String, JsValue> + 'static) -> Made {
    Box::pin(async move {
        let module = JsFuture::from(load_report_tools()).await.map_err(|error| failed(&error))?;
        ask(module.unchecked_ref()).map_err(|thrown| refused(&thrown))
    })
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
