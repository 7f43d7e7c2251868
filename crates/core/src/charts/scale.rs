//! Where values lie, and the round figures beside them.

/// Steps on a scale, about.
const STEPS: f64 = 5.0;

/// A scale from its first to its last tick.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    pub(super) ticks: Vec<f64>,
    /// Decimals that tell the ticks apart.
    pub(super) decimals: u8,
}

impl Scale {
    /// A scale with round figures that holds all values.
    pub(super) fn over(values: impl Iterator<Item = f64>) -> Self {
        let (least, most) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let (least, most) = if least <= most { (least, most) } else { (0.0, 1.0) };
        // One value, or equal ones, still need a scale of some width.
        let width = (most - least).max(most.abs() * 0.1).max(f64::MIN_POSITIVE * 1e10);
        let step = round_step(width / STEPS);
        let low = (least / step).floor() * step;
        let steps = ((most - low) / step).ceil().max(1.0) as u32;
        Self {
            low,
            high: low + step * f64::from(steps),
            ticks: (0..=steps).map(|index| low + step * f64::from(index)).collect(),
            decimals: (-step.log10().floor()).clamp(0.0, 3.0) as u8,
        }
    }

    /// The same from zero.
    pub(super) fn from_zero(values: impl Iterator<Item = f64>) -> Self {
        Self::over(values.chain([0.0]))
    }

    /// The share of the scale, 0 to 1, at which a value lies.
    pub(super) fn place(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// The next of 1, 2 and 5 times a power of ten.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powi(step.log10().floor() as i32);
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= step * 0.999).unwrap_or(10.0);
    factor * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_has_round_figures_and_holds_all_values() {
        let scale = Scale::over([152.0, 163.0, 158.5].into_iter());
        assert_eq!((scale.low, scale.high), (150.0, 165.0));
        assert_eq!(scale.ticks, [150.0, 155.0, 160.0, 165.0]);
        assert_eq!((scale.place(150.0), scale.place(157.5), scale.place(165.0)), (0.0, 0.5, 1.0));
        assert_eq!(Scale::from_zero([152.0].into_iter()).low, 0.0);
    }

    #[test]
    fn no_value_and_one_value_have_a_scale_too() {
        for values in [vec![], vec![5.0], vec![0.0], vec![f64::NAN]] {
            let scale = Scale::over(values.iter().copied());
            assert!(scale.high > scale.low && scale.ticks.len() < 20, "{values:?} {scale:?}");
        }
    }
}
