//! Numbers for people. English and Korean write them alike: a point before decimals, commas between thousands.

use fetchmark_core::stats::numbers::{fixed, interval, percent_decimals};

/// What stands where there is no figure.
pub(crate) const NONE: &str = "–";

pub(crate) fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// A count, or the smallest and the largest where rows differ: a stopped run has fewer rounds of some.
pub(crate) fn span(counts: impl Iterator<Item = u64> + Clone) -> String {
    let (least, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
    if least == most { count(most) } else { format!("{}–{}", count(least), count(most)) }
}

/// A time or rate with three significant digits, and no more than two decimals: clocks resolve no more.
pub(crate) fn measure(value: Option<f64>) -> String {
    let Some(value) = value.filter(|value| value.is_finite()) else { return NONE.to_owned() };
    let decimals = match value {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    let written = fixed(value, decimals);
    match written.split_once('.') {
        None => grouped(&written),
        Some((whole, fraction)) => format!("{}.{fraction}", grouped(whole)),
    }
}

/// A ratio of times with the ends of its interval: ratio, low, high.
pub(crate) fn ratios(figures: [f64; 3]) -> [String; 3] {
    interval(figures, 0)
}

pub(crate) fn percent(share: f64) -> String {
    format!("{}%", fixed(share * 100.0, percent_decimals(share)))
}

fn grouped(digits: &str) -> String {
    let mut written = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_for_people() {
        assert_eq!((count(0), count(999), count(1_000)), ("0".into(), "999".into(), "1,000".into()));
        assert_eq!(count(1_234_567), "1,234,567");
        let written = [0.123, 9.999, 12.34, 152.4, 12_345.6].map(|value| measure(Some(value)));
        assert_eq!(written, ["0.12", "10.00", "12.3", "152", "12,346"]);
        assert_eq!((measure(None), measure(Some(f64::NAN))), (NONE.into(), NONE.into()));
        assert_eq!(ratios([1.034, 0.98, 1.09]), ["1.03", "0.98", "1.09"]);
        assert_eq!(ratios([1.0041, 1.0021, 1.0061]), ["1.004", "1.002", "1.006"]);
        assert_eq!(ratios([1.003, 0.0003, 20.1]), ["1.00", "0.00030", "20.10"]);
        assert_eq!([152.5, 12.25, 0.125].map(|value| measure(Some(value))), ["153", "12.3", "0.13"]);
        assert_eq!([0.05, 0.025, 0.0025].map(percent), ["5%", "2.5%", "0.25%"]);
    }
}
