//! Export: the link, files of the report, and copies.

use crate::{
    form::link,
    js,
    reports::{history::Entry, library::ReportLibrary, tools::Made},
    text::{ReportProblem, text},
    ui::{
        button::{Button, CopyButton},
        card::Card,
        clipboard::copied_when_made,
        files::save_text,
    },
};
use fetchmark_core::export::Format;
use js_sys::JSON;
use leptos::{html, prelude::*, task::tick};
use wasm_bindgen::JsValue;

/// The name under which a report is saved, without its ending.
const NAME: &str = "fetchmark-report";
const LINK_FIELD: &str = "link";

#[component]
pub fn Export(library: ReportLibrary) -> impl IntoView {
    let ReportLibrary { store, form, history, .. } = library;
    let text = text();
    let words = &text.export;
    let status = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    let select_link = move || {
        if let Some(field) = field.try_get_untracked().flatten() {
            field.select();
        }
    };
    // A link with results that could not be copied, shown in the place of the link to the settings until these change.
    let shown = RwSignal::new(None);
    Effect::new(move || {
        form.params();
        shown.set(None::<String>);
    });
    let with_secrets = RwSignal::new(false);
    let link_now = Signal::derive(move || {
        let params = form.params();
        if with_secrets.get() { link::absolute_with_secrets(&params) } else { link::absolute(&params) }
    });
    let link_copied = move |is_copied: bool| {
        if !is_copied {
            select_link();
        }
        status.set(if is_copied { words.copied } else { words.not_copied }.to_owned());
    };
    let show_problem = move |problem: &ReportProblem| {
        status.try_set((text.history.problem)(problem));
    };
    let copy_with_report = move || {
        js::spawn(async move {
            match copied_when_made(library.link_with_report()).await {
                Ok(true) => drop(status.try_set(words.copied.to_owned())),
                Ok(false) => match library.link_with_report().await {
                    Ok(link) => {
                        shown.try_set(Some(link));
                        tick().await;
                        select_link();
                        status.try_set(words.not_copied.to_owned());
                    }
                    Err(problem) => show_problem(&problem),
                },
                Err(problem) => show_problem(&problem),
            }
        });
    };
    // A browser without blobs has no WebAssembly either, so that saving cannot fail.
    let save = move |content: &str, format: Format, kind: &str| {
        drop(save_text(content, &format!("{NAME}.{}", format.extension()), kind));
    };
    let save_json = move || {
        if let Ok(json) = json(&store.raw_report()) {
            save(&json, Format::Json, "application/json");
        }
    };
    let save_as = move |format: Format, kind: &'static str| {
        js::spawn(async move {
            match library.exported(format, text.language).await {
                Ok(content) => save(&content, format, kind),
                Err(problem) => show_problem(&problem),
            }
        });
    };
    let copy = move |made: Made| {
        js::spawn(async move {
            match copied_when_made(made).await {
                Ok(true) => drop(status.try_set(words.copied.to_owned())),
                Ok(false) => drop(status.try_set(words.not_allowed.to_owned())),
                Err(problem) => show_problem(&problem),
            }
        });
    };
    let is_baseline = move || {
        let shown = store.report().map(|report| Entry::of(&report).key);
        history.baseline().map(|entry| entry.key).is_some_and(|key| Some(key) == shown)
    };
    let keep_as_baseline = move || {
        history.is_available().then(|| {
            view! {
                <Button
                    test_id="keep-baseline"
                    label=text.history.keep_as_baseline
                    pressed=Signal::derive(is_baseline)
                    on_click=move || js::spawn(library.keep_as_baseline())
                />
            }
        })
    };
    view! {
        <Card id="export" title=words.title>
            <div class="take">
                <label class="label" for=LINK_FIELD>{words.link}</label>
                <input
                    node_ref=field
                    class="input"
                    id=LINK_FIELD
                    data-testid=LINK_FIELD
                    type="text"
                    readonly
                    prop:value=move || shown.get().unwrap_or_else(|| link_now.get())
                />
                <CopyButton test_id="copy-link" label=words.copy text=link_now on_copied=link_copied />
                <Button test_id="copy-report-link" label=words.copy_with_report on_click=copy_with_report />
                <Button test_id="download-json" label=words.download on_click=save_json />
                <Button test_id="download-csv" label=words.download_csv on_click=move || save_as(Format::Csv, "text/csv") />
                <Button test_id="download-hdr" label=words.download_hdr on_click=move || save_as(Format::Hdr, "text/plain") />
                <Button
                    test_id="copy-markdown"
                    label=words.copy_markdown
                    on_click=move || copy(Box::pin(library.exported(Format::Markdown, text.language)))
                />
                <Button
                    test_id="copy-table"
                    label=words.copy_table
                    on_click=move || copy(Box::pin(library.table()))
                />
                {keep_as_baseline}
            </div>
            <label class="hint" hidden=move || !link::has_secrets(&form.params())>
                <input
                    type="checkbox"
                    data-testid="link-secrets"
                    on:change=move |_| with_secrets.update(|is_on| *is_on = !*is_on)
                />
                " "
                {words.with_secrets}
            </label>
            <p class="caption">{words.download_hint}</p>
            <p class="caption" role="status">{status}</p>
        </Card>
    }
}

fn json(report: &JsValue) -> Result<String, JsValue> {
    JSON::stringify_with_replacer_and_space(report, &JsValue::NULL, &2.into()).map(String::from)
}
