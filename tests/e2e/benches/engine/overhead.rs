//! What the engine and each client cost over the same loop written by hand, on HTTP/1.1.

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

const LANES: [u32; 3] = [1, 6, 64];
const N: u32 = 100;

/// Measures and gives the tables.
pub(crate) async fn run(options: &Options) -> Result<String, Error> {
    let stage = Stage::open(Browser::start().await?, "index.html").await?;
    let machine = machine::line(&stage).await?;
    let limit = options.time(3, 6);
    let places: Vec<(Thread, u32)> = [Thread::Worker, Thread::Main]
        .into_iter()
        .flat_map(|thread| LANES.map(|lanes| (thread, lanes)))
        .collect();
    let mut measured = Vec::new();
    for (index, &(thread, lanes)) in places.iter().enumerate() {
        let cell = Cell { thread, lanes, url: "/lab/ping".to_owned(), n: N };
        measured.push(cell.measure(&stage, limit, places.len() - index - 1).await?);
        options.write(&cells::json(&machine, &measured))?;
    }
    stage.close().await?;
    let mut goals = Goals::default();
    let busy = |cell: &Cell| cell.lanes > 1;
    cells::hold(&mut goals, "js-fetch", Limit { ratio: 1.02, upper: Some(1.05) }, &measured, busy);
    for client in ["gloo-net", "web-sys"] {
        cells::hold(&mut goals, client, Limit::of(1.02), &measured, |_| true);
    }
    Ok(cells::tables(&machine, &measured, &goals))
}
