//! What tests share: reports, and how properties are tested.

use crate::{
    comparison::compare,
    factors::{Connection, Lifecycle, Pacing, Thread},
    outliers::Outliers,
    report::{
        Connections, Ending, Environment, Report, Requests, RoundReport, Runtime, SCHEMA, Sizes,
        VariantReport, Warmup,
    },
    scenario::Scenario,
    summary::median,
};
use proptest::test_runner::{Config, RngSeed};
use std::collections::BTreeMap;

/// A property is tested with the same values in each run, so that no run fails by chance; `fuzz/` looks for others.
pub(crate) fn same_each_time(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(1), ..Config::default() }
}

/// A row with rounds of 100 requests, all of which succeeded, that took so long.
pub(crate) fn variant(id: &str, walls: &[f64]) -> VariantReport {
    let issued = 100 * walls.len() as u64;
    VariantReport {
        id: id.into(),
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
                block: block as u32,
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
        errors: BTreeMap::new(),
        error_messages: BTreeMap::new(),
        connections: Connections::default(),
        evidence: BTreeMap::new(),
        protocols: BTreeMap::new(),
        statuses: BTreeMap::new(),
        redirected: 0,
        maybe_cached: 0,
        sizes: Sizes::default(),
        unjoined: 0,
        body_bytes: 0,
        latency_ms: None,
        late_ms: None,
        phases_ms: BTreeMap::new(),
        example_round: None,
    }
}

/// A report of such rows, compared.
pub(crate) fn report(rows: &[(&str, &[f64])]) -> Report {
    let variants: Vec<VariantReport> = rows.iter().map(|(id, walls)| variant(id, walls)).collect();
    Report {
        schema: SCHEMA.to_owned(),
        fetchmark_version: crate::VERSION.to_owned(),
        started_at: "2026-01-01T00:00:00.000Z".to_owned(),
        duration_ms: 1_000.0,
        ending: Ending::Complete,
        scenario: Scenario::default(),
        environment: Environment::default(),
        comparisons: compare(&variants, 0.05),
        lifecycles: Vec::new(),
        variants,
        validity: Vec::new(),
    }
}
