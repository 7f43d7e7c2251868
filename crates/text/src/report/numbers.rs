//! Numbers for people. English and Korean write them alike: a point before decimals, commas between thousands.

use fetchmark_core::stats::numbers::{self, interval, percent_decimals};

/// What stands where there is no figure.
pub(crate) const NONE: &str = "–";

/// The most decimals of a time: clocks resolve no more.
const MOST_DECIMALS: u8 = 2;

pub fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// A count, or the smallest and the largest where rows differ: a stopped run has fewer rounds of some.
pub fn span(counts: impl Iterator<Item = u64> + Clone) -> String {
    let (least, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
    if least == most { count(most) } else { format!("{}–{}", count(least), count(most)) }
}

/// With so many decimals; a dash where there is no number.
pub fn fixed(value: impl Into<Option<f64>>, decimals: u8) -> String {
    let value = value.into().filter(|value| value.is_finite());
    value.map_or_else(|| NONE.to_owned(), |value| grouped(&numbers::fixed(value, decimals)))
}

/// A time or rate with three significant digits, as far as decimals go.
pub fn measure(value: impl Into<Option<f64>>) -> String {
    let value = value.into();
    fixed(value, decimals(value))
}

/// The decimals that give the smallest of a column's values three significant digits, so that all of the column can be written alike and
/// stand aligned.
pub fn decimals(values: impl IntoIterator<Item = f64>) -> u8 {
    let smallest = values.into_iter().filter(|value| *value > 0.0).fold(f64::INFINITY, f64::min);
    match smallest {
        100.0.. => 0,
        10.0.. => 1,
        _ => MOST_DECIMALS,
    }
}

/// A ratio of times with the ends of its interval: ratio, low, high.
pub fn ratios(figures: [f64; 3]) -> [String; 3] {
    interval(figures, 0).map(|figure| grouped(&figure))
}

/// A ratio with its interval in brackets; a dash where there is none to show.
pub fn ratio(figures: Option<[f64; 3]>) -> String {
    let Some(figures) = figures else { return NONE.to_owned() };
    let [ratio, low, high] = ratios(figures);
    format!("{ratio} ({low}–{high})")
}

/// A share as a percentage; a dash where there is none.
pub fn percent(share: impl Into<Option<f64>>) -> String {
    let Some(share) = share.into().filter(|share| share.is_finite()) else { return NONE.to_owned() };
    format!("{}%", fixed(share * 100.0, percent_decimals(share)))
}

/// Commas between the thousands of a number as core writes it.
fn grouped(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let mut written = String::new();
    for (index, digit) in number.char_indices() {
        let is_inside = written.ends_with(|last: char| last.is_ascii_digit());
        if is_inside && index < whole && (whole - index).is_multiple_of(3) {
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
        assert_eq!(ratio(Some([12_345.678, 1_234.0, 20_000.0])), "12,345.68 (1,234.00–20,000.00)");
        assert_eq!(ratios([1.0041, 1.0021, 1.0061]), ["1.004", "1.002", "1.006"]);
        assert_eq!(ratios([1.003, 0.0003, 20.1]), ["1.00", "0.00030", "20.10"]);
        assert_eq!([152.5, 12.25, 0.125].map(|value| measure(Some(value))), ["153", "12.3", "0.13"]);
        assert_eq!([0.05, 0.025, 0.0025, 12.5].map(percent), ["5%", "2.5%", "0.25%", "1,250%"]);
        assert_eq!(
            (percent(None), ratio(None), fixed(f64::INFINITY, 1)),
            (NONE.into(), NONE.into(), NONE.into())
        );
        assert_eq!(
            [-999.5, -1_234.0, -0.004].map(|value| fixed(value, 2)),
            ["-999.50", "-1,234.00", "-0.00"]
        );
    }

    #[test]
    fn a_column_is_written_alike() {
        assert_eq!(decimals([152.1, 163.0]), 0);
        assert_eq!(decimals([152.1, 45.0]), 1);
        assert_eq!(decimals([0.0, 3.2]), 2);
        assert_eq!(decimals([]), 0);
    }
}
