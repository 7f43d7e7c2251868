//! A report that someone else wrote: refused in a sentence, or all that is done with reports can be done with it.
#![no_main]

use fetchmark_core::{
    export::Format, gates::threshold::Threshold, report::Report, scenario::params::Language,
};
use fetchmark_text::export::{Compared, export};
use libfuzzer_sys::fuzz_target;

const THRESHOLDS: [&str; 5] =
    ["p95<200ms", "failed_share==0%", "new_connections<=6", "rps>1", "gloo-net/js-fetch<1.05"];

fuzz_target!(|json: &str| {
    let report = match Report::from_json(json) {
        Ok(report) => report,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    let gates: Vec<_> = THRESHOLDS
        .iter()
        .filter_map(|text| text.parse::<Threshold>().ok())
        .map(|threshold| threshold.judge(&report))
        .collect();
    assert_eq!(gates.len(), THRESHOLDS.len());
    for format in Format::ALL {
        // A damaged histogram is an error, and nothing worse.
        let written = export(&report, *format, &gates, Language::English);
        assert!(written.is_ok() || *format == Format::Hdr, "{format}: {written:?}");
    }
    drop(export(&report, Format::Markdown, &gates, Language::Korean));
    let written = export(&report, Format::Json, &[], Language::English).unwrap_or_default();
    let read = Report::from_json(&written);
    assert!(read.as_ref() == Ok(&report), "{read:?}");
    let compared = Compared::of(&report, &report);
    for format in [Format::Json, Format::Csv, Format::Markdown, Format::Junit] {
        assert!(compared.export(format).is_ok(), "{format}");
    }
});
