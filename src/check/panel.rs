//! What a check of the target found.

use crate::{
    check::{
        button::CHECK,
        fix::{check_fix, server_choice},
        store::{CheckState, CheckStore},
    },
    form::model::Form,
    js,
    run::failure::RunFailure,
    text::text,
    ui::el::{El, classed, el},
};
use fetchmark_core::target_check::{CheckFinding, Mark, TargetCheck};
use leptos::prelude::*;

/// The place of the panel. Screen readers are told how far the check is and what it came to in one sentence, not every line.
pub fn target_check(form: Form, check: CheckStore) -> El {
    let text = text();
    let said = move || match check.state() {
        CheckState::Unasked => String::new(),
        CheckState::Asking => text.check.asking.to_owned(),
        CheckState::Failed(failure) => match &*failure {
            RunFailure::NotLoaded(detail) => (text.check.not_loaded)(detail),
            failure => failure.sentence(text),
        },
        CheckState::Done(found) => {
            let count = |mark| found.findings.iter().filter(|finding| finding.mark == mark).count();
            (text.check.summary)(count(Mark::Problem), count(Mark::Note))
        }
    };
    let class = move || {
        let is_failed = matches!(check.state(), CheckState::Failed(_));
        Some(if is_failed { "error" } else { "caption" }.to_owned())
    };
    let status =
        el("p").bind("class", class).set("role", "status").set("data-testid", "check-status").words(said);
    classed("div", "check").child(status).part(move || match check.state() {
        CheckState::Done(found) => Some(panel(&found, form, check)),
        _ => None,
    })
}

fn panel(found: &TargetCheck, form: Form, check: CheckStore) -> El {
    let text = text();
    let asked = untrack(move || form.method());
    let close = classed("button", "quiet-button")
        .set("type", "button")
        .set("data-testid", "check-close")
        .on("click", move |_| {
            check.forget();
            // The keyboard goes back to where the panel came from.
            js::focus(CHECK);
        })
        .text(text.check.close);
    let title = el("h2").set("id", "check-title").text(text.check.title);
    let how = (text.check.how)(found.method.word(), &found.url, found.requests);
    let harmless = if asked == found.method { String::new() } else { (text.check.harmless)(asked.word()) };
    let rows = found.findings.iter().map(|finding| row(finding, check));
    let panel = classed("section", "check-found")
        .set("aria-labelledby", "check-title")
        .set("data-testid", "check-found")
        .child(classed("div", "check-head").child(title).child(close))
        .child(classed("p", "caption").text(&how).text(" ").text(&harmless));
    let has_fixes = found.findings.iter().any(|finding| finding.fix.is_some());
    let panel = if has_fixes { panel.child(server_choice(check)) } else { panel };
    panel.child(classed("ul", "findings").children(rows))
}

fn row(finding: &CheckFinding, check: CheckStore) -> El {
    let text = text();
    let class = match finding.mark {
        Mark::Good => "finding finding-good",
        Mark::Note => "finding",
        Mark::Problem => "finding finding-voids",
    };
    let words = classed("div", "check-words")
        .child(el("strong").text((text.check.topic)(finding.topic)))
        .text(" ")
        .child(el("span").text(&(text.check.sentence)(finding)));
    let words = match finding.fix {
        Some(fix) => words.child(check_fix(fix, finding, check)),
        None => words,
    };
    classed("li", class)
        .set("data-testid", &format!("check-{}", finding.topic))
        .set("data-code", finding.code.word())
        .set("data-mark", finding.mark.word())
        .child(classed("span", "badge").text((text.check.mark)(finding.mark)))
        .child(words)
}
