//! Reports kept in the browser, and opening one from a file.

use crate::{
    js,
    reports::{
        drop_zone::DropZone,
        history::{Entry, MOST_KEPT},
        library::ReportLibrary,
    },
    run::in_view,
    text::{numbers, text},
    ui::{
        button::Button,
        card::{Card, Notice},
        dates::when,
        files::files_of,
        table::ScrollRegion,
    },
};
use leptos::{prelude::*, task::tick};
use web_sys::HtmlInputElement;

const FILE_FIELD: &str = "report-file";

/// The card: a file to open, and what is kept.
#[component]
pub fn KeptReports(library: ReportLibrary) -> impl IntoView {
    let words = &text().history;
    let history = library.history;
    let hint = move || {
        if history.is_full() {
            words.full.to_owned()
        } else if history.is_available() {
            (words.hint)(&MOST_KEPT.to_string())
        } else {
            words.not_available.to_owned()
        }
    };
    let problem = move || {
        library.problem().map(|problem| {
            view! {
                <Notice test_id="report-problem" title=words.not_opened>
                    <p>{(words.problem)(&problem)}</p>
                </Notice>
            }
        })
    };
    let table = move || {
        let entries = history.entries();
        (!entries.is_empty()).then(|| view! { <KeptTable library entries /> })
    };
    view! {
        <Card id="kept" title=words.title test_id="kept">
            <p class="caption">{hint}</p>
            <div role="alert">{problem}</div>
            <div class="take">
                <FilePicker library />
            </div>
            <DropZone library />
            {table}
        </Card>
    }
}

/// A file to open. The field itself is as the browser makes it, but for its words, which would be in the browser's language.
#[component]
fn FilePicker(library: ReportLibrary) -> impl IntoView {
    let open = move |event| {
        let field = event_target::<HtmlInputElement>(&event);
        js::spawn(library.open_files(files_of(field.files())));
        // So that the same file can be chosen again.
        field.set_value("");
    };
    view! {
        <label class="quiet-button file" for=FILE_FIELD>
            <input
                class="unseen"
                id=FILE_FIELD
                type="file"
                accept=".json,application/json"
                data-testid=FILE_FIELD
                disabled=move || library.store.is_running()
                on:change=open
            />
            {text().history.open_file}
        </label>
    }
}

/// What is kept, newest first. It is made anew after each change.
#[component]
fn KeptTable(library: ReportLibrary, entries: Vec<Entry>) -> impl IntoView {
    let words = &text().history;
    let count = (words.count)(&numbers::count(entries.len() as u64));
    let last = entries.len() - 1;
    let heads = [words.measured, words.target, words.variants, words.actions];
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> });
    let rows = entries.into_iter().enumerate().map(move |(index, entry)| {
        // The focus goes to the row that moves up into its place, else to the last row, else to the file field.
        let next = if last == 0 { FILE_FIELD.to_owned() } else { forget_id(index.min(last - 1)) };
        view! { <KeptRow library entry index next /> }
    });
    view! {
        <div class="kept">
            <ScrollRegion label=words.list>
                <table class="kept-table" aria-labelledby="kept-title">
                    <thead>
                        <tr>{heads.collect_view()}</tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </ScrollRegion>
            <div class="take">
                <span class="caption">{count}</span>
                <Button
                    class="text-button"
                    test_id="export-history"
                    label=words.export
                    on_click=move || js::spawn(library.export())
                />
                <ClearHistory library />
            </div>
        </div>
    }
}

fn forget_id(index: usize) -> String {
    format!("forget-kept-{index}")
}

#[component]
fn KeptRow(
    library: ReportLibrary,
    entry: Entry,
    index: usize,
    /// The id of what has the focus once the report is forgotten.
    next: String,
) -> impl IntoView {
    let text = text();
    let words = &text.history;
    let date = when(&entry.started_at, text.locale);
    let named = |word: &str| format!("{word}: {date}");
    let size = (words.row)(&numbers::count(entry.variants as u64), &numbers::count(entry.n.into()));
    let (url, is_baseline) = (entry.url.clone(), entry.is_baseline);
    let entry = StoredValue::new(entry);
    let key = move || entry.with_value(|entry| entry.key.clone());
    // A report is not compared with itself.
    let cannot_compare = move || library.store.report().is_none_or(|shown| Entry::of(&shown).key == key());
    let compare = move || {
        let before = entry.get_value();
        js::spawn(async move {
            library.compare_with(before).await;
            in_view::show(in_view::COMPARED);
        });
    };
    let baseline_id = format!("baseline-kept-{index}");
    let focus_next = baseline_id.clone();
    let make_baseline = move || {
        let (key, place) = ((!is_baseline).then(key), focus_next.clone());
        js::spawn(async move {
            library.history.set_baseline(key).await;
            focus_when_shown(&place).await;
        });
    };
    let forget = move || {
        let (key, next) = (key(), next.clone());
        js::spawn(async move {
            library.history.forget(vec![key]).await;
            focus_when_shown(&next).await;
        });
    };
    view! {
        <tr>
            <th scope="row">{date.clone()}</th>
            <td class="kept-url">{url}</td>
            <td>{size}</td>
            <td>
                <div class="kept-actions">
                    <Button
                        class="text-button"
                        test_id="open-kept"
                        label=words.open
                        name=named(words.open)
                        disabled=Signal::derive(move || library.store.is_running())
                        on_click=move || js::spawn(library.open_kept(key()))
                    />
                    <Button
                        class="text-button"
                        test_id="compare-kept"
                        label=words.compare
                        name=named(words.compare)
                        disabled=Signal::derive(cannot_compare)
                        on_click=compare
                    />
                    <Button
                        class="text-button"
                        test_id="baseline-kept"
                        id=baseline_id
                        label=words.baseline
                        name=named(words.baseline)
                        pressed=is_baseline
                        on_click=make_baseline
                    />
                    <Button
                        class="text-button"
                        test_id="forget-kept"
                        id=forget_id(index)
                        label=words.forget
                        name=named(words.forget)
                        on_click=forget
                    />
                </div>
            </td>
        </tr>
    }
}

/// Forgets everything when it is pressed a second time: there is no way back.
#[component]
fn ClearHistory(library: ReportLibrary) -> impl IntoView {
    let words = &text().history;
    let is_asked = RwSignal::new(false);
    let press = move |_| {
        if is_asked.get_untracked() {
            js::spawn(async move {
                library.clear().await;
                focus_when_shown(FILE_FIELD).await;
            });
        }
        is_asked.update(|is_asked| *is_asked = !*is_asked);
    };
    view! {
        <button
            type="button"
            class="text-button"
            data-testid="clear-history"
            on:blur=move |_| is_asked.set(false)
            on:click=press
        >
            {move || if is_asked.get() { words.clear_surely } else { words.clear }}
        </button>
    }
}

/// The list is made anew after each change: who works by keyboard stays where they were.
async fn focus_when_shown(id: &str) {
    tick().await;
    js::focus(id);
}
