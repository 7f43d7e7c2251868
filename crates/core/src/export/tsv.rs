//! The table as tab-separated values, for spreadsheets to paste.

use super::{
    csv::{ROW, known, row},
    harmless,
};
use crate::{
    compare::verdict::Comparison,
    report::model::{Report, VariantReport},
};
use std::iter;

/// The columns beside those that say which row it is, named as in the report.
const FIGURES: [&str; 19] = [
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

/// One line per variant. Numbers are whole and with a point, whatever the reader's language: they are for programs. What has no
/// figure is empty.
pub fn table_tsv(report: &Report) -> String {
    let names = ROW.into_iter().chain(FIGURES).map(str::to_owned).collect();
    let lines = iter::once(names).chain(report.variants.iter().map(|variant| figures(variant, report)));
    lines.map(|fields| fields.iter().map(|field| safe(field)).collect::<Vec<_>>().join("\t") + "\n").collect()
}

fn figures(variant: &VariantReport, report: &Report) -> Vec<String> {
    let comparison = report.comparison_of(&variant.id);
    let ratios = comparison.and_then(Comparison::shown).map_or([None; 3], |figures| figures.map(Some));
    let (connections, requests) = (variant.connections, variant.requests);
    let mut fields = row(variant, report);
    fields.push(variant.timed_rounds().to_string());
    fields.extend([variant.round_median_ms, variant.requests_per_second].map(known));
    fields.extend(variant.percentiles_ms().map(known));
    let counts = [connections.new, connections.reused, connections.cached, connections.unknown];
    fields.extend(counts.map(|count| count.to_string()));
    let counts = [requests.issued, requests.ok, requests.failed, requests.aborted];
    fields.extend(counts.map(|count| count.to_string()));
    fields.extend(ratios.map(known));
    fields.push(known(comparison.map(|comparison| comparison.verdict)));
    fields.push(known(comparison.map(|comparison| comparison.reason_code)));
    fields
}

/// A field as it can stand between tabs.
fn safe(field: &str) -> String {
    let plain = harmless(field);
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
