//! Whether a request costs more in a long round than in a short one.

use crate::stage::Stage;
use anyhow::Result;
use fetchmark_core::schedule::Schedule;
use fetchmark_e2e::bench::{
    goal::{Goals, Limit, RESOLVED},
    progress::Progress,
    ratio::Ratio,
    table::Table,
    times::median,
};
use serde::Serialize;
use serde_json::json;
use std::time::Duration;

/// Each held to its own rounds of [`REFERENCE`] requests.
const TREATMENTS: [&str; 2] = ["gloo-net", "by-hand"];

/// The size that the others are compared with.
const REFERENCE: u32 = 1_000;

const LANES: u32 = 6;
const SEED: u64 = 1;

/// What is requested, what it is called, and in rounds of which sizes: first what no network hides, where a request takes a tenth of the
/// time. Over a network a round of 100,000 takes minutes, and blocks would be too few to tell anything.
const TARGETS: [(&str, &str, Sizes); 2] =
    [("data:text/plain,pong", "no network", SIZES), ("/lab/ping", "HTTP/1.1", SIZES_OF_A_NETWORK)];

/// What a request in a long round may cost, in what it costs in a round of [`REFERENCE`].
const LIMIT: f64 = 1.05;

/// Blocks of each treatment in any case.
const FEWEST_BLOCKS: usize = 2;

/// Fewer are too few to end on before the time is up: a narrow interval from a handful is luck.
const FEWEST_BLOCKS_TO_END: usize = 8;

/// Sizes of round, and how many of each run before the longest round of a block and again after it.
#[derive(Clone, Copy)]
struct Sizes {
    longest: u32,
    around: &'static [(u32, usize)],
}

const SIZES: Sizes = Sizes { longest: 100_000, around: &[(100, 20), (REFERENCE, 6), (10_000, 1)] };
const SIZES_OF_A_NETWORK: Sizes = Sizes { longest: 10_000, around: &[(100, 10), (REFERENCE, 4)] };
const SIZES_IF_QUICK: Sizes = Sizes { longest: 5_000, around: &[(100, 5), (REFERENCE, 1)] };

/// One block of one treatment: µs per request by size, in the order of [`Sizes::all`].
type Block = Vec<f64>;

impl Sizes {
    fn all(&self) -> Vec<u32> {
        self.around.iter().map(|(n, _)| *n).chain([self.longest]).collect()
    }

    /// The rounds that run on one side of the longest, in random order.
    fn side(&self, schedule: &mut Schedule) -> Vec<u32> {
        let rounds: Vec<u32> =
            self.around.iter().flat_map(|&(n, times)| std::iter::repeat_n(n, times)).collect();
        schedule.next_block().into_iter().filter_map(|index| rounds.get(index).copied()).collect()
    }

    /// The place of the size that the others are compared with.
    fn reference(&self) -> usize {
        self.all().iter().position(|n| *n == REFERENCE).unwrap_or_default()
    }

    fn rounds_a_side(&self) -> usize {
        self.around.iter().map(|(_, times)| times).sum()
    }
}

/// What was measured of one target.
#[derive(Serialize)]
struct Measured {
    target: &'static str,
    #[serde(skip)]
    sizes: Sizes,
    #[serde(rename = "sizes")]
    all_sizes: Vec<u32>,
    /// By treatment.
    #[serde(rename = "micros_per_request")]
    blocks: [Vec<Block>; TREATMENTS.len()],
}

/// Measures and gives the tables.
pub(crate) async fn run(stage: &Stage) -> Result<String> {
    let limit = stage.options.time(10, 30);
    let mut measured: Vec<Measured> = Vec::new();
    for (url, target, sizes) in TARGETS {
        let sizes = if stage.options.quick { SIZES_IF_QUICK } else { sizes };
        let mut turns = Schedule::new(TREATMENTS.len(), SEED);
        let mut sides = Schedule::new(sizes.rounds_a_side(), SEED);
        for treatment in TREATMENTS {
            // Connections open, code compiled: discarded.
            rounds(stage, url, treatment, &[REFERENCE, REFERENCE]).await?;
        }
        let mut progress = Progress::begin();
        let mut of_target = Measured { target, sizes, all_sizes: sizes.all(), blocks: Default::default() };
        while of_target.wants_more(&progress, limit) {
            for treatment in turns.next_block() {
                let client = TREATMENTS[treatment];
                let (block, longest, left) =
                    (of_target.blocks[0].len() + 1, sizes.longest, progress.left_of(limit));
                progress.say(format_args!(
                    "scale, {target}: block {block} of {client}, rounds of up to {longest} requests, {left} left"
                ));
                let (before, after) = (sizes.side(&mut sides), sizes.side(&mut sides));
                let order = [before, vec![sizes.longest], after].concat();
                let walls = rounds(stage, url, client, &order).await?;
                of_target.blocks[treatment].push(by_size(&sizes, &order, &walls));
            }
            stage.write(
                json!({ "lanes": LANES, "treatments": TREATMENTS, "targets": measured, "last": of_target }),
            )?;
        }
        measured.push(of_target);
    }
    stage.write(json!({ "lanes": LANES, "treatments": TREATMENTS, "targets": measured }))?;
    Ok(tables(&measured))
}

impl Measured {
    /// Until the longest rounds are resolved, or the time is up. That depends on the width alone, not on the side of the limit.
    fn wants_more(&self, progress: &Progress, limit: Duration) -> bool {
        let done = self.blocks[0].len();
        let (last, reference) = (self.all_sizes.len() - 1, self.sizes.reference());
        let is_resolved = |blocks: &Vec<Block>| {
            ratio(blocks, last, reference).is_some_and(|ratio| ratio.half_width() <= RESOLVED)
        };
        let is_enough = done >= FEWEST_BLOCKS_TO_END && self.blocks.iter().all(is_resolved);
        done < FEWEST_BLOCKS || (!is_enough && progress.allows_another(done as u32, limit))
    }
}

/// A size's cost per request ÷ that of the reference.
fn ratio(blocks: &[Block], size: usize, reference: usize) -> Option<Ratio> {
    Ratio::of(blocks.iter().map(|block| (block[size], block[reference])))
}

async fn rounds(stage: &Stage, url: &str, client: &str, order: &[u32]) -> Result<Vec<f64>> {
    let rounds: Vec<_> = order.iter().map(|n| json!({ "client": client, "n": n })).collect();
    let plan = json!({ "thread": "worker", "url": url, "lanes": LANES, "rounds": rounds });
    stage.call("rounds", plan).await
}

fn by_size(sizes: &Sizes, order: &[u32], walls: &[f64]) -> Block {
    let micros = |size: u32| {
        let of_size = order.iter().zip(walls).filter(|(n, _)| **n == size);
        let (requests, ms) =
            of_size.fold((0.0, 0.0), |(requests, ms), (n, wall)| (requests + f64::from(*n), ms + wall));
        ms * 1_000.0 / requests
    };
    sizes.all().into_iter().map(micros).collect()
}

fn tables(measured: &[Measured]) -> String {
    let mut table = Table::new(["target", "client", "n", "µs per request", "÷ n = 1,000", "blocks"]);
    let mut goals = Goals::default();
    for Measured { target, sizes, all_sizes, blocks } in measured {
        for (client, blocks) in TREATMENTS.into_iter().zip(blocks) {
            for (size, n) in all_sizes.iter().enumerate() {
                let ratio = ratio(blocks, size, sizes.reference());
                let shown = match ratio {
                    _ if *n == REFERENCE => "1".to_owned(),
                    Some(ratio) => ratio.to_string(),
                    None => "–".to_owned(),
                };
                let micros = median(blocks.iter().map(|block| block[size])).unwrap_or(f64::NAN);
                let (n_text, micros, done) =
                    (n.to_string(), format!("{micros:.0}"), blocks.len().to_string());
                table.push([target, client, &n_text, &micros, &shown, &done]);
                if *n == sizes.longest {
                    goals.push_ratio(&format!("{client}, {target}, n = {n}"), Limit::of(LIMIT), ratio);
                }
            }
        }
    }
    format!("Goals:\n\n{goals}\n{table}")
}
