//! Times as links have them.

use crate::stats::numbers::read_number;

/// Reads a time as links have it, in ms: `30s`, `1.5s`, `250ms` or `5m`; `None` if it is no whole number of ms.
pub(super) fn parse_duration(value: &str) -> Option<u32> {
    // The first that fits: `ms` ends in `s`.
    let units = [("ms", 1.0), ("s", 1_000.0), ("m", 60_000.0)];
    let read = units.into_iter().find_map(|(unit, factor)| Some((value.strip_suffix(unit)?, factor)));
    let (number, factor) = read?;
    let ms = read_number(number)? * factor;
    // As floats, 32.3 × 1000 is a hair less than 32300.
    let whole = (ms + 0.5).floor();
    ((ms - whole).abs() < 1e-6 && (0.0..=f64::from(u32::MAX)).contains(&whole)).then_some(whole as u32)
}

/// A time in ms as links have it: `30s`, or `1500ms` where it is no whole number of seconds.
pub fn write_duration(ms: u32) -> String {
    if ms.is_multiple_of(1_000) { format!("{}s", ms / 1_000) } else { format!("{ms}ms") }
}
