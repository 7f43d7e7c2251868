//! How far to trust the numbers: what was found, and where they were measured.

use crate::{
    results::environment::Environment,
    text::{Labels, text},
    ui::{card::Card, numbers::numbers},
};
use fetchmark_core::report::{
    Report,
    validity::{Finding, Severity},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Findings in plain words, and the environment.
#[component]
pub fn Validity(
    /// The report.
    report: Arc<Report>,
) -> impl IntoView {
    let text = text();
    let labels = Labels::of(&report.variants);
    let nothing = report.validity.is_empty().then(|| view! { <p>{text.validity.nothing_found}</p> });
    let finding = |finding: &Finding| {
        let row = finding
            .variant
            .as_deref()
            .map(|id| report.index_of(id).map_or_else(|| id.to_owned(), |index| labels.row(index, text)));
        let sentence = (text.validity.finding)(finding, &numbers().count(finding.count));
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
