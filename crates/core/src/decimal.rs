//! Numbers with decimals as settings and links hold them.
//!
//! The standard library reads and writes every float there is, with tables and arithmetic of its own that weigh more than any other
//! part of the page. A setting lies between a thousandth and some thousands: whole numbers of 128 bits read and write it exactly.

/// The most decimals: a float takes up to seventeen significant digits, and no setting begins after the fourth decimal.
const MOST_DECIMALS: u32 = 21;
/// Whole numbers below are floats exactly.
const WHOLE: f64 = 9_007_199_254_740_992.0;
/// The bit that leads a float's fraction, and is not written in it.
const LEADING: u64 = 1 << 52;

/// Reads a number such as `12`, `-0.5` or `.25` as the standard library does, to the last bit; `None` if it is no such number, or has
/// more digits than any setting.
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
                number = number.checked_mul(10)?.checked_add(u64::from(byte - b'0'))?;
                decimals += u32::from(has_point);
            }
            _ => return None,
        }
    }
    let value = (decimals <= MOST_DECIMALS).then(|| quotient(number, decimals))?;
    has_digit.then_some(if is_negative { -value } else { value })
}

/// Writes a number with as many decimals as it needs to be read as the same. What no setting can be is written about as it is: below a
/// ten-thousandth with so many decimals, and beyond 64 bits as what they hold.
pub fn write(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    let (sign, size) = (if value < 0.0 { "-" } else { "" }, value.abs());
    if size >= WHOLE {
        return format!("{sign}{}", size as u64);
    }
    let bits = size.to_bits();
    // The size is this mantissa, halved so many times.
    let (mantissa, halvings) = (u128::from(bits % LEADING + LEADING), 1_075 - (bits / LEADING) as u32);
    let rounded = |decimals| {
        let half = (1_u128 << halvings.min(127)) >> 1;
        (mantissa * 10_u128.pow(decimals) + half).checked_shr(halvings).unwrap_or(0) as u64
    };
    let is_enough = |decimals: &u32| quotient(rounded(*decimals), *decimals) == size;
    let decimals = (0..MOST_DECIMALS).find(is_enough).unwrap_or(MOST_DECIMALS);
    let (number, behind) = (rounded(decimals), decimals as usize);
    let mut digits = format!("{number:0width$}", width = behind + 1);
    if behind > 0 {
        digits.insert(digits.len() - behind, '.');
    }
    format!("{sign}{digits}")
}

/// The float nearest to a number with so many of its digits behind the point.
fn quotient(number: u64, decimals: u32) -> f64 {
    // With so many more bits the quotient has at least 55: more than a float, so that one rounding is all there is.
    let bits = 63 + number.leading_zeros();
    let (scaled, unit) = (u128::from(number) << bits, 10_u128.pow(decimals));
    let (mut quotient, mut left) = (0_u128, 0);
    // Bit by bit: the compiler's own division of such numbers is larger than all that is here.
    for place in (0..128).rev() {
        left = (left << 1) | ((scaled >> place) & 1);
        quotient <<= 1;
        if left >= unit {
            (quotient, left) = (quotient | 1, left - unit);
        }
    }
    // What is left tells apart only what lies just above the middle between two floats.
    (quotient | u128::from(left > 0)) as f64 / (1_u128 << bits) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        for text in [
            "0",
            "7",
            "12.5",
            "0.02",
            ".5",
            "5.",
            "+3",
            "-0.25",
            "007.10",
            "0.001",
            "10000",
            "99999.999",
            "0.0000001",
            "0.30000000000000004",
            "0.1234567890123456789",
            "9007199254740993",
            "18446744073709551615",
            "0.000000000000000000001",
        ] {
            assert_eq!(read(text), Some(text.parse().unwrap()), "{text}");
        }
        for text in ["", ".", "-", "1.2.3", "1e3", "NaN", "inf", " 1", "1 ", "0x1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn more_digits_than_can_be_read_are_refused() {
        for text in ["18446744073709551616", "0.0000000000000000000001", "1.00000000000000000000"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        let near =
            [0.1 + 0.2, 1.0 / 3.0, 1e-7, 123_456_789.123_4, 9_007_199_254_740_991.0, 1e15 + 0.125, 1e19];
        let powers = (-14..=53).map(|power| 2_f64.powi(power));
        for value in [0.0, 7.0, 12.5, 0.02, 0.1, -0.25, 0.001, 10_000.0].into_iter().chain(near).chain(powers)
        {
            assert_eq!(write(value), value.to_string());
        }
        assert_eq!(write(f64::NAN), "NaN");
    }

    #[test]
    fn what_no_setting_can_be_is_written_about_as_it_is() {
        assert_eq!(write(1e300), u64::MAX.to_string());
        assert_eq!(write(1e-300), "0.000000000000000000000");
        assert_eq!(write(-1.234e-18), "-0.000000000000000001234");
    }

    proptest! {
        #![proptest_config(crate::fixture::same_each_time(256))]

        #[test]
        fn whatever_is_read_is_what_the_standard_library_reads(text in "[+-]?[0-9]{0,20}\\.?[0-9]{0,22}") {
            if let Some(value) = read(&text) {
                prop_assert_eq!(Ok(value.to_bits()), text.parse().map(f64::to_bits));
            }
        }

        #[test]
        fn a_decimal_between_two_floats_is_read_as_the_nearer(bits in LEADING / 2..LEADING, above in 0_u64..=2) {
            // Halfway between two neighbours, and beside it.
            let text = format!("{}", 4 * (bits + LEADING) + 1 + above);
            prop_assert_eq!(read(&text), text.parse().ok());
        }

        #[test]
        fn what_is_written_is_read_again(value in 1e-4..WHOLE) {
            prop_assert_eq!(write(value), value.to_string());
            prop_assert_eq!(read(&write(value)), Some(value));
        }

        #[test]
        fn anything_can_be_written(bits: u64) {
            prop_assert!(!write(f64::from_bits(bits)).is_empty());
        }
    }
}
