//! A lab, a worker, an order.

use fetchmark_core::{
    request::target::Method,
    run::native::{RoundAnswer, RoundOrder},
    samples::{ErrorClass, OutcomeWord},
};
use fetchmark_lab::{Lab, LabConfig};
use fetchmark_reference::{Installation, Worker};
use std::path::Path;

/// Every row, and how many lanes it can have.
pub const ROWS: [(&str, &[u32]); 10] = [
    ("requests:reused", &[1]),
    ("requests:fresh", &[1]),
    ("httpx:reused", &[1]),
    ("httpx:fresh", &[1]),
    ("httpx-async:reused", &[1, 8]),
    ("httpx-async:fresh", &[1, 8]),
    ("aiohttp:reused", &[1, 8]),
    ("aiohttp:fresh", &[1, 8]),
    ("aiohttp-6:reused", &[1, 8]),
    ("aiohttp-6:fresh", &[1, 8]),
];

/// Made once for all tests, and kept for the next run.
pub fn installation() -> Installation {
    Installation::below(Path::new(env!("CARGO_TARGET_TMPDIR")), |sentence| eprintln!("{sentence}")).unwrap()
}

pub fn worker() -> Worker {
    Worker::start(&installation(), None, &[]).unwrap()
}

pub async fn lab() -> Lab {
    Lab::start(LabConfig::default()).await.unwrap()
}

/// `n` GET requests, one after the other.
pub fn order(row: &str, url: &str, n: u32) -> RoundOrder {
    RoundOrder {
        row: row.to_owned(),
        url: url.to_owned(),
        method: Method::Get,
        headers: Vec::new(),
        body: None,
        n,
        first_serial: 0,
        concurrency: 1,
        timeout_ms: 20_000,
    }
}

/// Blocks, while the lab goes on answering.
pub fn round(worker: &mut Worker, order: &RoundOrder) -> RoundAnswer {
    tokio::task::block_in_place(|| worker.round(order)).unwrap()
}

pub fn ends(answer: &RoundAnswer) -> Vec<(OutcomeWord, Option<ErrorClass>)> {
    answer.samples.iter().map(|sample| (sample.outcome, sample.error)).collect()
}
