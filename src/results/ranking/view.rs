//! The ranking's card: what to compare with, in which order, and the rows.

use crate::{
    results::{
        ranking::{
            layout::{self, Group, Order},
            row::RankingRow,
        },
        table::round_count,
    },
    text::{Labels, text},
    ui::{card::Card, field::Field, numbers::numbers, select::Select},
};
use fetchmark_core::{
    comparison::{self, Reason},
    factors::Pacing,
    report::{Report, VariantReport},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The id of the choice of a baseline.
const BASELINE: &str = "ranking-baseline";

/// The id of the choice of an order.
const ORDER: &str = "ranking-order";

/// A bar per row, fastest first, in groups where rows differ in pacing, connection or thread.
#[component]
pub fn Ranking(
    /// The report.
    report: Arc<Report>,
) -> impl IntoView {
    let text = text();
    let words = &text.ranking;
    // The rate sets how long a round takes, so there is nothing to rank.
    if report.variants.iter().all(|row| row.pacing == Pacing::Rate) {
        let why = (text.answer.reason)(Reason::PacedAtRate);
        return view! { <Card id="ranking" title=words.title><p class="caption">{why}</p></Card> }.into_any();
    }
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let names: Vec<String> = (0..report.variants.len()).map(|row| labels.row(row, text)).collect();
    let caption = (words.caption)(&numbers.count(report.scenario.n.into()), &round_count(&report, numbers));
    let groups = layout::groups(&report, &labels);
    let top_ms = layout::top_ms(&report.variants);
    let baseline = RwSignal::new(0);
    let order = RwSignal::new(Order::Time);
    let comparisons = Memo::new({
        let report = report.clone();
        move |_| {
            let id = report.variants.get(baseline.get()).map(|row| row.id.as_str());
            id.and_then(|id| comparison::against(&report, id).ok()).unwrap_or_default()
        }
    });
    let compared_with = {
        let names = names.clone();
        move || (words.compared_with)(names.get(baseline.get()).map_or("", String::as_str))
    };
    let chosen_later =
        move || (baseline.get() != 0).then(|| view! { <p class="caption">{words.chosen_later}</p> });
    let body = move || {
        let comparisons = comparisons.read();
        let compared =
            |row: &VariantReport| comparisons.iter().find(|comparison| comparison.candidate == row.id);
        let group = |group: &Group| {
            let rows = layout::ordered(&group.rows, order.get(), &report.variants, &compared);
            let rows = rows.into_iter().map(|row| {
                let comparison = compared(&report.variants[row]).cloned();
                let (tags, is_baseline) =
                    (group.tags(row, &labels, &report.variants[row]), row == baseline.get());
                view! { <RankingRow report=report.clone() row tags comparison is_baseline top_ms /> }
            });
            view! {
                <tbody role="rowgroup">
                    {group.level.as_ref().map(|level| view! {
                        <tr role="row" class="ranking-group">
                            <th role="rowheader" scope="rowgroup" colspan="4">{(text.tag_word)(level)}</th>
                        </tr>
                    })}
                    {rows.collect_view()}
                </tbody>
            }
        };
        groups.iter().map(group).collect_view()
    };
    let number = |(number, name): (usize, String)| (number.to_string(), name);
    let rows = names.into_iter().enumerate().map(number).collect();
    let orders = words.orders.map(str::to_owned).into_iter().enumerate().map(number).collect();
    let choose_baseline = move |row: String| {
        if let Ok(row) = row.parse() {
            baseline.set(row);
        }
    };
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
                        options=rows
                        value=move || baseline.get().to_string()
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
            {chosen_later}
            // Its roles are spelled out because it is laid out as a grid, and browsers then forget them.
            <table class="ranking" role="table" data-testid="ranking">
                <caption>{caption} " " <span class="unseen">{compared_with}</span></caption>
                <thead class="unseen" role="rowgroup">
                    <tr role="row">
                        {[text.results.variant, words.time, words.ratio, text.comparison.verdict]
                            .map(|head| view! { <th role="columnheader" scope="col">{head}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                {body}
            </table>
        </Card>
    }
    .into_any()
}
