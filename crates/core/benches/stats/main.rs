//! The proof by simulation: tables for `docs/method.md`, on standard output. `cargo xtask bench stats` runs it.
//!
//! `--quick` simulates less; its numbers are for a look, not for the document.
#![allow(clippy::print_stdout, reason = "tables are what this program is for")]

mod auto;
mod family;
mod fixed;
mod headlines;
mod judge;
mod links;
mod methods;
mod million;
mod noise;
mod plan;
mod sessions;
mod speed;
mod table;
mod targets;

use plan::Plan;
use std::error::Error;

const SEED: u64 = 1;
const RUNS: u32 = 20_000;
const RUNS_IF_QUICK: u32 = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let plan = Plan { runs: if quick { RUNS_IF_QUICK } else { RUNS }, seed: SEED };
    let error = 100.0 * (0.95_f64 * 0.05 / f64::from(plan.runs)).sqrt();
    println!(
        "Seed {}, {} simulated runs per cell; standard error of a coverage at most {error:.2} %. Bold: outside the goal.\n",
        plan.seed, plan.runs
    );
    section(
        "Which interval",
        "Intervals that hold the true ratio, in %, and their median width in % of the ratio, all at the plain level of 5 %. Two and six variants, the first pair.",
        methods::intervals(&plan),
    );
    section(
        "Which schedule",
        "Coverage in % at the plain level of 5 %, with two variants whose noise is correlated, by the size of the deck that first places are dealt from.",
        methods::decks(&plan),
    );
    section(
        "Fixed number of rounds, all variants the same",
        "Intervals that hold the true ratio, in % (goal 94 to 96) / families with a false “faster” or “slower”, in % (goal at most 5).",
        fixed::same(&plan),
    );
    section(
        "Fixed number of rounds, power",
        "Two variants, in % of runs. “5 %” and “10 %”: the true difference.",
        fixed::different(&plan),
    );
    section(
        "Auto runs, all variants the same",
        "Intervals that hold the true ratio, in % (goal at least 94: they hold at every look, so at the last they are wider) / families with a false “faster” or “slower”, in % (goal at most 5).",
        auto::same(&plan),
    );
    section(
        "Auto runs, power",
        "Two variants, in % of runs, and the blocks measured on average.",
        auto::different(&plan),
    );
    section(
        "The headline",
        "Runs whose headline claims a difference where all rows are the same, in %; in the last lines that a client is the fastest. Each question is a family of its own, so where rows differ in several factors this may be more than 5.",
        headlines::table(&plan),
    );
    section(
        "Several sessions",
        "Two variants, 10 blocks in each session, the same on average: intervals that hold the true ratio, in % (goal 94 to 96) / runs with a false “faster” or “slower”, in % (goal at most 5). Between sessions: the standard deviation of their own log ratios. One lost early: it has 2 blocks.",
        sessions::same(&plan),
    );
    section(
        "Several targets, all the same",
        "A fixed number of rounds. Intervals of all rows together that hold the true ratio, in % (goal 94 to 96) / runs with a false “faster” or “slower” of a target, in % / of a row of one, in % (goals at most 5).",
        targets::same_fixed(&plan),
    );
    section(
        "Several targets, all the same, auto runs",
        "As above (goal of the intervals: at least 94).",
        targets::same_auto(&plan),
    );
    section(
        "Several targets, power",
        "Two targets that differ by 5 %, in % of runs: found by all rows together / by the first row, corrected for the number of rows.",
        targets::different(&plan),
    );
    section("Speed", "One thread of the machine that made these tables.", speed::table()?);
    Ok(())
}

fn section(title: &str, about: &str, table: table::Table) {
    println!("### {title}\n\n{about}\n\n{table}");
}
