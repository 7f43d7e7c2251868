//! The answer in sentences.

use crate::{
    results::labels::VerdictChip,
    text::{HeadlineWords, Labels, Text, baseline, headline, in_group, numbers, text, verdict_within},
};
use fetchmark_core::{
    compare::{VerdictGroup, by_verdict},
    report::{Ending, Report, failure_cause::causes},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The headline, what went wrong, if something did, and the comparisons by verdict.
#[component]
pub fn Answer(report: Arc<Report>) -> impl IntoView {
    let text = text();
    let labels = Labels::of(&report.variants);
    let names: Vec<String> = (0..report.variants.len()).map(|row| labels.row(row, text)).collect();
    let HeadlineWords { headline, more } = headline(&report, &names, text);
    let has_rounds = report.has_rounds();
    let notices = notices(&report, text).into_iter();
    let groups = if has_rounds { groups(&report) } else { Vec::new() };
    let caption = if !has_rounds {
        ""
    } else if report.variants.len() == 1 {
        // The headline may say so already.
        Some(text.answer.nothing_to_compare).filter(|caption| headline != *caption).unwrap_or_default()
    } else if report.comparisons.iter().any(|comparison| comparison.shown().is_some()) {
        text.answer.how_to_read
    } else {
        ""
    };
    let baseline = baseline(&report, &labels, text);
    let groups = groups.into_iter().map(|(baseline, groups)| {
        let compared_with = names.get(baseline).map(|row| (text.headline.compared_with)(row));
        let group = |group: VerdictGroup| {
            view! {
                <li>
                    <VerdictChip
                        verdict=group.verdict
                        words=verdict_within(group.verdict, &report, text)
                    />
                    <span>{in_group(&group, &report, &labels, text)}</span>
                </li>
            }
        };
        view! {
            <p class="caption">{compared_with}</p>
            <ul class="verdicts">{groups.into_iter().map(group).collect_view()}</ul>
        }
    });
    let groups = groups.collect_view();
    view! {
        <section class="card answer" aria-labelledby="answer-title" data-testid="answer">
            <h2 class="headline" id="answer-title" data-testid="headline">{headline}</h2>
            {more.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
            {notices.map(|notice| view! { <p class="answer-notice">{notice}</p> }).collect_view()}
            {groups}
            <p class="caption">{baseline}</p>
            <p class="caption">{caption}</p>
        </section>
    }
}

/// The comparisons by verdict, target by target: each is with the target's first row, which is given by its place.
fn groups(report: &Report) -> Vec<(usize, Vec<VerdictGroup>)> {
    let baselines = (0..report.variants.len()).filter(|row| report.is_baseline(*row));
    let of_baseline = |baseline: usize| {
        let id = &report.variants[baseline].id;
        let comparisons = report.comparisons.iter().filter(|one| one.baseline == *id);
        (baseline, by_verdict(&comparisons.cloned().collect::<Vec<_>>()))
    };
    baselines.map(of_baseline).filter(|(_, groups)| !groups.is_empty()).collect()
}

/// How the run ended if not as planned, and each class of failures.
fn notices(report: &Report, text: &Text) -> Vec<String> {
    let mut notices = Vec::new();
    let rounds = report.variants.iter().map(|variant| variant.rounds.len() as u64).sum();
    match report.ending {
        Ending::Complete => {}
        Ending::Stopped => notices.push((text.answer.stopped)(&numbers::count(rounds))),
        Ending::Failed => notices.push(text.answer.ended_early.to_owned()),
    }
    for (target, cause) in causes(report) {
        let class = cause.class();
        let rows = || report.variants.iter().filter(|variant| variant.target.as_deref() == target);
        let issued = numbers::count(rows().map(|variant| variant.requests.issued).sum());
        let count = rows().filter_map(|variant| variant.errors.get(&class)).sum();
        // The browser's own words come from the first failure of the class.
        let words = rows().find_map(|variant| variant.error_messages.get(&class)?.first());
        let words = words.map_or("", String::as_str);
        let target = target.map(|label| format!("{label}: ")).unwrap_or_default();
        let sentence = format!("{target}“{words}”: {}", (text.causes.sentence)(cause));
        notices.push((text.answer.failures)(&numbers::count(count), &issued, &sentence));
    }
    if !report.has_rounds() {
        notices.push(text.answer.nothing.to_owned());
    }
    notices
}
