//! What the engine and each client cost over the same loop written by hand: on HTTP/1.1, and where there is no network.

use crate::{
    cells::{Cell, Report, Thread},
    stage::Stage,
};
use anyhow::Result;
use fetchmark_e2e::bench::goal::Limit;

/// On HTTP/1.1.
pub(crate) async fn overhead(stage: &Stage) -> Result<String> {
    let cell = |thread, lanes| Cell { thread, lanes, url: "/lab/ping", n: 100 };
    let threads = [Thread::Worker, Thread::Main];
    let cells: Vec<Cell> =
        threads.into_iter().flat_map(|thread| [1, 6, 64].map(|lanes| cell(thread, lanes))).collect();
    let mut report = Report::measure(stage, &cells, stage.options.time(3, 6)).await?;
    report.hold("js-fetch", Limit { ratio: 1.02, upper: Some(1.05) }, |cell| cell.lanes > 1);
    for client in ["gloo-net", "web-sys"] {
        report.hold(client, Limit::of(1.02), |_| true);
    }
    Ok(report.to_string())
}

/// On a `data:` URL. A round has so many requests that it lasts well over 20 ms, thousands of clock steps.
pub(crate) async fn floor(stage: &Stage) -> Result<String> {
    let cells =
        [1, 6].map(|lanes| Cell { thread: Thread::Worker, lanes, url: "data:text/plain,pong", n: 250 });
    let mut report = Report::measure(stage, &cells, stage.options.time(3, 15)).await?;
    for (client, limit) in [("js-fetch", 1.05), ("gloo-net", 1.15), ("web-sys", 1.15)] {
        report.hold(client, Limit::of(limit), |_| true);
    }
    Ok(report.to_string())
}
