//! The emulated distance beside the exact thing: two network namespaces whose packets are ferried with a delay, as root. The same
//! client asks both for the same, one after the other for each round trip.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench prints, and ends where anything fails"
)]

mod ask;
#[cfg(target_os = "linux")]
mod ferry;

use ask::{ASKED, Place};
use fetchmark_lab::{Distance, Lab, LabConfig};
use std::time::Duration;

const RTTS_MS: [u64; 3] = [10, 45, 150];
const PASSES: usize = 20;

fn main() {
    // Passed on by `cargo xtask bench distance --quick`.
    let is_quick = std::env::args().any(|argument| argument == "--quick");
    let passes = if is_quick { 2 } else { PASSES };
    println!("Median of {passes} each, in ms. Due: its round trips.\n");
    println!("| round trip | | due | packets delayed | emulated | off by |");
    println!("|---:|---|---:|---:|---:|---:|");
    for rtt_ms in RTTS_MS {
        let rtt = Duration::from_millis(rtt_ms);
        let exact = exact(rtt, passes);
        let emulated = emulated(rtt, passes);
        for (at, asked) in ASKED.iter().enumerate() {
            let median = |times: &[Vec<f64>]| {
                let mut times = times[at].clone();
                times.sort_by(f64::total_cmp);
                f64::midpoint(times[(times.len() - 1) / 2], times[times.len() / 2])
            };
            let (exact, emulated) = (exact.as_deref().map(median), median(&emulated));
            let due = asked.round_trips.map_or("–".to_owned(), |trips| (trips * rtt_ms).to_string());
            let shown = exact.map_or("–".to_owned(), |ms| format!("{ms:.1}"));
            let off = exact.map_or("–".to_owned(), |exact| format!("{:+.1}", emulated - exact));
            println!("| {rtt_ms} ms | {} | {due} | {shown} | {emulated:.1} | {off} |", asked.name);
        }
    }
}

/// By the lab's far door, with its model of slow start.
fn emulated(rtt: Duration, passes: usize) -> Vec<Vec<f64>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let distance = Some(Distance { rtt, slow_start: true, bandwidth: None });
        let lab = Lab::start(LabConfig { distance, ..LabConfig::default() }).await.unwrap();
        let far = lab.far().unwrap();
        let port = |url: &str| url.rsplit_once(':').unwrap().1.parse().unwrap();
        let place = Place {
            host: "127.0.0.1".parse().unwrap(),
            http: port(&far.http),
            https: port(far.https.as_ref().unwrap()),
            certificate: lab.certificate_pem().unwrap().to_owned(),
        };
        let times = ask::all(&place, passes).await;
        lab.stop().await;
        times
    })
}

#[cfg(target_os = "linux")]
fn exact(rtt: Duration, passes: usize) -> Option<Vec<Vec<f64>>> {
    match ferry::measured(rtt, passes) {
        Ok(times) => Some(times),
        Err(error) => {
            eprintln!(
                "No packets are delayed here: {error}. It takes root, network namespaces and /dev/net/tun."
            );
            None
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn exact(_rtt: Duration, _passes: usize) -> Option<Vec<Vec<f64>>> {
    eprintln!("No packets are delayed here: it takes Linux, root, network namespaces and /dev/net/tun.");
    None
}
