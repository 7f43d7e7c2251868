//! Numbers as they are written: with as many decimals as neither hide a difference nor invent one, and with what they count.

const LEAST_RATIO_DECIMALS: u8 = 2;

const MOST_RATIO_DECIMALS: u8 = 5;

const MOST_PERCENT_DECIMALS: u8 = 3;

/// The most decimals that make a figure differ from its limit.
const MOST_DECIMALS_APART: u8 = 9;

/// A figure with so many decimals. Halves go away from zero, as JavaScript's `Intl` has it, so that a figure reads alike on the page and in
/// what is exported.
pub fn fixed(value: f64, decimals: u8) -> String {
    let places = usize::from(decimals);
    let shortest = value.abs().to_string();
    let (whole, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    // As `Intl` does, from the digits that a float is written with: 1.005 is a hair less than that.
    let cut = format!("{whole}{fraction:0<places$.places$}").parse::<u64>();
    // Of so many digits no figure is.
    let Ok(cut) = cut else { return value.to_string() };
    let is_up = matches!(fraction.as_bytes().get(places), Some(b'5'..=b'9'));
    let mut digits = format!("{:0width$}", cut + u64::from(is_up), width = places + 1);
    if places > 0 {
        digits.insert(digits.len() - places, '.');
    }
    if value < 0.0 { format!("-{digits}") } else { digits }
}

/// Decimals of a figure that has a limit: `least`, and as many as make it differ from the limit, and from nothing where it is something; up
/// to nine, and `least` where not even those do.
pub fn decimals_apart(value: f64, limit: f64, least: u8) -> u8 {
    let is_apart = |decimals: &u8| {
        let written = fixed(value, *decimals);
        let is_something = written.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        (value == limit || written != fixed(limit, *decimals)) && (value == 0.0 || is_something)
    };
    (least..=MOST_DECIMALS_APART).find(is_apart).unwrap_or(least)
}

/// Decimals that leave a figure one significant digit, up to `most`.
pub fn first_digit_decimals(value: f64, most: u8) -> u8 {
    let decimals = if value > 0.0 { (-value.log10()).ceil() } else { 0.0 };
    decimals.clamp(0.0, f64::from(most)) as u8
}

/// Decimals of a ratio of times: two, and as many as keep it from looking like 1 though it is not, up to five.
fn ratio_decimals(value: f64) -> u8 {
    let looks_like_one = |decimals: u8| (value - 1.0).abs() < 0.5 * 10_f64.powi(-i32::from(decimals));
    if value == 1.0 {
        return LEAST_RATIO_DECIMALS;
    }
    (LEAST_RATIO_DECIMALS..MOST_RATIO_DECIMALS)
        .find(|decimals| !looks_like_one(*decimals))
        .unwrap_or(MOST_RATIO_DECIMALS)
}

/// Decimals of a figure with such an interval: as fine as half its width, for what is finer is chance; up to five.
pub fn width_decimals(low: f64, high: f64) -> u8 {
    // Ends that float noise alone sets apart are one figure.
    let width = if high - low > 1e-9 * high { high - low } else { 0.0 };
    first_digit_decimals(width / 2.0, MOST_RATIO_DECIMALS)
}

/// Decimals of a ratio and the ends of its interval, so that they stand alike: as fine as half the interval's width, for what is finer is
/// chance, and as many as keep an end from looking like 1 where the interval does not hold it. From two to five; an end that would look
/// like nothing has more of its own ([`end_decimals`]).
pub fn interval_decimals(low: f64, high: f64) -> u8 {
    let least = if high < 0.1 { LEAST_RATIO_DECIMALS + 1 } else { LEAST_RATIO_DECIMALS };
    let near_one = if low > 1.0 { Some(low) } else { Some(high).filter(|high| *high < 1.0) };
    width_decimals(low, high).max(least).max(near_one.map_or(0, ratio_decimals))
}

/// Decimals of one figure of three that are written with `decimals`: a tiny one has as many as leave it two digits, up to five.
pub fn end_decimals(value: f64, decimals: u8) -> u8 {
    let two_digits = if value < 0.1 { first_digit_decimals(value, MOST_RATIO_DECIMALS - 1) + 1 } else { 0 };
    two_digits.max(decimals)
}

/// A ratio with the low and the high end of its interval, written: with [`interval_decimals`], and `least` where they have a limit
/// ([`decimals_apart`]).
pub fn interval(figures: [f64; 3], least: u8) -> [String; 3] {
    let [_, low, high] = figures;
    let decimals = interval_decimals(low, high).max(least);
    figures.map(|figure| fixed(figure, end_decimals(figure, decimals)))
}

/// The ends of an interval in a headline. Below 2 they read as beside the verdict ([`interval_decimals`]). Larger ones have fewer decimals:
/// then the range is never narrower than the interval, and has as many as keep it from reaching 1 where the interval does not.
pub fn rough_range(low: f64, high: f64) -> [String; 2] {
    if low < 2.0 && high < 10.0 {
        let decimals = interval_decimals(low, high);
        return [low, high].map(|end| fixed(end, end_decimals(end, decimals)));
    }
    let least = match low {
        10.0.. => 0,
        2.0.. => 1,
        _ => end_decimals(low, LEAST_RATIO_DECIMALS),
    };
    // Beside a small end a large one has none.
    let of_high = |decimals: u8| if high >= 10.0 { 0 } else { decimals };
    let ends = |decimals: u8| {
        let scale = |decimals: u8| 10_f64.powi(decimals.into());
        let (of_low, of_high) = (scale(decimals), scale(of_high(decimals)));
        // What differs from a decimal by float noise alone is this decimal.
        [(low * of_low + 1e-6).floor() / of_low, (high * of_high - 1e-6).ceil() / of_high]
    };
    let holds_one = |[low, high]: [f64; 2]| low <= 1.0 && 1.0 <= high;
    let is_kept = |decimals: &u8| holds_one([low, high]) || !holds_one(ends(*decimals));
    let decimals = (least..MOST_RATIO_DECIMALS).find(is_kept).unwrap_or(MOST_RATIO_DECIMALS);
    let [low, high] = ends(decimals);
    [fixed(low, decimals), fixed(high, of_high(decimals))]
}

/// Decimals of a share written as a percentage: as many as it has, up to three.
pub fn percent_decimals(share: f64) -> u8 {
    let percent = share * 100.0;
    let is_exact = |decimals: u8| {
        let scaled = percent * 10_f64.powi(i32::from(decimals));
        (scaled - scaled.round()).abs() < 1e-9 * scaled.abs().max(1.0)
    };
    (0..MOST_PERCENT_DECIMALS).find(|decimals| is_exact(*decimals)).unwrap_or(MOST_PERCENT_DECIMALS)
}

/// So many of one thing in English, with the count as it is written: `1 round`, `20 rounds`.
pub fn many(count: &str, one: &str) -> String {
    format!("{count} {one}{}", if count == "1" { "" } else { "s" })
}

/// Reads a number such as `12`, `-0.5`, `.25`, `+3`, `5.` or `007`, as people write them in settings and links.
///
/// JSON's reader serves, which a page that reads reports has anyway: the standard library's adds 15 KB to it. It wants no plus, no zeros
/// in front and a digit on each side of the point.
pub fn read_number(text: &str) -> Option<f64> {
    let minus = if text.starts_with('-') { "-" } else { "" };
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, exponent) = number.split_at(number.find(['e', 'E']).unwrap_or(number.len()));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let whole = or_zero(whole.trim_start_matches('0'));
    let fraction = or_zero(fraction);
    serde_json::from_str(&format!("{minus}{whole}.{fraction}{exponent}")).ok()
}

fn or_zero(digits: &str) -> &str {
    if digits.is_empty() { "0" } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let plain = [("7", 7.0), ("0", 0.0), ("0.02", 0.02), ("-0.25", -0.25), ("1e3", 1_000.0)];
        let free = [(".5", 0.5), ("-.5", -0.5), ("5.", 5.0), ("+3", 3.0), ("007", 7.0), ("-00.50", -0.5)];
        for (text, number) in plain.into_iter().chain(free).chain([("+05.e-1", 0.5), ("100000", 100_000.0)]) {
            assert_eq!(read_number(text), Some(number), "{text}");
        }
        for text in ["", ".", "-", "+", "+-3", "- 3", ".e1", "1e", "1.2.3", "1,5", "NaN", "inf", "0x1", "abc"]
        {
            assert_eq!(read_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_figure_is_as_fine_as_half_its_interval() {
        let decimals = [(195.0, 230.0), (7.0, 10.0), (8.2, 8.4), (0.991, 0.999), (5.0, 5.0)];
        assert_eq!(decimals.map(|(low, high)| width_decimals(low, high)), [0, 0, 1, 3, 0]);
    }

    #[test]
    fn one_is_one_and_more_are_many() {
        assert_eq!(
            ["0", "1", "11", "1,001"].map(|count| many(count, "row")),
            ["0 rows", "1 row", "11 rows", "1,001 rows"]
        );
    }

    #[test]
    fn a_ratio_beside_one_is_not_called_one() {
        let written = |value: f64| format!("{value:.*}", usize::from(ratio_decimals(value)));
        assert_eq!([1.0, 1.034, 1.002].map(written), ["1.00", "1.03", "1.002"]);
        assert_eq!([1.0004, 0.9996, 1.00004, 0.996].map(written), ["1.0004", "0.9996", "1.00004", "0.996"]);
    }

    #[test]
    fn a_ratio_is_as_fine_as_its_interval() {
        let decimals = |(low, high)| interval_decimals(low, high);
        // Half widths of 0.075, 0.002 and 0.0003.
        assert_eq!([(0.93, 1.08), (1.002, 1.006), (0.9997, 1.0003)].map(decimals), [2, 3, 4]);
        // An end beside 1 that the interval does not hold is not called 1; one that it holds may be.
        assert_eq!([(1.002, 1.15), (0.9, 0.998), (0.93, 1.004)].map(decimals), [3, 3, 2]);
        // A tiny end beside a wide interval does not make the rest of it finer; where all is tiny, it is the interval's own width.
        let wide = [(0.012, 0.4), (0.05, 20.1), (1.0, 1.0), (0.5, 40.0), (f64::NAN, 1.0)];
        assert_eq!(wide.map(decimals), [2, 2, 2, 2, 2]);
        assert_eq!([(0.0123, 0.0123), (0.011, 0.014)].map(decimals), [3, 3]);
        let tiny = [(0.0003, 2), (0.0055, 2), (0.014, 2), (0.014, 4), (0.1, 2), (1.5, 2), (0.0, 2)];
        assert_eq!(tiny.map(|(end, all)| end_decimals(end, all)), [5, 4, 3, 4, 2, 2, 2]);
    }

    #[test]
    fn a_rough_range_reads_as_its_interval_or_is_wider() {
        let written = |low, high| rough_range(low, high).join(" to ");
        assert_eq!(written(13.9, 26.2), "13 to 27");
        assert_eq!((written(2.43, 4.91), written(1.123, 25.01)), ("2.4 to 5.0".into(), "1.12 to 26".into()));
        assert_eq!(
            (written(1.2949, 1.349), written(0.21, 0.54)),
            ("1.29 to 1.35".into(), "0.21 to 0.54".into())
        );
        assert_eq!(written(0.0123, 0.5), "0.012 to 0.50");
        // Decimals that are there already stay, float noise or not.
        assert_eq!((written(1.1, 1.1), written(34.0, 34.0)), ("1.10 to 1.10".into(), "34 to 34".into()));
        assert_eq!(written(1.32, 1.32 + 1e-15), "1.32 to 1.32");
        // What does not reach 1 does not look as if it did.
        assert_eq!(written(1.002, 1.15), "1.002 to 1.150");
        assert_eq!(written(0.9, 0.9996), "0.9000 to 0.9996");
        assert_eq!(written(0.93, 1.004), "0.93 to 1.00");
    }

    #[test]
    fn halves_go_away_from_zero_as_on_the_page() {
        let written =
            [(152.5, 0), (153.5, 0), (12.25, 1), (0.125, 2), (1.005, 2), (1.0049, 2), (0.1, 2), (9.995, 2)]
                .map(|(value, decimals)| fixed(value, decimals));
        assert_eq!(written, ["153", "154", "12.3", "0.13", "1.01", "1.00", "0.10", "10.00"]);
        // Less than a half, if by a hair: 436.3 + 152.5 - 436.3.
        assert_eq!(fixed(152.499_999_999_999_94, 0), "152");
        assert_eq!([-0.125, -2.0, 0.0].map(|value| fixed(value, 2)), ["-0.13", "-2.00", "0.00"]);
        for value in [1e-300, 1e15, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(fixed(value, 3), format!("{value:.3}"));
        }
        assert_eq!(fixed(-1e300, 3), (-1e300).to_string());
    }

    #[test]
    fn a_figure_is_written_differently_from_its_limit() {
        let written = |value, limit, least| fixed(value, decimals_apart(value, limit, least));
        assert_eq!(written(1.0504, 1.05, 2), "1.0504");
        assert_eq!(written(1.0499, 1.05, 3), "1.0499");
        assert_eq!(written(1.2, 1.05, 2), "1.20");
        assert_eq!(written(1.05, 1.05, 2), "1.05");
        assert_eq!(written(0.000_333, 0.0, 3), "0.0003");
        assert_eq!(written(0.0, 1.0, 2), "0.00");
        assert_eq!(written(1.003, 1.0, 2), "1.003");
        // What differs by float noise alone is not written with it.
        assert_eq!(written(0.07 * 100.0, (0.06 + 0.01) * 100.0, 2), "7.00");
    }

    #[test]
    fn a_figure_keeps_its_first_digit() {
        assert_eq!([0.35, 0.6, 1.4, 0.0, 0.004].map(|value| first_digit_decimals(value, 2)), [1, 1, 0, 0, 2]);
    }

    #[test]
    fn a_percentage_has_the_decimals_it_needs() {
        let written = |share: f64| format!("{:.*}", usize::from(percent_decimals(share)), share * 100.0);
        assert_eq!([0.05, 0.025, 0.0025, 0.0125, 0.999].map(written), ["5", "2.5", "0.25", "1.25", "99.9"]);
    }
}
