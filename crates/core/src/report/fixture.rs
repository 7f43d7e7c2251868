//! What tests share, those of crates above this one among them: reports, and how properties are tested.

use crate::{
    compare::{ALPHA, Criteria, compare, compare_targets, lifecycles::fresh_against_reused},
    map::Map,
    report::{
        Connections, Ending, Environment, Finding, FindingCode, Report, Requests, RoundReport, RuntimeReport,
        SCHEMA, Severity, Sizes, VariantReport, Warmup, headline::references,
    },
    samples::{ErrorClass, Outcome, Sample},
    scenario::{
        NamedTarget, Scenario,
        factors::{Connection, Lifecycle, Pacing, Runtime, Thread},
    },
    stats::{
        outliers::Outliers,
        summary::{Times, median},
    },
};
#[cfg(test)]
use proptest::test_runner::{Config, RngSeed};

/// A property is tested with the same values in each run, so that no run fails by chance; `fuzz/` looks for others.
#[cfg(test)]
pub(crate) fn same_each_time(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(1), ..Config::default() }
}

/// A request that succeeded between these times.
pub fn sample(index: u32, called_ms: f64, ended_ms: f64) -> Sample {
    Sample {
        index,
        intended_ms: called_ms,
        called_ms,
        headers_ms: None,
        ended_ms,
        status: Some(200),
        body_bytes: 5,
        outcome: Outcome::Ok,
    }
}

/// Rounds of about 100 ms, which vary little.
pub const QUIET: [f64; 8] = [100.0, 102.0, 99.0, 101.0, 98.0, 103.0, 100.5, 99.5];

/// Rounds of about as long, which vary much.
pub const NOISY: [f64; 8] = [70.0, 160.0, 60.0, 150.0, 120.0, 80.0, 90.0, 140.0];

/// The quiet rounds, so many times as long.
pub fn quiet(by: f64) -> [f64; 8] {
    QUIET.map(|wall_ms| wall_ms * by)
}

/// A row with rounds of 100 requests, all of which succeeded, that took so long.
pub fn variant(id: &str, walls: &[f64]) -> VariantReport {
    let issued = 100 * walls.len() as u64;
    VariantReport {
        id: id.into(),
        target: None,
        runtime: Runtime::Browser,
        client: "js-fetch".into(),
        lifecycle: Lifecycle::Reused,
        connection: Connection::Warm,
        pacing: Pacing::Concurrent,
        concurrency: 100,
        rate_per_second: None,
        thread: Some(Thread::Worker),
        rounds: walls
            .iter()
            .enumerate()
            .map(|(block, wall_ms)| RoundReport {
                session: 0,
                block: block as u32,
                start_ms: None,
                wall_ms: *wall_ms,
                ok: 100,
                failed: 0,
                voided: false,
            })
            .collect(),
        round_median_ms: median(walls),
        outliers: Outliers::default(),
        round_interval_ms: None,
        requests_per_second: None,
        requests: Requests { issued, ok: issued, failed: 0, aborted: 0 },
        warmup: Warmup::default(),
        draining_requests: 0,
        errors: Map::default(),
        error_messages: Map::default(),
        connections: Connections::default(),
        evidence: Map::default(),
        protocols: Map::default(),
        statuses: Map::default(),
        redirected: 0,
        redirected_to: Vec::new(),
        aged_rounds: 0,
        maybe_cached: 0,
        sizes: Sizes::default(),
        unjoined: 0,
        body_bytes: 0,
        latency_ms: None,
        late_ms: None,
        phases_ms: Map::default(),
        example_round: None,
    }
}

/// A row by its id, whose words are the client and what differs from a reused warm client with 100 requests at once in a worker, and by how
/// many times as long as the quiet ones its rounds take, or `noisy`: `ky:sequential:fresh 1.2`.
#[allow(clippy::unwrap_used, reason = "a row that cannot be read fails its test")]
pub fn row(text: &str) -> VariantReport {
    let (id, times) = text.rsplit_once(' ').unwrap();
    let walls = if times == "noisy" { NOISY } else { quiet(times.parse().unwrap()) };
    let (client, words) = id.split_once(':').unwrap_or((id, ""));
    let mut row = VariantReport { client: client.to_owned(), ..variant(id, &walls) };
    for word in words.split(':') {
        match word {
            "fresh" => row.lifecycle = Lifecycle::Fresh,
            "cold" => row.connection = Connection::Cold,
            "main" => row.thread = Some(Thread::Main),
            "sequential" => (row.pacing, row.concurrency) = (Pacing::Sequential, 1),
            "rate" => (row.pacing, row.rate_per_second) = (Pacing::Rate, Some(50.0)),
            "" | "again" => {}
            target if target.starts_with('@') => row.target = Some(target.to_owned()),
            in_flight => row.concurrency = in_flight.parse().unwrap(),
        }
    }
    if ["httpx", "aiohttp"].contains(&client) {
        (row.runtime, row.thread) = (Runtime::Python, None);
        row.connection = if row.lifecycle == Lifecycle::Fresh { Connection::Cold } else { Connection::Warm };
    }
    row
}

/// Rows with commas between them.
pub fn rows(text: &str) -> Vec<VariantReport> {
    text.split(", ").map(row).collect()
}

/// What a run with a fixed number of rounds and a fine clock is compared by.
pub const CRITERIA: Criteria = Criteria { margin: 0.05, alpha: ALPHA, timer_step_ms: 0.0 };

/// A report of such rows, compared.
pub fn report(rows: &[(&str, &[f64])]) -> Report {
    compared(rows.iter().map(|(id, walls)| variant(id, walls)).collect())
}

/// A report of rows, compared by [`CRITERIA`].
pub fn compared(variants: Vec<VariantReport>) -> Report {
    let mut report = Report {
        schema: SCHEMA.to_owned(),
        fetchmark_version: crate::VERSION.to_owned(),
        started_at: "2026-01-01T00:00:00.000Z".to_owned(),
        duration_ms: 1_000.0,
        ending: Ending::Complete,
        scenario: Scenario::default(),
        environment: Environment::default(),
        comparisons: compare(&variants, CRITERIA),
        targets: compare_targets(&variants, CRITERIA),
        lifecycles: fresh_against_reused(&variants, CRITERIA),
        references: Vec::new(),
        variants,
        validity: Vec::new(),
        sessions: Vec::new(),
        common_time: None,
    };
    report.references = references(&report);
    report
}

/// The id of the first row of [`two_rows`].
pub const A: &str = "gloo-net:reused:warm:concurrent-100";

/// The id of the second.
pub const B: &str = "gloo-net:fresh:warm:concurrent-100";

/// Two rows of three rounds; the second takes 1.5 times as long.
pub fn two_rows() -> Report {
    let mut report = report(&[(A, &[100.0, 102.0, 98.5]), (B, &[150.0, 153.0, 147.75])]);
    report.variants[1].lifecycle = Lifecycle::Fresh;
    report.scenario.target.url = "https://example.com/<a|b>".into();
    report.environment.user_agent = "Browser/1".into();
    for row in &mut report.variants {
        took(row, 100);
        row.requests_per_second = Some(1_234.5);
    }
    report
}

/// Gives a row so many requests, which took 1 ms, 2 ms and so on.
pub fn took(row: &mut VariantReport, requests: u32) {
    let Ok(mut times) = Times::new() else { return };
    (1..=requests).for_each(|ms| times.add(f64::from(ms)));
    row.latency_ms = times.latency().unwrap_or_default();
}

/// The report whose exports are kept: all that they show, and texts from outside that their format could take for its own.
pub fn whole() -> Report {
    let mut report = two_rows();
    let second = |row: &VariantReport| VariantReport {
        client: "=ky,\"x\"".into(),
        id: format!("ky,b c:{}", row.lifecycle),
        ..row.clone()
    };
    let more: Vec<VariantReport> = report.variants.iter().map(second).collect();
    report.variants.extend(more);
    let [_, failing, few, fewer] = &mut report.variants[..] else { return report };
    failing.rounds[2].voided = true;
    failing.requests = Requests { issued: 300, ok: 299, failed: 1, aborted: 0 };
    failing.errors = Map::from([(ErrorClass::Network, 1)]);
    failing.error_messages = Map::from([(ErrorClass::Network, vec!["<img src=x>".into()])]);
    // Too few for some percentiles.
    took(few, 99);
    took(fewer, 19);
    report.comparisons = compare(&report.variants, CRITERIA);
    report.lifecycles = fresh_against_reused(&report.variants, CRITERIA);
    report.references = references(&report);
    report.started_at = "2026-01-02T03:04:05.250Z".into();
    report.environment.cores = Some(2);
    report.environment.runtimes = vec![RuntimeReport {
        name: Runtime::Python,
        version: "3.12.1".into(),
        libraries: Map::from([("httpx".into(), "1.0".into()), ("requests".into(), "2.9".into())]),
        blocking: None,
    }];
    report.validity = vec![finding(FindingCode::Redirects)];
    report
}

/// Two targets with two rows each; those of the second take 0.9 times as long, and its answers are of another protocol.
pub fn two_targets() -> Report {
    let rows = [("staging", "h2", 1.0), ("production", "h3", 0.9)].map(|(label, protocol, by)| {
        [(A, Lifecycle::Reused, by), (B, Lifecycle::Fresh, 1.2 * by)].map(|(id, lifecycle, by)| {
            VariantReport {
                target: Some(label.into()),
                lifecycle,
                protocols: Map::from([(protocol.into(), 800)]),
                ..variant(&format!("{label}:{id}"), &quiet(by))
            }
        })
    });
    let mut report = compared(rows.concat());
    report.scenario.targets = vec![
        NamedTarget::new("staging", "https://staging.example.com/api"),
        NamedTarget::new("production", "https://example.com/api"),
    ];
    report.scenario.settle_targets();
    report
}

/// A finding that weakens.
pub fn finding(code: FindingCode) -> Finding {
    Finding { code, severity: Severity::Weakens, variant: None, count: 600, detail: None }
}
