//! Whether a request costs more in a long round than in a short one.

use crate::{error::Error, machine, options::Options, progress::Progress, stage::Stage};
use fetchmark_core::schedule::Schedule;
use fetchmark_e2e::{
    bench::{
        budget::Budget,
        goal::{Goals, Limit, RESOLVED},
        ratio::Ratio,
        table::Table,
        times::median,
    },
    browser::Browser,
};
use serde_json::json;

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

/// What was measured of one target, by treatment.
type Blocks = [Vec<Block>; TREATMENTS.len()];

/// A target's name, the sizes of its rounds, and its blocks.
type Measured = (&'static str, Sizes, Blocks);

/// Measures and gives the tables.
pub(crate) async fn run(options: &Options) -> Result<String, Error> {
    let stage = Stage::open(Browser::start().await?, "index.html").await?;
    let machine = machine::line(&stage).await?;
    let mut measured: Vec<Measured> = Vec::new();
    for (url, name, sizes) in TARGETS {
        let sizes = if options.quick { SIZES_IF_QUICK } else { sizes };
        let mut turns = Schedule::new(TREATMENTS.len(), SEED);
        let mut sides = Schedule::new(sizes.rounds_a_side(), SEED);
        for treatment in TREATMENTS {
            // Connections open, code compiled: discarded.
            rounds(&stage, url, treatment, &[REFERENCE, REFERENCE]).await?;
        }
        let budget = Budget::begin(options.time(10, 30));
        let mut progress = Progress::default();
        let mut blocks = Blocks::default();
        let mut done = 0;
        while wants_more(&sizes, &blocks, budget) {
            for treatment in turns.next_block() {
                let client = TREATMENTS[treatment];
                progress.say(format_args!(
                    "scale, {name}: block {} of {client}, rounds of up to {} requests, {} left",
                    done + 1,
                    sizes.longest,
                    budget.left()
                ));
                let before = sizes.side(&mut sides);
                let after = sizes.side(&mut sides);
                let order = [before, vec![sizes.longest], after].concat();
                let walls = rounds(&stage, url, client, &order).await?;
                blocks[treatment].push(by_size(&sizes, &order, &walls));
            }
            done += 1;
            let so_far = (name, sizes, blocks.clone());
            options.write(&json(&machine, measured.iter().chain([&so_far])))?;
        }
        measured.push((name, sizes, blocks));
    }
    stage.close().await?;
    Ok(tables(&machine, &measured))
}

fn json<'a>(machine: &str, measured: impl Iterator<Item = &'a Measured>) -> serde_json::Value {
    let target = |(name, sizes, blocks): &Measured| json!({ "target": name, "sizes": sizes.all(), "micros_per_request": blocks });
    let targets: Vec<_> = measured.map(target).collect();
    json!({ "machine": machine, "lanes": LANES, "treatments": TREATMENTS, "targets": targets })
}

/// Until the longest rounds are resolved, or the time is up. That depends on the width alone, not on the side of the limit.
fn wants_more(sizes: &Sizes, blocks: &Blocks, budget: Budget) -> bool {
    let done = blocks[0].len();
    let (last, reference) = (sizes.all().len() - 1, sizes.reference());
    let is_resolved = |blocks: &Vec<Block>| {
        ratio(blocks, last, reference).is_some_and(|ratio| ratio.half_width() <= RESOLVED)
    };
    let is_enough = done >= FEWEST_BLOCKS_TO_END && blocks.iter().all(is_resolved);
    done < FEWEST_BLOCKS || (!is_enough && budget.allows_another(done as u32))
}

/// A size's cost per request ÷ that of the reference.
fn ratio(blocks: &[Block], size: usize, reference: usize) -> Option<Ratio> {
    Ratio::of(blocks.iter().map(|block| (block[size], block[reference])))
}

async fn rounds(stage: &Stage, url: &str, client: &str, order: &[u32]) -> Result<Vec<f64>, Error> {
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

fn tables(machine: &str, measured: &[Measured]) -> String {
    let mut table = Table::new(&["target", "client", "n", "µs per request", "÷ n = 1,000", "blocks"]);
    let mut goals = Goals::default();
    let rows = measured.iter().flat_map(|(target, sizes, blocks)| {
        TREATMENTS.into_iter().zip(blocks).map(move |(client, blocks)| (*target, sizes, client, blocks))
    });
    for (target, sizes, client, blocks) in rows {
        let (sizes, reference) = (sizes.all(), sizes.reference());
        for (size, n) in sizes.iter().enumerate() {
            let ratio = ratio(blocks, size, reference);
            let shown = match ratio {
                _ if size == reference => "1".to_owned(),
                Some(ratio) => ratio.to_string(),
                None => "–".to_owned(),
            };
            let micros = median(blocks.iter().map(|block| block[size])).unwrap_or(f64::NAN);
            table.push(vec![
                target.to_owned(),
                client.to_owned(),
                n.to_string(),
                format!("{micros:.0}"),
                shown,
                blocks.len().to_string(),
            ]);
            if size + 1 == sizes.len() {
                goals.push_ratio(format!("{client}, {target}, n = {n}"), Limit::of(LIMIT), ratio);
            }
        }
    }
    format!("{machine}\n\nGoals:\n\n{goals}\n{table}")
}
