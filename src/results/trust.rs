//! How far to trust the numbers: what was found, and where they were measured.

use crate::{
    results::environment::environment,
    text::{Labels, text},
    ui::{
        el::{El, classed, el},
        numbers::numbers,
    },
};
use fetchmark_core::{
    report::Report,
    validity::{Finding, Severity},
};

/// Findings in plain words, and the environment.
pub fn trust(report: &Report) -> El {
    let text = text();
    let labels = Labels::of(&report.variants);
    let nothing = if report.validity.is_empty() { text.trust.nothing_found } else { "" };
    let findings = report.validity.iter().map(|finding| row(finding, report, &labels));
    classed("section", "card trust")
        .set("aria-labelledby", "trust-title")
        .child(el("h2").set("id", "trust-title").text(text.trust.title))
        .child(
            el("div")
                .set("data-testid", "validity")
                .child(el("p").text(nothing))
                .child(classed("ul", "findings").children(findings)),
        )
        .child(el("h3").text(text.trust.environment))
        .child(environment(report))
}

fn row(finding: &Finding, report: &Report, labels: &Labels) -> El {
    let text = text();
    let label = finding.variant.as_deref().map(|id| match report.index_of(id) {
        Some(index) => labels.row(index, text),
        None => id.to_owned(),
    });
    let class = match finding.severity {
        Severity::Note => "finding",
        Severity::Weakens => "finding finding-weakens",
        Severity::Voids => "finding finding-voids",
    };
    let sentence = (text.trust.finding)(finding, &numbers().count(finding.count));
    let sentence = match label {
        Some(label) => format!("{label}: {sentence}"),
        None => sentence,
    };
    let detail = classed("span", "detail").text(&finding.detail.clone().unwrap_or_default());
    classed("li", class)
        .child(classed("span", "badge").text((text.trust.severity)(finding.severity)))
        .child(el("span").text(&sentence).text(" ").child(detail))
}
