//! Numbers with decimals as settings and links hold them.
//!
//! The standard library reads and writes every float there is, with tables and arithmetic of its own that weigh more than any other
//! part of the page. A setting has few digits: for those, one division is exact.

/// The most significant digits that are read: up to here digits, their quotient and what is written of it belong together one to one.
const MOST_DIGITS: u64 = 1_000_000_000_000_000;
/// The most decimals: ten to the power of each is a float exactly.
const MOST_DECIMALS: u32 = 22;
/// Whole numbers below are floats exactly.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// Reads a number such as `12`, `-0.5` or `.25`. Digits beyond fifteen significant ones are left out; `None` if it is no such number, or
/// has more digits than that before its point.
pub fn read(text: &str) -> Option<f64> {
    let (is_negative, digits) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let (mut number, mut decimals, mut has_point, mut has_digit) = (0_u64, 0, false, false);
    for &byte in digits {
        match byte {
            b'.' if !has_point => has_point = true,
            b'0'..=b'9' => {
                has_digit = true;
                let longer = number * 10 + u64::from(byte - b'0');
                if longer < MOST_DIGITS && decimals < MOST_DECIMALS {
                    number = longer;
                    decimals += u32::from(has_point);
                } else if !has_point {
                    return None;
                }
            }
            _ => return None,
        }
    }
    // Exact: below MOST_DIGITS a number is a float, and so is the power.
    let value = number as f64 / power(decimals);
    has_digit.then_some(if is_negative { -value } else { value })
}

/// Writes a number with as many decimals as it needs to be read as the same; one that needs more than fifteen digits is rounded to about
/// as many.
pub fn write(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    let (sign, size) = (if value < 0.0 { "-" } else { "" }, value.abs());
    if size >= WHOLE {
        // Far beyond any setting: only what is wrong with it is told.
        return format!("{sign}{}", size as u64);
    }
    let (mut number, mut decimals) = (size.round(), 0);
    while number / power(decimals) != size && decimals < MOST_DECIMALS && size * power(decimals + 1) < WHOLE {
        decimals += 1;
        number = (size * power(decimals)).round();
    }
    let (number, unit) = (number as u64, 10_u64.saturating_pow(decimals));
    match decimals as usize {
        0 => format!("{sign}{number}"),
        width => format!("{sign}{}.{:0width$}", number / unit, number % unit),
    }
}

fn power(decimals: u32) -> f64 {
    (0..decimals).fold(1.0, |power, _| power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        for text in
            ["0", "7", "12.5", "0.02", ".5", "5.", "+3", "-0.25", "007.10", "0.001", "10000", "99999.999"]
        {
            assert_eq!(read(text), text.parse().ok(), "{text}");
        }
        for text in ["", ".", "-", "1.2.3", "1e3", "NaN", "inf", " 1", "1 ", "0x1", "1234567890123456"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        for value in [0.0, 7.0, 12.5, 0.02, 0.1, -0.25, 0.001, 10_000.0, 99_999.999, 1e-7, 123_456_789.123_4]
        {
            assert_eq!(write(value), value.to_string());
        }
        assert_eq!(write(f64::NAN), "NaN");
        assert_eq!(write(1e300), u64::MAX.to_string());
        // Seventeen digits are rounded.
        assert!((write(0.1 + 0.2).parse::<f64>().unwrap() - 0.3).abs() < 1e-15);
    }

    #[test]
    fn digits_beyond_the_fifteenth_are_left_out() {
        assert_eq!(read("0.12345678901234567"), Some(0.123_456_789_012_345));
        assert_eq!(read("0.0000000000000000000000009"), Some(0.0));
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_and_read_again(number in 0..MOST_DIGITS, decimals in 0_usize..=15) {
            let digits = format!("{number:0>width$}", width = decimals + 1);
            let (whole, rest) = digits.split_at(digits.len() - decimals);
            let text = format!("{whole}.{rest}");
            let value = read(&text).unwrap();
            prop_assert_eq!(Some(value), text.parse().ok());
            prop_assert_eq!(write(value), value.to_string());
            prop_assert_eq!(read(&write(value)), Some(value));
        }

        #[test]
        fn anything_can_be_written(value: f64) {
            prop_assert!(!write(value).is_empty());
        }
    }
}
