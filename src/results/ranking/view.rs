//! The ranking's card: what to compare with, in which order, and the rows.

use crate::{
    js,
    reports::library::ReportLibrary,
    results::{
        ranking::{
            layout::{self, Group, Order},
            row::{Compared, RankingRow},
            table::RankingTable,
        },
        table::round_count,
    },
    text::{Labels, ReportProblem, Row, numbers, session_medians, text},
    ui::{card::Card, field::Field, select::Select},
};
use fetchmark_core::{
    compare::{Comparison, Reason},
    report::{Report, VariantReport},
    run::progress::Standing,
    scenario::factors::Pacing,
};
use leptos::prelude::*;
use std::sync::Arc;

const BASELINE: &str = "ranking-baseline";

const ORDER: &str = "ranking-order";

struct Chosen {
    /// The place of the row.
    baseline: usize,
    comparisons: Vec<Comparison>,
    problem: Option<ReportProblem>,
}

impl Chosen {
    fn of(baseline: usize, compared: Result<Vec<Comparison>, ReportProblem>) -> Self {
        match compared {
            Ok(comparisons) => Self { baseline, comparisons, problem: None },
            Err(problem) => Self { baseline, comparisons: Vec::new(), problem: Some(problem) },
        }
    }
}

/// A bar per row, fastest first, in groups where rows differ in pacing, connection or thread.
#[component]
pub fn Ranking(
    report: Arc<Report>,
    /// Compares its rows with another one.
    library: ReportLibrary,
) -> impl IntoView {
    let text = text();
    let words = &text.ranking;
    // The rate sets how long a round takes, so there is nothing to rank.
    if report.variants.iter().all(|row| row.pacing == Pacing::Rate) {
        let why = (text.answer.reason)(Reason::PacedAtRate);
        return view! { <Card id="ranking" title=words.title><p class="caption">{why}</p></Card> }.into_any();
    }
    let variants: Vec<Row> = report.variants.iter().map(Row::from).collect();
    let standings: Vec<Standing> = report.variants.iter().map(Standing::from).collect();
    let labels = Labels::of_rows(&variants);
    let names: Vec<String> = (0..variants.len()).map(|row| labels.row(row, text)).collect();
    let (n, rounds) = (numbers::count(report.scenario.n.into()), round_count(&standings));
    let measured = if report.sessions.is_empty() {
        (words.caption)(&n, &rounds)
    } else {
        (words.caption_of_sessions)(&n, &rounds)
    };
    let groups = layout::groups(&labels);
    let dots = {
        let report = report.clone();
        move |row: usize| session_medians(&report, row).into_iter().flatten().collect::<Vec<f64>>()
    };
    let top_ms = layout::top_ms(&standings, &dots);
    let chosen =
        RwSignal::new(Chosen { baseline: 0, comparisons: report.comparisons.clone(), problem: None });
    let order = RwSignal::new(Order::Time);
    let caption = {
        let names = names.clone();
        move || {
            let name = chosen.with(|chosen| names.get(chosen.baseline).cloned().unwrap_or_default());
            let compared_with = (text.headline.compared_with)(&name);
            view! { {measured.clone()} " " <span class="unseen">{compared_with}</span> }
        }
    };
    let chosen_later =
        move || (chosen.read().baseline != 0).then(|| view! { <p class="caption">{words.chosen_later}</p> });
    let problem = move || {
        let sentence = chosen.with(|chosen| chosen.problem.as_ref().map(text.history.problem))?;
        Some(view! { <p class="error" role="status">{sentence}</p> })
    };
    let first_target = report.variants.first().and_then(|row| row.target.clone());
    let across = first_target.as_deref().map(|first| {
        let sentence = (words.across)(first);
        view! { <p class="caption">{sentence}</p> }
    });
    let choose_baseline = {
        let report = report.clone();
        move |row: String| {
            let Ok(baseline) = row.parse::<usize>() else { return };
            let Some(id) = report.variants.get(baseline).map(|row| row.id.clone()) else { return };
            js::spawn(async move {
                let compared = library.compared_with_row(id).await;
                // Of a report that is gone nobody asks.
                chosen.try_set(Chosen::of(baseline, compared));
            });
        }
    };
    let rows = move |group: &Group| {
        let chosen = chosen.read();
        let (comparisons, baseline) = (&chosen.comparisons, chosen.baseline);
        let across = || report.targets.iter().flat_map(|target| &target.rows);
        let is_across = |row: usize| report.variants[row].target != report.variants[baseline].target;
        let compared = |row: usize| {
            let is_of_row = |one: &&Comparison| one.candidate == report.variants[row].id;
            if is_across(row) { across().find(is_of_row) } else { comparisons.iter().find(is_of_row) }
        };
        let row = |row: usize| {
            let (comparison, is_baseline) = (compared(row).cloned(), row == baseline);
            let against = first_target.clone().filter(|_| is_across(row));
            view! {
                <RankingRow
                    tags=group.tags(row, &labels, &variants[row])
                    standing=standings[row]
                    why=why_no_time(&report.variants[row])
                    is_baseline
                    top_ms
                    dots=dots(row)
                >
                    <Compared comparison is_baseline against />
                </RankingRow>
            }
            .into_any()
        };
        layout::ordered(&group.rows, order.get(), baseline, &standings, compared)
            .into_iter()
            .map(row)
            .collect()
    };
    let number = |(number, name): (usize, String)| (number.to_string(), name);
    let names = names.into_iter().enumerate().map(number).collect();
    let orders = words.orders.map(str::to_owned).into_iter().enumerate().map(number).collect();
    let choose_order = move |chosen: String| {
        let chosen = chosen.parse::<usize>().ok().and_then(|chosen| Order::ALL.get(chosen));
        order.set(chosen.copied().unwrap_or(Order::Time));
    };
    view! {
        <Card id="ranking" title=words.title>
            <div class="ranking-tools">
                <Field id=BASELINE label=words.compare_with>
                    <Select
                        id=BASELINE
                        options=names
                        value=move || chosen.read().baseline.to_string()
                        on_choose=choose_baseline
                    />
                </Field>
                <Field id=ORDER label=words.sort_by>
                    <Select
                        id=ORDER
                        options=orders
                        value=move || (order.get() as usize).to_string()
                        on_choose=choose_order
                    />
                </Field>
            </div>
            {across}
            {chosen_later}
            {problem}
            <RankingTable
                test_id="ranking"
                caption
                heads=vec![text.results.variant, words.time, words.ratio, text.comparison.verdict]
                groups
                rows=Box::new(rows)
            />
        </Card>
    }
    .into_any()
}

fn why_no_time(variant: &VariantReport) -> &'static str {
    let words = &text().ranking;
    if !variant.has_rounds() {
        words.no_round
    } else if variant.requests.ok == 0 {
        words.no_success
    } else {
        words.all_voided
    }
}
