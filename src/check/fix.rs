//! The lines that a server needs, to be copied.

use crate::{
    check::store::CheckStore,
    js,
    text::text,
    ui::{
        clipboard::copied,
        el::{El, classed, el},
    },
};
use fetchmark_core::{
    server_lines::Server,
    target_check::{CheckFinding, Fix, Mark, ServerLines},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The id of the choice of servers.
const SERVER: &str = "check-server";

/// Which server the lines are for.
pub fn server_choice(check: CheckStore) -> El {
    let options = Server::ALL.iter().map(|&offered| {
        el("option")
            .set("value", offered.word())
            .prop("selected", move || if check.server() == offered { "yes" } else { "" }.to_owned())
            .text(offered.word())
    });
    let choose = move |event| {
        if let Some(chosen) = Server::from_word(&event_target_value(&event)) {
            check.choose_server(chosen);
        }
    };
    classed("div", "check-server")
        .child(classed("label", "label").set("for", SERVER).text(text().check.server))
        .child(
            classed("select", "input")
                .set("id", SERVER)
                .set("data-testid", SERVER)
                .on("change", choose)
                .children(options),
        )
}

/// The lines of one change, folded unless something cannot be measured without it.
pub fn check_fix(fix: Fix, finding: &CheckFinding, check: CheckStore) -> El {
    let text = text();
    let said = RwSignal::new(String::new());
    let all: Arc<[ServerLines]> = finding.lines.as_slice().into();
    let copied_lines = all.clone();
    let copy = move |_| {
        let lines = lines_of(&copied_lines, untrack(move || check.server()));
        js::spawn(async move {
            let is_copied = copied(&lines).await;
            said.try_set(if is_copied { text.take_away.copied } else { text.check.not_copied }.to_owned());
        });
    };
    let shown = classed("pre", "scroll check-lines")
        // What scrolls must be reached by keyboard.
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", (text.check.lines)(fix))
        .set("data-testid", &format!("lines-{fix}"))
        .child(el("code").words(move || lines_of(&all, check.server())));
    let button = classed("button", "quiet-button")
        .set("type", "button")
        .set("data-testid", &format!("copy-lines-{fix}"))
        .on("click", copy)
        .text(text.check.copy);
    let fold = classed("details", "fold");
    let fold = if finding.mark == Mark::Problem { fold.set("open", "") } else { fold };
    fold.child(el("summary").text((text.check.lines)(fix)))
        .child(classed("p", "hint").words(move || (text.check.place)(check.server(), fix).to_owned()))
        .child(shown)
        .child(
            classed("p", "check-line")
                .child(button)
                .child(classed("span", "caption").set("role", "status").words(move || said.get())),
        )
}

fn lines_of(all: &[ServerLines], server: Server) -> String {
    all.iter().find(|lines| lines.server == server).map_or_else(String::new, |lines| lines.text.clone())
}
