//! What came of the run, in reading order: answer, figures, pictures, trust, take-away.

use super::{lean::part, answer::Answer, results_table::ResultsTable, round_times::RoundTimes, take_away::TakeAway, trust::Trust};
use crate::{form::Form, run_store::RunStore};
use leptos::prelude::*;

/// Everything there is to say once there is a report.
#[component]
pub fn Outcome(
    /// The run.
    store: RunStore,
    /// The settings, for the link.
    form: Form,
) -> AnyView {
    // The answer's live region stays, so that its content is heard when it comes.
    let answer = part(move || Some(view! { <Answer report=store.report()? /> }.into_any()));
    let rest = part(move || {
        let report = store.report()?;
        let has_rounds = report.variants.iter().any(|variant| variant.has_rounds());
        let mut parts = vec![view! { <ResultsTable report=report.clone() /> }.into_any()];
        if has_rounds {
            parts.push(view! { <RoundTimes report=report.clone() /> }.into_any());
        }
        parts.push(view! { <Trust report /> }.into_any());
        parts.push(view! { <TakeAway store form /> }.into_any());
        Some(parts.into_any())
    });
    view! {
        <div aria-live="polite">{answer}</div>
        {rest}
    }
    .into_any()
}
