//! The answer for a terminal: headline, verdicts, a table, sentences, findings, gates.

use std::env;
use std::io::{self, Write};

use fetchmark_core::export::Format;
use fetchmark_core::gates::Gate;
use fetchmark_core::report::Report;
use fetchmark_core::scenario::params::Language;
use fetchmark_text::export::{Answer, export};

use super::{authorities, gates};
use crate::terminal::{print, printable, table};

/// Prints the answer: the report as JSON with --json, only crossed gates with --quiet, else what people read of the report.
pub(crate) fn print_answer(
    report: &Report,
    gates: &[Gate],
    is_strict: bool,
    json: bool,
    quiet: bool,
) -> anyhow::Result<()> {
    if json {
        print(&export(report, Format::Json, gates, Language::English)?)?;
    }
    let text = if quiet {
        let crossed = gates.iter().filter(|gate| gates::are_crossed(std::slice::from_ref(gate), is_strict));
        crossed.map(|gate| format!("{}: {}. {}\n", gate.name, gate.outcome, gate.message)).collect()
    } else {
        let is_set = |name: &str| env::var_os(name).is_some_and(|file| !file.is_empty());
        let advice = authorities::advice(report, is_set);
        text(report, gates) + &advice.map(|advice| advice + "\n").unwrap_or_default()
    };
    if json || quiet {
        // Nothing is left to do if not even this can be printed.
        let _ = write!(io::stderr(), "{text}");
        return Ok(());
    }
    print(&text)
}

fn text(report: &Report, gates: &[Gate]) -> String {
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
    use fetchmark_core::report::fixture::whole;

    #[test]
    fn headline_verdicts_and_table_come_in_this_order() {
        let text = text(&whole(), &[]);
        let places = ["Keep the client.", "Compared with", "https://example.com"]
            .map(|words| text.find(words).unwrap());
        assert!(places[0] == 0 && places.is_sorted(), "{text}");
    }
}
