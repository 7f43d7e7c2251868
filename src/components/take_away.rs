//! What a person takes along: the link and the report.

use super::lean::{on, words};
use crate::{form::Form, js, link, run_store::RunStore, text::text};
use js_sys::{Array, JSON};
use leptos::{ev::MouseEvent, html::Input, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The name under which a report is saved.
const FILE_NAME: &str = "fetchmark-report.json";

/// Link and file.
#[component]
pub fn TakeAway(
    /// The run.
    store: RunStore,
    /// The settings.
    form: Form,
) -> AnyView {
    let text = text();
    let field = NodeRef::<Input>::new();
    let said = RwSignal::new("");
    let link = move || link::absolute(&form.params());
    let copy = on(move |_: MouseEvent| {
        let words = untrack(link);
        spawn_local(async move {
            if copied(&words).await {
                said.try_set(text.take_away.copied);
                return;
            }
            if let Some(field) = field.get_untracked() {
                field.select();
            }
            said.try_set(text.take_away.not_copied);
        });
    });
    let save = on(move |_: MouseEvent| {
        // A browser without blobs has no WebAssembly either.
        let _ = download(&store.raw_report());
    });
    view! {
        <section class="card" aria-labelledby="take-title">
            <h2 id="take-title">{text.take_away.title}</h2>
            <div class="take">
                <label class="label" for="link">{text.take_away.link}</label>
                <input node_ref=field id="link" class="input" type="text" readonly="" prop:value=words(link) />
                <button type="button" class="quiet-button" data-testid="copy-link" on:click=copy>
                    {text.take_away.copy}
                </button>
                <button
                    type="button"
                    class="quiet-button"
                    data-testid="download-json"
                    on:click=save
                >
                    {text.take_away.download}
                </button>
            </div>
            <p class="caption">
                {text.take_away.download_hint} " " <span role="status">{words(move || said.get().to_owned())}</span>
            </p>
        </section>
    }
    .into_any()
}

async fn copied(words: &str) -> bool {
    let Some(window) = js::window() else { return false };
    let navigator = window.navigator();
    // Outside of secure contexts there is no clipboard.
    if js::property(&navigator, "clipboard").is_none() {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(words)).await.is_ok()
}

fn download(report: &JsValue) -> Result<(), JsValue> {
    let json = JSON::stringify_with_replacer_and_space(report, &JsValue::NULL, &2.into())?;
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&json), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    if let Some(document) = js::document() {
        let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
        anchor.set_href(&url);
        anchor.set_download(FILE_NAME);
        anchor.click();
    }
    Url::revoke_object_url(&url)
}
