use super::*;
use crate::{
    comparison::Terms,
    fixture::report as plain,
    gate::GateOutcome,
    histogram::LatencyHistogram,
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
use hdrhistogram::serialization::interval_log::{IntervalLogIterator, LogEntry};
use proptest::prelude::*;
use quick_xml::{XmlVersion, events::Event};
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
        let mut times = Times::new().unwrap();
        (1..=100).for_each(|ms| times.add(f64::from(ms)));
        row.latency_ms = times.latency().unwrap();
        row.requests_per_second = Some(1_234.5);
    }
    report
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
fn json_is_the_report() {
    let json = export(&report(), Format::Json, &gates()).unwrap();
    assert_eq!(Report::from_json(&json).unwrap(), report());
    assert!(json.ends_with("}\n") && json.contains("\n  \"schema\""), "{json}");
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

#[test]
fn csv_has_a_line_for_each_round() {
    let mut report = report();
    report.variants[1].client = "=cmd,\"x\"".into();
    report.variants[1].rounds[2].voided = true;
    let csv = export(&report, Format::Csv, &[]).unwrap();
    assert!(csv.starts_with("id,runtime,client,lifecycle,") && csv.ends_with("\r\n"), "{csv}");
    let lines = lines(&csv);
    assert_eq!(lines.len(), 1 + 6);
    let last = [
        B,
        "browser",
        "'=cmd,\"x\"",
        "fresh",
        "warm",
        "concurrent",
        "100",
        "",
        "worker",
        "100",
        "2",
        "147.75",
        "100",
        "0",
        "true",
    ];
    assert_eq!(lines[6], last);
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
fn samples_have_a_line_each() {
    let round = |variant, block| RoundSamples {
        variant,
        block,
        complete: true,
        wall_ms: 4.0,
        samples: vec![sample(7), sample(8)],
    };
    let csv = samples_csv(&report(), &[round(1, None), round(0, Some(3)), round(9, Some(0))]);
    let lines = lines(&csv);
    assert_eq!(lines.len(), 1 + 4, "a round of no row is left out");
    let field = |line: usize, name: &str| {
        let place = lines[0].iter().position(|column| column == name).unwrap();
        lines[line][place].as_str()
    };
    assert_eq!([field(1, "id"), field(1, "block"), field(1, "index")], [B, "", "7"]);
    assert_eq!([field(4, "id"), field(4, "block"), field(4, "index")], [A, "3", "8"]);
    assert_eq!(
        [field(4, "message"), field(4, "error"), field(4, "status")],
        ["'-Failed to\n\"fetch\"", "network", ""]
    );
    assert_eq!([field(4, "queue_ms"), field(4, "dns_ms"), field(4, "request_ms")], ["0.5", "", "2"]);
}

#[test]
fn markdown_says_the_verdicts_first() {
    let mut report = report();
    report.variants[1].requests = Requests { issued: 300, ok: 299, failed: 1, aborted: 0 };
    report.variants[1].errors = BTreeMap::from([(ErrorClass::Network, 1)]);
    report.variants[1].error_messages = BTreeMap::from([(ErrorClass::Network, vec!["<img src=x>".into()])]);
    let text = export(&report, Format::Markdown, &gates()).unwrap();
    let expected = "- fresh: 1 of 300 requests failed: network 1 (“\\<img src=x\\>”).
- network: no answer came that may be read. See whether the address opens in a tab: the host may be unknown, nothing may listen there, or its certificate may not be trusted.
- 100 requests with js-fetch, reused took 100 ms, the median of 3 rounds; over all of them it was 1,235 requests per second.
- “fresh” took 1.50× (1.50–1.50) as long as “reused”: it is slower.

* passed: p95\\<200ms. p95 is 95 ms.
* crossed: failed==0. \\<b\\> \\&\"quoted\"\\</b\\>
* not decided: a/b\\<1.05. The rounds do not tell.

https://example.com/\\<a\\|b\\>

100 requests per round, 3 rounds per row. All rows: js-fetch, warm connections, up to 100 at once.

Browser/1

| Variant | Total for 100 (ms) | Requests per second | p50 (ms) | p95 (ms) | p99 (ms) | Connections new |";
    assert_eq!(&text[..expected.len().min(text.len())], expected);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(
        rows[2..],
        [
            "| reused | 100 | 1,235 | 50.0 | 95.0 | 99.0 | 0 | 0 | 0 | 0 | 0 | baseline |",
            "| fresh | 150 | 1,235 | 50.0 | 95.0 | 99.0 | 0 | 0 | 0 | 0 | 1 | 1.50 (1.50–1.50) |"
        ]
    );
}

#[test]
fn a_percentile_of_too_few_requests_is_not_written() {
    let mut report = report();
    for (row, requests) in report.variants.iter_mut().zip([99, 19]) {
        let mut times = Times::new().unwrap();
        (1..=requests).for_each(|ms| times.add(f64::from(ms)));
        row.latency_ms = times.latency().unwrap();
    }
    let text = export(&report, Format::Markdown, &[]).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert!(rows[2].contains("| 50.0 | 95.0 | – |") && rows[3].contains("| 10.0 | – | – |"), "{text}");
}

#[test]
fn markdown_names_what_was_refused_and_found() {
    let mut report = report();
    report.variants.iter_mut().for_each(|row| row.connections.cached = 300);
    report.comparisons = crate::comparison::compare(&report.variants, 0.05);
    report.validity = vec![Finding {
        code: FindingCode::CachedAnswers,
        severity: Severity::Weakens,
        variant: None,
        count: 600,
        detail: None,
    }];
    let text = export(&report, Format::Markdown, &[]).unwrap();
    assert!(text.contains("- “fresh” was not compared with “reused”. Answers came from a cache"), "{text}");
    assert!(
        text.contains("| not compared |")
            && text.ends_with("\n\n- weakens: 600 answers came from a cache, not from the target.\n"),
        "{text}"
    );
}

#[test]
fn markdown_holds_each_client_to_itself_and_says_what_it_was_measured_on() {
    let mut report = report();
    let second = |row: &VariantReport| VariantReport {
        client: "ky".into(),
        id: format!("ky:{}", row.lifecycle),
        ..row.clone()
    };
    let more: Vec<VariantReport> = report.variants.iter().map(second).collect();
    assert!(!export(&report, Format::Markdown, &[]).unwrap().contains("client by client"));
    report.variants.extend(more);
    report.lifecycles = fresh_against_reused(&report.variants, Terms::of(&report));
    report.environment.cores = Some(2);
    report.environment.runtimes = vec![RuntimeReport {
        name: Runtime::Python,
        version: "3.12.1".into(),
        libraries: BTreeMap::from([("httpx".into(), "1.0".into()), ("requests".into(), "2.9".into())]),
    }];
    let text = export(&report, Format::Markdown, &[]).unwrap();
    let expected = "
Fresh ÷ reused, client by client:

| Client | Reused (ms) | Fresh (ms) | Fresh ÷ reused | Fresh is |
|---|---:|---:|---:|---:|
| js-fetch, warm connections, up to 100 at once | 100 | 150 | 1.50 (1.50–1.50) | slower |
| ky, warm connections, up to 100 at once | 100 | 150 | 1.50 (1.50–1.50) | slower |
";
    assert!(text.ends_with(expected), "{text}");
    assert!(text.contains("\nBrowser/1; 2 cores; Python 3.12.1 (httpx 1.0, requests 2.9)\n"), "{text}");
}

#[test]
fn markdown_speaks_korean() {
    let report = Report { ending: Ending::Stopped, ..report() };
    let text = export_in(&report, Format::Markdown, &[], Language::Korean).unwrap();
    let expected = "- 측정이 끝나기 전에 중지되었습니다. 끝난 라운드는 남아 있습니다.
- js-fetch, 재사용: 요청 100개에 100 ms 걸렸습니다(라운드 3개의 중앙값). 모든 라운드를 합하면 초당 요청 1,235개입니다.
- “매번 생성”: “재사용”의 1.50배(1.50–1.50) 시간이 걸렸습니다. 더 느립니다.
";
    assert!(text.starts_with(expected) && text.contains("| 변형 |") && text.contains("| 기준 |"), "{text}");
}

#[test]
fn junit_has_a_case_for_each_gate() {
    let mut report = report();
    report.scenario.target.url = "a\u{0}b\u{fffe}<&\"'>".into();
    let xml = export(&report, Format::Junit, &gates()).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut seen = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => {
                let attributes = element.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    (
                        attribute.key.as_ref().to_owned(),
                        attribute.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned(),
                    )
                });
                let name = element.name().as_ref().to_owned();
                seen.push((name, attributes.collect::<BTreeMap<_, _>>()));
            }
            _ => {}
        }
    }
    let names: Vec<&str> = seen.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["testsuites", "testsuite", "testcase", "system-out", "testcase", "failure", "testcase", "skipped"]
    );
    assert_eq!([&seen[0].1["tests"], &seen[0].1["failures"], &seen[0].1["skipped"]], ["3", "1", "1"]);
    assert_eq!(seen[1].1["name"], "a\u{fffd}b\u{fffd}<&\"'>");
    assert_eq!(seen[4].1["name"], "failed==0");
    assert_eq!(seen[5].1["message"], "<b>\u{fffd}&\"quoted\"</b>");
}

#[test]
fn junit_without_gates_has_the_run_as_its_case() {
    let mut report = report();
    let xml = export(&report, Format::Junit, &[]).unwrap();
    assert!(xml.contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""), "{xml}");
    assert_eq!(xml.matches("<testcase name=\"the run\"").count(), 1, "{xml}");
    report.ending = Ending::Stopped;
    let xml = export(&report, Format::Junit, &[]).unwrap();
    assert!(xml.contains("tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""), "{xml}");
    assert_eq!(xml.matches("<testcase name=\"the run\"").count(), 1, "{xml}");
}

proptest! {
    #[test]
    fn text_from_anybody_stays_in_its_place(words in prop::collection::vec(any::<String>(), 2)) {
        let mut report = report();
        report.variants[0].client = words[0].clone();
        report.environment.user_agent = words[1].clone();
        let gates = [Gate::new(words[0].clone(), GateOutcome::Crossed, words[1].clone())];
        let csv = lines(&export(&report, Format::Csv, &[]).unwrap());
        prop_assert_eq!(csv.len(), 7);
        prop_assert!(csv[1][2].trim_start_matches('\'').ends_with(words[0].trim_start_matches('\'')));
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
        prop_assert_eq!(Report::from_json(&export(&report, Format::Json, &[]).unwrap()).unwrap(), report);
    }
}

#[test]
fn an_hdr_log_is_read_by_its_own_reader() {
    let mut report = report();
    report.variants[1].id = "a,b c".into();
    report.started_at = "2026-01-02T03:04:05.250Z".into();
    let log = export(&report, Format::Hdr, &[]).unwrap();
    let entries: Vec<_> = IntervalLogIterator::new(log.as_bytes()).map(Result::unwrap).collect();
    let [
        LogEntry::StartTime(start),
        LogEntry::BaseTime(base),
        LogEntry::Interval(first),
        LogEntry::Interval(second),
    ] = &entries[..]
    else {
        panic!("{entries:?}")
    };
    assert_eq!((start.as_secs_f64(), base), (1_767_323_045.25, start));
    assert_eq!((first.tag().unwrap().as_str(), second.tag().unwrap().as_str()), (A, "a_b_c"));
    assert_eq!((first.start_timestamp().as_secs_f64(), first.duration().as_secs_f64()), (0.0, 1.0));
    assert!((first.max() - 100.0).abs() < 0.1, "{}", first.max());
    let read = LatencyHistogram::from_base64(first.encoded_histogram()).unwrap();
    assert_eq!((read.count(), read.quantile_ms(0.5).map(f64::round)), (100, Some(50.0)));
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
    let mut timeless = report();
    timeless.variants.iter_mut().for_each(|row| row.latency_ms = None);
    assert!(export(&timeless, Format::Hdr, &[]).unwrap().contains(&format!("#{A}: no times\n")));
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
