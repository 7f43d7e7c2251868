//! Check the target: the button below the address, and what was found.

use crate::{
    check::{
        fix::{FixLines, ServerChoice},
        own_origin::OwnOrigin,
        store::{CheckState, CheckStore, Checked},
    },
    form::{first_problem::focus_first_problem, model::Form},
    js,
    run::{failure::RunFailure, store::RunStore},
    text::text,
    ui::button::Button,
};
use fetchmark_core::request::target::{cut_at_authority, is_numbered};
use fetchmark_core::target_check::{CheckFinding, Mark, Topic};
use leptos::prelude::*;
use std::sync::Arc;

pub const CHECK: &str = "check";

/// The button. While a run measures it cannot be pressed: a check would disturb it.
#[component]
pub fn CheckButton(form: Form, store: RunStore, check: CheckStore) -> impl IntoView {
    let words = &text().check;
    let press = move |_| {
        form.settle_url();
        if untrack(move || form.can_be_checked()) {
            check.ask(untrack(move || form.targets_to_check()));
        } else {
            js::spawn(focus_first_problem());
        }
    };
    view! {
        <div class="check-line">
            <button
                type="button"
                class="quiet-button"
                id=CHECK
                data-testid=CHECK
                aria-describedby="check-what"
                disabled=move || store.is_running()
                on:click=press
            >
                {words.button}
            </button>
            <span class="caption" id="check-what">{words.what}</span>
        </div>
    }
}

/// The place of the panel. Screen readers announce how far the check is and its result in one sentence, not every line.
#[component]
pub fn CheckPanel(form: Form, check: CheckStore) -> impl IntoView {
    let text = text();
    let words = &text.check;
    let of_one = |checked: &Checked| match &checked.found {
        Err(RunFailure::NotLoaded(detail)) => (words.not_loaded)(detail),
        Err(failure) => failure.sentence(text),
        Ok(found) => {
            let count = |mark| found.findings.iter().filter(|finding| finding.mark == mark).count();
            (words.summary)(count(Mark::Problem), count(Mark::Note))
        }
    };
    let named = |label: &str, sentence: String| match label {
        "" => sentence,
        label => format!("{label}: {sentence}"),
    };
    let status = move || match check.state.get() {
        CheckState::Unasked => String::new(),
        CheckState::Asking(label) => named(&label, words.asking.to_owned()),
        CheckState::Over(checked) => {
            let sentences = checked.iter().map(|one| named(&one.label, of_one(one)));
            sentences.collect::<Vec<_>>().join(" ")
        }
    };
    let is_failed = move || {
        check.state.with(|state| match state {
            CheckState::Over(checked) => checked.iter().any(|one| one.found.is_err()),
            CheckState::Unasked | CheckState::Asking(_) => false,
        })
    };
    let found = move || match check.state.get() {
        CheckState::Over(checked) => {
            let panel = |at| view! { <Found checked=checked.clone() at form check /> };
            (0..checked.len()).map(panel).collect()
        }
        CheckState::Unasked | CheckState::Asking(_) => Vec::new(),
    };
    view! {
        <div class="check">
            <p
                class=move || if is_failed() { "error" } else { "caption" }
                role="status"
                data-testid="check-status"
            >
                {status}
            </p>
            {found}
        </div>
    }
}

/// Everything that the check of a target found, with the configuration that mends it; nothing where it could not be made.
#[component]
fn Found(checked: Arc<Vec<Checked>>, at: usize, form: Form, check: CheckStore) -> impl IntoView {
    let words = &text().check;
    let Checked { label, target, found } = checked.get(at)?;
    let found = found.as_ref().ok()?.clone();
    let asked = target.method;
    let harmless = (asked != found.method).then(|| (words.harmless)(asked.word()));
    let close = move || {
        check.forget();
        // The keyboard goes back to where the panel came from.
        js::focus(CHECK);
    };
    // A host for each request is an origin for each.
    let is_one_origin = !is_numbered(cut_at_authority(&target.url).1);
    let is_withheld = |finding: &CheckFinding| {
        finding.mark == Mark::Problem && matches!(finding.topic, Topic::Cors | Topic::Timing)
    };
    let is_refused = is_one_origin && found.findings.iter().any(is_withheld);
    // One choice of a server, and one button, are for all of them.
    let has_fixes = |one: &Checked| match &one.found {
        Ok(found) => found.findings.iter().any(|finding| finding.fix.is_some()),
        Err(_) => false,
    };
    let chooses_server = checked.iter().position(has_fixes) == Some(at);
    let closes = checked.iter().position(|one| one.found.is_ok()) == Some(at);
    let title_id = format!("check-title-{at}");
    let labelled_by = title_id.clone();
    let of_one = (!label.is_empty()).then(|| format!(": {label}"));
    Some(view! {
        <section class="check-found" aria-labelledby=labelled_by data-testid="check-found">
            <div class="check-head">
                <h2 id=title_id>{words.title} {of_one}</h2>
                {closes.then(|| view! { <Button test_id="check-close" label=words.close on_click=close /> })}
            </div>
            <p class="caption">
                {(words.how)(found.method.word(), &found.url, found.requests)} " " {harmless}
            </p>
            {chooses_server.then(|| view! { <ServerChoice check /> })}
            <ul class="findings">
                {found.findings.into_iter().map(|finding| view! { <Finding finding check /> }).collect_view()}
            </ul>
            {is_refused.then(|| view! { <OwnOrigin form target=target.clone() /> })}
        </section>
    })
}

#[component]
fn Finding(finding: CheckFinding, check: CheckStore) -> impl IntoView {
    let words = &text().check;
    let class = match finding.mark {
        Mark::Good => "finding finding-good",
        Mark::Note => "finding",
        Mark::Problem => "finding finding-voids",
    };
    let sentence = (words.sentence)(finding.code, finding.detail.as_deref().unwrap_or_default());
    // Unfolded where something cannot be measured without them.
    let is_open = finding.mark == Mark::Problem;
    let fix = finding.fix.map(|fix| view! { <FixLines fix lines=finding.lines is_open check /> });
    view! {
        <li
            class=class
            data-testid=format!("check-{}", finding.topic)
            data-code=finding.code.word()
            data-mark=finding.mark.word()
        >
            <span class="badge">{(words.mark)(finding.mark)}</span>
            <div class="check-words">
                <strong>{(words.topic)(finding.topic)}</strong>
                " "
                <span>{sentence}</span>
                {fix}
            </div>
        </li>
    }
}
