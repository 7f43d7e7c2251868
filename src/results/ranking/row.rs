use crate::{
    results::{
        labels::{Tags, VerdictChip},
        table::total_decimals,
    },
    text::{Tag, numbers, text},
};
use fetchmark_core::{
    compare::{Comparison, Verdict},
    report::Requests,
    run::progress::Standing,
    stats::numbers::fixed,
};
use leptos::prelude::*;

/// What the row is and its time; behind that, how it compares.
#[component]
pub fn RankingRow(
    /// What tells it from the others of its group.
    tags: Vec<Tag>,
    standing: Standing,
    /// What stands in its place where there is none.
    why: &'static str,
    is_baseline: bool,
    /// The time at the right end of the bars, in ms.
    top_ms: f64,
    /// Its time in each session, in ms, where several measured.
    #[prop(optional)]
    dots: Vec<f64>,
    /// How it compares with the baseline: [`Compared`]. Nothing while the run is under way.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let text = text();
    let time = match standing.round_median_ms {
        Some(median) => view! { <Time standing median top_ms dots /> }.into_any(),
        None => view! { <span class="ranking-why">{why}</span> }.into_any(),
    };
    let failures = Some(standing.requests).filter(Requests::fail_often).map(|requests| {
        let [failed, ended] = [requests.failed, requests.ok + requests.failed].map(numbers::count);
        view! { <span class="ranking-why">{(text.ranking.failures)(&failed, &ended)}</span> }
    });
    view! {
        <tr role="row" class:ranking-baseline=is_baseline>
            <th role="rowheader" scope="row"><Tags tags /></th>
            <td role="cell" class="ranking-time">{time} " " {failures}</td>
            {children.map(|children| children())}
        </tr>
    }
}

#[component]
pub fn Compared(
    /// How it compares with the baseline, or with the same row of the first target.
    comparison: Option<Comparison>,
    is_baseline: bool,
    /// The label of that target, where it is compared with that.
    against: Option<String>,
) -> impl IntoView {
    let text = text();
    if comparison.is_none() && !is_baseline {
        let words = text.ranking.not_compared;
        return view! { <td role="cell" class="ranking-refused ranking-why" colspan="2">{words}</td> }
            .into_any();
    }
    let against =
        against.map(|target| view! { " " <span class="detail">{(text.ranking.against)(&target)}</span> });
    let refused = comparison.as_ref().filter(|comparison| comparison.verdict == Verdict::Refused);
    let reason = refused.map(|comparison| (text.answer.reason)(comparison.reason_code));
    let ratio = comparison.as_ref().and_then(Comparison::shown).map(|figures| {
        let [ratio, low, high] = numbers::ratios(figures);
        view! { <strong>{ratio} "×"</strong> " " <span class="detail">{low} "–" {high}</span> {against} }
    });
    let chip = if is_baseline {
        view! { <span class="verdict-chip">{text.results.baseline}</span> }.into_any()
    } else {
        let verdict = comparison.map_or(Verdict::Refused, |comparison| comparison.verdict);
        view! { <VerdictChip verdict /> }.into_any()
    };
    // A reason takes the place of the ratio that there is none of.
    match reason {
        Some(reason) => view! {
            <td role="cell" class="ranking-refused" colspan="2">
                {chip} " " <span class="ranking-why">{reason}</span>
            </td>
        }
        .into_any(),
        None => view! {
            <td role="cell" class="ranking-ratio">{ratio}</td>
            <td role="cell">{chip}</td>
        }
        .into_any(),
    }
}

/// A time as a bar with its interval, and in figures.
#[component]
fn Time(standing: Standing, median: f64, top_ms: f64, dots: Vec<f64>) -> impl IntoView {
    let text = text();
    let decimals = total_decimals(&[standing]);
    let written = |ms: f64| numbers::fixed(ms, decimals);
    let percent = |ms: f64| if top_ms > 0.0 { (ms / top_ms * 100.0).clamp(0.0, 100.0) } else { 0.0 };
    let css = |percent: f64| format!("{}%", fixed(percent, 1));
    let is_cut = median > top_ms;
    let interval = standing.round_interval_ms.filter(|_| !is_cut).map(|(low, high)| {
        let (left, width) = (percent(low), percent(high) - percent(low));
        view! { <span class="ranking-interval" style:left=css(left) style:width=css(width)></span> }
    });
    let dot = |ms: f64| view! { <span class="ranking-dot" style:left=css(percent(ms))></span> };
    let read =
        standing.round_interval_ms.map(|(low, high)| (text.ranking.interval)(&written(low), &written(high)));
    view! {
        <span class="ranking-bar" class:ranking-cut=is_cut aria-hidden="true">
            <span class="ranking-fill" style:width=css(percent(median))></span>
            {interval}
            {dots.into_iter().map(dot).collect_view()}
        </span>
        <span class="ranking-figure">
            {written(median)} " " {text.results.ms} " " <span class="unseen">{read}</span>
        </span>
    }
}
