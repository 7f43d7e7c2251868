//! What the article published, beside what counting round trips predicts and what was measured at a distance.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fmt::Write;

/// What a request on a kept connection takes: a round trip of 28 ms, and 18 ms at the server.
const KEPT_S: f64 = 0.046;
/// On a new one: TCP and TLS 1.3 take a round trip each before it.
const NEW_S: f64 = 0.102;
/// 100 requests over the 6 connections of a browser go in so many waves.
const WAVES: f64 = 17.0;

struct Row {
    name: &'static str,
    id: &'static str,
    published_s: Option<f64>,
    counted_s: f64,
    /// On HTTP/2, where a browser sends all at once.
    counted_on_http_2_s: Option<f64>,
}

const fn of_python(name: &'static str, id: &'static str, published_s: Option<f64>, counted_s: f64) -> Row {
    Row { name, id, published_s, counted_s, counted_on_http_2_s: None }
}

const ROWS: [Row; 10] = [
    of_python(
        "requests, one session, one after another",
        "requests:reused:warm:sequential",
        Some(4.67),
        100.0 * KEPT_S,
    ),
    of_python(
        "requests, without a session, one after another",
        "requests:fresh:cold:sequential",
        Some(10.29),
        100.0 * NEW_S,
    ),
    of_python("httpx, one client, one after another", "httpx:reused:warm:sequential", None, 100.0 * KEPT_S),
    of_python(
        "httpx, one for each call, one after another",
        "httpx:fresh:cold:sequential",
        Some(16.60),
        100.0 * NEW_S,
    ),
    // A client that sends 100 at once has to open 100 connections first.
    of_python(
        "httpx async, one client, at once",
        "httpx-async:reused:warm:concurrent-100",
        Some(4.35),
        NEW_S,
    ),
    of_python(
        "httpx async, one for each call, at once",
        "httpx-async:fresh:cold:concurrent-100",
        Some(6.37),
        NEW_S,
    ),
    of_python("aiohttp, one session, at once", "aiohttp:reused:warm:concurrent-100", Some(2.23), NEW_S),
    of_python("aiohttp, one for each call, at once", "aiohttp:fresh:cold:concurrent-100", Some(2.66), NEW_S),
    Row {
        name: "gloo-net, reused, one after another",
        id: "gloo-net:reused:warm:sequential",
        published_s: None,
        counted_s: 100.0 * KEPT_S,
        counted_on_http_2_s: Some(100.0 * KEPT_S),
    },
    Row {
        name: "gloo-net, reused, at once",
        id: "gloo-net:reused:warm:concurrent-100",
        published_s: None,
        counted_s: WAVES * KEPT_S,
        counted_on_http_2_s: Some(KEPT_S),
    },
];

/// A table in Markdown of the reports (JSON) on HTTP/1.1 and, if there is one, on HTTP/2.
pub(crate) fn table(reports: &[&str]) -> Result<String> {
    let reports: Vec<Value> =
        reports.iter().map(|report| serde_json::from_str(report)).collect::<Result<_, _>>()?;
    let on_http_1 = reports.first().context("nothing was measured at a distance")?;
    let mut table = String::from(
        "| 100 requests, in seconds | published | counted | measured | counted on HTTP/2 | measured on HTTP/2 |\n\
         |---|---:|---:|---:|---:|---:|\n",
    );
    for Row { name, id, published_s, counted_s, counted_on_http_2_s } in ROWS {
        let measured =
            Some(median_s(on_http_1, id).with_context(|| format!("the row {id} was not measured"))?);
        let on_http_2 = reports.get(1).and_then(|report| median_s(report, id));
        let [published, measured, counted_on_http_2, on_http_2] =
            [published_s, measured, counted_on_http_2_s, on_http_2]
                .map(|seconds| seconds.map_or("–".to_owned(), |seconds| format!("{seconds:.2}")));
        writeln!(
            table,
            "| {name} | {published} | {counted_s:.2} | {measured} | {counted_on_http_2} | {on_http_2} |"
        )?;
    }
    Ok(table)
}

/// The median round of a row.
fn median_s(report: &Value, id: &str) -> Option<f64> {
    let row = report["variants"].as_array()?.iter().find(|row| row["id"] == id)?;
    Some(row["round_median_ms"].as_f64()? / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_shown_in_seconds_and_none_may_be_missing() {
        let rows = ROWS.map(|row| format!(r#"{{"id":"{}","round_median_ms":4712.5}}"#, row.id));
        let report = format!(r#"{{"variants":[{}]}}"#, rows.join(","));
        let shown = table(&[&report]).unwrap();
        assert!(
            shown.contains("| gloo-net, reused, one after another | – | 4.60 | 4.71 | 4.60 | – |"),
            "{shown}"
        );
        assert!(
            shown.contains("| httpx async, one for each call, at once | 6.37 | 0.10 | 4.71 | – | – |"),
            "{shown}"
        );
        assert!(table(&[r#"{"variants":[]}"#]).is_err() && table(&["{"]).is_err());
    }
}
