//! What went wrong, the baseline, what the table holds and what it was measured on, in sentences.

use crate::{
    report::{
        Labels, baseline,
        numbers::{count, ratios, span},
    },
    words::Text,
};
use fetchmark_core::{
    compare::Comparison,
    gates::Gate,
    report::{Ending, Environment, Origin, Report, RuntimeReport, VariantReport, failure_cause::causes},
    scenario::factors::Credentials,
};

pub(super) fn sentences(report: &Report, labels: &Labels, text: &Text) -> Vec<String> {
    let words = &text.answer;
    let mut sentences = Vec::new();
    match report.ending {
        Ending::Complete => {}
        Ending::Stopped => {
            let rounds = report.variants.iter().map(|row| row.rounds.len() as u64).sum();
            sentences.push((words.stopped)(&count(rounds)));
        }
        Ending::Failed => sentences.push(words.ended_early.to_owned()),
    }
    if report.environment.origin == Some(Origin::Target) {
        sentences.push(text.validity.target_origin.to_owned());
    }
    sentences.extend(report.environment.distance.map(|distance| (text.validity.emulated)(&distance)));
    sentences.extend(site(report, text));
    for (index, row) in report.variants.iter().enumerate().filter(|(_, row)| row.requests.failed > 0) {
        sentences.push(failures(row, &labels.row(index, text), text));
    }
    for (target, cause) in causes(report).into_iter().filter(|(_, cause)| !cause.is_in_its_words()) {
        let target = target.map(|label| format!(" ({label})")).unwrap_or_default();
        sentences.push(format!("{}{target}: {}", cause.class(), (text.causes.sentence)(cause)));
    }
    let without_time = report.variants.first().filter(|first| first.round_median_ms.is_none());
    let why = without_time.map(|first| {
        let say = if first.has_rounds() { words.no_timed_round } else { words.no_round };
        say(&labels.row(0, text))
    });
    sentences.extend(why.or_else(|| baseline(report, labels, text)));
    sentences
}

/// What the target's site had stored in the browser, if anything.
fn site(report: &Report, text: &Text) -> Option<String> {
    let site = report.environment.site?;
    let sent: Vec<bool> =
        report.scenario.all_targets().iter().map(|target| target.credentials != Credentials::Omit).collect();
    // Of targets that differ in it nothing is said.
    let are_sent = sent.first().copied().filter(|first| sent.iter().all(|one| one == first));
    let cookies = (site.cookies > 0).then(|| (text.validity.site_cookies)(site.cookies, are_sent));
    let worker = site.service_worker.then(|| text.validity.site_worker.to_owned());
    let state: Vec<String> = cookies.into_iter().chain(worker).collect();
    (!state.is_empty()).then(|| (text.validity.site)(&state.join(text.comma)))
}

fn failures(row: &VariantReport, name: &str, text: &Text) -> String {
    let classes = row.errors.iter().map(|(class, times)| {
        let message = row.error_messages.get(class).and_then(|messages| messages.first());
        let message = message.map(|words| format!(" (“{words}”)")).unwrap_or_default();
        format!("{class} {}{message}", count(*times))
    });
    let classes = classes.collect::<Vec<_>>().join(", ");
    (text.answer.row_failures)(name, &count(row.requests.failed), &count(row.requests.issued), &classes)
}

/// Ratio and interval in a cell, where showing them does not mislead.
pub(super) fn ratio(comparison: &Comparison) -> Option<String> {
    comparison.shown().map(ratios).map(|[ratio, low, high]| format!("{ratio} ({low}–{high})"))
}

pub(super) fn gate(gate: &Gate, text: &Text) -> String {
    format!("{}: {}. {}", (text.answer.gate)(gate.outcome), gate.name, gate.message)
}

pub(super) fn caption(report: &Report, labels: &Labels, text: &Text) -> String {
    let timed = report.variants.iter().map(VariantReport::timed_rounds);
    let has_none = timed.clone().all(|rounds| rounds == 0);
    let rounds =
        if has_none { span(report.variants.iter().map(|row| row.rounds.len() as u64)) } else { span(timed) };
    let n = count(report.scenario.n.into());
    let mut caption = (text.results.caption)(&n, &rounds, &labels.common(text));
    if has_none && report.variants.iter().any(VariantReport::has_rounds) {
        caption += &format!(" {}", text.results.no_timed_rounds);
    }
    caption
}

/// The browser, how many processors it sees, and what ran beside it with its libraries.
pub(super) fn machine(environment: &Environment, text: &Text) -> String {
    let cores = environment.cores.map(text.validity.core_count);
    let browser = Some(environment.user_agent.clone()).filter(|name| !name.is_empty());
    let runtimes = environment.runtimes.iter().map(|one| runtime(one, text));
    browser.into_iter().chain(cores).chain(runtimes).collect::<Vec<_>>().join("; ")
}

fn runtime(runtime: &RuntimeReport, text: &Text) -> String {
    let libraries = runtime.libraries.iter().map(|(name, version)| format!("{name} {version}"));
    let way = runtime.blocking.map(|way| (text.validity.blocking)(way).to_owned());
    let rest: Vec<String> = libraries.chain(way).collect();
    let rest = if rest.is_empty() { String::new() } else { format!(" ({})", rest.join(", ")) };
    format!("{}{rest}", (text.validity.ran)(runtime))
}
