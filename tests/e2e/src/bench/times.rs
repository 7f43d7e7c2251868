use fetchmark_core::stats::summary;

/// The middle one, or the mean of the middle two; `None` of nothing.
pub fn median(times: impl IntoIterator<Item = f64>) -> Option<f64> {
    summary::median(&times.into_iter().collect::<Vec<_>>())
}

/// The largest; `None` of nothing.
pub fn worst(times: impl IntoIterator<Item = f64>) -> Option<f64> {
    times.into_iter().max_by(f64::total_cmp)
}

/// Late looks ÷ early ones: the median of the last three ÷ that of the third to the fifth, so that neither growth at the start nor one full
/// nursery decides; `None` with fewer than eight looks.
pub fn growth(looks: &[f64]) -> Option<f64> {
    let [_, _, early @ .., _, _, _] = looks else { return None };
    let late = median(looks.iter().rev().take(3).copied())?;
    Some(late / median(early.get(..3)?.iter().copied())?)
}

/// How long a share (0 to 1) of requests, due evenly, waits at most for a target that stands still for `pause_ms` out of every `every_ms`:
/// they meet a pause in a share `pause ÷ every` of cases, and then wait for what is left of it, evenly from 0 to its length.
pub fn wait_ms(share: f64, pause_ms: f64, every_ms: f64) -> f64 {
    (share - 1.0 + pause_ms / every_ms).max(0.0) * every_ms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_growth_at_the_start_nor_one_odd_look_decides() {
        for (last, grown) in [([10.0, 11.0, 11.0], 1.1), ([10.0, 10.0, 99.0], 1.0)] {
            let looks = [&[1.0, 5.0, 10.0, 10.0, 10.0, 10.0, 10.0], &last[..]].concat();
            assert_eq!(growth(&looks), Some(grown));
        }
        assert_eq!(growth(&[1.0; 7]), None);
    }

    #[test]
    fn a_fifth_waits_evenly() {
        let waits = [0.5, 0.8, 0.9, 0.95, 1.0].map(|share| wait_ms(share, 200.0, 1_000.0).round());
        assert_eq!(waits, [0.0, 0.0, 100.0, 150.0, 200.0]);
    }
}
