//! Reports kept in the browser, and opening one from a file.

use crate::{
    js,
    reports::{
        drop_zone::{drop_sign, files},
        history::{Entry, MOST_KEPT},
        library::ReportLibrary,
    },
    run::in_view,
    text::text,
    ui::{
        dates::when,
        el::{El, classed, el},
        numbers::numbers,
    },
};
use leptos::{prelude::*, task::tick};

/// The id of the field that opens a file.
const FILE_FIELD: &str = "report-file";

/// The card: a file to open, and what is kept.
pub fn kept_reports(library: ReportLibrary) -> El {
    let text = text();
    let words = &text.kept;
    let hint = move || {
        if library.history.is_full() {
            words.full.to_owned()
        } else if library.history.is_available() {
            (words.hint)(&MOST_KEPT.to_string())
        } else {
            words.not_available.to_owned()
        }
    };
    let problem = classed("div", "bare").set("role", "alert").part(move || {
        let problem = library.problem()?;
        let notice = classed("div", "notice notice-bad")
            .set("data-testid", "report-problem")
            .child(classed("p", "notice-title").text(words.not_opened))
            .child(el("p").text(&(words.problem)(&problem)));
        Some(notice)
    });
    classed("section", "card")
        .set("aria-labelledby", "kept-title")
        .set("data-testid", "kept")
        .child(el("h2").set("id", "kept-title").text(words.title))
        .child(classed("p", "caption").words(hint))
        .child(problem)
        .child(classed("div", "take").child(picker(library)))
        .child(drop_sign(library))
        .part(move || {
            let entries = library.history.entries();
            (!entries.is_empty()).then(|| list(library, entries))
        })
}

/// A file to open. The field itself is as the browser makes it, but for its words, which would be in the browser's language.
fn picker(library: ReportLibrary) -> El {
    let field = classed("input", "unseen")
        .set("id", FILE_FIELD)
        .set("type", "file")
        .set("accept", ".json,application/json")
        .set("data-testid", "report-file")
        .bind("disabled", move || library.store.is_running().then(String::new))
        .on("change", move |event| {
            let Some(field) = event.current_target() else { return };
            js::spawn(library.open_files(files(&field)));
            // So that the same file can be chosen again.
            let _ = js_sys::Reflect::set(&field, &"value".into(), &"".into());
        });
    classed("label", "quiet-button file").set("for", FILE_FIELD).child(field).text(text().kept.open_file)
}

fn list(library: ReportLibrary, entries: Vec<Entry>) -> El {
    let text = text();
    let words = &text.kept;
    let numbers = numbers();
    let last = entries.len() - 1;
    let rows = entries.into_iter().enumerate().map(|(index, entry)| row(library, entry, index, last));
    let heads = [words.measured, words.target, words.variants, words.actions];
    let table = classed("table", "kept-table")
        .set("aria-labelledby", "kept-title")
        .child(
            el("thead").child(el("tr").children(heads.map(|head| el("th").set("scope", "col").text(head)))),
        )
        .child(el("tbody").children(rows));
    let count = move || (words.count)(&numbers.count(library.history.entries().len() as u64));
    let foot = classed("div", "take")
        .child(classed("span", "caption").words(count))
        .child(button("export-history", words.export).on("click", move |_| js::spawn(library.export())))
        .child(clear(library));
    classed("div", "kept")
        .child(crate::results::table::scrollable().set("aria-label", words.list).child(table))
        .child(foot)
}

/// Forgets everything when it is pressed a second time: there is no way back.
fn clear(library: ReportLibrary) -> El {
    let words = &text().kept;
    let is_asked = RwSignal::new(false);
    classed("button", "text-button")
        .set("type", "button")
        .set("data-testid", "clear-history")
        .on("blur", move |_| is_asked.set(false))
        .on("click", move |_| {
            if is_asked.get_untracked() {
                js::spawn(async move {
                    library.clear().await;
                    focus_when_shown(FILE_FIELD.to_owned()).await;
                });
            }
            is_asked.update(|is_asked| *is_asked = !*is_asked);
        })
        .words(move || if is_asked.get() { words.clear_surely } else { words.clear }.to_owned())
}

/// The list is made anew after each change: who works by keyboard stays where they were.
async fn focus_when_shown(id: String) {
    tick().await;
    js::focus(&id);
}

fn row(library: ReportLibrary, entry: Entry, index: usize, last: usize) -> El {
    let text = text();
    let words = &text.kept;
    let numbers = numbers();
    let date = when(&entry.started_at, text.tag);
    let named = |word: &str| format!("{word}: {date}");
    let (key, forgotten) = (entry.key.clone(), entry.key.clone());
    let (against, own) = (entry.clone(), entry.key.clone());
    let open = button("open-kept", words.open)
        .set("aria-label", &named(words.open))
        .bind("disabled", move || library.store.is_running().then(String::new))
        .on("click", move |_| js::spawn(library.open_kept(key.clone())));
    let compare = button("compare-kept", words.compare)
        .set("aria-label", &named(words.compare))
        .bind("disabled", move || {
            // There is nothing to tell of a report and itself.
            let shown = library.store.report().map(|report| Entry::of(&report).key);
            shown.is_none_or(|shown| shown == own).then(String::new)
        })
        .on("click", move |_| {
            let against = against.clone();
            js::spawn(async move {
                library.compare_with(against).await;
                in_view::show(in_view::COMPARED);
            });
        });
    let is_baseline = entry.is_baseline;
    let key = entry.key.clone();
    let place = format!("baseline-kept-{index}");
    let baseline = button("baseline-kept", words.baseline)
        .set("id", &place)
        .set("aria-label", &named(words.baseline))
        .set("aria-pressed", if is_baseline { "true" } else { "false" })
        .on("click", move |_| {
            let (key, place) = ((!is_baseline).then(|| key.clone()), place.clone());
            js::spawn(async move {
                library.history.set_baseline(key).await;
                focus_when_shown(place).await;
            });
        });
    let forget = button("forget-kept", words.forget)
        .set("aria-label", &named(words.forget))
        .set("id", &format!("forget-kept-{index}"))
        .on("click", move |_| {
            let forgotten = forgotten.clone();
            // What follows moves up into its place; the last one has something before it, or nothing is left.
            let next = match (index, last) {
                (_, 0) => FILE_FIELD.to_owned(),
                (index, last) => format!("forget-kept-{}", index.min(last - 1)),
            };
            js::spawn(async move {
                library.history.forget(vec![forgotten]).await;
                focus_when_shown(next).await;
            });
        });
    let actions = [open, compare, baseline, forget];
    let variants = (words.row)(&numbers.count(entry.variants as u64), &numbers.count(entry.n.into()));
    el("tr")
        .child(el("th").set("scope", "row").text(&date))
        .child(classed("td", "kept-url").text(&entry.url))
        .child(el("td").text(&variants))
        .child(el("td").child(classed("div", "kept-actions").children(actions)))
}

fn button(test_id: &'static str, word: &str) -> El {
    classed("button", "text-button").set("type", "button").set("data-testid", test_id).text(word)
}
