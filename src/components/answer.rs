//! The answer in sentences.

use super::numbers;
use crate::{
    answer::Contrast,
    labels::Labels,
    numbers::Numbers,
    text::{Baseline, Compared, Text, text},
};
use fetchmark_core::{
    comparison::{Comparison, Verdict},
    report::{Ending, Report},
    sample::ErrorClass,
};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// One sentence per comparison, first of all what went wrong.
#[component]
pub fn Answer(
    /// The report.
    report: Arc<Report>,
) -> AnyView {
    let text = text();
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let has_rounds = report.variants.iter().any(|variant| variant.has_rounds());
    let notices: Vec<_> = notices(&report, has_rounds, numbers, text)
        .into_iter()
        .map(|sentence| view! { <p class="answer-notice">{sentence}</p> }.into_any())
        .collect();
    let baseline = baseline(&report, &labels, numbers, text);
    let comparisons: Vec<_> = report
        .comparisons
        .iter()
        .filter(|_| has_rounds)
        .filter_map(|comparison| one_comparison(comparison, &report, &labels, numbers, text))
        .collect();
    let caption = match (has_rounds, report.variants.len()) {
        (false, _) => "",
        (true, 1) => text.answer.nothing_to_compare,
        (true, _) => text.answer.how_to_read,
    };
    view! {
        <section class="card answer" aria-labelledby="answer-title" data-testid="answer">
            <h2 id="answer-title">{text.answer.title}</h2>
            {notices}
            <p class="lead">{baseline}</p>
            <ul class="verdicts">{comparisons}</ul>
            <p class="caption">{caption}</p>
        </section>
    }
    .into_any()
}

fn one_comparison(
    comparison: &Comparison,
    report: &Report,
    labels: &Labels,
    numbers: Numbers,
    text: &'static Text,
) -> Option<AnyView> {
    let found = |id: &str| {
        let index = report.variants.iter().position(|variant| variant.id == id)?;
        Some((&report.variants[index], labels.row(index, text)))
    };
    let contrast = Contrast::of(found(&comparison.candidate)?, found(&comparison.baseline)?);
    let ratio = match (comparison.verdict, comparison.ratio, comparison.low, comparison.high) {
        (Verdict::Refused, ..) => None,
        (_, Some(ratio), Some(low), Some(high)) => Some([ratio, low, high].map(|value| numbers.ratio(value))),
        _ => None,
    };
    let (figure, sentence) = match ratio {
        Some([ratio, low, high]) => (
            format!("{ratio}×"),
            (text.answer.compared)(&Compared {
                contrast: &contrast,
                ratio,
                low,
                high,
                verdict: comparison.verdict,
                reason: comparison.reason_code,
                margin: numbers.percent(report.scenario.margin),
            }),
        ),
        None => ("–".to_owned(), (text.answer.not_compared)(&contrast, comparison.reason_code)),
    };
    let word = (text.answer.verdict)(comparison.verdict);
    let verdict = view! {
        <li class=format!("verdict verdict-{}", comparison.verdict)>
            <span class="verdict-figure" aria-hidden="true">
                <span class="verdict-ratio">{figure}</span>
                <span class="verdict-word">{word}</span>
            </span>
            <span class="verdict-sentence">{sentence}</span>
        </li>
    };
    Some(verdict.into_any())
}

fn baseline(report: &Report, labels: &Labels, numbers: Numbers, text: &Text) -> Option<String> {
    let first = report.variants.first()?;
    let total_ms = first.round_median_ms?;
    // Rounds of failures alone are quick or slow for reasons of their own: no time is told from them.
    let per_second = first.requests_per_second.filter(|_| first.requests.ok > 0)?;
    Some((text.answer.baseline)(&Baseline {
        n: numbers.count(report.scenario.n.into()),
        row: labels.row(0, text),
        total: format!("{} {}", numbers.measure(total_ms), text.results.ms),
        rounds: numbers.count(first.rounds.len() as u64),
        per_second: numbers.measure(per_second),
    }))
}

/// How the run ended if not as planned, and each class of failures.
fn notices(report: &Report, has_rounds: bool, numbers: Numbers, text: &Text) -> Vec<String> {
    let rounds = report.variants.iter().map(|variant| variant.rounds.len() as u64).sum();
    let ending = match report.ending {
        Ending::Complete => None,
        Ending::Stopped => Some((text.answer.stopped)(&numbers.count(rounds))),
        Ending::Failed => Some(text.answer.ended_early.to_owned()),
    };
    let nothing = (!has_rounds).then(|| text.answer.nothing.to_owned());
    let issued = numbers.count(report.variants.iter().map(|variant| variant.requests.issued).sum());
    let failures = failures(report).into_iter().map(|(class, (count, words))| {
        (text.answer.failures)(&numbers.count(count), &issued, &(text.answer.error_class)(class, &words))
    });
    ending.into_iter().chain(failures).chain(nothing).collect()
}

/// Failures of all rows by class, with the first of the browser's own messages.
fn failures(report: &Report) -> BTreeMap<ErrorClass, (u64, String)> {
    let mut classes: BTreeMap<ErrorClass, (u64, String)> = BTreeMap::new();
    for variant in &report.variants {
        for (class, count) in &variant.errors {
            let (sum, words) = classes.entry(*class).or_default();
            *sum += count;
            if let Some(first) = variant.error_messages.get(class).and_then(|messages| messages.first())
                && words.is_empty()
            {
                words.clone_from(first);
            }
        }
    }
    classes
}
