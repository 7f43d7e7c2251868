//! Summaries of times.

/// The middle one, or the mean of the middle two; `None` of nothing.
pub fn median(times: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = times.into_iter().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(lower, upper))
}

/// The largest; `None` of nothing.
pub fn worst(times: impl IntoIterator<Item = f64>) -> Option<f64> {
    times.into_iter().max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_largest() {
        assert_eq!(median([3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(worst([3.0, 1.0, 2.0]), Some(3.0));
        assert_eq!((median([]), worst([])), (None, None));
    }
}
