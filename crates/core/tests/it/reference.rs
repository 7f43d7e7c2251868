//! Statistics compared with values that SciPy and an independent HDR histogram computed.
//!
//! `tests/it/data/reference.py` made `tests/it/data/reference.json`, and says how.

use fetchmark_core::stats::{
    histogram::LatencyHistogram,
    holm,
    student::{MeanError, trimmed_each_end},
    summary::{Times, nearest_rank},
};
use serde_json::Value;
use statrs::distribution::{ContinuousCDF, StudentsT};

fn reference(name: &str) -> Vec<Value> {
    let mut reference: Value = serde_json::from_str(include_str!("data/reference.json")).unwrap();
    serde_json::from_value(reference[name].take()).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(number).collect()
}

/// Equal to nine digits.
#[track_caller]
fn near(ours: f64, theirs: &Value) {
    let theirs = number(theirs);
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-3), "ours {ours}, SciPy's {theirs}");
}

#[test]
fn t_quantiles() {
    for quantile in reference("t_quantiles") {
        let student = StudentsT::new(0.0, 1.0, number(&quantile["freedom"])).unwrap();
        near(-student.inverse_cdf(1.0 - number(&quantile["probability"])), &quantile["t"]);
    }
}

#[test]
fn trimmed_means_their_intervals_and_p_values() {
    for sample in reference("intervals") {
        let values = numbers(&sample["values"]);
        let each_end = sample["each_end"].as_u64().unwrap() as usize;
        let ours = MeanError::trimmed(&values, each_end).unwrap();
        near(ours.mean, &sample["mean"]);
        near(ours.standard_error, &sample["error"]);
        assert_eq!(ours.freedom, sample["freedom"]);
        for interval in sample["intervals"].as_array().unwrap() {
            let (low, high) = ours.interval(number(&interval["alpha"])).unwrap();
            near(low, &interval["ends"][0]);
            near(high, &interval["ends"][1]);
        }
        if each_end == trimmed_each_end(values.len()) {
            assert_eq!(MeanError::of(&values), Some(ours));
        }
        near(ours.two_sided_p(0.0).unwrap(), &sample["p_is_zero"]);
        let limit = 1.05_f64.ln();
        let tost = ours.upper_p(-limit).unwrap().max(ours.lower_p(limit).unwrap());
        near(tost, &sample["p_tost_5_percent"]);
    }
}

#[test]
fn differences_of_two_samples() {
    let samples = reference("unpaired");
    assert!(samples.len() >= 5);
    for sample in samples {
        let [one, other] = ["one", "other"].map(|name| MeanError::of(&numbers(&sample[name])).unwrap());
        let ours = one.minus(&other);
        near(ours.freedom, &sample["freedom"]);
        near(ours.two_sided_p(0.0).unwrap(), &sample["p"]);
        if !sample["low"].is_null() {
            let (low, high) = ours.interval(0.05).unwrap();
            near(low, &sample["low"]);
            near(high, &sample["high"]);
        }
    }
}

#[test]
fn holm_adjusted_p_values() {
    for family in reference("holm") {
        let adjusted = holm::adjusted(&numbers(&family["p"]));
        adjusted
            .into_iter()
            .zip(family["adjusted"].as_array().unwrap())
            .for_each(|(ours, theirs)| near(ours, theirs));
    }
}

#[test]
fn percentiles_by_nearest_rank() {
    for sample in reference("percentiles") {
        let mut values = numbers(&sample["values"]);
        let mut times = Times::new().unwrap();
        values.iter().for_each(|ms| times.add(*ms));
        let latency = times.latency().unwrap().unwrap();
        values.sort_by(f64::total_cmp);
        let theirs = sample["nearest_rank"].as_array().unwrap();
        for (theirs, ours) in theirs.iter().zip([latency.p50, latency.p90, latency.p95, latency.p99]) {
            let ranked = nearest_rank(&values, number(&theirs["percentile"]) / 100.0).unwrap();
            assert_eq!((ranked, ours), (number(&theirs["value"]), number(&theirs["value"])), "{theirs}");
        }
    }
}

#[test]
fn another_hdr_tool_writes_the_same_histograms() {
    for encoded in reference("histograms") {
        let name = &encoded["name"];
        let theirs = LatencyHistogram::from_base64(encoded["encoded"].as_str().unwrap()).unwrap();
        assert_eq!(theirs.count(), encoded["count"], "{name}");
        for percentile in encoded["percentiles_us"].as_array().unwrap() {
            let ms = theirs.quantile_ms(number(&percentile["percentile"]) / 100.0).unwrap();
            assert_eq!((ms * 1_000.0).round() as u64, percentile["us"], "{name}, {percentile}");
        }
        let mut ours = LatencyHistogram::new().unwrap();
        numbers(&encoded["times_ms"]).iter().for_each(|ms| ours.record(*ms));
        // Compressors differ in their bytes; read back and written by one of them, equal content is equal text.
        assert_eq!(ours.to_base64().unwrap(), theirs.to_base64().unwrap(), "{name}");
    }
}
