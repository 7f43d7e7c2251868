//! The answer for a terminal: headline, verdicts, a table, sentences, findings, gates.

use std::env;
use std::io::{self, Write};
use std::ops::Range;

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
    let mut text = String::new();
    for sentence in std::iter::once(&answer.headline).chain(&answer.more) {
        text += &printable(sentence);
        text.push('\n');
    }
    text.push('\n');
    for compared in &answer.compared {
        text += &format!("{}\n", printable(&compared.with));
        for verdict in &compared.verdicts {
            text += &format!("  {}\n", printable(&verdict.title));
            text.extend(verdict.rows.iter().map(|row| format!("    {}\n", printable(row))));
        }
        text.push('\n');
    }
    text.extend(answer.addresses.iter().map(|address| printable(address) + "\n"));
    text += &format!("{}\n\n{}\n\n", printable(&answer.caption), narrow_table(&answer));
    for one in &answer.tables {
        text += &format!("{}\n{}\n\n", printable(&one.title), table(&one.heads, &one.rows));
    }
    for sentence in answer.sentences.iter().chain(&answer.findings).chain(&answer.gates) {
        text += &printable(sentence);
        text.push('\n');
    }
    text
}

/// Where the answer's table has these columns.
const PER_SECOND: usize = 2;
const CONNECTIONS: Range<usize> = 6..10;
const FAILURES: usize = 10;

/// The answer's table without requests per second, which the time tells as well; connections are in one column, and failures only where
/// there are any. The files have every column.
fn narrow_table(answer: &Answer) -> String {
    let has_failures = answer.rows.iter().any(|cells| cells[FAILURES] != "0");
    let narrow = |cells: &[String], connections: String| {
        let mut cells = cells.to_vec();
        if !has_failures {
            cells.remove(FAILURES);
        }
        cells.splice(CONNECTIONS, [connections]);
        cells.remove(PER_SECOND);
        cells
    };
    let labels: Vec<(&str, &str)> =
        answer.heads[CONNECTIONS].iter().filter_map(|head| head.split_once(": ")).collect();
    let rows = answer.rows.iter().map(|cells| {
        let counted = cells[CONNECTIONS].iter().zip(&labels).filter(|(count, _)| *count != "0");
        let connections: Vec<_> = counted.map(|(count, (_, label))| format!("{count} {label}")).collect();
        narrow(cells, connections.join(", "))
    });
    let all = labels.first().map_or("", |(all, _)| all);
    table(&narrow(&answer.heads, all.to_owned()), &rows.collect::<Vec<_>>())
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

    #[test]
    fn the_table_fits_into_a_terminal_and_has_no_empty_column() {
        let mut report = whole();
        let name = "a long name in words that wrap where the table would be wider";
        report.variants.iter_mut().for_each(|row| row.client = name.to_owned());
        let table = |report: &Report| narrow_table(&Answer::of(report, &[], Language::English));
        let with_failures = table(&report);
        assert!(with_failures.lines().all(|line| line.chars().count() <= 100), "{with_failures}");
        let heads: Vec<_> = with_failures.lines().next().unwrap().split("  ").map(str::trim).collect();
        let expected =
            ["Variant", "Total for 100", "p50", "p95", "p99", "Connections", "Failures", "Ratio to baseline"];
        assert_eq!(heads.into_iter().filter(|head| !head.is_empty()).collect::<Vec<_>>(), expected);
        report.variants.iter_mut().for_each(|row| row.requests.failed = 0);
        assert!(!table(&report).contains("Failures"));
    }
}
