//! Statistics held to values that SciPy and an independent HDR histogram computed.
//!
//! `tests/it/data/reference.py` made `tests/it/data/reference.json`, and says how.

use fetchmark_core::stats::{
    histogram::LatencyHistogram,
    holm,
    student::{MeanError, trimmed_each_end},
    summary::{Times, nearest_rank},
};
use serde::Deserialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

#[derive(Deserialize)]
struct Reference {
    t_quantiles: Vec<TQuantile>,
    intervals: Vec<Sample>,
    unpaired: Vec<TwoSamples>,
    holm: Vec<Family>,
    percentiles: Vec<Percentiles>,
    histograms: Vec<Encoded>,
}

#[derive(Deserialize)]
struct TQuantile {
    freedom: f64,
    probability: f64,
    t: f64,
}

#[derive(Deserialize)]
struct Sample {
    values: Vec<f64>,
    each_end: usize,
    mean: f64,
    error: f64,
    freedom: f64,
    intervals: Vec<Interval>,
    p_is_zero: f64,
    p_tost_5_percent: f64,
}

#[derive(Deserialize)]
struct Interval {
    alpha: f64,
    ends: (f64, f64),
}

#[derive(Deserialize)]
struct TwoSamples {
    one: Vec<f64>,
    other: Vec<f64>,
    p: f64,
    freedom: f64,
    low: Option<f64>,
    high: Option<f64>,
}

#[derive(Deserialize)]
struct Family {
    p: Vec<f64>,
    adjusted: Vec<f64>,
}

#[derive(Deserialize)]
struct Percentiles {
    values: Vec<f64>,
    nearest_rank: Vec<Percentile>,
}

#[derive(Deserialize)]
struct Percentile {
    percentile: f64,
    value: f64,
}

#[derive(Deserialize)]
struct Encoded {
    name: String,
    times_ms: Vec<f64>,
    count: u64,
    encoded: String,
    percentiles_us: Vec<PercentileUs>,
}

#[derive(Deserialize)]
struct PercentileUs {
    percentile: f64,
    us: u64,
}

fn reference() -> Result<Reference, serde_json::Error> {
    serde_json::from_str(include_str!("data/reference.json"))
}

/// Equal to nine digits.
#[track_caller]
fn near(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-3), "ours {ours}, SciPy's {theirs}");
}

#[test]
fn t_quantiles() {
    for TQuantile { freedom, probability, t } in reference().unwrap().t_quantiles {
        let student = StudentsT::new(0.0, 1.0, freedom).unwrap();
        near(student.inverse_cdf(1.0 - probability), -t);
    }
}

#[test]
fn trimmed_means_their_errors_and_intervals() {
    for sample in reference().unwrap().intervals {
        let ours = MeanError::trimmed(&sample.values, sample.each_end).unwrap();
        near(ours.mean, sample.mean);
        near(ours.standard_error, sample.error);
        assert_eq!(ours.freedom, sample.freedom);
        for Interval { alpha, ends } in sample.intervals {
            let (low, high) = ours.interval(alpha).unwrap();
            near(low, ends.0);
            near(high, ends.1);
        }
        if sample.each_end == trimmed_each_end(sample.values.len()) {
            assert_eq!(MeanError::of(&sample.values), Some(ours));
        }
    }
}

#[test]
fn p_values_of_difference_and_equivalence() {
    for sample in reference().unwrap().intervals {
        let ours = MeanError::trimmed(&sample.values, sample.each_end).unwrap();
        near(ours.two_sided_p(0.0).unwrap(), sample.p_is_zero);
        let limit = 1.05_f64.ln();
        let tost = ours.upper_p(-limit).unwrap().max(ours.lower_p(limit).unwrap());
        near(tost, sample.p_tost_5_percent);
    }
}

#[test]
fn differences_of_two_samples() {
    let samples = reference().unwrap().unpaired;
    assert!(samples.len() >= 5);
    for TwoSamples { one, other, p, freedom, low, high } in samples {
        let ours = MeanError::of(&one).unwrap().minus(&MeanError::of(&other).unwrap());
        near(ours.freedom, freedom);
        near(ours.two_sided_p(0.0).unwrap(), p);
        if let (Some(low), Some(high)) = (low, high) {
            let ends = ours.interval(0.05).unwrap();
            near(ends.0, low);
            near(ends.1, high);
        }
    }
}

#[test]
fn holm_adjusted_p_values() {
    for Family { p, adjusted } in reference().unwrap().holm {
        for (ours, theirs) in holm::adjusted(&p).into_iter().zip(adjusted) {
            near(ours, theirs);
        }
    }
}

#[test]
fn percentiles_by_nearest_rank() {
    for Percentiles { mut values, nearest_rank: theirs } in reference().unwrap().percentiles {
        let mut times = Times::new().unwrap();
        values.iter().for_each(|ms| times.add(*ms));
        let latency = times.latency().unwrap().unwrap();
        values.sort_by(f64::total_cmp);
        for (Percentile { percentile, value }, summarised) in
            theirs.into_iter().zip([latency.p50, latency.p90, latency.p95, latency.p99])
        {
            assert_eq!(nearest_rank(&values, percentile / 100.0), Some(value), "p{percentile}");
            assert_eq!(summarised, value, "p{percentile}");
        }
    }
}

#[test]
fn what_another_hdr_tool_wrote_is_read() {
    for Encoded { name, count, encoded, percentiles_us, .. } in reference().unwrap().histograms {
        let histogram = LatencyHistogram::from_base64(&encoded).unwrap();
        assert_eq!(histogram.count(), count, "{name}");
        for PercentileUs { percentile, us } in percentiles_us {
            let ours = histogram.quantile_ms(percentile / 100.0).unwrap() * 1_000.0;
            assert_eq!(ours.round() as u64, us, "{name}, p{percentile}");
        }
    }
}

#[test]
fn the_same_times_make_the_same_histogram() {
    for Encoded { name, times_ms, encoded, .. } in reference().unwrap().histograms {
        let mut ours = LatencyHistogram::new().unwrap();
        times_ms.iter().for_each(|ms| ours.record(*ms));
        let theirs = LatencyHistogram::from_base64(&encoded).unwrap();
        // Compressors differ in their bytes; read back and written by one of them, equal content is equal text.
        assert_eq!(ours.to_base64().unwrap(), theirs.to_base64().unwrap(), "{name}");
    }
}
