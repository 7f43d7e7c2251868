//! Putting things in order of their times.

/// The places of `n` things in ascending order of a pair of keys, the first before the second; those with the same keys stay in order.
pub fn order_by(n: usize, keys: impl Fn(usize) -> [f64; 2]) -> Vec<usize> {
    ordered((0..n).map(|place| (keys(place), place)).collect())
}

/// No generic function: a sort is compiled for each closure that it is given.
fn ordered(mut keyed: Vec<([f64; 2], usize)>) -> Vec<usize> {
    keyed.sort_unstable_by(|([a, b], place), ([c, d], other)| {
        a.total_cmp(c).then(b.total_cmp(d)).then(place.cmp(other))
    });
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// The same values, ascending.
pub fn ascending(values: &[f64]) -> Vec<f64> {
    order_by(values.len(), |place| [values[place], 0.0]).into_iter().map(|place| values[place]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_key_decides_ties_and_then_the_place() {
        let keys = [[2.0, 0.0], [1.0, 5.0], [1.0, -5.0], [2.0, 0.0], [f64::NEG_INFINITY, 0.0]];
        assert_eq!(order_by(keys.len(), |place| keys[place]), [4, 2, 1, 0, 3]);
        assert_eq!(ascending(&[3.0, -1.0, 2.0]), [-1.0, 2.0, 3.0]);
    }
}
