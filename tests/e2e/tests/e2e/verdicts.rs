//! Verdicts and percentiles where the truth is known.

use fetchmark_core::{comparison::Verdict, summary::Latency};
use fetchmark_e2e::{
    browser::Browser,
    in_chromium_and_firefox,
    library::{Library, Site},
    matrix::Test,
    planted,
    stalls::Stalls,
};
use serde_json::{Value, json};

in_chromium_and_firefox!(a_planted_difference_is_found_with_the_right_sign);
async fn a_planted_difference_is_found_with_the_right_sign(browser: &Browser) -> Test {
    let site = Site::start_with(&planted::MODULES).await?;
    let library = site.open(browser).await?;
    let [plain, slowed] = planted::VARIANTS;
    for (clients, verdict) in [([plain, slowed], Verdict::Slower), ([slowed, plain], Verdict::Faster)] {
        let scenario = json!({
            "target": { "url": "/lab/delay/30?planted_ms=30" }, "clients": clients, "n": 12, "concurrency": [6],
            "rounds": 12,
        });
        let (report, _) = library.measure(scenario).await?.whole()?;
        assert!(report.variants.iter().all(|row| row.requests.ok == 144 && row.unjoined == 0), "{report:?}");
        let [comparison] = &report.comparisons[..] else { return Err("not one comparison".into()) };
        assert_eq!(comparison.verdict, verdict, "{comparison:?}");
        // Half of a slowed round is planted at most: the browser's part is the same in both.
        let ratio = comparison.ratio.ok_or("no ratio")?;
        let slower = if verdict == Verdict::Slower { ratio } else { 1.0 / ratio };
        assert!((1.2..2.1).contains(&slower), "{comparison:?}");
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(at_a_rate_a_target_that_stalls_is_seen_as_theory_has_it);
async fn at_a_rate_a_target_that_stalls_is_seen_as_theory_has_it(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let library = site.open(browser).await?;
    // Four whole periods, so that it does not matter where in one they begin.
    let stalls = Stalls { every_ms: 1_000.0, pause_ms: 400.0 };
    let scenario = |pacing: &str, n: u32| {
        json!({
            "target": { "url": stalls.path() }, "clients": ["js-fetch:reused"], "pacing": [pacing], "rate": 100, "n": n,
            "rounds": 1, "warmup": 1,
        })
    };
    // A busy machine stands still now and then; a latency that is counted wrongly is so each time.
    let mut far = usize::MAX;
    let mut told = None;
    for _ in 0..3 {
        (far, told) = far_from_theory(&library, scenario("rate", 400), stalls).await?;
        if far <= 20 {
            break;
        }
    }
    assert!(far <= 20, "{far} of 400 are far from theory");
    let told = told.ok_or("no latency")?;

    // A sender that waits for each answer meets few pauses, and would call the same target quick.
    let (closed, _) = library.measure(scenario("sequential", 400)).await?.whole()?;
    let closed = closed.variants[0].latency_ms.as_ref().ok_or("no latency")?;
    assert!(closed.p95 < 0.2 * told.p95, "{closed:?} {told:?}");
    site.lab.stop().await;
    Ok(())
}

/// How many of 400 requests at a rate took much longer or shorter than theory has it, and what the report tells of all.
async fn far_from_theory(
    library: &Library<'_>,
    scenario: Value,
    stalls: Stalls,
) -> Result<(usize, Option<Latency>), Box<dyn std::error::Error>> {
    let (report, rounds) = library.measure(scenario).await?.whole()?;
    assert_eq!(report.variants[0].requests.ok, 400);
    let mut seen: Vec<f64> = rounds
        .iter()
        .filter(|round| round.block.is_some())
        .flat_map(|round| &round.samples)
        .map(|sample| sample.ended_ms - sample.intended_ms)
        .collect();
    seen.sort_by(f64::total_cmp);
    assert_eq!(seen.len(), 400);
    let off: Vec<f64> = seen
        .iter()
        .enumerate()
        .map(|(rank, latency)| latency - stalls.wait_ms((rank as f64 + 0.5) / 400.0))
        .collect();
    // What is added is the request itself, and being one of the forty that are due while the lab stands still: how long so many take
    // at once is the machine's affair.
    let burst = json!({
        "target": { "url": "/lab/ping" }, "clients": ["js-fetch:reused"], "n": 40, "concurrency": [40], "rounds": 5,
    });
    let burst = library.measure(burst).await?.whole()?.0.variants[0].round_median_ms.ok_or("no round")?;
    let allowed = 40.0 + 2.0 * burst;
    let late: Vec<&f64> = off.iter().filter(|off| !(-15.0..allowed).contains(*off)).collect();
    if late.len() > 20 {
        eprintln!("far from theory: {late:?}");
    }
    let told = report.variants[0].latency_ms.as_ref().ok_or("no latency")?;
    // Added up in another order the last digit may be another.
    let is_told = |told: f64, seen: f64| (told - seen).abs() < 1e-6;
    assert!(is_told(told.p90, seen[359]) && is_told(told.p95, seen[379]), "{told:?}");
    Ok((late.len(), report.variants[0].latency_ms.clone()))
}
