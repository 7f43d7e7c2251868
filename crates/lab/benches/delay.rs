//! How much longer than asked `/lab/delay` waits, beside Tokio's own timer. Each pass takes every delay of both in turn, so that a
//! slow while of the machine is in all rows.
#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench prints, and ends where anything fails; the client is that of the tests"
)]

#[path = "../tests/lab/client.rs"]
mod client;

use client::{Client, lab};
use std::time::{Duration, Instant};

const ASKED_MS: [f64; 5] = [0.3, 1.0, 5.25, 20.0, 100.0];
const PASSES: usize = 100;

/// ms beyond what was asked for, one of each pass.
#[derive(Clone, Default)]
struct Late {
    lab_says: Vec<f64>,
    client_sees: Vec<f64>,
    tokio_sleeps: Vec<f64>,
}

#[tokio::main]
async fn main() {
    let lab = lab().await;
    let mut client = Client::h1(&lab).await;
    let mut late = vec![Late::default(); ASKED_MS.len()];
    for _ in 0..PASSES {
        for (asked, late) in ASKED_MS.iter().zip(&mut late) {
            let begun = Instant::now();
            let answer = client.get(&format!("/lab/delay/{asked}")).await;
            late.client_sees.push(since(begun) - asked);
            let reported = answer.header("server-timing").rsplit_once("delay;dur=").unwrap().1;
            late.lab_says.push(reported.parse::<f64>().unwrap() - asked);
            let begun = Instant::now();
            tokio::time::sleep(Duration::from_secs_f64(asked / 1_000.0)).await;
            late.tokio_sleeps.push(since(begun) - asked);
        }
    }
    println!("ms beyond the delay asked for; median and 95th percentile of {PASSES} each\n");
    println!("{:>8}  {:>15}  {:>15}  {:>15}", "asked", "lab says", "client sees", "Tokio's sleep");
    for (asked, Late { lab_says, client_sees, tokio_sleeps }) in ASKED_MS.iter().zip(late) {
        let [lab, client, tokio] = [lab_says, client_sees, tokio_sleeps].map(shown);
        println!("{asked:>8}  {lab:>15}  {client:>15}  {tokio:>15}");
    }
}

fn since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

fn shown(mut late: Vec<f64>) -> String {
    late.sort_by(f64::total_cmp);
    let at = |share: f64| late[(late.len() as f64 * share) as usize];
    format!("{:.3} {:>7.3}", at(0.5), at(0.95))
}
