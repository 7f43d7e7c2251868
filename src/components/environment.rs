//! Where a run took place, and what its labels rest on.

use super::numbers;
use crate::{
    numbers::Numbers,
    text::{Text, text},
};
use fetchmark_core::{
    label::Evidence,
    report::{Report, Requests},
};
use js_sys::{Date, Object};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// Names and values.
#[component]
pub fn EnvironmentList(
    /// The report.
    report: Arc<Report>,
) -> AnyView {
    let entries: Vec<_> = entries(&report, numbers(), text())
        .into_iter()
        .map(|(name, value)| view! { <div class="pair"><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
        .collect();
    view! { <dl class="pairs" data-testid="environment">{entries}</dl> }.into_any()
}

fn entries(report: &Report, numbers: Numbers, text: &Text) -> Vec<(&'static str, String)> {
    let trust = &text.trust;
    let environment = &report.environment;
    let [isolated, not_isolated] = trust.isolated_values;
    let counted = |word: &str, count: u64| format!("{word} ({})", numbers.count(count));
    let protocols: Vec<_> = environment
        .protocols
        .iter()
        .map(|(protocol, count)| {
            counted(if protocol.is_empty() { trust.hidden_protocol } else { protocol }, *count)
        })
        .collect();
    let evidence: Vec<_> =
        evidence(report).into_iter().map(|(kind, count)| counted((trust.evidence_word)(kind), count)).collect();
    let counted_requests: [fn(&Requests) -> u64; 4] = [|r| r.issued, |r| r.ok, |r| r.failed, |r| r.aborted];
    let [issued, ok, failed, aborted] = counted_requests
        .map(|count| numbers.count(report.variants.iter().map(|variant| count(&variant.requests)).sum()));
    let listed = |parts: Vec<String>| {
        if parts.is_empty() { trust.unknown.to_owned() } else { parts.join(text.comma) }
    };
    vec![
        (trust.target, report.scenario.target.url.clone()),
        (
            trust.started,
            format!(
                "{}, {} s",
                when(&report.started_at, text.tag),
                numbers.measure(report.duration_ms / 1_000.0)
            ),
        ),
        (trust.browser, environment.user_agent.clone()),
        (
            trust.cores,
            environment.cores.map_or_else(|| trust.unknown.to_owned(), |cores| numbers.count(cores.into())),
        ),
        (
            trust.isolated,
            if environment.cross_origin_isolated { isolated } else { not_isolated }.to_owned(),
        ),
        (trust.timer, format!("{} µs", numbers.measure(environment.timer_step_ms * 1_000.0))),
        (trust.protocol, listed(protocols)),
        (trust.evidence, listed(evidence)),
        (trust.requests, (trust.request_counts)(&issued, &ok, &failed, &aborted)),
    ]
}

fn evidence(report: &Report) -> BTreeMap<Evidence, u64> {
    let mut sums = BTreeMap::new();
    for (kind, count) in report.variants.iter().flat_map(|variant| &variant.evidence) {
        *sums.entry(*kind).or_default() += count;
    }
    sums
}

/// A point in time as the reader's language writes it; as it is when it is none.
fn when(iso: &str, locale: &str) -> String {
    let date = Date::new(&iso.into());
    if date.get_time().is_nan() {
        return iso.to_owned();
    }
    date.to_locale_string(locale, &Object::new()).into()
}
