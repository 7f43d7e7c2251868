//! How far to trust the numbers: what was found, and where they were measured.

use super::{environment::EnvironmentList, numbers};
use crate::{labels::Labels, text::text};
use fetchmark_core::report::Report;
use leptos::prelude::*;
use std::sync::Arc;

/// Findings in plain words, and the environment.
#[component]
pub fn Trust(
    /// The report.
    report: Arc<Report>,
) -> AnyView {
    let text = text();
    let numbers = numbers();
    let labels = Labels::of(&report.variants);
    let findings: Vec<_> = report
        .validity
        .iter()
        .map(|finding| {
            let row = finding.variant.as_deref().map(|id| {
                let index = report.variants.iter().position(|variant| variant.id == id);
                index.map_or_else(|| id.to_owned(), |index| labels.row(index, text))
            });
            let sentence = (text.trust.finding)(finding, row.as_deref(), &numbers.count(finding.count));
            let severity = (text.trust.severity)(finding.severity);
            let detail = finding.detail.clone();
            view! {
                <li class=format!("finding finding-{}", finding.severity)>
                    <span class="badge">{severity}</span>
                    <span>{sentence}" "<span class="detail">{detail}</span></span>
                </li>
            }
            .into_any()
        })
        .collect();
    let nothing = if report.validity.is_empty() { text.trust.nothing_found } else { "" };
    view! {
        <section class="card" aria-labelledby="trust-title">
            <h2 id="trust-title">{text.trust.title}</h2>
            <div data-testid="validity">
                <p>{nothing}</p>
                <ul class="findings">{findings}</ul>
            </div>
            <h3>{text.trust.environment}</h3>
            <EnvironmentList report />
        </section>
    }
    .into_any()
}
