//! The button that starts and stops a run, the run while it is under way, and why it could not be made.

use crate::{
    results::ranking::LiveRanking,
    run::{
        failure::RunFailure,
        store::{RunState, RunStore},
    },
    text::{Labels, numbers, text},
    ui::card::Notice,
};
use fetchmark_core::run::progress::Progress;
use leptos::prelude::*;

/// Screen readers announce this many steps, not every frame.
const ANNOUNCED_STEPS: f64 = 4.0;
/// The length of the progress bar: whole numbers are enough for it.
const BAR_STEPS: f64 = 1_000.0;

/// Progress with time left and the ranking so far, or the failure.
#[component]
pub fn RunPanel(store: RunStore) -> impl IntoView {
    let text = text();
    // The mistakes in a link are listed above the form.
    let failure = move || store.failure().filter(|failure| !matches!(**failure, RunFailure::BadLink));
    let notice = move || {
        failure().map(|failure| {
            view! {
                <Notice test_id="run-error" title=text.run.failed>
                    <p>{failure.sentence(text)}</p>
                </Notice>
            }
        })
    };
    view! {
        <Announcer store />
        <Show when=move || store.is_running()>
            <Live store />
        </Show>
        <div role="alert">{notice}</div>
    }
}

/// Announces to screen readers how far the run is, now and then. It is in the page before it has something to say, or nothing is announced.
#[component]
fn Announcer(store: RunStore) -> impl IntoView {
    let words = &text().run;
    let sentence = move || match store.state() {
        RunState::Running => {
            let step = (fraction(store) * ANNOUNCED_STEPS).floor() / ANNOUNCED_STEPS;
            if step > 0.0 { (words.announce)(&numbers::percent(step)) } else { words.starting.to_owned() }
        }
        RunState::Done if !store.is_opened() => words.announce_done.to_owned(),
        // What was opened says so itself.
        RunState::Done | RunState::Idle | RunState::Failed => String::new(),
    };
    view! { <p class="unseen" role="status">{sentence}</p> }
}

#[component]
fn Live(store: RunStore) -> impl IntoView {
    let text = text();
    let words = &text.run;
    let now = move || match store.progress() {
        None => words.starting.to_owned(),
        Some(Progress { variant, block, .. }) => {
            let row = labels(store).row(variant, text);
            let block = block.map(|block| numbers::count(u64::from(block) + 1));
            match (block, blocks(store)) {
                (None, _) => (words.warming)(&row),
                (Some(block), Some(all)) => (words.measuring_of)(&block, &numbers::count(all.into()), &row),
                (Some(block), None) => (words.measuring)(&block, &row),
            }
        }
    };
    let left = move || {
        let ms = store.progress()?.left_ms()?;
        Some((words.left)(&numbers::count((ms / 1_000.0).ceil() as u64)))
    };
    let per_second = move |requests: u32, ms: f64| {
        (requests > 0 && ms > 0.0).then(|| numbers::measure(f64::from(requests) / ms * 1_000.0))
    };
    let pace = move || {
        let progress = store.progress()?;
        match progress.last_round {
            Some(round) => per_second(round.ok, round.wall_ms).map(|pace| (words.pace)(&pace)),
            // A long first round is not to look as if nothing happened.
            None => {
                per_second(progress.requests_done, progress.elapsed_ms).map(|pace| (words.pace_so_far)(&pace))
            }
        }
    };
    view! {
        <section class="card run-panel" aria-label=words.progress>
            <div class="run-line">
                <span class="run-now">{now}</span>
                <span class="run-left" data-testid="pace">{pace}</span>
                <span class="run-left">{left}</span>
            </div>
            <progress
                class="bar"
                max=BAR_STEPS.to_string()
                data-testid="progress"
                aria-label=words.progress
                prop:value=move || (fraction(store) * BAR_STEPS) as u32
            />
            {move || store.scenario().map(|scenario| view! { <LiveRanking scenario standings=store.standings() /> })}
        </section>
    }
}

fn fraction(store: RunStore) -> f64 {
    store.progress().map_or(0.0, |progress| progress.fraction())
}

/// How many blocks the run has; it may end after any, if it ends when all is resolved.
fn blocks(store: RunStore) -> Option<u32> {
    let blocks = store.scenario()?.blocks();
    (blocks.start() == blocks.end()).then_some(*blocks.end())
}

fn labels(store: RunStore) -> Labels {
    store.scenario().map(|scenario| Labels::of(&scenario.variants())).unwrap_or_default()
}

/// Run and Stop: one button, so that the keyboard stays where it is. It submits the form, which knows what that means.
#[component]
pub fn RunButton(store: RunStore) -> impl IntoView {
    let words = &text().run;
    let word = move || match (store.state(), store.is_stopping()) {
        (RunState::Running, true) => words.stopping,
        (RunState::Running, false) => words.stop,
        (RunState::Done, _) => words.again,
        (RunState::Idle | RunState::Failed, _) => words.run,
    };
    // What the button does now is what scripts find it by, and what its looks follow.
    let does = move || if store.is_running() { "stop" } else { "run" };
    let key = move || store.is_running().then_some("Escape");
    view! { <button type="submit" class="go" data-testid=does aria-keyshortcuts=key>{word}</button> }
}
