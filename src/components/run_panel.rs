//! The run while it is under way, and why it could not be made.

use super::{
    lean::{flag, part, part_if, words},
    numbers,
    strip_plot::{StripRow, strip_plot},
};
use crate::{
    labels::Labels,
    numbers::decimals,
    run_failure::RunFailure,
    run_store::{RunState, RunStore},
    text::text,
};
use fetchmark_core::progress::Progress;
use leptos::prelude::*;

/// The most rounds per row that the live strip shows: the latest ones.
const SHOWN: usize = 100;
/// Screen readers hear of this many steps, not of every frame.
const ANNOUNCED_STEPS: f64 = 4.0;

/// Progress with time left and the live strip, or the failure.
#[component]
pub fn RunPanel(
    /// The run.
    store: RunStore,
) -> AnyView {
    let text = text();
    let live = part_if(flag(move || store.is_running()), move || view! { <Live store /> }.into_any());
    let failure = part(move || {
        // A scenario that cannot be run because of the link is told above, slip by slip.
        let failure = store.failure().filter(|failure| !matches!(**failure, RunFailure::BadLink))?;
        let notice = view! {
            <div class="notice notice-bad" data-testid="run-error">
                <p class="notice-title">{text.run.failed}</p>
                <p>{(text.run.failure)(&failure)}</p>
            </div>
        };
        Some(notice.into_any())
    });
    view! {
        <Announcer store />
        {live}
        <div role="alert">{failure}</div>
    }
    .into_any()
}

/// Tells screen readers how far it is, now and then. It is there before it has something to say, or it is not heard.
#[component]
fn Announcer(store: RunStore) -> AnyView {
    let text = text();
    let numbers = numbers();
    let words = words(move || match store.state() {
        RunState::Running => {
            let fraction = store.progress().map_or(0.0, |progress| progress.fraction());
            let step = (fraction * ANNOUNCED_STEPS).floor() / ANNOUNCED_STEPS;
            if step > 0.0 { (text.run.announce)(&numbers.percent(step)) } else { text.run.starting.to_owned() }
        }
        RunState::Done => text.run.announce_done.to_owned(),
        RunState::Idle | RunState::Failed => String::new(),
    });
    view! { <p class="unseen" role="status">{words}</p> }.into_any()
}

#[component]
fn Live(store: RunStore) -> AnyView {
    let text = text();
    let numbers = numbers();
    let labels = move || store.scenario().map(|scenario| Labels::of(&scenario.variants())).unwrap_or_default();
    let now = words(move || match store.progress() {
        None => text.run.starting.to_owned(),
        Some(Progress { variant, block, .. }) => {
            let row = labels().row(variant, text);
            let blocks = store.scenario().map_or(0, |scenario| scenario.rounds.into());
            match block {
                None => (text.run.warming)(&row),
                Some(block) => {
                    (text.run.measuring)(&numbers.count(u64::from(block) + 1), &numbers.count(blocks), &row)
                }
            }
        }
    });
    let left = words(move || {
        let left_ms = store.progress().and_then(|progress| progress.left_ms());
        left_ms.map_or_else(String::new, |ms| (text.run.left)(&numbers.count((ms / 1_000.0).ceil() as u64)))
    });
    let fraction = words(move || store.progress().map_or(0.0, |progress| progress.fraction()).to_string());
    let strip = part(move || Some(live_strip(store, labels())));
    view! {
        <section class="card run-panel" aria-label=text.run.progress>
            <div class="run-line">
                <span class="run-now">{now}</span>
                <span class="run-left">{left}</span>
            </div>
            <progress
                class="bar"
                max="1"
                data-testid="progress"
                aria-label=text.run.progress
                prop:value=fraction
            ></progress>
            <p class="caption">{text.run.strip}</p>
            <div aria-hidden="true">{strip}</div>
        </section>
    }
    .into_any()
}

fn live_strip(store: RunStore, labels: Labels) -> AnyView {
    store.with_rounds(|rounds| {
        let mut rows: Vec<_> = labels.rows.into_iter().map(StripRow::new).collect();
        for round in rounds.iter().filter(|round| round.block.is_some()) {
            if let Some(row) = rows.get_mut(round.variant) {
                row.times.push(round.wall_ms);
            }
        }
        for row in &mut rows {
            row.times.drain(..row.times.len().saturating_sub(SHOWN));
        }
        strip_plot(rows, decimals(rounds.iter().map(|round| round.wall_ms)))
    })
}
