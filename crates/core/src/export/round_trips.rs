//! What is written is read back by a reader of that format, and is what was written.

use super::tests::{lines, sample};
use super::*;
use crate::{
    report::{
        Report, RoundReport,
        fixture::report as plain,
        link::{pack, unpack},
    },
    samples::{RoundSamples, SampleRecord},
    stats::{histogram::LatencyHistogram, summary::Times},
};
use hdrhistogram::serialization::interval_log::{IntervalLogIterator, LogEntry};
use proptest::prelude::*;

/// A few rows of a few rounds, any of which may be voided; some rows without times. Texts are anybody's.
fn reports() -> impl Strategy<Value = Report> {
    let round = (0.001_f64..1e7, 0_u64..1_000, 0_u64..1_000, any::<bool>());
    let row = (
        prop::collection::vec(round, 0..6),
        prop::collection::vec(0.01_f64..60_000.0, 0..20),
        "[a-z:,. -]{1,12}",
        any::<String>(),
    );
    prop::collection::vec(row, 1..4).prop_map(|rows| {
        let ids: Vec<String> =
            rows.iter().enumerate().map(|(nth, (_, _, id, _))| format!("{nth}{id}")).collect();
        let named: Vec<(&str, &[f64])> = ids.iter().map(|id| (id.as_str(), &[1.0][..])).collect();
        let mut report = plain(&named);
        for (variant, (rounds, latencies, _, text)) in report.variants.iter_mut().zip(rows) {
            variant.client = text;
            let round = |(block, (wall_ms, ok, failed, voided))| RoundReport {
                session: 0,
                block,
                start_ms: None,
                wall_ms,
                ok,
                failed,
                voided,
            };
            variant.rounds = (0..).zip(rounds).map(round).collect();
            let mut times = Times::new().unwrap();
            latencies.into_iter().for_each(|ms| times.add(ms));
            variant.latency_ms = times.latency().unwrap();
        }
        report
    })
}

fn samples() -> impl Strategy<Value = Vec<SampleRecord>> {
    let fields = (any::<u32>(), 0.0_f64..1e6, any::<Option<u16>>(), any::<u64>(), any::<Option<String>>());
    let record = fields.prop_map(|(index, called_ms, status, body_bytes, message)| SampleRecord {
        called_ms,
        status,
        body_bytes,
        message,
        ..sample(index)
    });
    prop::collection::vec(record, 0..5)
}

/// What a spreadsheet would calculate is written after an apostrophe.
fn is_written_as(read: &str, text: &str) -> bool {
    read == text || read.strip_prefix('\'') == Some(text)
}

proptest! {
    #![proptest_config(crate::report::fixture::same_each_time(64))]

    #[test]
    fn json_is_the_report_itself(report in reports()) {
        let json = json(&report).unwrap();
        prop_assert!(json.ends_with("}\n") && json.contains("\n  \"schema\""), "{}", json);
        prop_assert_eq!(Report::from_json(&json).unwrap(), report);
    }

    #[test]
    fn a_link_holds_the_same_when_it_is_packed_again(report in reports()) {
        let text = pack(&report).unwrap();
        let read = unpack(&text).unwrap();
        prop_assert_eq!(pack(&read).unwrap(), text);
        let within = |a: f64, b: f64| (a - b).abs() <= b.abs() * 1e-6;
        prop_assert_eq!((&read.scenario, &read.environment), (&report.scenario, &report.environment));
        prop_assert_eq!(read.variants.len(), report.variants.len());
        for (read, written) in read.variants.iter().zip(&report.variants) {
            prop_assert_eq!((&read.id, &read.client, read.requests), (&written.id, &written.client, written.requests));
            prop_assert_eq!(read.rounds.len(), written.rounds.len());
            for (read, written) in read.rounds.iter().zip(&written.rounds) {
                prop_assert!(within(read.wall_ms, written.wall_ms));
                prop_assert_eq!((read.ok, read.failed, read.voided), (written.ok, written.failed, written.voided));
            }
            prop_assert_eq!(read.latency_ms.is_some(), written.latency_ms.is_some());
            for (read, written) in read.latency_ms.iter().zip(&written.latency_ms) {
                prop_assert_eq!((read.count, &read.histogram), (written.count, &written.histogram));
                prop_assert!(within(read.p99, written.p99));
                prop_assert_eq!(read.quantiles.len(), written.quantiles.len());
                for ((_, read), (_, written)) in read.quantiles.iter().zip(&written.quantiles) {
                    prop_assert!((read - written).abs() <= 2e-3 * written + 1e-3, "{} {}", read, written);
                }
            }
        }
    }

    #[test]
    fn a_line_of_csv_is_a_round(report in reports()) {
        let read = lines(&rounds_csv(&report));
        let rounds = report.variants.iter().flat_map(|row| row.rounds.iter().map(move |round| (row, round)));
        prop_assert_eq!(read.len() - 1, rounds.clone().count());
        let column = |name: &str| read[0].iter().position(|column| column == name).unwrap();
        for (line, (row, round)) in read[1..].iter().zip(rounds) {
            prop_assert!(is_written_as(&line[column("id")], &row.id));
            prop_assert!(is_written_as(&line[column("client")], &row.client));
            prop_assert_eq!(line[column("block")].parse(), Ok(round.block));
            prop_assert_eq!(line[column("wall_ms")].parse(), Ok(round.wall_ms));
            prop_assert_eq!(line[column("ok")].parse(), Ok(round.ok));
            prop_assert_eq!(line[column("failed")].parse(), Ok(round.failed));
            prop_assert_eq!(line[column("voided")].parse(), Ok(round.voided));
        }
    }

    #[test]
    fn a_line_of_csv_is_a_request(samples in samples()) {
        let report = plain(&[("a", &[1.0])]);
        let rounds = [RoundSamples {
            session: None,
            variant: 0,
            block: Some(0),
            complete: true,
            wall_ms: 1.0,
            samples,
        }];
        let read = lines(&samples_csv(&report, &rounds));
        prop_assert_eq!(read.len() - 1, rounds[0].samples.len());
        let column = |name: &str| read[0].iter().position(|column| column == name).unwrap();
        for (line, sample) in read[1..].iter().zip(&rounds[0].samples) {
            prop_assert_eq!(line[column("index")].parse(), Ok(sample.index));
            prop_assert_eq!(line[column("called_ms")].parse(), Ok(sample.called_ms));
            prop_assert_eq!(line[column("status")].parse().ok(), sample.status);
            prop_assert_eq!(line[column("body_bytes")].parse(), Ok(sample.body_bytes));
            prop_assert!(is_written_as(&line[column("message")], sample.message.as_deref().unwrap_or_default()));
        }
    }

    #[test]
    fn an_hdr_log_holds_every_row_s_histogram(report in reports()) {
        let log = hdr(&report).unwrap();
        let mut read = IntervalLogIterator::new(log.as_bytes()).map(Result::unwrap).filter_map(|entry| match entry {
            LogEntry::Interval(interval) => Some(interval),
            _ => None,
        });
        for latency in report.variants.iter().filter_map(|row| row.latency_ms.as_ref()) {
            let interval = read.next().unwrap();
            let histogram = LatencyHistogram::from_base64(interval.encoded_histogram()).unwrap();
            prop_assert_eq!(histogram.count(), latency.count);
            // A histogram knows a time to three digits.
            for (quantile, ms) in [(0.5, latency.p50), (0.99, latency.p99)] {
                let read = histogram.quantile_ms(quantile).unwrap();
                prop_assert!((read / ms - 1.0).abs() < 2e-3, "{} and not {}", read, ms);
            }
        }
        prop_assert!(read.next().is_none());
    }
}
