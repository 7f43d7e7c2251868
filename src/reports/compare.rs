//! The report shown, held against another.

use crate::{
    reports::{
        comparison_view::{ReportComparisonView, RowView},
        library::Desk,
        report_view::ReportView,
    },
    results::{
        charts::{percentiles::Percentiles, round_times::RoundTimes},
        table::{cell, head, scrollable},
        tags::Tags,
    },
    text::{ComparedReport, Labels, in_words, text},
    ui::{
        dates::when,
        el::{El, classed, el},
        numbers::{decimals, numbers},
    },
};
use fetchmark_core::report_comparison::Difference;
use leptos::prelude::*;
use std::ops::Not;

/// The rows both have side by side; nothing where nothing is compared.
pub fn report_comparison(desk: Desk) -> El {
    // A screen reader is told that it is there, and not all of it.
    let told = classed("p", "unseen").set("role", "status").words(move || {
        let compared = desk.compared().filter(|_| desk.store.report().is_some());
        compared.map_or_else(String::new, |compared| title(&compared))
    });
    classed("div", "bare").child(told).part(move || {
        let (report, compared) = (desk.store.report()?, desk.compared()?);
        let words = &text().comparison;
        let both = &compared.side_by_side;
        let pictures = compared.rows.is_empty().not().then(|| {
            let (rounds, quantiles) = (both.clone(), both.clone());
            let pictures = view! {
                <RoundTimes report=rounds name="compared-rounds" title=words.rounds_title />
                <Percentiles report=quantiles name="compared-percentiles" title=words.percentiles_title />
            };
            classed("div", "bare").view(pictures.into_any())
        });
        Some(classed("div", "page").child(card(&report, &compared)).children(pictures))
    })
}

fn title(compared: &ReportComparisonView) -> String {
    let text = text();
    (text.comparison.title)(&when(&compared.baseline.started_at, text.tag))
}

fn card(report: &ReportView, compared: &ReportComparisonView) -> El {
    let text = text();
    let words = &text.comparison;
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let differences = compared.differences.iter().map(|Difference { setting, baseline, candidate }| {
        el("li").text(&(words.difference)(*setting, baseline, candidate))
    });
    let only =
        [(words.only_before, &compared.only_in_baseline), (words.only_now, &compared.only_in_candidate)]
            .into_iter()
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(said, rows)| {
                let names: Vec<_> = rows.iter().map(|tags| in_words(tags, text)).collect();
                el("li").text(&format!("{said} {}", names.join("; ")))
            });
    let times = compared.rows.iter().flat_map(|row| [row.baseline_ms, row.candidate_ms]).flatten();
    let decimals = decimals(times);
    // What never happened in any row takes no room.
    let has_failures = compared.rows.iter().flat_map(|row| row.failed).flatten().any(|share| share > 0.0);
    let heads = [text.results.variant, words.before, words.now, words.ratio, words.verdict];
    let failures = has_failures.then_some(text.results.failures);
    let rows = compared.rows.iter().map(|row| {
        let ms = |ms: Option<f64>| ms.map_or_else(|| "–".to_owned(), |ms| numbers.fixed(ms, decimals));
        let ratio = row.comparison.shown().map_or_else(
            || "–".to_owned(),
            |figures| {
                let [ratio, low, high] = numbers.ratios(figures);
                format!("{ratio} ({low}–{high})")
            },
        );
        let failed = || {
            let shares =
                row.failed.map(|share| share.map_or_else(|| "–".to_owned(), |share| numbers.percent(share)));
            cell(text.results.failures.to_owned(), shares.join(" → "))
        };
        let known = report.index_of(&row.id);
        let label = known.map_or_else(
            || row.id.clone().into_any(),
            |index| view! { <Tags tags=labels.rows[index].clone() /> }.into_any(),
        );
        let label =
            el("th").set("class", "row-label").set("role", "rowheader").set("scope", "row").view(label);
        let [before, now, ratio_word, verdict] = [words.before, words.now, words.ratio, words.verdict];
        el("tr")
            .set("role", "row")
            .child(label)
            .child(cell(before.to_owned(), ms(row.baseline_ms)))
            .child(cell(now.to_owned(), ms(row.candidate_ms)))
            .child(cell(ratio_word.to_owned(), ratio))
            .child(
                cell(verdict.to_owned(), (text.answer.verdict)(row.comparison.verdict).to_owned())
                    .set("data-testid", "compared-verdict"),
            )
            .children(has_failures.then(failed))
    });
    let caption = format!("{} ({})", words.table, text.results.ms);
    let [first, others @ ..] = heads.map(|word| head(word.to_owned(), ""));
    let failures = failures.map(|word| head(word.to_owned(), ""));
    let heads = el("tr")
        .set("role", "row")
        .child(first.set("class", "row-label"))
        .children(others)
        .children(failures);
    let table = classed("table", "figures")
        .set("role", "table")
        .set("data-testid", "compared")
        .child(el("caption").text(&caption))
        .child(el("thead").set("role", "rowgroup").child(heads))
        .child(el("tbody").set("role", "rowgroup").children(rows));
    let sentences = compared.rows.iter().map(|row| {
        let label = report.index_of(&row.id).map_or_else(|| row.id.clone(), |index| labels.row(index, text));
        el("li").text(&sentence(row, &label, report.margin))
    });
    classed("section", "card")
        .set("aria-labelledby", "compared-title")
        .child(el("h2").set("id", "compared-title").text(&title(compared)))
        .child(classed("ul", "plain-list").set("data-testid", "compared-sentences").children(sentences))
        .child(classed("p", "caption").text(words.unpaired))
        .child(
            classed("ul", "plain-list differences")
                .set("data-testid", "differences")
                .children(differences)
                .children(only),
        )
        .child(scrollable().set("aria-label", &caption).child(table))
}

fn sentence(row: &RowView, label: &str, margin: f64) -> String {
    let text = text();
    let numbers = numbers();
    let Some(figures) = row.comparison.shown() else {
        return format!("{label}: {}", (text.answer.reason)(row.comparison.reason));
    };
    let [ratio, low, high] = numbers.ratios(figures);
    (text.comparison.sentence)(&ComparedReport {
        label,
        ratio,
        low,
        high,
        verdict: row.comparison.verdict,
        reason: row.comparison.reason,
        margin: numbers.percent(margin),
    })
}
