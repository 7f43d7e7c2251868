//! Sentences and a table, to be pasted into a pull request.

use super::{
    figures::{NONE, count, measure},
    sentences::{caption, figures, gate, sentences},
    words::{self, Names},
};
use crate::{
    gate::Gate,
    language::Language,
    report::{Connections, Report, VariantReport},
    summary::Latency,
};

pub(super) fn markdown(report: &Report, gates: &[Gate], language: Language) -> String {
    let names = Names::of(&report.variants, language);
    let mut text: String = sentences(report, &names, language).iter().map(|line| item(line)).collect();
    if !gates.is_empty() {
        // A rule of another kind begins a list of its own.
        text.push('\n');
        text.extend(gates.iter().map(|one| format!("* {}\n", plain(&gate(one, language)))));
    }
    let user_agent = report.environment.user_agent.as_str();
    let about = [report.scenario.target.url.as_str(), &caption(report, &names, language), user_agent];
    for paragraph in about.iter().filter(|paragraph| !paragraph.is_empty()) {
        text += &format!("\n{}\n", plain(paragraph));
    }
    let heads = words::heads(language, &count(report.scenario.n.into()));
    text.push('\n');
    text += &line(&heads);
    text += &format!("|---|{}\n", "---:|".repeat(heads.len() - 1));
    for (row, name) in report.variants.iter().zip(&names.rows) {
        text += &line(&cells(row, name, report, language));
    }
    text
}

fn cells(row: &VariantReport, name: &str, report: &Report, language: Language) -> Vec<String> {
    let mut cells = vec![name.to_owned(), measure(row.round_median_ms), measure(row.requests_per_second)];
    let of = |percentile: fn(&Latency) -> f64| measure(row.latency_ms.as_ref().map(percentile));
    cells.extend([of(|latency| latency.p50), of(|latency| latency.p95), of(|latency| latency.p99)]);
    let Connections { new, reused, cached, unknown } = row.connections;
    cells.extend([new, reused, cached, unknown, row.requests.failed].map(count));
    let is_baseline = report.variants.first().is_some_and(|first| first.id == row.id);
    let comparison = report.comparisons.iter().find(|comparison| comparison.candidate == row.id);
    cells.push(match comparison {
        Some(comparison) => match figures(comparison) {
            Some([ratio, low, high]) => format!("{ratio} ({low}–{high})"),
            None => words::verdict(language, comparison.verdict).to_owned(),
        },
        None if is_baseline => words::baseline(language).to_owned(),
        None => NONE.to_owned(),
    });
    cells
}

fn item(sentence: &str) -> String {
    format!("- {}\n", plain(sentence))
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" | "))
}

/// Text that Markdown leaves as it is: browsers' messages and names from files are not markup.
pub(super) fn plain(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            c if c.is_control() => written.push(' '),
            '\\' | '|' | '<' | '>' | '[' | ']' | '`' | '*' | '_' | '&' | '!' | '#' | '~' | '@' => {
                written.extend(['\\', character]);
            }
            _ => written.push(character),
        }
    }
    written
}
