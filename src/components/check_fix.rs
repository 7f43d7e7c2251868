//! The lines that a server needs, to be copied.

use super::{
    clipboard::copied,
    el::{El, classed, el},
};
use crate::{js, text::text};
use fetchmark_core::{
    server_lines::Server,
    target_check::{CheckFinding, Fix, Mark, ServerLines},
};
use leptos::prelude::*;

/// The id of the choice of servers.
const SERVER: &str = "check-server";

/// Which server the lines are for.
pub fn server_choice(server: RwSignal<Server>) -> El {
    let options = Server::ALL.iter().map(|&offered| {
        el("option")
            .set("value", offered.word())
            .prop("selected", move || if server.get() == offered { "yes" } else { "" }.to_owned())
            .text(offered.word())
    });
    let choose = move |event| {
        if let Some(chosen) = Server::from_word(&event_target_value(&event)) {
            server.set(chosen);
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
pub fn check_fix(fix: Fix, finding: &CheckFinding, server: RwSignal<Server>) -> El {
    let text = text();
    let said = RwSignal::new("");
    let all = StoredValue::new(finding.lines.clone());
    let lines = move |server: Server| {
        let of = |all: &Vec<ServerLines>| all.iter().find(|lines| lines.server == server).cloned();
        all.with_value(of).map_or_else(String::new, |lines| lines.text)
    };
    let copy = move |_| {
        let lines = lines(server.get_untracked());
        js::spawn(async move {
            let is_copied = copied(&lines).await;
            said.try_set(if is_copied { text.take_away.copied } else { text.check.not_copied });
        });
    };
    let shown = classed("pre", "scroll check-lines")
        // What scrolls must be reached by keyboard.
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", (text.check.lines)(fix))
        .set("data-testid", &format!("lines-{fix}"))
        .child(el("code").words(move || lines(server.get())));
    let button = classed("button", "quiet-button")
        .set("type", "button")
        .set("data-testid", &format!("copy-lines-{fix}"))
        .on("click", copy)
        .text(text.check.copy);
    let fold = classed("details", "fold");
    let fold = if finding.mark == Mark::Problem { fold.set("open", "") } else { fold };
    fold.child(el("summary").text((text.check.lines)(fix)))
        .child(classed("p", "hint").words(move || (text.check.place)(server.get(), fix).to_owned()))
        .child(shown)
        .child(
            classed("p", "check-line")
                .child(button)
                .child(classed("span", "caption").set("role", "status").words(move || said.get().to_owned())),
        )
}
