use super::*;
use crate::{
    report::{
        Report,
        fixture::{A, two_rows, two_targets, whole},
    },
    samples::{ConnectionLabel, ErrorClass, Evidence, OutcomeWord, Phase, RoundSamples, SampleRecord},
};
use ::csv::ReaderBuilder;
use insta::assert_snapshot;

pub(super) fn lines(csv: &str) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn csv_is_as_it_was() {
    let csv = rounds_csv(&whole());
    assert!(csv.ends_with("\r\n"), "RFC 4180");
    assert_snapshot!(csv);
}

#[test]
fn of_several_targets_each_line_names_its_own() {
    let report = two_targets();
    let csv = lines(&rounds_csv(&report));
    assert_eq!(csv[0][..3], ["id", "target", "runtime"]);
    assert_eq!(csv[1][..3], [&format!("staging:{A}"), "staging", "browser"]);
    let tsv = table_tsv(&report);
    let heads: Vec<_> = tsv.lines().next().unwrap().split('\t').collect();
    assert_eq!(heads[..3], ["id", "target", "runtime"]);
    assert!(tsv.lines().nth(3).unwrap().starts_with(&format!("production:{A}\tproduction\t")), "{tsv}");
    let log = hdr(&report).unwrap();
    assert!(log.contains(&format!("production:{A}: no times")), "{log}");
}

#[test]
fn an_hdr_log_is_as_it_was() {
    let mut report = whole();
    report.variants[0].latency_ms = None;
    let log = hdr(&report).unwrap();
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
        phases_ms: [(Phase::Queue, 0.5)].into(),
    }
}

#[test]
fn samples_are_as_they_were() {
    let round = |variant, block| RoundSamples {
        session: None,
        variant,
        block,
        complete: true,
        wall_ms: 4.0,
        samples: vec![sample(7), sample(8)],
    };
    // A round of no row is left out.
    let rounds = [round(1, None), round(0, Some(3)), round(9, Some(0))];
    assert_snapshot!(samples_csv(&two_rows(), &rounds));
    let rounds = [Some(3), None].map(|session| RoundSamples { session, ..round(1, Some(2)) });
    let of_sessions = lines(&samples_csv(&two_rows(), &rounds));
    let column = of_sessions[0].iter().position(|column| column == "session").unwrap();
    assert_eq!(of_sessions[0][column + 1], "block");
    assert_eq!([&of_sessions[1][column], &of_sessions[3][column]], ["session-3", ""]);
}

#[test]
fn what_a_log_cannot_hold_is_an_error() {
    let mut damaged = two_rows();
    damaged.variants[0].latency_ms.as_mut().unwrap().histogram = "%".into();
    let error = hdr(&damaged).unwrap_err().to_string();
    assert!(error.contains(A) && error.contains("base64"), "{error}");
    let undated = Report { started_at: "yesterday".into(), ..two_rows() };
    assert_eq!(hdr(&undated), Err(ExportError::StartedAt("yesterday".into())));
    let endless = Report { duration_ms: f64::NAN, ..two_rows() };
    assert!(hdr(&endless).is_err());
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
