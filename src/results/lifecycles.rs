//! Fresh against reused, client by client, where the other comparisons do not tell.

use crate::{
    results::{table::scrollable, tags::Tags},
    text::{Labels, Tag, text},
    ui::{
        el::{El, classed, el},
        numbers::{decimals, numbers},
    },
};
use fetchmark_core::report::Report;
use leptos::prelude::*;
use std::ops::Not;

/// A card with a row for each client that was measured both ways; nothing where the answer says it already.
pub fn lifecycles(report: &Report) -> Option<El> {
    report.lifecycles.is_empty().not().then(|| card(report))
}

fn card(report: &Report) -> El {
    let text = text();
    let words = &text.lifecycles;
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let median = |id: &str| report.variants.get(report.index_of(id)?)?.round_median_ms;
    let times = report.lifecycles.iter().flat_map(|one| [median(&one.baseline), median(&one.candidate)]);
    let decimals = decimals(times.flatten());
    let ms = |id: &str| median(id).map_or_else(|| "–".to_owned(), |ms| numbers.fixed(ms, decimals));
    let rows = report.lifecycles.iter().map(|one| {
        let ratio = one.shown().map_or_else(
            || "–".to_owned(),
            |figures| {
                let [ratio, low, high] = numbers.ratios(figures);
                format!("{ratio} ({low}–{high})")
            },
        );
        let label = report.index_of(&one.candidate).map(|index| {
            let mut label = labels.with_client(index, &report.variants[index]);
            // Both are in the row.
            label.retain(|tag| !matches!(tag, Tag::Lifecycle(_)));
            view! { <Tags tags=label /> }.into_any()
        });
        el("tr")
            .child(el("th").set("scope", "row").view(label.into_any()))
            .child(el("td").text(&ms(&one.baseline)))
            .child(el("td").text(&ms(&one.candidate)))
            .child(el("td").text(&ratio))
            .child(el("td").text((text.answer.verdict)(one.verdict)))
    });
    let [reused, fresh] = text.what.lifecycle.map(|word| format!("{word} ({})", text.results.ms));
    let heads = [text.results.variant, &reused, &fresh, words.ratio, text.comparison.verdict];
    let table = el("table")
        .set("data-testid", "lifecycles")
        .child(el("caption").text(words.caption))
        .child(
            el("thead").child(el("tr").children(heads.map(|head| el("th").set("scope", "col").text(head)))),
        )
        .child(el("tbody").children(rows));
    classed("section", "card")
        .set("aria-labelledby", "lifecycles-title")
        .child(el("h2").set("id", "lifecycles-title").text(words.title))
        .child(scrollable().set("aria-label", words.caption).child(table))
}
