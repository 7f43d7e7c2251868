//! The table as tab-separated values, for spreadsheets to paste.

use super::csv::{RowColumn, known, row_columns, without_formula};
use crate::{
    compare::Comparison,
    report::{Report, VariantReport},
};

/// The columns beside those that say which row it is, named as in the report.
const FIGURES: [RowColumn; 19] = [
    ("rounds", |row, _| row.timed_rounds().to_string()),
    ("round_median_ms", |row, _| known(row.round_median_ms)),
    ("requests_per_second", |row, _| known(row.requests_per_second)),
    ("p50_ms", |row, _| known(row.percentiles_ms()[0])),
    ("p95_ms", |row, _| known(row.percentiles_ms()[1])),
    ("p99_ms", |row, _| known(row.percentiles_ms()[2])),
    ("new", |row, _| row.connections.new.to_string()),
    ("reused", |row, _| row.connections.reused.to_string()),
    ("cached", |row, _| row.connections.cached.to_string()),
    ("unknown", |row, _| row.connections.unknown.to_string()),
    ("issued", |row, _| row.requests.issued.to_string()),
    ("ok", |row, _| row.requests.ok.to_string()),
    ("failed", |row, _| row.requests.failed.to_string()),
    ("aborted", |row, _| row.requests.aborted.to_string()),
    ("ratio", |row, report| known(ratio(row, report, 0))),
    ("ratio_low", |row, report| known(ratio(row, report, 1))),
    ("ratio_high", |row, report| known(ratio(row, report, 2))),
    ("verdict", |row, report| known(report.comparison_of(&row.id).map(|one| one.verdict))),
    ("reason", |row, report| known(report.comparison_of(&row.id).map(|one| one.reason_code))),
];

/// The ratio to the baseline, or an end of its interval.
fn ratio(row: &VariantReport, report: &Report, place: usize) -> Option<f64> {
    report.comparison_of(&row.id).and_then(Comparison::shown).map(|figures| figures[place])
}

/// One line per variant. Numbers are whole and with a point, whatever the reader's language: they are for programs. What has no
/// figure is empty.
pub fn table_tsv(report: &Report) -> String {
    let columns = || row_columns(report).chain(&FIGURES);
    let names: Vec<String> = columns().map(|(name, _)| (*name).to_owned()).collect();
    let rows =
        report.variants.iter().map(|row| columns().map(|(_, field)| safe(&field(row, report))).collect());
    std::iter::once(names).chain(rows).map(|fields: Vec<String>| fields.join("\t") + "\n").collect()
}

/// A field as it can stand between tabs.
fn safe(field: &str) -> String {
    let plain = without_formula(field);
    if plain.contains(['"', '\n', '\r', '\t']) {
        format!("\"{}\"", plain.replace('"', "\"\""))
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_keeps_to_its_place_and_is_no_formula() {
        assert_eq!(safe("gloo-net:reused"), "gloo-net:reused");
        assert_eq!(safe("-1.5"), "-1.5");
        assert_eq!(safe("=1+2"), "'=1+2");
        assert_eq!(safe("a\t\"b\""), "\"a\t\"\"b\"\"\"");
        assert_eq!(safe("a,b"), "a,b");
    }
}
