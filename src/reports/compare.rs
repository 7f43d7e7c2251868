//! The report shown, held against another.

use crate::{
    reports::library::{Compared, ReportLibrary},
    results::{
        charts::{percentiles::Percentiles, round_times::RoundTimes},
        table::{cell, head, scrollable},
        tags::Tags,
    },
    text::{ComparedReport, Labels, Row, Side, in_words, text},
    ui::{
        dates::when,
        el::{El, classed, el},
        numbers::{decimals, numbers},
    },
};
use fetchmark_core::{
    report::Report,
    report_comparison::{Difference, RowComparison},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The rows both have side by side; nothing where nothing is compared.
pub fn report_comparison(library: ReportLibrary) -> El {
    // A screen reader is told that it is there, and not all of it.
    let told = classed("p", "unseen")
        .set("role", "status")
        .words(move || library.compared().map_or_else(String::new, |compared| title(&compared)));
    classed("div", "bare").child(told).part(move || {
        let compared = library.compared()?;
        let words = &text().comparison;
        let pictures = side_by_side(&compared).map(|(both, labels)| {
            let (report, names) = (both.clone(), labels.clone());
            let pictures = view! {
                <RoundTimes report labels=names name="compared-rounds" title=words.rounds_title />
                <Percentiles report=both labels name="compared-percentiles" title=words.percentiles_title />
            };
            classed("div", "bare").view(pictures.into_any())
        });
        Some(classed("div", "page").child(card(&compared)).children(pictures))
    })
}

fn title(compared: &Compared) -> String {
    let text = text();
    (text.comparison.title)(&when(&compared.before.started_at, text.tag))
}

/// The rows that both reports have, each as it was before and below it as it is now; `None` where they have none in common.
fn side_by_side(compared: &Compared) -> Option<(Arc<Report>, Labels)> {
    let Compared { before, now, comparison } = compared;
    let variant = |report: &Report, id: &str| report.index_of(id).map(|index| report.variants[index].clone());
    let (mut rows, mut variants) = (Vec::new(), Vec::new());
    for row in &comparison.rows {
        for (report, side) in [(before, Side::Before), (now, Side::Now)] {
            if let Some(variant) = variant(report, &row.id) {
                rows.push(Row { side: Some(side), ..Row::from(&variant) });
                variants.push(variant);
            }
        }
    }
    let labels = Labels::of_rows(&rows);
    (!variants.is_empty()).then(|| (Arc::new(Report { variants, ..Report::clone(now) }), labels))
}

/// The rows of a report with these ids, by what tells them from all rows of both.
fn named(report: &Report, other: &Report, ids: &[String]) -> Vec<String> {
    let labels = Labels::of(report.variants.iter().chain(&other.variants));
    let name = |index: usize| in_words(&labels.with_client(index, &report.variants[index]), text());
    ids.iter().filter_map(|id| report.index_of(id)).map(name).collect()
}

fn card(compared: &Compared) -> El {
    let Compared { before, now: report, comparison } = compared;
    let text = text();
    let words = &text.comparison;
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let differences = comparison.differences.iter().map(|Difference { setting, baseline, candidate }| {
        el("li").text(&(words.difference)(*setting, baseline, candidate))
    });
    let only = [
        (words.only_before, named(before, report, &comparison.only_in_baseline)),
        (words.only_now, named(report, before, &comparison.only_in_candidate)),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(said, names)| el("li").text(&format!("{said} {}", names.join("; "))));
    let times = comparison.rows.iter().flat_map(|row| [row.baseline_ms, row.candidate_ms]).flatten();
    let decimals = decimals(times);
    // What never happened in any row takes no room.
    let failed = |row: &RowComparison| [row.baseline_failed_share, row.candidate_failed_share];
    let has_failures = comparison.rows.iter().flat_map(failed).flatten().any(|share| share > 0.0);
    let heads = [text.results.variant, words.before, words.now, words.ratio, words.verdict];
    let failures = has_failures.then_some(text.results.failures);
    let rows = comparison.rows.iter().map(|row| {
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
                failed(row).map(|share| share.map_or_else(|| "–".to_owned(), |share| numbers.percent(share)));
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
    let sentences = comparison.rows.iter().map(|row| {
        let label = report.index_of(&row.id).map_or_else(|| row.id.clone(), |index| labels.row(index, text));
        el("li").text(&sentence(row, &label, comparison.margin))
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

fn sentence(row: &RowComparison, label: &str, margin: f64) -> String {
    let text = text();
    let numbers = numbers();
    let Some(figures) = row.comparison.shown() else {
        return format!("{label}: {}", (text.answer.reason)(row.comparison.reason_code));
    };
    let [ratio, low, high] = numbers.ratios(figures);
    (text.comparison.sentence)(&ComparedReport {
        label,
        ratio,
        low,
        high,
        verdict: row.comparison.verdict,
        reason: row.comparison.reason_code,
        margin: numbers.percent(margin),
    })
}
