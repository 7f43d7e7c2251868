//! The ranking: each row's time as a bar with its interval, and how it compares with a baseline that can be chosen.

use crate::{
    results::{
        table::{round_count, total_decimals},
        tags::Tags,
        verdict::VerdictChip,
    },
    text::{Labels, Tag, Text, text},
    ui::{
        card::Card,
        field::Field,
        numbers::{Numbers, numbers},
        select::Select,
    },
};
use fetchmark_core::{
    comparison::{self, Comparison, Verdict},
    order::order_by,
    report::{Report, VariantReport},
};
use leptos::prelude::*;
use std::sync::Arc;

/// A bar longer than this many times the middle one runs off: one extreme row must not squash the others.
const MOST_TIMES_MIDDLE: f64 = 6.0;

/// The id of the choice of a baseline.
const BASELINE: &str = "ranking-baseline";

/// The id of the choice of an order.
const ORDER: &str = "ranking-order";

/// How the rows of a group are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// Fastest first.
    Time,
    /// Smallest ratio to the baseline first.
    Ratio,
    /// As the run was described.
    Given,
}

impl Order {
    const ALL: [Self; 3] = [Self::Time, Self::Ratio, Self::Given];
}

/// A bar per row, fastest first, in groups where rows differ in pacing, connection or thread.
#[component]
pub fn Ranking(
    /// The report.
    report: Arc<Report>,
) -> impl IntoView {
    let text = text();
    let words = &text.ranking;
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let names: Vec<String> = (0..report.variants.len()).map(|row| labels.row(row, text)).collect();
    let caption = (words.caption)(&numbers.count(report.scenario.n.into()), &round_count(&report, numbers));
    let groups = groups(&report, &labels);
    let time = |row: &VariantReport| {
        let median = row.round_median_ms?;
        Some((median, row.round_interval_ms.map_or(median, |(_, high)| high)))
    };
    let top = scale_top(&report.variants.iter().filter_map(time).collect::<Vec<_>>());
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
    let body = move || {
        let comparisons = comparisons.read();
        let compared =
            |row: &VariantReport| comparisons.iter().find(|comparison| comparison.candidate == row.id);
        let group = |group: &Group| {
            let rows = ordered(&group.rows, order.get(), &report.variants, &compared);
            let rows = rows.into_iter().map(|row| {
                let variant = &report.variants[row];
                view! {
                    <tr role="row" class:ranking-baseline=row == baseline.get()>
                        <th role="rowheader" scope="row"><Tags tags=group.tags(row, &labels) /></th>
                        {time_cell(variant, top, numbers, text)}
                        {comparison_cells(compared(variant), row == baseline.get(), numbers, text)}
                    </tr>
                }
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
            // Its roles are spelled out because it is laid out as a grid, and browsers then forget them.
            <table class="ranking" role="table" data-testid="ranking">
                <caption>{caption} " " <span class="unseen">{compared_with}</span></caption>
                <thead class="unseen" role="rowgroup">
                    <tr role="row">
                        {[text.results.variant, words.time, text.results.ratio, text.comparison.verdict]
                            .map(|head| view! { <th role="columnheader" scope="col">{head}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                {body}
            </table>
        </Card>
    }
}

/// Rows that share a level of the factor that groups them.
struct Group {
    /// The level; `None` where nothing groups the rows.
    level: Option<Tag>,
    /// Their places in the report.
    rows: Vec<usize>,
}

impl Group {
    /// What tells a row from the others of the group.
    fn tags(&self, row: usize, labels: &Labels) -> Vec<Tag> {
        labels.rows[row].iter().filter(|tag| Some(*tag) != self.level.as_ref()).cloned().collect()
    }
}

/// The rows by pacing if they differ in that, else by connection, else by thread; one group where each row would be a group of its own.
fn groups(report: &Report, labels: &Labels) -> Vec<Group> {
    let factors: [fn(&Tag) -> bool; 3] = [
        |tag| matches!(tag, Tag::Pace { .. }),
        |tag| matches!(tag, Tag::Connection(_)),
        |tag| matches!(tag, Tag::Thread(_)),
    ];
    let by = |is_level: fn(&Tag) -> bool| {
        let mut groups: Vec<Group> = Vec::new();
        for (row, tags) in labels.rows.iter().enumerate() {
            let level = Some(tags.iter().find(|tag| is_level(tag))?.clone());
            match groups.iter_mut().find(|group| group.level == level) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { level, rows: vec![row] }),
            }
        }
        (groups.len() < labels.rows.len()).then_some(groups)
    };
    factors
        .into_iter()
        .find_map(by)
        .unwrap_or_else(|| vec![Group { level: None, rows: (0..report.variants.len()).collect() }])
}

/// The rows in this order; those without a figure come last.
fn ordered<'c>(
    rows: &[usize],
    order: Order,
    variants: &[VariantReport],
    compared: &impl Fn(&VariantReport) -> Option<&'c Comparison>,
) -> Vec<usize> {
    let key = |place: usize| {
        let variant = &variants[rows[place]];
        let figure = match order {
            Order::Given => return [0.0, 0.0],
            Order::Time => variant.round_median_ms,
            // The baseline is not compared with itself.
            Order::Ratio => {
                compared(variant).map_or(Some(1.0), |comparison| comparison.shown().map(|[ratio, ..]| ratio))
            }
        };
        figure.map_or([1.0, 0.0], |figure| [0.0, figure])
    };
    order_by(rows.len(), key).into_iter().map(|place| rows[place]).collect()
}

/// The time at the right end of the bars, in ms: the end of the longest bar, or interval, that does not run off.
fn scale_top(times: &[(f64, f64)]) -> f64 {
    let mut medians: Vec<f64> = times.iter().map(|(median, _)| *median).collect();
    medians.sort_unstable_by(f64::total_cmp);
    let Some(middle) = medians.get(medians.len().saturating_sub(1) / 2) else { return 0.0 };
    let most = middle * MOST_TIMES_MIDDLE;
    let ends = times.iter().filter(|(median, _)| *median <= most).map(|(median, end)| median.max(*end));
    ends.fold(0.0, f64::max).min(most)
}

/// A row's time as a bar and in figures, or why it has none.
fn time_cell(variant: &VariantReport, top: f64, numbers: Numbers, text: &Text) -> AnyView {
    let words = &text.ranking;
    let Some(median) = variant.round_median_ms else {
        let why = if !variant.has_rounds() {
            words.no_round
        } else if variant.requests.ok == 0 {
            words.no_success
        } else {
            words.all_voided
        };
        return view! { <td role="cell" class="ranking-time"><span class="ranking-why">{why}</span></td> }
            .into_any();
    };
    let decimals = total_decimals(std::slice::from_ref(variant));
    let written = |ms: f64| numbers.fixed(ms, decimals);
    let percent = |ms: f64| if top > 0.0 { (ms / top * 100.0).clamp(0.0, 100.0) } else { 0.0 };
    let is_cut = median > top;
    let interval = variant.round_interval_ms.filter(|_| !is_cut).map(|(low, high)| {
        let width = percent(high) - percent(low);
        view! {
            <span class="ranking-interval" style:left=css_percent(percent(low)) style:width=css_percent(width)></span>
        }
    });
    let read = variant.round_interval_ms.map(|(low, high)| (words.interval)(&written(low), &written(high)));
    view! {
        <td role="cell" class="ranking-time">
            <span class="ranking-bar" class:ranking-cut=is_cut aria-hidden="true">
                <span class="ranking-fill" style:width=css_percent(percent(median))></span>
                {interval}
            </span>
            <span class="ranking-figure">{written(median)} " " {text.results.ms} <span class="unseen">{read}</span></span>
        </td>
    }
    .into_any()
}

fn css_percent(percent: f64) -> String {
    format!("{percent:.1}%")
}

/// A row's ratio with its interval, and the verdict.
fn comparison_cells(
    comparison: Option<&Comparison>,
    is_baseline: bool,
    numbers: Numbers,
    text: &Text,
) -> impl IntoView + use<> {
    let ratio = comparison.and_then(Comparison::shown).map(|figures| {
        let [ratio, low, high] = numbers.ratios(figures);
        view! { <strong>{ratio} "×"</strong> " " <span class="detail">{low} "–" {high}</span> }
    });
    let chip = if is_baseline {
        view! { <span class="verdict-chip">{text.results.baseline}</span> }.into_any()
    } else {
        view! { <VerdictChip verdict=comparison.map_or(Verdict::Refused, |comparison| comparison.verdict) /> }
            .into_any()
    };
    view! {
        <td role="cell" class="ranking-ratio">{ratio}</td>
        <td role="cell">{chip}</td>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_extreme_row_does_not_squash_the_others() {
        let at = |median: f64| (median, 1.1 * median);
        assert_eq!(scale_top(&[at(100.0), at(150.0), at(3_000.0)]), 165.0);
        // Six times as long is still shown beside the others, and so is what is short.
        assert_eq!(scale_top(&[at(150.0), at(160.0), at(900.0), at(10.0)]), 900.0);
        // A wide interval does not squash them either.
        assert_eq!(scale_top(&[at(100.0), (100.0, 5_000.0)]), 600.0);
        assert_eq!(scale_top(&[]), 0.0);
    }
}
