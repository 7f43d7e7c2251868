//! Reports as the engine makes them, of requests that nobody sent.

use fetchmark_core::{
    report::{Ending, Environment, Report},
    run::recorder::{Recorder, Round},
    samples::{
        sample::{Outcome, Sample},
        timing::{ServerConnection, TimingEntry},
    },
    scenario::Scenario,
};
use std::cell::Cell;

/// How long a request takes whose address does not say it, in ms.
const USUAL_MS: f64 = 10.0;

thread_local! {
    static MADE: Cell<u32> = const { Cell::new(0) };
}

/// What a run of this scenario comes to. Each report begins later than the one before.
///
/// A target takes as long as its address says (`/delay/20`). The first variant has one connection, the second two and takes 2 ms longer,
/// and so on.
pub fn report(scenario: &Scenario) -> Report {
    let made = MADE.replace(MADE.get() + 1);
    let started_at = format!("2026-01-02T{:02}:{:02}:00.000Z", made / 60, made % 60);
    let mut recorder = Recorder::new(scenario.clone(), 0.005).unwrap();
    for block in 0..*scenario.blocks().start() {
        for variant in 0..scenario.variants().len() {
            recorder.add(&round(scenario, variant, block));
        }
    }
    let environment = Environment {
        user_agent: "Test/1".to_owned(),
        cores: Some(2),
        cross_origin_isolated: true,
        ..Environment::default()
    };
    recorder.report(environment, started_at, 5_000.0, Ending::Complete).unwrap()
}

fn round(scenario: &Scenario, variant: usize, block: u32) -> Round {
    let url = &scenario.all_targets()[scenario.variants()[variant].target].url;
    let ms = url.rsplit('/').next().and_then(|last| last.parse().ok()).unwrap_or(USUAL_MS);
    let sockets = variant as u32 + 1;
    let mut now_ms = 1_000.0 * f64::from(block + 1);
    let (mut samples, mut entries) = (Vec::new(), Vec::new());
    for place in 0..scenario.n {
        // Requests are not all alike, and neither are rounds.
        let spread = f64::from((7 * place + 3 * block) % 5) * 0.2 + f64::from(block % 3) * 0.05;
        let ended_ms = now_ms + ms + 2.0 * variant as f64 + spread;
        let index = place + scenario.n * block;
        samples.push(Sample {
            index,
            intended_ms: now_ms,
            called_ms: now_ms,
            headers_ms: None,
            ended_ms,
            status: Some(200),
            body_bytes: 5,
            outcome: Outcome::Ok,
        });
        let connection = ServerConnection {
            socket: (100 * variant as u32 + place % sockets).into(),
            nth: (1 + place / sockets + scenario.n * block).into(),
        };
        entries.push(entry(format!("{url}#fm-{index}"), now_ms, ended_ms, connection));
        now_ms = ended_ms;
    }
    let wall_ms = now_ms - 1_000.0 * f64::from(block + 1);
    Round { variant, block: Some(block), complete: true, wall_ms, samples, entries, ..Round::default() }
}

fn entry(name: String, called_ms: f64, ended_ms: f64, connection: ServerConnection) -> TimingEntry {
    let start_ms = called_ms + 0.2;
    TimingEntry {
        name,
        start_ms,
        fetch_start_ms: start_ms,
        dns_start_ms: start_ms,
        dns_end_ms: start_ms,
        connect_start_ms: start_ms,
        connect_end_ms: start_ms,
        request_start_ms: start_ms + 0.3,
        response_start_ms: ended_ms - 0.4,
        response_end_ms: ended_ms - 0.2,
        protocol: "http/1.1".to_owned(),
        transfer_bytes: 305,
        encoded_bytes: 5,
        decoded_bytes: 5,
        server_connection: Some(connection),
        ..TimingEntry::default()
    }
}
