//! The answer in sentences.

use crate::{
    text::{Baseline, Compared, Contrast, Labels, Text, in_words, text},
    ui::{
        el::{El, classed, el},
        numbers::{Numbers, numbers},
    },
};
use fetchmark_core::{
    comparison::{Comparison, Verdict},
    failure_cause::causes,
    report::{Ending, Report, Requests},
};

/// What went wrong, if something did; then one sentence per comparison.
pub fn answer(report: &Report) -> El {
    let text = text();
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let has_rounds = report.has_rounds();
    let notices =
        notices(report, numbers, text).into_iter().map(|words| classed("p", "answer-notice").text(&words));
    let verdicts = report
        .comparisons
        .iter()
        .filter(|_| has_rounds)
        .filter_map(|comparison| verdict(comparison, report, &labels, numbers, text));
    let caption = if !has_rounds {
        ""
    } else if report.variants.len() == 1 {
        text.answer.nothing_to_compare
    } else if report.comparisons.iter().any(|comparison| comparison.shown().is_some()) {
        text.answer.how_to_read
    } else {
        ""
    };
    classed("section", "card answer")
        .set("aria-labelledby", "answer-title")
        .set("data-testid", "answer")
        .child(el("h2").set("id", "answer-title").text(text.answer.title))
        .children(notices)
        .child(classed("p", "lead").text(&baseline(report, &labels, numbers, text)))
        .child(classed("ul", "verdicts").children(verdicts))
        .child(classed("p", "caption").text(caption))
}

/// A comparison's figure and its sentence.
fn words(
    comparison: &Comparison,
    report: &Report,
    labels: &Labels,
    numbers: Numbers,
    text: &Text,
) -> Option<(String, String)> {
    let found = |id: &str| {
        let index = report.index_of(id)?;
        Some((&report.variants[index], labels.row(index, text)))
    };
    let contrast = Contrast::of(found(&comparison.candidate)?, found(&comparison.baseline)?);
    Some(match comparison.shown() {
        Some(figures) => {
            let [ratio, low, high] = numbers.ratios(figures);
            let figure = format!("{ratio}×");
            let compared = Compared {
                contrast: &contrast,
                ratio,
                low,
                high,
                verdict: comparison.verdict,
                reason: comparison.reason_code,
                margin: numbers.percent(report.scenario.margin),
            };
            (figure, (text.answer.compared)(&compared))
        }
        None => ("–".to_owned(), (text.answer.not_compared)(&contrast, comparison.reason_code)),
    })
}

fn verdict(
    comparison: &Comparison,
    report: &Report,
    labels: &Labels,
    numbers: Numbers,
    text: &Text,
) -> Option<El> {
    let (figure, sentence) = words(comparison, report, labels, numbers, text)?;
    // The sentence says all of it to who does not see the figure.
    let figure = classed("span", "verdict-figure")
        .set("aria-hidden", "true")
        .child(classed("span", "verdict-ratio").text(&figure))
        .child(classed("span", "verdict-word").text((text.answer.verdict)(comparison.verdict)));
    let row = classed("li", verdict_class(comparison.verdict));
    Some(row.child(figure).child(classed("span", "verdict-sentence").text(&sentence)))
}

fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "verdict verdict-faster",
        Verdict::Slower => "verdict verdict-slower",
        Verdict::Equivalent => "verdict verdict-equivalent",
        Verdict::Inconclusive => "verdict",
        Verdict::Refused => "verdict verdict-refused",
    }
}

/// What the baseline did; empty where it did nothing. Rounds of failures alone are quick or slow for reasons of their
/// own: no time is told from them.
fn baseline(report: &Report, labels: &Labels, numbers: Numbers, text: &Text) -> String {
    let told = report.variants.first().filter(|first| first.requests.ok > 0);
    let figures = told.and_then(|first| Some((first, first.round_median_ms?, first.requests_per_second?)));
    figures.map_or_else(String::new, |(first, total_ms, per_second)| {
        (text.answer.baseline)(&Baseline {
            n: numbers.count(report.scenario.n.into()),
            row: in_words(&labels.with_client(0, first), text),
            total: format!("{} {}", numbers.measure(total_ms), text.results.ms),
            rounds: numbers.count(first.timed_rounds()),
            per_second: numbers.measure(per_second),
            succeeded: Some(first.timed_requests())
                .filter(Requests::fail_often)
                .map(|Requests { ok, issued, .. }| (numbers.count(ok), numbers.count(issued))),
        })
    })
}

/// How the run ended if not as planned, and each class of failures.
fn notices(report: &Report, numbers: Numbers, text: &Text) -> Vec<String> {
    let mut notices = Vec::new();
    let rounds = report.variants.iter().map(|variant| variant.rounds.len() as u64).sum();
    match report.ending {
        Ending::Complete => {}
        Ending::Stopped => notices.push((text.answer.stopped)(&numbers.count(rounds))),
        Ending::Failed => notices.push(text.answer.ended_early.to_owned()),
    }
    let issued = numbers.count(report.variants.iter().map(|variant| variant.requests.issued).sum());
    for cause in causes(report) {
        let class = cause.class();
        let count = report.variants.iter().filter_map(|variant| variant.errors.get(&class)).sum();
        // The browser's own words come from the first failure of the class.
        let words = report.variants.iter().find_map(|variant| variant.error_messages.get(&class)?.first());
        let words = words.map_or("", String::as_str);
        let sentence = format!("“{words}”: {}", (text.answer.cause)(cause));
        notices.push((text.answer.failures)(&numbers.count(count), &issued, &sentence));
    }
    if !report.has_rounds() {
        notices.push(text.answer.nothing.to_owned());
    }
    notices
}
