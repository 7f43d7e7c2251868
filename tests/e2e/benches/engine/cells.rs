//! Cells: rounds of several kinds under the same conditions, in blocks.

use crate::stage::Stage;
use anyhow::Result;
use fetchmark_core::run::schedule::Schedule;
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

/// Fewer blocks are too few to end on: a narrow interval from a handful is luck.
const FEWEST_BLOCKS: usize = 8;

/// Without two blocks there is no interval at all.
const FEWEST_BLOCKS_IN_NO_TIME: usize = 2;

/// The most requests of a round that is discarded.
const WARM_UP: u32 = 1_000;

const SEED: u64 = 1;

/// The thread measured on: a dedicated worker, the page's own, or the worker that Python has for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Thread {
    Worker,
    Main,
    Python,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Treatment {
    pub(crate) name: String,
    /// One of the engine's, or `by-hand`.
    pub(crate) client: &'static str,
    /// Requests per round.
    pub(crate) n: u32,
    /// Those that it is compared with, by their geometric mean; none: it is what others are compared with.
    pub(crate) against: Vec<usize>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Cell {
    pub(crate) name: String,
    pub(crate) thread: Thread,
    /// How many requests in flight.
    pub(crate) lanes: u32,
    pub(crate) url: &'static str,
    pub(crate) treatments: Vec<Treatment>,
    /// How many rounds run before the last treatment of a turn and again after it, for each of the turn's others: a machine that gets
    /// slower or faster meanwhile does so on both sides. A block holds the turns in random order; with none here each has one treatment.
    pub(crate) a_side: &'static [usize],
}

impl Cell {
    /// Deals the turns of a block, and the rounds on one side of a turn.
    fn schedules(&self) -> [Schedule; 2] {
        let turns = self.treatments.len() / (self.a_side.len() + 1);
        [turns, self.a_side.iter().sum()].map(|count| Schedule::new(count, SEED))
    }

    /// The treatments of a block's rounds.
    fn order(&self, [turns, sides]: &mut [Schedule; 2]) -> Vec<usize> {
        let rounds_of = |turn: usize| {
            let (first, others) = (turn * (self.a_side.len() + 1), self.a_side.iter().enumerate());
            let others: Vec<usize> =
                others.flat_map(|(nth, times)| iter::repeat_n(first + nth, *times)).collect();
            let mut side = || sides.next_block().into_iter().map(|place| others[place]).collect::<Vec<_>>();
            [side(), vec![first + self.a_side.len()], side()].concat()
        };
        turns.next_block().into_iter().flat_map(rounds_of).collect()
    }

    /// Each round's time, in ms.
    async fn rounds(&self, stage: &Stage, rounds: &[(&str, u32)]) -> Result<Vec<f64>> {
        let rounds: Vec<_> = rounds.iter().map(|(client, n)| json!({ "client": client, "n": n })).collect();
        let Self { thread, url, lanes, .. } = self;
        let plan = json!({ "thread": thread, "url": url, "lanes": lanes, "rounds": rounds });
        stage.call("rounds", plan).await
    }
}

#[derive(Serialize)]
struct Measured {
    #[serde(flatten)]
    cell: Cell,
    /// µs per request: blocks of one figure per treatment.
    #[serde(rename = "micros_per_request")]
    blocks: Vec<Vec<f64>>,
}

impl Measured {
    /// Measures blocks until every ratio is resolved or the time is up.
    async fn of(cell: Cell, stage: &Stage, limit: Duration, later_cells: usize) -> Result<Self> {
        let mut schedules = cell.schedules();
        // Connections open, code compiled: discarded.
        let warm_up: Vec<_> = cell.treatments.iter().map(|one| (one.client, one.n.min(WARM_UP))).collect();
        cell.rounds(stage, &warm_up).await?;
        let mut progress = Progress::begin();
        let mut measured = Self { cell, blocks: Vec::new() };
        while measured.wants_more(&progress, limit) {
            progress.say(format_args!(
                "{}: block {}, widest interval so far ±{} (wanted ±{:.0} %), at most {} left, then {later_cells} more like this",
                measured.cell.name,
                measured.blocks.len() + 1,
                percent(measured.widest()),
                RESOLVED * 100.0,
                progress.left_of(limit),
            ));
            let order = measured.cell.order(&mut schedules);
            measured.block(stage, &order).await?;
        }
        Ok(measured)
    }

    fn wants_more(&self, progress: &Progress, limit: Duration) -> bool {
        let done = self.blocks.len();
        let resolved = done >= FEWEST_BLOCKS && self.widest().is_some_and(|widest| widest <= RESOLVED);
        done < FEWEST_BLOCKS_IN_NO_TIME || (!resolved && progress.allows_another(done as u32, limit))
    }

    async fn block(&mut self, stage: &Stage, order: &[usize]) -> Result<()> {
        let treatments = &self.cell.treatments;
        let rounds: Vec<_> =
            order.iter().map(|place| (treatments[*place].client, treatments[*place].n)).collect();
        let walls = self.cell.rounds(stage, &rounds).await?;
        let micros = |place: usize| {
            let its = || order.iter().zip(&walls).filter(|(of, _)| **of == place).map(|(_, wall)| wall);
            its().sum::<f64>() * 1_000.0 / (its().count() as f64 * f64::from(treatments[place].n))
        };
        self.blocks.push((0..treatments.len()).map(micros).collect());
        Ok(())
    }

    fn ratio(&self, place: usize) -> Option<Ratio> {
        let against = &self.cell.treatments[place].against;
        let mean = |block: &[f64]| {
            (against.iter().map(|other| block[*other].ln()).sum::<f64>() / against.len() as f64).exp()
        };
        Ratio::of(self.blocks.iter().map(|block| (block[place], mean(block))))
    }

    /// The half-width of the widest interval.
    fn widest(&self) -> Option<f64> {
        let compared =
            (0..self.cell.treatments.len()).filter(|place| !self.cell.treatments[*place].against.is_empty());
        worst(compared.map(|place| Some(self.ratio(place)?.half_width())).collect::<Option<Vec<f64>>>()?)
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.cell.treatments.iter().position(|treatment| treatment.name == name)
    }
}

/// All cells, and the goals.
pub(crate) struct Report {
    /// What a ratio is to.
    to: &'static str,
    cells: Vec<Measured>,
    goals: Goals,
}

impl Report {
    /// Measures these cells, each for this time at most.
    pub(crate) async fn measure(
        stage: &Stage,
        to: &'static str,
        cells: Vec<Cell>,
        limit: Duration,
    ) -> Result<Self> {
        let mut report = Self { to, cells: Vec::new(), goals: Goals::default() };
        let count = cells.len();
        for (index, cell) in cells.into_iter().enumerate() {
            report.cells.push(Measured::of(cell, stage, limit, count - index - 1).await?);
            stage.write(json!({ "cells": report.cells }))?;
        }
        Ok(report)
    }

    /// Holds a treatment to a limit in those of its cells that `held` chooses.
    pub(crate) fn hold(&mut self, name: &str, limit: Limit, held: impl Fn(&Cell) -> bool) {
        for measured in self.cells.iter().filter(|measured| held(&measured.cell)) {
            if let Some(place) = measured.place(name) {
                let what = format!("{name}, {}", measured.cell.name);
                self.goals.push_ratio(&what, limit, measured.ratio(place));
            }
        }
    }

    /// A row per treatment, a column per cell.
    fn table(&self, figure: impl Fn(&Measured, usize) -> Option<String>) -> Table {
        let mut table = Table::new(
            iter::once("client").chain(self.cells.iter().map(|measured| measured.cell.name.as_str())),
        );
        let mut names: Vec<&str> = Vec::new();
        for treatment in self.cells.iter().flat_map(|measured| &measured.cell.treatments) {
            if !names.contains(&treatment.name.as_str()) {
                names.push(&treatment.name);
            }
        }
        for name in names {
            let figure = |measured: &Measured| figure(measured, measured.place(name)?);
            let figures =
                self.cells.iter().map(|measured| figure(measured).unwrap_or_else(|| "–".to_owned()));
            table.push(iter::once(name.to_owned()).chain(figures));
        }
        table
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut ratios = self.table(|measured, place| match measured.cell.treatments[place].against[..] {
            [] => Some("1".to_owned()),
            _ => measured.ratio(place).map(|ratio| ratio.to_string()),
        });
        let mut last = |name: &str, figure: &dyn Fn(&Measured) -> String| {
            ratios.push(iter::once(name.to_owned()).chain(self.cells.iter().map(figure)));
        };
        last("widest interval", &|measured| format!("±{}", percent(measured.widest())));
        last("blocks", &|measured| measured.blocks.len().to_string());
        let micros = self.table(|measured, place| {
            Some(format!("{:.0}", median(measured.blocks.iter().map(|block| block[place]))?))
        });
        write!(
            formatter,
            "Goals:\n\n{}\nRatio to {}:\n\n{ratios}\nMicroseconds per request, the median of blocks:\n\n{micros}",
            self.goals, self.to
        )
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "?".to_owned(), |share| format!("{:.1} %", share * 100.0))
}
