//! How far to trust the numbers: what was found, where they were measured, and what their labels rest on.

use crate::{
    text::{Labels, Text, numbers, text},
    ui::{card::Card, dates::when},
};
use fetchmark_core::{
    report::{
        Origin, Report, Requests, RuntimeReport,
        validity::{Finding, Severity},
    },
    samples::label::Evidence,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Findings in plain words, and the environment.
#[component]
pub fn Validity(report: Arc<Report>) -> impl IntoView {
    let text = text();
    let labels = Labels::of(&report.variants);
    let nothing = report.validity.is_empty().then(|| view! { <p>{text.validity.nothing_found}</p> });
    let finding = |finding: &Finding| {
        let row = finding
            .variant
            .as_deref()
            .map(|id| report.index_of(id).map_or_else(|| id.to_owned(), |index| labels.row(index, text)));
        let sentence = (text.validity.finding)(finding, &numbers::count(finding.count));
        let class = match finding.severity {
            Severity::Note => "finding",
            Severity::Weakens => "finding finding-weakens",
            Severity::Voids => "finding finding-voids",
        };
        view! {
            <li class=class>
                <span class="badge">{(text.validity.severity)(finding.severity)}</span>
                <span>{row.map(|row| format!("{row}: "))} {sentence} " " <span class="detail">{finding.detail.clone()}</span></span>
            </li>
        }
    };
    let findings = report.validity.iter().map(finding).collect_view();
    view! {
        <Card id="validity" title=text.validity.title>
            <div data-testid="validity">
                {nothing}
                <ul class="findings">{findings}</ul>
            </div>
            <h3>{text.validity.environment}</h3>
            <Environment report />
        </Card>
    }
}

#[component]
fn Environment(report: Arc<Report>) -> impl IntoView {
    let pair = |(name, value): (&'static str, String)| {
        view! {
            <div class="pair">
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! {
        <dl class="pairs" data-testid="environment">
            {entries(&report, text()).into_iter().map(pair).collect_view()}
        </dl>
    }
}

fn entries(report: &Report, text: &Text) -> Vec<(&'static str, String)> {
    let words = &text.validity;
    let environment = &report.environment;
    let counted = |word: &str, count: u64| format!("{word} ({})", numbers::count(count));
    let listed = |parts: Vec<String>| {
        if parts.is_empty() { words.unknown.to_owned() } else { parts.join(text.comma) }
    };
    let protocol = |(protocol, count): (&String, &u64)| {
        counted(if protocol.is_empty() { words.hidden_protocol } else { protocol }, *count)
    };
    let evidence = Evidence::ALL.iter().filter_map(|kind| {
        let count = report.variants.iter().filter_map(|variant| variant.evidence.get(kind)).sum();
        (count > 0).then(|| counted((words.evidence_word)(*kind), count))
    });
    let sum = |count: fn(&Requests) -> u64| {
        numbers::count(report.variants.iter().map(|variant| count(&variant.requests)).sum())
    };
    let seconds = numbers::measure(report.duration_ms / 1_000.0);
    let [isolated, not_isolated] = words.isolated_values;
    let isolation = if environment.cross_origin_isolated { isolated } else { not_isolated };
    let beside = |runtime: &RuntimeReport| {
        let what = if runtime.name.is_in_browser() { words.python_here } else { words.beside };
        let libraries = runtime.libraries.iter().map(|(name, version)| format!("{name} {version}"));
        let way = runtime.blocking.map(|way| (words.blocking)(way).to_owned());
        let parts = std::iter::once((words.ran)(runtime)).chain(libraries).chain(way);
        (what, parts.collect::<Vec<_>>().join(text.comma))
    };
    let targets = report.scenario.named_addresses().into_iter().map(|address| (words.target, address));
    let rest = [
        (words.started, format!("{}, {seconds} s", when(&report.started_at, text.locale))),
        (words.browser, environment.user_agent.clone()),
        (
            words.cores,
            environment.cores.map_or_else(|| words.unknown.to_owned(), |cores| numbers::count(cores.into())),
        ),
        (words.isolated, isolation.to_owned()),
        (words.timer, format!("{} µs", numbers::measure(environment.timer_step_ms * 1_000.0))),
        (words.protocol, listed(environment.protocols.iter().map(protocol).collect())),
        (words.evidence, listed(evidence.collect())),
        (
            words.requests,
            (words.request_counts)(
                &sum(|r| r.issued),
                &sum(|r| r.ok),
                &sum(|r| r.failed),
                &sum(|r| r.aborted),
            ),
        ),
    ];
    let mut entries: Vec<_> = targets.chain(rest).collect();
    if environment.origin == Some(Origin::Target) {
        entries.push((words.origin, words.target_origin.to_owned()));
    }
    entries.extend(environment.distance.map(|distance| (words.distance, (words.emulated)(&distance))));
    entries.extend(environment.runtimes.iter().map(beside));
    entries
}
