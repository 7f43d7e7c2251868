//! Holm's correction for several comparisons.

use crate::stats::order::order_by;

/// Adjusted p-values in the given order: Holm (1979), *A Simple Sequentially Rejective Multiple Test Procedure*,
/// Scandinavian Journal of Statistics 6, 65–70. Rejecting where the adjusted value is below α keeps the chance
/// of any false rejection in the family at most α.
pub fn adjusted(p_values: &[f64]) -> Vec<f64> {
    let order = order_by(p_values.len(), |place| [p_values[place], 0.0]);
    let mut result = vec![1.0; p_values.len()];
    let mut largest: f64 = 0.0;
    for (rank, index) in order.into_iter().enumerate() {
        let factor = (p_values.len() - rank) as f64;
        largest = largest.max((p_values[index] * factor).min(1.0));
        result[index] = largest;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worked_example() {
        // 0.01 × 4, 0.02 × 3 = 0.06, 0.03 × 2 = 0.06, 0.04 × 1 → kept monotone at 0.06.
        let adjusted = adjusted(&[0.04, 0.01, 0.03, 0.02]);
        for (got, expected) in adjusted.iter().zip([0.06, 0.04, 0.06, 0.06]) {
            assert!((got - expected).abs() < 1e-12, "{adjusted:?}");
        }
    }

    #[test]
    fn none_and_one() {
        assert!(adjusted(&[]).is_empty());
        assert_eq!(adjusted(&[0.2]), [0.2]);
    }
}
