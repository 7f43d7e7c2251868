//! The table as tab-separated values, for spreadsheets to paste.

use super::harmless;
use crate::{
    compare::verdict::Comparison,
    report::model::{Report, VariantReport},
};

/// The columns, named as in the report.
const COLUMNS: [&str; 28] = [
    "id",
    "client",
    "lifecycle",
    "connection",
    "pacing",
    "concurrency",
    "rate_per_second",
    "thread",
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

/// One line per variant. Numbers are whole and with a point, whatever the reader's language: they are for programs. What has no
/// figure is empty.
pub fn table_tsv(report: &Report) -> String {
    let names = COLUMNS.map(str::to_owned).to_vec();
    let lines = std::iter::once(names).chain(report.variants.iter().map(|variant| figures(variant, report)));
    lines.map(|fields| fields.iter().map(|field| safe(field)).collect::<Vec<_>>().join("\t") + "\n").collect()
}

fn figures(variant: &VariantReport, report: &Report) -> Vec<String> {
    let some = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let comparison = report.comparison_of(&variant.id);
    let [ratio, low, high] = match comparison.and_then(Comparison::shown) {
        Some(figures) => figures.map(Some),
        None => [None; 3],
    };
    let (connections, requests) = (variant.connections, variant.requests);
    let mut fields = vec![
        variant.id.clone(),
        variant.client.clone(),
        variant.lifecycle.to_string(),
        variant.connection.to_string(),
        variant.pacing.to_string(),
        variant.concurrency.to_string(),
        some(variant.rate_per_second),
        variant.thread.map_or_else(String::new, |thread| thread.to_string()),
        report.scenario.n.to_string(),
        variant.timed_rounds().to_string(),
        some(variant.round_median_ms),
        some(variant.requests_per_second),
    ];
    fields.extend(variant.percentiles_ms().map(some));
    let counts = [connections.new, connections.reused, connections.cached, connections.unknown];
    fields.extend(counts.map(|count| count.to_string()));
    let counts = [requests.issued, requests.ok, requests.failed, requests.aborted];
    fields.extend(counts.map(|count| count.to_string()));
    fields.extend([some(ratio), some(low), some(high)]);
    fields.push(comparison.map_or_else(String::new, |comparison| comparison.verdict.to_string()));
    fields.push(comparison.map_or_else(String::new, |comparison| comparison.reason_code.to_string()));
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
