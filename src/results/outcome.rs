//! What came of the run, in reading order: answer, figures, pictures, trust, take-away.

use crate::{
    js,
    reports::{compare::ReportComparison, library::ReportLibrary},
    results::{
        answer::answer,
        charts::{
            percentiles::Percentiles, phases::Phases, round_times::RoundTimes, sweep::Sweep,
            waterfall::Waterfall,
        },
        export::take_away,
        lifecycles::lifecycles,
        table::results_table,
        trust::trust,
    },
    run::store::RunStore,
    text::text,
    ui::{
        dates::when,
        el::{El, classed, el},
    },
};
use fetchmark_core::report::Report;
use leptos::{prelude::*, task::tick};
use std::sync::Arc;

/// A picture of a report, where there is something to draw.
type Picture = fn(Arc<Report>) -> AnyView;

/// Everything there is to say once there is a report.
pub fn outcome(library: ReportLibrary) -> El {
    let store = library.store;
    // The answer's live region stays, so that its content is heard when it comes.
    let first = el("div").set("aria-live", "polite").part(move || Some(answer(&*store.report()?)));
    let opened = el("div").set("role", "status").part(move || {
        let report = store.report().filter(|_| store.is_opened())?;
        let notice = classed("p", "notice").set("data-testid", "opened");
        Some(notice.text(&(text().kept.opened)(&when(&report.started_at, text().tag))))
    });
    let against = view! { <ReportComparison library /> }.into_any();
    classed("div", "bare").child(opened).child(first).view(against).part(move || {
        let report = store.report()?;
        let mut rest = classed("div", "bare").child(results_table(&report)).children(lifecycles(&report));
        if report.has_rounds() {
            let pictures: [Picture; 5] = [
                |report| {
                    let title = text().results.rounds_title;
                    view! { <RoundTimes report name="rounds" title /> }.into_any()
                },
                |report| view! { <Sweep report /> }.into_any(),
                |report| {
                    let title = text().pictures.percentiles_title;
                    view! { <Percentiles report name="percentiles" title /> }.into_any()
                },
                |report| view! { <Phases report /> }.into_any(),
                |report| view! { <Waterfall report /> }.into_any(),
            ];
            let later = pictures.into_iter().zip(1..).map(|(picture, turn)| {
                let report = report.clone();
                later(store, turn, move || classed("div", "bare").view(picture(report.clone())))
            });
            rest = rest.children(later);
        }
        Some(rest.child(trust(&report)).child(take_away(library)))
    })
}

/// A part that is drawn in a task of its own, after so many others: a long report in one would hold the page for longer than a person
/// overlooks.
fn later(store: RunStore, turn: u32, part: impl Fn() -> El + Send + 'static) -> El {
    let is_due = RwSignal::new(js::is_hidden());
    if !is_due.get_untracked() {
        let drawing = store.begin_drawing();
        js::spawn(async move {
            for _ in 0..turn {
                js::later_task(0).await;
            }
            // The report may be gone by now, and its parts with it.
            let _ = is_due.try_set(true);
            tick().await;
            drop(drawing);
        });
    }
    classed("div", "bare").part_if(move || is_due.get(), part)
}
