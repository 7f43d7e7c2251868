//! A whole report as text short enough for a link's fragment, and back.
//!
//! The text is a version, a dot, and the report's JSON, compressed (raw deflate, RFC 1951) and in base64url (RFC 4648 §5) without
//! padding. So that it stays short it leaves out what can be spared: the round shown request by request, when each round began, and the
//! curve of the percentiles, which is read off the histogram again. Measured times and what was computed from them keep
//! 7 significant digits, far finer than any browser's clock; settings and counts stay as they are.

use crate::{
    report::{Report, reading::ReportError},
    stats::{histogram::LatencyHistogram, summary::Latency},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use miniz_oxide::{
    deflate::compress_to_vec,
    inflate::{TINFLStatus, decompress_to_vec_with_limit},
};
use serde_json::{Number, Value};

/// The version of the text that this Fetchmark writes and reads, with the dot behind it.
const VERSION: &str = "1.";

/// The longest text that is written or read, in characters: what every browser takes in an address, and mail programs mostly do.
pub const MOST_CHARACTERS: usize = 64_000;

/// The longest JSON that is written or read this way, in bytes: a small text can be made to unfold into gigabytes. What it is read
/// into may be over ten times as long (a list of empty texts), and stays below 10 MB.
pub const MOST_BYTES: usize = 500_000;

/// Significant digits of a measured time.
const DIGITS: i32 = 7;

/// Deflate's slowest and tightest level.
const LEVEL: u8 = 10;

/// Why a report does not go into a link, or a link holds none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The report or the text is too long.
    #[error(
        "The report is too long for a link (at most {MOST_CHARACTERS} characters and {MOST_BYTES} bytes unfolded). Save it as a file instead."
    )]
    TooLong,
    /// The text is of another version.
    #[error(
        "The link's report is of another version; this Fetchmark reads texts that begin with “{VERSION}”."
    )]
    OtherVersion,
    /// The text was cut short or changed on its way.
    #[error(
        "The link's report is damaged: it was cut short or changed on its way. Ask for the link, or the file, again."
    )]
    Damaged,
    /// What the text unfolds into is no report that can be read.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The report cannot be written as JSON.
    #[error("The report cannot be written: {0}.")]
    NotWritable(String),
}

impl LinkError {
    /// What kind of error it is, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "link-too-long",
            Self::OtherVersion => "link-other-version",
            Self::Damaged => "link-damaged",
            Self::Report(error) => error.code(),
            Self::NotWritable(_) => "link-not-writable",
        }
    }
}

/// Writes a report as text for a link.
///
/// # Errors
/// [`LinkError::TooLong`] if it does not fit.
pub fn pack(report: &Report) -> Result<String, LinkError> {
    let mut spared = report.clone();
    // Whoever reads it makes them again.
    spared.references.clear();
    for variant in spared.all_rows_mut() {
        variant.example_round = None;
        variant.rounds.iter_mut().for_each(|round| round.start_ms = None);
        if let Some(latency) = &mut variant.latency_ms {
            latency.quantiles.clear();
        }
    }
    let mut json =
        serde_json::to_value(&spared).map_err(|error| LinkError::NotWritable(error.to_string()))?;
    for measured in ["variants", "comparisons", "lifecycles", "sessions"] {
        json.get_mut(measured).into_iter().for_each(shorten);
    }
    let json = json.to_string();
    if json.len() > MOST_BYTES {
        return Err(LinkError::TooLong);
    }
    let text = format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(compress_to_vec(json.as_bytes(), LEVEL)));
    if text.len() > MOST_CHARACTERS { Err(LinkError::TooLong) } else { Ok(text) }
}

/// Reads what [`pack`] wrote, as strictly as a file.
///
/// # Errors
/// [`LinkError`]. A hostile text costs no more than [`MOST_BYTES`] and what they are read into.
pub fn unpack(text: &str) -> Result<Report, LinkError> {
    if text.len() > MOST_CHARACTERS {
        return Err(LinkError::TooLong);
    }
    let text = text.strip_prefix(VERSION).ok_or(LinkError::OtherVersion)?;
    let packed = URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkError::Damaged)?;
    let json = decompress_to_vec_with_limit(&packed, MOST_BYTES).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLong,
        _ => LinkError::Damaged,
    })?;
    let json = String::from_utf8(json).map_err(|_| LinkError::Damaged)?;
    let mut report = Report::from_json(&json)?;
    for latency in report.all_rows_mut().filter_map(|variant| variant.latency_ms.as_mut()) {
        draw_curve(latency);
    }
    Ok(report)
}

/// The curve of the percentiles from the histogram. A histogram that cannot be read, or is of other times than the figures beside
/// it, draws none: the figures stand on their own.
fn draw_curve(latency: &mut Latency) {
    if let Ok(histogram) = LatencyHistogram::from_base64(&latency.histogram)
        && histogram.count() == latency.count
    {
        latency.quantiles = histogram.curve(latency.min, latency.max);
    }
}

/// Numbers with a fraction to [`DIGITS`] significant digits, everywhere in a value.
fn shorten(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            if let Some(short) = number.as_f64().map(rounded).and_then(Number::from_f64) {
                *number = short;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(shorten),
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        _ => {}
    }
}

/// Monotone, so that what was in order stays in order.
fn rounded(number: f64) -> f64 {
    if number == 0.0 {
        return number;
    }
    let places = DIGITS - 1 - number.abs().log10().floor() as i32;
    if !(0..=15).contains(&places) {
        return number;
    }
    let scale = 10_f64.powi(places);
    (number * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{report::fixture::report, stats::summary::Times};
    use proptest::prelude::*;

    /// The default scenario's size: three rows, ten rounds of 100 requests each.
    fn measured() -> Report {
        let walls: Vec<f64> =
            (0..10).map(|round| 160.0 + f64::from(round * 37 % 11) * 1.234_567_891).collect();
        let mut report = report(&[("a", &walls), ("b", &walls), ("c", &walls)]);
        for (row, variant) in (0..).zip(&mut report.variants) {
            let mut times = Times::new().unwrap();
            for request in 0..1_000_u32 {
                // A spread like that of requests waiting their turn, without a pattern that would compress.
                let hash = f64::from(request.wrapping_mul(2_654_435_761).rotate_left(7 + row) % 10_007);
                times.add(5.0 + hash / 10_007.0 * 150.0);
            }
            variant.latency_ms = times.latency().unwrap();
        }
        report
    }

    #[test]
    fn a_report_of_the_default_size_fits_into_eight_kilobytes() {
        let text = pack(&measured()).unwrap();
        assert!(text.len() < 8_000, "{}", text.len());
        assert!(text.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character)));
    }

    #[test]
    fn hostile_texts_are_refused_by_kind() {
        let packed = |json: &[u8]| format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(compress_to_vec(json, 6)));
        let good = pack(&measured()).unwrap();
        let cases = [
            (String::new(), "link-other-version"),
            ("2.AAAA".to_owned(), "link-other-version"),
            ("1.".to_owned(), "link-damaged"),
            ("1.%%%".to_owned(), "link-damaged"),
            ("1.AAAA".to_owned(), "link-damaged"),
            (good[..good.len() / 2].to_owned(), "link-damaged"),
            ("1".repeat(MOST_CHARACTERS + 1), "link-too-long"),
            (packed(&vec![b' '; MOST_BYTES + 1]), "link-too-long"),
            (packed(&vec![b'['; 450_000]), "not-a-report"),
            (packed(b"\xff\xfe"), "link-damaged"),
            (packed(b"{}"), "not-a-report"),
            (packed(b"{\"schema\":\"fetchmark.report/2\"}"), "other-schema"),
        ];
        for (text, code) in cases {
            assert_eq!(unpack(&text).unwrap_err().code(), code, "{}", &text[..text.len().min(40)]);
        }
    }

    #[test]
    fn a_report_that_does_not_fit_is_not_cut() {
        let walls: Vec<f64> =
            (0..40_000_u32).map(|round| f64::from(round.wrapping_mul(2_654_435_761)) / 1e6).collect();
        assert_eq!(pack(&report(&[("a", &walls)])), Err(LinkError::TooLong));
    }

    proptest! {
        #![proptest_config(crate::report::fixture::same_each_time(256))]

        #[test]
        fn any_text_is_refused_or_read(text in "(1\\.)?[A-Za-z0-9_-]{0,200}") {
            let _ = unpack(&text);
        }

        #[test]
        fn rounding_keeps_order_and_digits(a in 0.0_f64..1e9, b in 0.0_f64..1e9) {
            let (low, high) = if a <= b { (a, b) } else { (b, a) };
            prop_assert!(rounded(low) <= rounded(high));
            prop_assert!((rounded(a) - a).abs() <= a * 1e-6);
        }
    }
}
