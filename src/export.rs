//! A report as text for other programs: comma- and tab-separated values, and Markdown.

use crate::{
    labels::Labels,
    numbers::{Numbers, decimals},
    report_view::{ReportView, VariantView},
    text::Text,
};
use fetchmark_core::report::Connections;

/// The columns, named as in the report.
const COLUMNS: [&str; 27] = [
    "id",
    "client",
    "lifecycle",
    "connection",
    "pacing",
    "concurrency",
    "rate_per_second",
    "n",
    "rounds",
    "round_median_ms",
    "requests_per_second",
    "p50_ms",
    "p95_ms",
    "p99_ms",
    "new",
    "reused",
    "cached",
    "unknown",
    "issued",
    "ok",
    "failed",
    "aborted",
    "ratio",
    "ratio_low",
    "ratio_high",
    "verdict",
    "reason",
];

/// One line per variant, by RFC 4180. Numbers are whole and with a point, whatever the reader's language: they are for
/// programs. What has no figure is empty.
pub fn csv(report: &ReportView) -> String {
    separated(report, ",", "\r\n")
}

/// The same for spreadsheets to paste.
pub fn tsv(report: &ReportView) -> String {
    separated(report, "\t", "\n")
}

fn separated(report: &ReportView, separator: &str, end: &str) -> String {
    let names = COLUMNS.map(str::to_owned).to_vec();
    let lines = std::iter::once(names).chain(report.variants.iter().map(|variant| figures(variant, report)));
    lines
        .map(|fields| {
            fields.iter().map(|field| safe(field, separator)).collect::<Vec<_>>().join(separator) + end
        })
        .collect()
}

fn figures(variant: &VariantView, report: &ReportView) -> Vec<String> {
    let some = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let comparison = report.comparison_of(variant);
    let [ratio, low, high] = match comparison.and_then(|comparison| comparison.shown()) {
        Some(figures) => figures.map(Some),
        None => [None; 3],
    };
    let (row, connections, requests) = (&variant.row, variant.connections, variant.requests);
    let mut fields = vec![
        variant.id.clone(),
        row.client.clone(),
        row.lifecycle.to_string(),
        row.connection.to_string(),
        row.pacing.to_string(),
        row.concurrency.to_string(),
        some(row.rate_per_second),
        report.n.to_string(),
        variant.rounds.len().to_string(),
        some(variant.round_median_ms),
        some(variant.requests_per_second),
    ];
    fields.extend(variant.percentiles_ms.map(some));
    let counts = [connections.new, connections.reused, connections.cached, connections.unknown];
    fields.extend(counts.map(|count| count.to_string()));
    let counts = [requests.issued, requests.ok, requests.failed, requests.aborted];
    fields.extend(counts.map(|count| count.to_string()));
    fields.extend([some(ratio), some(low), some(high)]);
    fields.push(comparison.map_or_else(String::new, |comparison| comparison.verdict.to_string()));
    fields.push(comparison.map_or_else(String::new, |comparison| comparison.reason.to_string()));
    fields
}

/// A field as it can stand between separators. What a spreadsheet would take for a formula is made plain text: names may come
/// from a report that someone else made.
fn safe(field: &str, separator: &str) -> String {
    let is_number = field.parse::<f64>().is_ok();
    let plain = if !is_number && field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if plain.contains(['"', '\n', '\r']) || plain.contains(separator) {
        format!("\"{}\"", plain.replace('"', "\"\""))
    } else {
        plain
    }
}

/// Sentences and table for a comment or a page, in the reader's language.
pub fn markdown(report: &ReportView, sentences: &[String], numbers: Numbers, text: &Text) -> String {
    let labels = Labels::of(&report.variants);
    let results = &text.results;
    let total = format!("{} ({})", (results.total)(&numbers.count(report.n)), results.ms);
    let percentiles = results.percentiles.map(|word| format!("{word} ({})", results.ms));
    let mut heads = vec![results.variant.to_owned(), total, results.per_second.to_owned()];
    heads.extend(percentiles);
    heads.extend(results.labels.map(|label| format!("{} {label}", results.connections)));
    heads.extend([results.failures, results.ratio].map(str::to_owned));
    let rows = report.variants.iter().enumerate().map(|(index, variant)| {
        let figure = |value: Option<f64>| {
            value.map_or_else(|| "–".to_owned(), |value| numbers.fixed(value, decimals([value])))
        };
        let ratio = match report.comparison_of(variant) {
            None => results.baseline.to_owned(),
            Some(comparison) => match comparison.shown() {
                Some(figures) => {
                    let [ratio, low, high] = figures.map(|figure| numbers.ratio(figure));
                    format!("{ratio} ({low}–{high})")
                }
                None => (text.answer.verdict)(comparison.verdict).to_owned(),
            },
        };
        let mut cells = vec![
            labels.row(index, text),
            figure(variant.round_median_ms),
            figure(variant.requests_per_second),
        ];
        cells.extend(variant.percentiles_ms.map(figure));
        let Connections { new, reused, cached, unknown } = variant.connections;
        let counts = [new, reused, cached, unknown, variant.requests.failed];
        cells.extend(counts.map(|count| numbers.count(count)));
        cells.push(ratio);
        line(&cells)
    });
    let sentences: String = sentences.iter().map(|sentence| format!("- {}\n", plain(sentence))).collect();
    let rounds = report.variants.iter().map(|variant| variant.rounds.len() as u64).max().unwrap_or(0);
    let caption = (results.caption)(&numbers.count(report.n), &numbers.count(rounds), &labels.common(text));
    let about = [report.url.as_str(), &caption, &report.environment.user_agent].map(plain).join("\n\n");
    let rule = format!("|---|{}\n", "---:|".repeat(heads.len() - 1));
    format!("{sentences}\n{about}\n\n{}{rule}{}", line(&heads), rows.collect::<String>())
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" | "))
}

/// Text that Markdown leaves as it is: browsers' messages and names from files are not markup.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(|character| match character {
            '\n' | '\r' => vec![' '],
            '\\' | '|' | '<' | '>' | '[' | ']' | '`' | '*' | '_' | '&' | '!' | '#' | '~' | '@' => {
                vec!['\\', character]
            }
            _ => vec![character],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_keeps_to_its_place_and_is_no_formula() {
        assert_eq!(safe("gloo-net:reused", ","), "gloo-net:reused");
        assert_eq!(safe("-1.5", ","), "-1.5");
        assert_eq!(safe("=1+2", ","), "'=1+2");
        assert_eq!(safe("a,\"b\"", ","), "\"a,\"\"b\"\"\"");
        assert_eq!(safe("a,b", "\t"), "a,b");
    }

    #[test]
    fn markdown_takes_names_for_text() {
        assert_eq!(plain("<img> a|b\n`c`"), "\\<img\\> a\\|b \\`c\\`");
    }
}
