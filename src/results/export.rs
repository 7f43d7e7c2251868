//! What a person takes along: the link and the report.

use crate::{
    form::link,
    js,
    reports::{history::Entry, library::ReportLibrary, tsv::tsv},
    text::{ReportProblem, text},
    ui::{
        clipboard::copied,
        el::{El, classed, el},
        files::save_text,
    },
};
use fetchmark_core::{
    export::{self, Format},
    report::Report,
};
use js_sys::JSON;
use leptos::{prelude::*, task::tick};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlInputElement;

/// The name under which a report is saved, without its ending.
const NAME: &str = "fetchmark-report";
/// The id of the field that holds the link.
const LINK_FIELD: &str = "link";

/// How a report is written for a file.
type Export = fn(&Report) -> Result<String, ReportProblem>;

/// Link and file.
pub fn take_away(library: ReportLibrary) -> El {
    let ReportLibrary { store, form, history, .. } = library;
    let text = text();
    let said = RwSignal::new(String::new());
    // A link with results that could not be copied, shown in the place of the link to the settings until these change.
    let shown = RwSignal::new(None);
    Effect::new(move || {
        form.params();
        shown.set(None::<String>);
    });
    let with_secrets = RwSignal::new(false);
    let link_now = move || {
        let params = form.params();
        if with_secrets.get() { link::absolute_with_secrets(&params) } else { link::absolute(&params) }
    };
    let copy = move |_| {
        let link = untrack(link_now);
        js::spawn(async move {
            let is_copied = copied(&link).await;
            if !is_copied {
                select_link();
            }
            said.try_set(
                if is_copied { text.take_away.copied } else { text.take_away.not_copied }.to_owned(),
            );
        });
    };
    let copy_with_report = move |_| {
        js::spawn(async move {
            let outcome = match library.link_with_report() {
                Ok(link) if copied(&link).await => text.take_away.copied.to_owned(),
                Ok(link) => {
                    shown.set(Some(link));
                    tick().await;
                    select_link();
                    text.take_away.not_copied.to_owned()
                }
                Err(problem) => (text.kept.problem)(&problem),
            };
            said.try_set(outcome);
        });
    };
    // A browser without blobs has no WebAssembly either, so that saving cannot fail.
    let save_json = move |_| {
        let name = format!("{NAME}.{}", Format::Json.extension());
        drop(json(&store.raw_report()).and_then(|json| save_text(&json, &name, "application/json")));
    };
    let save_as = move |format: Format, kind: &'static str, export: Export| {
        let Some(report) = untrack(move || store.report()) else { return };
        match export(&report) {
            Ok(written) => drop(save_text(&written, &format!("{NAME}.{}", format.extension()), kind)),
            Err(problem) => said.set((text.kept.problem)(&problem)),
        }
    };
    let tell = move |is_copied: bool| {
        let words = if is_copied { text.take_away.copied } else { text.take_away.not_allowed };
        said.try_set(words.to_owned());
    };
    let copy_markdown = move |_| {
        let Some(report) = untrack(move || store.report()) else { return };
        let written = fetchmark_text::export::markdown(&report, &[], text.speaks);
        js::spawn(async move { tell(copied(&written).await) });
    };
    let copy_table = move |_| {
        let Some(report) = untrack(move || store.report()) else { return };
        let table = tsv(&report);
        js::spawn(async move { tell(copied(&table).await) });
    };
    let field = classed("input", "input")
        .set("id", LINK_FIELD)
        .set("data-testid", LINK_FIELD)
        .set("type", "text")
        .set("readonly", "")
        .prop("value", move || shown.get().unwrap_or_else(link_now));
    let secrets = classed("label", "hint")
        .bind("hidden", move || (!link::has_secrets(&form.params())).then(String::new))
        .child(
            el("input")
                .set("type", "checkbox")
                .set("data-testid", "link-secrets")
                .on("change", move |_| with_secrets.update(|is_on| *is_on = !*is_on)),
        )
        .text(" ")
        .text(text.take_away.with_secrets);
    let line =
        classed("div", "take")
            .child(classed("label", "label").set("for", LINK_FIELD).text(text.take_away.link))
            .child(field)
            .child(button("copy-link", text.take_away.copy).on("click", copy))
            .child(button("copy-report-link", text.take_away.copy_with_report).on("click", copy_with_report))
            .child(button("download-json", text.take_away.download).on("click", save_json))
            .child(button("download-csv", text.take_away.download_csv).on("click", move |_| {
                save_as(Format::Csv, "text/csv", |report| Ok(export::rounds_csv(report)))
            }))
            .child(
                button("download-hdr", text.take_away.download_hdr)
                    .on("click", move |_| save_as(Format::Hdr, "text/plain", hdr)),
            )
            .child(button("copy-markdown", text.take_away.copy_markdown).on("click", copy_markdown))
            .child(button("copy-table", text.take_away.copy_table).on("click", copy_table));
    let is_baseline = move || {
        let shown = store.report().map(|report| Entry::of(&report).key);
        history.baseline().map(|entry| entry.key).is_some_and(|key| Some(key) == shown)
    };
    let line = line.child(
        button("keep-baseline", text.kept.keep_as_baseline)
            .bind("aria-pressed", move || Some(is_baseline().to_string()))
            .bind("hidden", move || (!history.is_available()).then(String::new))
            .on("click", move |_| js::spawn(library.keep_as_baseline())),
    );
    classed("section", "card")
        .set("aria-labelledby", "take-title")
        .child(el("h2").set("id", "take-title").text(text.take_away.title))
        .child(line)
        .child(secrets)
        .child(classed("p", "caption").text(text.take_away.download_hint))
        .child(classed("p", "caption").set("role", "status").words(move || said.get()))
}

fn button(test_id: &'static str, word: &'static str) -> El {
    classed("button", "quiet-button").set("type", "button").set("data-testid", test_id).text(word)
}

fn hdr(report: &Report) -> Result<String, ReportProblem> {
    export::hdr(report).map_err(ReportProblem::NotWritten)
}

fn select_link() {
    let field = js::document().and_then(|document| document.get_element_by_id(LINK_FIELD));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}

fn json(report: &JsValue) -> Result<String, JsValue> {
    JSON::stringify_with_replacer_and_space(report, &JsValue::NULL, &2.into()).map(String::from)
}
