//! Headline, verdicts, a table and what was found, to be pasted into a pull request.

use super::answer::Answer;
use fetchmark_core::{gates::Gate, report::Report, scenario::params::Language};

/// Headline, verdicts, gates and a table in this language; messages of gates are English in any case.
pub fn markdown(report: &Report, gates: &[Gate], language: Language) -> String {
    let answer = Answer::of(report, gates, language);
    let mut text = format!("**{}**\n\n", plain(&answer.headline));
    text.extend(answer.more.iter().chain(&answer.sentences).map(|line| item(line)));
    for compared in &answer.compared {
        text += &format!("\n{}\n\n", plain(&compared.with));
        for verdict in &compared.verdicts {
            text += &item(&verdict.title);
            text.extend(verdict.rows.iter().map(|row| format!("  {}", item(row))));
        }
    }
    if !answer.gates.is_empty() {
        // A rule of another kind begins a list of its own.
        text.push('\n');
        text.extend(answer.gates.iter().map(|gate| format!("* {}\n", plain(gate))));
    }
    let (alone, list) = answer.addresses.split_at(usize::from(answer.addresses.len() == 1));
    if !list.is_empty() {
        text.push('\n');
        text.extend(list.iter().map(|address| item(address)));
    }
    let about = alone.iter().chain([&answer.caption, &answer.machine]);
    for paragraph in about.filter(|paragraph| !paragraph.is_empty()) {
        text += &format!("\n{}\n", plain(paragraph));
    }
    text += &table(&answer.heads, &answer.rows);
    for one in &answer.tables {
        text += &format!("\n{}\n{}", plain(&one.title), table(&one.heads, &one.rows));
    }
    if !answer.findings.is_empty() {
        text.push('\n');
        text.extend(answer.findings.iter().map(|line| item(line)));
    }
    text
}

/// A table of names and figures, after an empty line.
fn table(heads: &[String], rows: &[Vec<String>]) -> String {
    let mut text = format!("\n{}|---|{}\n", line(heads), "---:|".repeat(heads.len() - 1));
    text.extend(rows.iter().map(|cells| line(cells)));
    text
}

pub(super) fn item(sentence: &str) -> String {
    format!("- {}\n", plain(sentence))
}

pub(super) fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" | "))
}

/// Text that Markdown leaves as it is: browsers' messages and names from files are not markup.
fn plain(text: &str) -> String {
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
