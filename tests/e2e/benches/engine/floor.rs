//! What the engine and each client cost where there is no network: a `data:` URL.

use crate::{
    cells::{self, Cell, Thread},
    error::Error,
    machine,
    options::Options,
    stage::Stage,
};
use fetchmark_e2e::{
    bench::goal::{Goals, Limit},
    browser::Browser,
};

const LANES: [u32; 2] = [1, 6];

/// So many that a round lasts well over 20 ms, thousands of clock steps.
const N: u32 = 250;

/// Measures and gives the tables.
pub(crate) async fn run(options: &Options) -> Result<String, Error> {
    let stage = Stage::open(Browser::start().await?, "index.html").await?;
    let machine = machine::line(&stage).await?;
    let limit = options.time(3, 15);
    let mut measured = Vec::new();
    for (index, lanes) in LANES.into_iter().enumerate() {
        let cell = Cell { thread: Thread::Worker, lanes, url: "data:text/plain,pong".to_owned(), n: N };
        measured.push(cell.measure(&stage, limit, LANES.len() - index - 1).await?);
        options.write(&cells::json(&machine, &measured))?;
    }
    stage.close().await?;
    let mut goals = Goals::default();
    for (client, limit) in [("js-fetch", 1.05), ("gloo-net", 1.15), ("web-sys", 1.15)] {
        cells::hold(&mut goals, client, Limit::of(limit), &measured, |_| true);
    }
    Ok(cells::tables(&machine, &measured, &goals))
}
