//! Cells: every client and the loop by hand under the same conditions, in blocks.

use crate::stage::Stage;
use anyhow::Result;
use fetchmark_core::{client::Client, schedule::Schedule};
use fetchmark_e2e::bench::{
    goal::{Goals, Limit, RESOLVED},
    progress::Progress,
    ratio::Ratio,
    table::Table,
    times::{median, worst},
};
use serde::Serialize;
use serde_json::json;
use std::{fmt, iter, time::Duration};

/// The treatment that the others are compared with.
const BY_HAND: &str = "by-hand";

/// Fewer blocks are too few to end on: a narrow interval from a handful is luck.
const FEWEST_BLOCKS: usize = 8;

/// Without two blocks there is no interval at all.
const FEWEST_BLOCKS_IN_NO_TIME: usize = 2;

const SEED: u64 = 1;

/// The thread measured on: a dedicated worker, or the page's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Thread {
    Worker,
    Main,
}

/// One set of conditions.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Cell {
    pub(crate) thread: Thread,
    /// How many requests in flight.
    pub(crate) lanes: u32,
    pub(crate) url: &'static str,
    /// Requests per round.
    pub(crate) n: u32,
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thread = if self.thread == Thread::Worker { "worker" } else { "main" };
        write!(formatter, "{thread}, {} {}", self.lanes, if self.lanes == 1 { "lane" } else { "lanes" })
    }
}

impl Cell {
    /// By hand twice, whose ratio shows what can be told apart here; then every client that can run here.
    fn treatments(&self) -> Vec<&'static str> {
        // A blocking client has one request in flight and may not block a page.
        let runs =
            |client: &Client| !client.info().blocking || (self.thread == Thread::Worker && self.lanes == 1);
        [BY_HAND, BY_HAND].into_iter().chain(Client::all().filter(runs).map(Client::name)).collect()
    }
}

/// What was measured under them.
#[derive(Serialize)]
struct Measured {
    #[serde(flatten)]
    cell: Cell,
    treatments: Vec<&'static str>,
    /// Round times: blocks of one time per treatment.
    #[serde(rename = "round_ms")]
    blocks: Vec<Vec<f64>>,
}

impl Measured {
    /// Measures blocks until every ratio is resolved or the time is up.
    async fn of(cell: Cell, stage: &Stage, limit: Duration, later_cells: usize) -> Result<Self> {
        let mut measured = Self { cell, treatments: cell.treatments(), blocks: Vec::new() };
        let mut schedule = Schedule::new(measured.treatments.len(), SEED);
        // Connections open, code compiled: discarded.
        measured.block(stage, &mut schedule).await?;
        let mut progress = Progress::begin();
        while measured.wants_more(&progress, limit) {
            let block = measured.block(stage, &mut schedule).await?;
            measured.blocks.push(block);
            progress.say(format_args!(
                "{cell}: block {}, widest interval ±{} (wanted ±{:.0} %), at most {} left, then {later_cells} more like this",
                measured.blocks.len(),
                percent(measured.widest()),
                RESOLVED * 100.0,
                progress.left_of(limit),
            ));
        }
        Ok(measured)
    }

    fn wants_more(&self, progress: &Progress, limit: Duration) -> bool {
        let done = self.blocks.len();
        let resolved = done >= FEWEST_BLOCKS && self.widest().is_some_and(|widest| widest <= RESOLVED);
        done < FEWEST_BLOCKS_IN_NO_TIME || (!resolved && progress.allows_another(done as u32, limit))
    }

    async fn block(&self, stage: &Stage, schedule: &mut Schedule) -> Result<Vec<f64>> {
        let order = schedule.next_block();
        let Cell { thread, lanes, url, n } = self.cell;
        let round = |index: &usize| json!({ "client": self.treatments[*index], "n": n });
        let rounds: Vec<_> = order.iter().map(round).collect();
        let plan = json!({ "thread": thread, "url": url, "lanes": lanes, "rounds": rounds });
        let walls: Vec<f64> = stage.call("rounds", plan).await?;
        let mut block = vec![f64::NAN; self.treatments.len()];
        for (index, wall) in order.into_iter().zip(walls) {
            block[index] = wall;
        }
        Ok(block)
    }

    /// A client is held to both rounds by hand of its block, by their geometric mean: one of them alone would bring a third more
    /// variance. The second one by hand is held to the first.
    fn ratio(&self, treatment: usize) -> Option<Ratio> {
        let by_hand = |block: &[f64]| if treatment == 1 { block[0] } else { (block[0] * block[1]).sqrt() };
        Ratio::of(self.blocks.iter().map(|block| (block[treatment], by_hand(block))))
    }

    /// A client's place, if it runs here.
    fn place(&self, client: &str) -> Option<usize> {
        self.treatments.iter().position(|name| *name == client)
    }

    /// The half-width of the widest interval.
    fn widest(&self) -> Option<f64> {
        let width = |treatment| Some(self.ratio(treatment)?.half_width());
        worst((1..self.treatments.len()).map(width).collect::<Option<Vec<f64>>>()?)
    }

    fn micros(&self, treatment: usize) -> Option<f64> {
        let walls = self.blocks.iter().map(|block| block[treatment]);
        Some(median(walls)? * 1_000.0 / f64::from(self.cell.n))
    }
}

/// All cells, and the goals.
#[derive(Default)]
pub(crate) struct Report {
    cells: Vec<Measured>,
    goals: Goals,
}

impl Report {
    /// Measures these cells, each for this time at most.
    pub(crate) async fn measure(stage: &Stage, cells: &[Cell], limit: Duration) -> Result<Self> {
        let mut report = Self::default();
        for (index, cell) in cells.iter().enumerate() {
            report.cells.push(Measured::of(*cell, stage, limit, cells.len() - index - 1).await?);
            stage.write(json!({ "cells": report.cells }))?;
        }
        Ok(report)
    }

    /// Holds a client to a limit in these cells.
    pub(crate) fn hold(&mut self, client: &str, limit: Limit, held: impl Fn(&Cell) -> bool) {
        for measured in self.cells.iter().filter(|measured| held(&measured.cell)) {
            let ratio = measured.place(client).and_then(|place| measured.ratio(place));
            self.goals.push_ratio(&format!("{client}, {}", measured.cell), limit, ratio);
        }
    }

    /// A row per treatment, a column per cell.
    fn table(&self, figure: impl Fn(&Measured, usize) -> Option<String>) -> Table {
        let names = self.cells.iter().map(|measured| measured.cell.to_string());
        let mut table = Table::new(iter::once("client".to_owned()).chain(names));
        let mut row = |label: &str, place: &dyn Fn(&Measured) -> Option<usize>| {
            let figure = |measured| place(measured).and_then(|place| figure(measured, place));
            let figures =
                self.cells.iter().map(|measured| figure(measured).unwrap_or_else(|| "–".to_owned()));
            table.push(iter::once(label.to_owned()).chain(figures));
        };
        row("by hand", &|_| Some(0));
        row("by hand, again", &|_| Some(1));
        for client in Client::all().map(Client::name) {
            row(client, &|measured| measured.place(client));
        }
        table
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut ratios = self.table(|measured, treatment| match treatment {
            0 => Some("1".to_owned()),
            _ => measured.ratio(treatment).map(|ratio| ratio.to_string()),
        });
        let mut last = |name: &str, figure: &dyn Fn(&Measured) -> String| {
            ratios.push(iter::once(name.to_owned()).chain(self.cells.iter().map(figure)));
        };
        last("widest interval", &|measured| format!("±{}", percent(measured.widest())));
        last("blocks", &|measured| measured.blocks.len().to_string());
        let micros = self.table(|measured, treatment| Some(format!("{:.0}", measured.micros(treatment)?)));
        write!(
            formatter,
            "Goals:\n\n{}\nRatio to the loop by hand:\n\n{ratios}\nMicroseconds per request, the median of blocks:\n\n{micros}",
            self.goals
        )
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "?".to_owned(), |share| format!("{:.1} %", share * 100.0))
}
