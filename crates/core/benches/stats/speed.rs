//! How long a million samples take natively, and the link that takes longest to read.

use crate::{links::links, million, table::Table};
use fetchmark_core::{report::link::unpack, stats::histogram::HistogramError};
use std::time::Instant;

const GOAL_MS: f64 = 100.0;

const LINK_GOAL_MS: f64 = 100.0;

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
    let read = links().into_iter().map(|(_, text)| {
        let begun = Instant::now();
        let _ = unpack(&text);
        begun.elapsed().as_secs_f64() * 1e3
    });
    let dearest = read.fold(0.0, f64::max);
    table.push(vec![
        format!("the dearest link from anybody, read or refused (goal {LINK_GOAL_MS})"),
        Table::mark(format!("{dearest:.0}"), dearest > LINK_GOAL_MS),
    ]);
    Ok(table)
}
