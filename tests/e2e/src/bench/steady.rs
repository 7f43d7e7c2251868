//! Whether something has stopped growing.

use super::times::median;

/// The first look that counts: with ten looks at 200,000 requests, the one at 60,000.
const FROM: usize = 2;

/// Looks put together at either end, so that one full or empty nursery does not decide.
const TOGETHER: usize = 3;

/// The median of the last three looks ÷ the median of three looks from the third on; `None` with fewer than eight
/// looks, or where something was not measured.
pub fn growth(looks: &[Option<f64>]) -> Option<f64> {
    let measured: Vec<f64> = looks.iter().copied().collect::<Option<_>>()?;
    if measured.len() < FROM + 2 * TOGETHER {
        return None;
    }
    let early = median(measured[FROM..FROM + TOGETHER].iter().copied())?;
    let late = median(measured[measured.len() - TOGETHER..].iter().copied())?;
    Some(late / early)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_growth_at_the_start_nor_one_odd_look_decides() {
        for (last, grown) in [([10.0, 11.0, 11.0], 1.1), ([10.0, 10.0, 99.0], 1.0)] {
            let looks = [&[1.0, 5.0, 10.0, 10.0, 10.0, 10.0, 10.0], &last[..]].concat();
            assert_eq!(growth(&looks.into_iter().map(Some).collect::<Vec<_>>()), Some(grown));
        }
    }

    #[test]
    fn without_enough_looks_nothing_is_said() {
        assert_eq!(growth(&[Some(1.0); 7]), None);
        let mut looks = [Some(1.0); 10];
        looks[9] = None;
        assert_eq!(growth(&looks), None);
    }
}
