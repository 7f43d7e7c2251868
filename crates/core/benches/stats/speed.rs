//! How long a million samples take natively.

use crate::{million, table::Table};
use fetchmark_core::histogram::HistogramError;
use std::time::Instant;

/// The most that summarising may take, in ms.
const GOAL_MS: f64 = 100.0;

/// Every part once.
///
/// # Errors
/// [`HistogramError`] if a summary cannot be made.
pub(crate) fn table() -> Result<Table, HistogramError> {
    let started = Instant::now();
    let [summarised, recorded, reported] = million::measure(|| started.elapsed().as_secs_f64() * 1e3)?;
    let mut table = Table::new("1,000,000 samples, natively | ms");
    table.push(vec![
        format!("summarised: histogram, percentiles, base64 (goal {GOAL_MS})"),
        Table::mark(format!("{summarised:.0}"), summarised > GOAL_MS),
    ]);
    table.push(vec!["joined, labelled, cut into phases, summarised".to_owned(), format!("{recorded:.0}")]);
    table.push(vec!["the report of them".to_owned(), format!("{reported:.1}")]);
    Ok(table)
}
