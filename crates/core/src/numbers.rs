//! Numbers as they are written: with as many decimals as neither hide a difference nor invent one, and with what they count.

/// The most decimals a ratio is shown with.
const MOST_RATIO_DECIMALS: u8 = 5;

/// The most decimals a percentage is shown with.
const MOST_PERCENT_DECIMALS: u8 = 3;

/// Decimals of a ratio of times: two, three where it is tiny, and as many as keep it from looking like 1 though it is not, up to five.
fn ratio_decimals(value: f64) -> u8 {
    let least = if value < 0.1 { 3 } else { 2 };
    let looks_like_one = |decimals: u8| (value - 1.0).abs() < 0.5 * 10_f64.powi(-i32::from(decimals));
    if value == 1.0 {
        return least;
    }
    (least..MOST_RATIO_DECIMALS).find(|decimals| !looks_like_one(*decimals)).unwrap_or(MOST_RATIO_DECIMALS)
}

/// Decimals of a figure with such an interval: as fine as half its width, for what is finer is chance; up to five.
pub fn width_decimals(low: f64, high: f64) -> u8 {
    let half = (high - low) / 2.0;
    let decimals = if half > 0.0 { (-half.log10()).ceil() } else { 0.0 };
    decimals.clamp(0.0, f64::from(MOST_RATIO_DECIMALS)) as u8
}

/// Decimals of a ratio and the ends of its interval, so that they stand alike: as fine as half the interval's width, for what is finer is
/// chance, and as many as keep an end from looking like 1 where the interval does not hold it. From two (three where they are tiny) to
/// five.
pub fn interval_decimals(low: f64, high: f64) -> u8 {
    let least = ratio_decimals(if low < 0.1 { low } else { 1.0 });
    let near_one = if low > 1.0 { Some(low) } else { Some(high).filter(|high| *high < 1.0) };
    width_decimals(low, high).max(least).max(near_one.map_or(0, ratio_decimals))
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!([1.0, 1.034, 1.002, 0.0123].map(written), ["1.00", "1.03", "1.002", "0.012"]);
        assert_eq!([1.0004, 0.9996, 1.00004, 0.996].map(written), ["1.0004", "0.9996", "1.00004", "0.996"]);
    }

    #[test]
    fn a_ratio_is_as_fine_as_its_interval() {
        let decimals = |(low, high)| interval_decimals(low, high);
        // Half widths of 0.075, 0.002 and 0.0003.
        assert_eq!([(0.93, 1.08), (1.002, 1.006), (0.9997, 1.0003)].map(decimals), [2, 3, 4]);
        // An end beside 1 that the interval does not hold is not called 1; one that it holds may be.
        assert_eq!([(1.002, 1.15), (0.9, 0.998), (0.93, 1.004)].map(decimals), [3, 3, 2]);
        assert_eq!([(0.012, 0.4), (1.0, 1.0), (0.5, 40.0), (f64::NAN, 1.0)].map(decimals), [3, 2, 2, 2]);
    }

    #[test]
    fn a_percentage_has_the_decimals_it_needs() {
        let written = |share: f64| format!("{:.*}", usize::from(percent_decimals(share)), share * 100.0);
        assert_eq!([0.05, 0.025, 0.0025, 0.0125, 0.999].map(written), ["5", "2.5", "0.25", "1.25", "99.9"]);
    }
}
