//! What JavaScript sees of the tools. What is refused is thrown as an object: the sentence in each language, by the language's tag.

use fetchmark_core::{export::Format, scenario::params::Language};
use fetchmark_text::{Refusal, why_refused};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub fn opened(report: &str) -> Result<String, JsValue> {
    crate::opened(report).map(Into::into).map_err(|refusal| thrown(&refusal))
}

#[wasm_bindgen]
pub fn unpacked(text: &str) -> Result<String, JsValue> {
    crate::unpacked(text).map_err(|refusal| thrown(&refusal))
}

#[wasm_bindgen]
pub fn packed(report: &str) -> Result<String, JsValue> {
    crate::packed(report).map_err(|refusal| thrown(&refusal))
}

/// Format and language are given by their words.
#[wasm_bindgen]
pub fn exported(report: &str, format: &str, language: &str) -> Result<String, JsValue> {
    let format = format.parse::<Format>().map_err(|error| JsError::new(&error.to_string()))?;
    let language = Language::from_word(language).ok_or_else(|| JsError::new("unknown language"))?;
    crate::exported(report, format, language).map_err(|refusal| thrown(&refusal))
}

#[wasm_bindgen]
pub fn table(report: &str) -> Result<String, JsValue> {
    crate::table(report).map_err(|refusal| thrown(&refusal))
}

#[wasm_bindgen]
pub fn compared(baseline: &str, candidate: &str) -> Result<String, JsValue> {
    crate::compared(baseline, candidate).map_err(|refusal| thrown(&refusal))
}

#[wasm_bindgen(js_name = comparedWithRow)]
pub fn compared_with_row(report: &str, baseline: &str) -> Result<String, JsValue> {
    crate::compared_with_row(report, baseline).map_err(|refusal| thrown(&refusal))
}

fn thrown(refusal: &Refusal) -> JsValue {
    let sentences = Object::new();
    for language in Language::ALL {
        // On an object just made it cannot fail.
        let _ = Reflect::set(&sentences, &language.word().into(), &why_refused(refusal, *language).into());
    }
    sentences.into()
}
