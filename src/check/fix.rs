//! The lines that a server needs, to be copied.

use crate::{
    check::store::CheckStore,
    text::text,
    ui::{button::CopyButton, card::Fold, select::Select},
};
use fetchmark_core::target_check::{Fix, ServerLines, server_lines::Server};
use leptos::prelude::*;

const SERVER: &str = "check-server";

#[component]
pub fn ServerChoice(check: CheckStore) -> impl IntoView {
    let choose = move |word: String| {
        if let Some(chosen) = Server::from_word(&word) {
            check.server.set(chosen);
        }
    };
    view! {
        <div class="check-server">
            <label class="label" for=SERVER>{text().check.server}</label>
            <Select
                id=SERVER
                options=Server::ALL.iter().map(|server| (server.word().to_owned(), server.word().to_owned())).collect()
                value=move || check.server.get().word().to_owned()
                on_choose=choose
            />
        </div>
    }
}

#[component]
pub fn FixLines(fix: Fix, lines: Vec<ServerLines>, is_open: bool, check: CheckStore) -> impl IntoView {
    let text = text();
    let title = (text.check.lines)(fix);
    let shown = Signal::derive(move || {
        let of_server = lines.iter().find(|lines| lines.server == check.server.get());
        of_server.map_or_else(String::new, |lines| lines.text.clone())
    });
    view! {
        <Fold summary=title open=RwSignal::new(is_open)>
            <p class="hint">{move || (text.check.place)(check.server.get(), fix)}</p>
            <CopyLines id=fix.word() title text=shown />
        </Fold>
    }
}

#[component]
pub fn CopyLines(
    id: &'static str,
    /// What they are, for screen readers.
    title: &'static str,
    text: Signal<String>,
) -> impl IntoView {
    let words = crate::text::text();
    let status = RwSignal::new("");
    let on_copied =
        move |is_copied| status.set(if is_copied { words.export.copied } else { words.check.not_copied });
    view! {
        // What scrolls must be reached by keyboard. No region: the checks of two targets have lines for the same.
        <pre
            class="scroll check-lines"
            tabindex="0"
            role="group"
            aria-label=title
            data-testid=format!("lines-{id}")
        >
            <code>{text}</code>
        </pre>
        <p class="check-line">
            <CopyButton test_id=format!("copy-lines-{id}") label=words.check.copy text on_copied />
            <span class="caption" role="status">{status}</span>
        </p>
    }
}
