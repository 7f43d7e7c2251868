//! The run while it is under way, and why it could not be made.

use crate::{
    js,
    results::charts::marks::Marks,
    run::{failure::RunFailure, in_view, state::RunState, store::RunStore},
    text::{Labels, text},
    ui::{
        el::{El, classed, el},
        numbers::{decimals, numbers},
    },
};
use fetchmark_core::{
    picture::{Frame, RoundRow, round_times},
    progress::Progress,
};
use leptos::prelude::*;

/// The most rounds per row that the live strip shows: the latest ones.
const SHOWN: usize = 100;
/// Screen readers hear of this many steps, not of every frame.
const ANNOUNCED_STEPS: f64 = 4.0;
/// The length of the progress bar: whole numbers are enough for it.
const BAR_STEPS: f64 = 1_000.0;

/// Progress with time left and the live strip, or the failure.
pub fn run_panel(store: RunStore) -> El {
    let text = text();
    let failure = el("div").set("role", "alert").part(move || {
        // A link that cannot be read is told above, slip by slip.
        let failure = store.failure().filter(|failure| !matches!(**failure, RunFailure::BadLink))?;
        let notice = classed("div", "notice notice-bad")
            .set("data-testid", "run-error")
            .child(classed("p", "notice-title").text(text.run.failed))
            .child(el("p").text(&failure.sentence(text)));
        Some(notice)
    });
    classed("div", "bare")
        .child(announcer(store))
        .part_if(move || store.is_running(), move || live(store))
        .child(failure)
}

/// Tells screen readers how far it is, now and then. It is there before it has something to say, or it is not heard.
fn announcer(store: RunStore) -> El {
    let text = text();
    let numbers = numbers();
    classed("p", "unseen").set("role", "status").words(move || match store.state() {
        RunState::Running => {
            let fraction = store.progress().map_or(0.0, |progress| progress.fraction());
            let step = (fraction * ANNOUNCED_STEPS).floor() / ANNOUNCED_STEPS;
            if step > 0.0 {
                (text.run.announce)(&numbers.percent(step))
            } else {
                text.run.starting.to_owned()
            }
        }
        RunState::Done if !store.is_opened() => text.run.announce_done.to_owned(),
        // What was opened says so itself.
        RunState::Done | RunState::Idle | RunState::Failed => String::new(),
    })
}

fn live(store: RunStore) -> El {
    let text = text();
    let numbers = numbers();
    let width = strip_width();
    let now = move || match store.progress() {
        None => text.run.starting.to_owned(),
        Some(Progress { variant, block, .. }) => {
            let row = labels(store).row(variant, text);
            match block {
                None => (text.run.warming)(&row),
                Some(block) => {
                    let block = numbers.count(u64::from(block) + 1);
                    match blocks(store) {
                        Some(all) => (text.run.measuring_of)(&block, &numbers.count(u64::from(all)), &row),
                        None => (text.run.measuring)(&block, &row),
                    }
                }
            }
        }
    };
    let left = move || match store.progress().and_then(|progress| progress.left_ms()) {
        Some(ms) => (text.run.left)(&numbers.count((ms / 1_000.0).ceil() as u64)),
        None => String::new(),
    };
    let per_second = move |requests: u32, ms: f64| {
        (requests > 0 && ms > 0.0).then(|| numbers.measure(f64::from(requests) / ms * 1_000.0))
    };
    let pace = move || match store.last_round() {
        Some(round) => per_second(round.ok, round.wall_ms).map(|pace| (text.run.pace)(&pace)),
        // A long first round is not to look as if nothing happened.
        None => store
            .progress()
            .and_then(|progress| per_second(progress.requests_done, progress.elapsed_ms))
            .map(|pace| (text.run.pace_so_far)(&pace)),
    };
    let pace = move || pace().unwrap_or_default();
    let fraction = move || store.progress().map_or(0.0, |progress| progress.fraction());
    let bar = classed("progress", "bar")
        .set("max", &(BAR_STEPS as u32).to_string())
        .set("data-testid", "progress")
        .set("aria-label", text.run.progress)
        .prop("value", move || ((fraction() * BAR_STEPS) as u32).to_string());
    classed("section", "card run-panel")
        .set("aria-label", text.run.progress)
        .child(
            classed("div", "run-line")
                .child(classed("span", "run-now").words(now))
                .child(classed("span", "run-left").set("data-testid", "pace").words(pace))
                .child(classed("span", "run-left").words(left))
                .child(stop_button(store)),
        )
        .child(bar)
        .child(classed("p", "caption").text(text.run.strip))
        .child(el("div").set("aria-hidden", "true").part(move || Some(live_strip(store, width.get()))))
}

/// How many blocks the run has; it may end after any, if it ends when all is resolved.
fn blocks(store: RunStore) -> Option<u32> {
    let blocks = store.scenario()?.blocks();
    (blocks.start() == blocks.end()).then_some(*blocks.end())
}

/// How wide the strip is; it is drawn again when the window changes.
fn strip_width() -> RwSignal<f64> {
    let width = RwSignal::new(js::content_width());
    let resized = window_event_listener_untyped("resize", move |_| width.set(js::content_width()));
    on_cleanup(move || resized.remove());
    width
}

/// Stop within reach of who watches the run; the one beside the address may be out of sight. Escape does the same.
fn stop_button(store: RunStore) -> El {
    classed("button", "quiet-button")
        .set("type", "button")
        .set("data-testid", "stop-here")
        .set("aria-keyshortcuts", "Escape")
        .prop("disabled", move || if store.is_stopping() { "yes" } else { "" }.to_owned())
        .on("click", move |_| {
            store.stop();
            // This button goes with the run.
            js::focus_in_place(in_view::GO);
        })
        .text(text().run.stop)
}

fn labels(store: RunStore) -> Labels {
    store.scenario().map(|scenario| Labels::of(&scenario.variants())).unwrap_or_default()
}

fn live_strip(store: RunStore, width: f64) -> El {
    let text = text();
    let numbers = numbers();
    let labels = labels(store);
    let row =
        |index| RoundRow { label: labels.row(index, text), times: Vec::new(), median: None, interval: None };
    let mut rows: Vec<_> = (0..labels.rows.len()).map(row).collect();
    let decimals = store.with_rounds(|rounds| {
        for round in rounds.iter().filter(|round| round.block.is_some()) {
            if let Some(row) = rows.get_mut(round.variant) {
                row.times.push(round.wall_ms);
            }
        }
        decimals(rounds.iter().map(|round| round.wall_ms))
    });
    for row in &mut rows {
        row.times.drain(..row.times.len().saturating_sub(SHOWN));
    }
    let write = |value, decimals| numbers.fixed(value, decimals);
    let picture = round_times(&rows, decimals, Frame { width, write: &write });
    el("div").view(view! { <Marks picture /> }.into_any())
}
