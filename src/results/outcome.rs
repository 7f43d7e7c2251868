//! What came of the run, in reading order: answer, ranking, figures, charts, validity, export.

use crate::{
    js,
    reports::{compare::ReportComparison, library::ReportLibrary},
    results::{
        answer::Answer,
        charts::{
            chart::{ChartCard, ChartData},
            percentiles, phases, round_times, sweep,
            waterfall::{self, Waterfall},
        },
        export::Export,
        lifecycles::Lifecycles,
        ranking::Ranking,
        sections::Sections,
        sessions::SessionsCard,
        table::ResultsTable,
        targets::Targets,
        validity::Validity,
    },
    run::store::RunStore,
    text::{Labels, text},
    ui::dates::when,
};
use fetchmark_core::report::Report;
use leptos::{prelude::*, task::tick};
use std::sync::Arc;

/// Everything there is to say once there is a report.
#[component]
pub fn Outcome(
    /// The reports: the one shown, and those it may be compared with.
    library: ReportLibrary,
) -> impl IntoView {
    let store = library.store;
    let opened = move || {
        let report = store.report().filter(|_| store.is_opened())?;
        let text = text();
        let notice = (text.history.opened)(&when(&report.started_at, text.locale));
        Some(view! { <p class="notice" data-testid="opened">{notice}</p> })
    };
    view! {
        <div role="status">{opened}</div>
        // The answer's live region stays, so that screen readers announce what appears in it.
        <div aria-live="polite">{move || store.report().map(|report| view! { <Answer report /> })}</div>
        <ReportComparison library />
        {move || store.report().map(|report| view! { <Details report library /> })}
    }
}

/// What the answer rests on.
#[component]
fn Details(report: Arc<Report>, library: ReportLibrary) -> impl IntoView {
    let text = text();
    let charts = Chart::of(&report);
    let mut sections = Vec::new();
    sections.extend((!report.sessions.is_empty()).then_some(("sessions", text.sessions.title)));
    sections.extend((!report.targets.is_empty()).then_some(("targets", text.targets.title)));
    sections.push(("figures", text.results.title));
    sections.extend((!report.lifecycles.is_empty()).then_some(("lifecycles", text.lifecycles.title)));
    sections.extend(charts.iter().map(|chart| (chart.name, chart.title)));
    sections.extend([("validity", text.validity.title), ("export", text.export.title)]);
    let charts = charts.into_iter().zip(1..).map(|(chart, turn)| {
        let report = report.clone();
        view! { <Later store=library.store turn>{chart.view(&report)}</Later> }
    });
    view! {
        {report.has_rounds().then(|| view! { <Ranking report=report.clone() library /> })}
        <Sections sections />
        <SessionsCard report=report.clone() />
        <Targets report=report.clone() />
        <ResultsTable report=report.clone() />
        <Lifecycles report=report.clone() />
        {charts.collect_view()}
        <Validity report />
        <Export library />
    }
}

/// A chart that there is something to draw in.
struct Chart {
    name: &'static str,
    title: &'static str,
    /// `None`: the waterfall, in which a row can be chosen.
    data: Option<fn(&Arc<Report>, &Labels) -> ChartData>,
}

impl Chart {
    /// The charts of a report, in reading order.
    fn of(report: &Report) -> Vec<Self> {
        let words = &text().charts;
        let of = |is_there: bool, name, title, data| is_there.then_some(Self { name, title, data });
        [
            of(round_times::has_data(report), "rounds", words.rounds_title, Some(round_times::chart)),
            of(sweep::has_data(report), "sweep", words.sweep_title, Some(sweep::chart)),
            of(
                percentiles::has_data(report),
                "percentiles",
                words.percentiles_title,
                Some(percentiles::chart),
            ),
            of(phases::has_data(report), "phases", words.phases_title, Some(phases::chart)),
            of(waterfall::has_data(report), "waterfall", words.waterfall_title, None),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn view(&self, report: &Arc<Report>) -> AnyView {
        let &Self { name, title, data } = self;
        match data {
            Some(data) => {
                let data = data(report, &Labels::of(&report.variants));
                view! { <ChartCard name title data /> }.into_any()
            }
            None => view! { <Waterfall report=report.clone() name title /> }.into_any(),
        }
    }
}

/// Draws its children in a task of their own, after `turn` others: a long report drawn in one task would block the page noticeably.
#[component]
fn Later(
    store: RunStore,
    /// How many tasks go before it.
    turn: u32,
    children: ChildrenFn,
) -> impl IntoView {
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
    view! { <Show when=move || is_due.get()>{children()}</Show> }
}
