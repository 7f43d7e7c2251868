//! The answer for a terminal: headline, verdicts, a table, sentences, findings, gates.

use fetchmark_core::gate::Gate;
use fetchmark_core::language::Language;
use fetchmark_core::report::Report;
use fetchmark_text::export::Answer;

use crate::output::{printable, table};

/// What people read of a report.
pub(super) fn text(report: &Report, gates: &[Gate]) -> String {
    let answer = Answer::of(report, gates, Language::English);
    let heads: Vec<&str> = answer.heads.iter().map(String::as_str).collect();
    let target = printable(&report.scenario.target.url);
    let mut text = String::new();
    for sentence in std::iter::once(&answer.headline).chain(&answer.more) {
        text += &printable(sentence);
        text.push('\n');
    }
    text.push('\n');
    if !answer.verdicts.is_empty() {
        text += &format!("{}\n", printable(&answer.compared_with));
        for verdict in &answer.verdicts {
            text += &format!("  {}\n", printable(&verdict.title));
            text.extend(verdict.rows.iter().map(|row| format!("    {}\n", printable(row))));
        }
        text.push('\n');
    }
    text += &format!("{target}\n{}\n\n{}\n\n", printable(&answer.caption), table(&heads, &answer.rows));
    if let Some(lifecycles) = &answer.lifecycles {
        let heads: Vec<&str> = lifecycles.heads.iter().map(String::as_str).collect();
        text += &format!("{}\n{}\n\n", lifecycles.title, table(&heads, &lifecycles.rows));
    }
    for sentence in answer.sentences.iter().chain(&answer.findings).chain(&answer.gates) {
        text += &printable(sentence);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::fixture::whole;

    #[test]
    fn the_headline_comes_first_then_the_verdicts_then_the_table() {
        let text = text(&whole(), &[]);
        let places = ["Keep the client.", "Compared with", "https://example.com"]
            .map(|words| text.find(words).unwrap());
        assert!(places[0] == 0 && places.is_sorted(), "{text}");
    }
}
