//! Cells: every client and the loop by hand under the same conditions, in blocks.

use crate::{error::Error, progress::Progress, stage::Stage};
use fetchmark_core::{client::Client, schedule::Schedule};
use fetchmark_e2e::bench::{
    budget::Budget,
    goal::{Goals, Limit, RESOLVED},
    ratio::Ratio,
    table::Table,
    times::{median, worst},
};
use serde_json::{Value, json};
use std::time::Duration;

/// The treatment that the others are compared with.
const BY_HAND: &str = "by-hand";

/// Fewer blocks are too few to end on: a narrow interval from a handful is luck.
const FEWEST_BLOCKS: usize = 8;

/// Without two blocks there is no interval at all.
const FEWEST_BLOCKS_IN_NO_TIME: usize = 2;

const SEED: u64 = 1;

/// The thread measured on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thread {
    /// A dedicated worker.
    Worker,
    /// The page's own.
    Main,
}

impl Thread {
    fn name(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Main => "main",
        }
    }
}

/// One set of conditions.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Where.
    pub(crate) thread: Thread,
    /// How many requests in flight.
    pub(crate) lanes: u32,
    /// What is requested.
    pub(crate) url: String,
    /// Requests per round.
    pub(crate) n: u32,
}

/// What was measured under them.
pub(crate) struct Measured {
    pub(crate) cell: Cell,
    treatments: Vec<&'static str>,
    /// Round times in ms: blocks of one time per treatment.
    blocks: Vec<Vec<f64>>,
}

impl Cell {
    fn name(&self) -> String {
        let lanes = if self.lanes == 1 { "lane" } else { "lanes" };
        format!("{}, {} {lanes}", self.thread.name(), self.lanes)
    }

    /// By hand twice, whose ratio shows what can be told apart here; then every client that can run here.
    fn treatments(&self) -> Vec<&'static str> {
        // A blocking client has one request in flight and may not block a page.
        let runs =
            |client: &Client| !client.info().blocking || (self.thread == Thread::Worker && self.lanes == 1);
        [BY_HAND, BY_HAND].into_iter().chain(Client::all().filter(runs).map(Client::name)).collect()
    }

    /// Measures blocks until every ratio is resolved or the time is up.
    pub(crate) async fn measure(
        self,
        stage: &Stage,
        limit: Duration,
        later_cells: usize,
    ) -> Result<Measured, Error> {
        let treatments = self.treatments();
        let mut measured = Measured { cell: self, treatments, blocks: Vec::new() };
        let mut schedule = Schedule::new(measured.treatments.len(), SEED);
        // Connections open, code compiled: discarded.
        measured.block(stage, &mut schedule).await?;
        let budget = Budget::begin(limit);
        let mut progress = Progress::default();
        while measured.wants_more(budget) {
            let block = measured.block(stage, &mut schedule).await?;
            measured.blocks.push(block);
            progress.say(format_args!(
                "{}: block {}, widest interval ±{} (wanted ±{:.0} %), at most {} left, then {later_cells} more like this",
                measured.cell.name(),
                measured.blocks.len(),
                percent(measured.widest()),
                RESOLVED * 100.0,
                budget.left(),
            ));
        }
        Ok(measured)
    }
}

impl Measured {
    fn wants_more(&self, budget: Budget) -> bool {
        let done = self.blocks.len();
        if done < FEWEST_BLOCKS_IN_NO_TIME {
            return true;
        }
        let resolved = done >= FEWEST_BLOCKS && self.widest().is_some_and(|widest| widest <= RESOLVED);
        !resolved && budget.allows_another(done as u32)
    }

    async fn block(&self, stage: &Stage, schedule: &mut Schedule) -> Result<Vec<f64>, Error> {
        let order = schedule.next_block();
        let round = |index: &usize| json!({ "client": self.treatments[*index], "n": self.cell.n });
        let plan = json!({
            "thread": self.cell.thread.name(),
            "url": self.cell.url,
            "lanes": self.cell.lanes,
            "rounds": order.iter().map(round).collect::<Vec<_>>(),
        });
        let walls: Vec<f64> = stage.call("rounds", plan).await?;
        let mut block = vec![f64::NAN; self.treatments.len()];
        for (index, wall) in order.into_iter().zip(walls) {
            block[index] = wall;
        }
        Ok(block)
    }

    /// A client is held to both rounds by hand of its block, by their geometric mean: one of them alone would bring a third more
    /// variance. The second one by hand is held to the first.
    fn ratio_at(&self, treatment: usize) -> Option<Ratio> {
        let by_hand = |block: &[f64]| if treatment == 1 { block[0] } else { (block[0] * block[1]).sqrt() };
        Ratio::of(self.blocks.iter().map(|block| (block[treatment], by_hand(block))))
    }

    /// A client's ratio to the loop by hand; `None` if it does not run here.
    pub(crate) fn ratio(&self, client: &str) -> Option<Ratio> {
        self.ratio_at(self.treatments.iter().position(|name| *name == client)?)
    }

    /// The half-width of the widest interval.
    fn widest(&self) -> Option<f64> {
        let widths: Option<Vec<f64>> = (1..self.treatments.len())
            .map(|treatment| self.ratio_at(treatment).map(|ratio| ratio.half_width()))
            .collect();
        worst(widths?)
    }

    fn micros(&self, treatment: usize) -> Option<f64> {
        let walls = self.blocks.iter().map(|block| block[treatment]);
        Some(median(walls)? * 1_000.0 / f64::from(self.cell.n))
    }

    fn json(&self) -> Value {
        json!({
            "thread": self.cell.thread.name(),
            "lanes": self.cell.lanes,
            "url": self.cell.url,
            "n": self.cell.n,
            "treatments": self.treatments,
            "round_ms": self.blocks,
        })
    }
}

/// Everything measured, as JSON.
pub(crate) fn json(machine: &str, cells: &[Measured]) -> Value {
    json!({ "machine": machine, "cells": cells.iter().map(Measured::json).collect::<Vec<_>>() })
}

/// The figures of all cells, and the goals.
pub(crate) fn tables(machine: &str, cells: &[Measured], goals: &Goals) -> String {
    format!(
        "{machine}\n\nGoals:\n\n{goals}\nRatio to the loop by hand:\n\n{}\nMicroseconds per request, the median of blocks:\n\n{}",
        ratios(cells),
        micros(cells)
    )
}

/// Holds a client to a limit in these cells.
pub(crate) fn hold(
    goals: &mut Goals,
    client: &str,
    limit: Limit,
    cells: &[Measured],
    held: impl Fn(&Cell) -> bool,
) {
    for measured in cells.iter().filter(|measured| held(&measured.cell)) {
        goals.push_ratio(format!("{client}, {}", measured.cell.name()), limit, measured.ratio(client));
    }
}

fn ratios(cells: &[Measured]) -> Table {
    let mut table = table(cells, |measured, treatment| match treatment {
        0 => Some("1".to_owned()),
        _ => measured.ratio_at(treatment).map(|ratio| ratio.to_string()),
    });
    let last = |name: &str, figure: &dyn Fn(&Measured) -> String| {
        std::iter::once(name.to_owned()).chain(cells.iter().map(figure)).collect()
    };
    table.push(last("widest interval", &|measured| format!("±{}", percent(measured.widest()))));
    table.push(last("blocks", &|measured| measured.blocks.len().to_string()));
    table
}

fn micros(cells: &[Measured]) -> Table {
    table(cells, |measured, treatment| measured.micros(treatment).map(|micros| format!("{micros:.0}")))
}

/// A row per treatment, a column per cell.
fn table(cells: &[Measured], figure: impl Fn(&Measured, usize) -> Option<String>) -> Table {
    let names = cells.iter().map(|measured| measured.cell.name());
    let mut table = Table::new(&std::iter::once("client".to_owned()).chain(names).collect::<Vec<_>>());
    let mut row = |label: &str, place: &dyn Fn(&Measured) -> Option<usize>| {
        let figures = cells.iter().map(|measured| {
            place(measured).and_then(|at| figure(measured, at)).unwrap_or_else(|| "–".to_owned())
        });
        table.push(std::iter::once(label.to_owned()).chain(figures).collect());
    };
    row("by hand", &|_| Some(0));
    row("by hand, again", &|_| Some(1));
    for client in Client::all() {
        row(client.name(), &|measured| {
            measured.treatments.iter().position(|treatment| *treatment == client.name())
        });
    }
    table
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "?".to_owned(), |share| format!("{:.1} %", share * 100.0))
}
