use super::*;
use crate::{
    comparison::Terms,
    fixture::report as plain,
    gate::GateOutcome,
    label::{ConnectionLabel, Evidence},
    lifecycle_comparison::fresh_against_reused,
    report::{Ending, Requests, Runtime, RuntimeReport, VariantReport},
    sample::ErrorClass,
    sample_record::{OutcomeWord, RoundSamples, SampleRecord},
    summary::Times,
    timing::Phase,
    validity::{Finding, FindingCode, Severity},
};
use ::csv::ReaderBuilder;
use insta::assert_snapshot;
use proptest::prelude::*;
use quick_xml::events::Event;
use std::collections::BTreeMap;

const A: &str = "gloo-net:reused:warm:concurrent-100";
const B: &str = "gloo-net:fresh:warm:concurrent-100";

/// Two rows of three rounds; the second takes 1.5 times as long.
fn report() -> Report {
    let mut report = plain(&[(A, &[100.0, 102.0, 98.5]), (B, &[150.0, 153.0, 147.75])]);
    report.variants[1].lifecycle = crate::factors::Lifecycle::Fresh;
    report.scenario.target.url = "https://example.com/<a|b>".into();
    report.environment.user_agent = "Browser/1".into();
    for row in &mut report.variants {
        took(row, 100);
        row.requests_per_second = Some(1_234.5);
    }
    report
}

/// Gives a row so many requests, which took 1 ms, 2 ms and so on.
fn took(row: &mut VariantReport, requests: u32) {
    let mut times = Times::new().unwrap();
    (1..=requests).for_each(|ms| times.add(f64::from(ms)));
    row.latency_ms = times.latency().unwrap();
}

/// The report whose exports are kept: all that they show, and texts from outside that their format could take for its own.
fn whole() -> Report {
    let mut report = report();
    let second = |row: &VariantReport| VariantReport {
        client: "=ky,\"x\"".into(),
        id: format!("ky,b c:{}", row.lifecycle),
        ..row.clone()
    };
    let more: Vec<VariantReport> = report.variants.iter().map(second).collect();
    report.variants.extend(more);
    let [_, failing, few, fewer] = &mut report.variants[..] else { panic!("four rows") };
    failing.rounds[2].voided = true;
    failing.requests = Requests { issued: 300, ok: 299, failed: 1, aborted: 0 };
    failing.errors = BTreeMap::from([(ErrorClass::Network, 1)]);
    failing.error_messages = BTreeMap::from([(ErrorClass::Network, vec!["<img src=x>".into()])]);
    // Too few for some percentiles.
    took(few, 99);
    took(fewer, 19);
    report.comparisons = crate::comparison::compare(&report.variants, 0.05);
    report.lifecycles = fresh_against_reused(&report.variants, Terms::of(&report));
    report.started_at = "2026-01-02T03:04:05.250Z".into();
    report.environment.cores = Some(2);
    report.environment.runtimes = vec![RuntimeReport {
        name: Runtime::Python,
        version: "3.12.1".into(),
        libraries: BTreeMap::from([("httpx".into(), "1.0".into()), ("requests".into(), "2.9".into())]),
    }];
    report.validity = vec![finding(FindingCode::Redirects)];
    report
}

fn finding(code: FindingCode) -> Finding {
    Finding { code, severity: Severity::Weakens, variant: None, count: 600, detail: None }
}

fn gates() -> Vec<Gate> {
    vec![
        Gate::new("p95<200ms", GateOutcome::Passed, "p95 is 95 ms."),
        Gate::new("failed==0", GateOutcome::Crossed, "<b>\u{1}&\"quoted\"</b>"),
        Gate::new("a/b<1.05", GateOutcome::Unresolved, "The rounds do not tell."),
    ]
}

pub(super) fn lines(csv: &str) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn csv_is_as_it_was() {
    let csv = export(&whole(), Format::Csv, &gates()).unwrap();
    assert!(csv.ends_with("\r\n"), "RFC 4180");
    assert_snapshot!(csv);
}

#[test]
fn markdown_is_as_it_was() {
    assert_snapshot!(export(&whole(), Format::Markdown, &gates()).unwrap());
}

#[test]
fn markdown_in_korean_is_as_it_was() {
    let report = Report { ending: Ending::Stopped, ..whole() };
    assert_snapshot!(export_in(&report, Format::Markdown, &[], Language::Korean).unwrap());
}

#[test]
fn markdown_of_a_refused_comparison_is_as_it_was() {
    let mut report = report();
    report.variants.iter_mut().for_each(|row| row.connections.cached = 300);
    report.comparisons = crate::comparison::compare(&report.variants, 0.05);
    report.lifecycles = fresh_against_reused(&report.variants, Terms::of(&report));
    report.validity = vec![finding(FindingCode::CachedAnswers)];
    // Of one client alone nothing is said client by client.
    assert_snapshot!(export(&report, Format::Markdown, &[]).unwrap());
}

#[test]
fn junit_is_as_it_was() {
    let mut report = report();
    report.scenario.target.url = "a\u{0}b\u{fffe}<&\"'>".into();
    assert_snapshot!(export(&report, Format::Junit, &gates()).unwrap());
}

#[test]
fn junit_without_gates_has_the_run_as_its_case() {
    assert_snapshot!(export(&report(), Format::Junit, &[]).unwrap());
    let stopped = Report { ending: Ending::Stopped, ..report() };
    assert_snapshot!(export(&stopped, Format::Junit, &[]).unwrap());
    // A run that came to nothing; its time would have an exponent.
    assert_snapshot!(
        junit_of_failure("/lab/ping", "2026-01-01T00:00:00.000Z", 1e-7, "No <driver>.").unwrap()
    );
}

#[test]
fn an_hdr_log_is_as_it_was() {
    let mut report = whole();
    report.variants[0].latency_ms = None;
    let log = export(&report, Format::Hdr, &[]).unwrap();
    // A histogram's bytes are those of a compressor; that they are read back is shown where formats are.
    let shown = |line: &str| match line.rsplit_once(',') {
        Some((figures, _)) if line.starts_with("Tag=") => format!("{figures},…"),
        _ => line.to_owned(),
    };
    let log = log.replace(crate::VERSION, "(version)");
    assert_snapshot!(log.lines().map(shown).collect::<Vec<_>>().join("\n"));
}

pub(super) fn sample(index: u32) -> SampleRecord {
    SampleRecord {
        index,
        intended_ms: 1.0,
        called_ms: 1.25,
        started_ms: None,
        request_ms: Some(2.0),
        ended_ms: 3.5,
        outcome: OutcomeWord::Failed,
        error: Some(ErrorClass::Network),
        message: Some("-Failed to\n\"fetch\"".into()),
        status: None,
        body_bytes: 0,
        connection: ConnectionLabel::New,
        evidence: Evidence::Server,
        tied: false,
        socket: Some(4),
        nth: Some(1),
        protocol: Some("h2".into()),
        transfer_bytes: None,
        encoded_bytes: None,
        decoded_bytes: None,
        redirected: false,
        phases_ms: BTreeMap::from([(Phase::Queue, 0.5)]),
    }
}

#[test]
fn samples_are_as_they_were() {
    let round = |variant, block| RoundSamples {
        variant,
        block,
        complete: true,
        wall_ms: 4.0,
        samples: vec![sample(7), sample(8)],
    };
    // A round of no row is left out.
    let rounds = [round(1, None), round(0, Some(3)), round(9, Some(0))];
    assert_snapshot!(samples_csv(&report(), &rounds));
}

#[test]
fn where_most_fail_the_time_of_a_round_is_not_called_that_of_its_requests() {
    // So many of each round's 100 failed.
    let lead = |failed: [u64; 3]| {
        let mut report = report();
        let row = &mut report.variants[0];
        for (round, failed) in row.rounds.iter_mut().zip(failed) {
            (round.ok, round.failed) = (100 - failed, failed);
        }
        let failed = failed.into_iter().sum();
        row.requests = Requests { issued: 300, ok: 300 - failed, failed, aborted: 0 };
        row.errors = if failed > 0 { [(ErrorClass::Http4xx, failed)].into() } else { BTreeMap::new() };
        export(&report, Format::Markdown, &[]).unwrap()
    };
    // 1 % is tolerated, as it is between rows.
    let plain = "- 100 requests with js-fetch, reused took 100 ms, ";
    assert!(lead([1, 1, 1]).contains(plain), "{}", lead([1, 1, 1]));
    // A round of failures alone does not count: of those that do, every request succeeded.
    assert!(lead([100, 0, 0]).contains(plain), "{}", lead([100, 0, 0]));
    let said = "- Rounds of 100 requests with js-fetch, reused took 100 ms, the median of 3 rounds, though only 3 of 300 requests \
                succeeded; over all these rounds it was 1,235 successful requests per second.";
    let often = lead([99, 99, 99]);
    assert!(often.contains(said) && !often.contains(plain), "{often}");
}

proptest! {
    #![proptest_config(crate::fixture::same_each_time(64))]

    #[test]
    fn text_from_anybody_stays_in_its_place(words in prop::collection::vec(any::<String>(), 2)) {
        let mut report = report();
        report.variants[0].client = words[0].clone();
        report.environment.user_agent = words[1].clone();
        let gates = [Gate::new(words[0].clone(), GateOutcome::Crossed, words[1].clone())];
        let xml = export(&report, Format::Junit, &gates).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut cases = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(element) => cases += u32::from(element.name().as_ref() == "testcase"),
                _ => {}
            }
        }
        prop_assert_eq!(cases, 1);
        let markdown = export(&report, Format::Markdown, &gates).unwrap();
        prop_assert_eq!(markdown.lines().filter(|line| line.starts_with("| ")).count(), 3);
    }
}

#[test]
fn what_a_log_cannot_hold_is_an_error() {
    let mut damaged = report();
    damaged.variants[0].latency_ms.as_mut().unwrap().histogram = "%".into();
    let error = export(&damaged, Format::Hdr, &[]).unwrap_err().to_string();
    assert!(error.contains(A) && error.contains("base64"), "{error}");
    let undated = Report { started_at: "yesterday".into(), ..report() };
    assert_eq!(export(&undated, Format::Hdr, &[]), Err(ExportError::StartedAt("yesterday".into())));
    let endless = Report { duration_ms: f64::NAN, ..report() };
    assert!(export(&endless, Format::Hdr, &[]).is_err());
}

#[test]
fn formats_are_known_by_word_and_by_file_name() {
    for format in Format::ALL {
        assert_eq!(format.word().parse(), Ok(*format));
        assert_eq!(Format::of_extension(format.extension()), Some(*format));
    }
    assert_eq!(Format::of_extension("MD"), Some(Format::Markdown));
    assert!("yaml".parse::<Format>().unwrap_err().to_string().contains("json, csv, markdown, junit or hdr"));
}
