//! Latency by percentile. Across, each step to the right is a tenth of what is beyond: 90, 99, 99.9 % lie equally far apart,
//! so that the tail is seen.

use super::{
    drawing::{Drawing, LINE, LinePlot},
    marks::{Align, Frame, Picture, Style},
    path::line,
};

/// About how wide a letter of a figure is, in px.
const DIGIT: f64 = 7.0;
/// Percentiles with a figure, as decimals and number.
const TICKS: [(u8, f64); 7] = [(0, 0.0), (0, 50.0), (0, 90.0), (0, 99.0), (1, 99.9), (2, 99.99), (3, 99.999)];

/// One variant.
#[derive(Clone, Debug, PartialEq)]
pub struct PercentileRow {
    /// Its label.
    pub label: String,
    /// The curve: pairs of a share (0 to 1) and a time in ms, both rising.
    pub quantiles: Vec<(f64, f64)>,
}

/// A line per variant.
pub fn percentiles(rows: &[PercentileRow], frame: Frame<'_>) -> Picture {
    let mut drawing = Drawing::default();
    let times = rows.iter().flat_map(|row| &row.quantiles).map(|(_, ms)| *ms);
    let mut plot = LinePlot::new(&mut drawing, rows.iter().map(|row| &row.label), times, frame);
    // How far right a share lies: the number of tenfold steps.
    let tenths = |share: f64| -(1.0 - share).log10();
    let shares = rows.iter().flat_map(|row| &row.quantiles).map(|(share, _)| tenths(*share));
    // The longest time stands a little further right than the last percentile that differs from it.
    let furthest = shares.filter(|tenths| tenths.is_finite()).fold(1.0, f64::max) + 0.15;
    let (left, right) = (plot.left, plot.right);
    let x = |share: f64| left + tenths(share).min(furthest) / furthest * (right - left);

    let mut taken_to = f64::NEG_INFINITY;
    for (decimals, percent) in TICKS.into_iter().filter(|(_, percent)| tenths(percent / 100.0) < furthest) {
        let at = x(percent / 100.0);
        plot.grid.move_to(at, plot.top).line_to(at, plot.bottom);
        let figure = format!("p{}", (frame.write)(percent, decimals));
        // On a narrow screen p0 and p50 have no room beside each other.
        let half = figure.chars().count() as f64 * DIGIT / 2.0;
        if at - half > taken_to {
            taken_to = at + half + DIGIT;
            drawing.figure((at, plot.bottom + 15.0), Align::Middle, figure);
        }
    }
    drawing.shape(Style::Grid, plot.grid.take());
    for (index, row) in rows.iter().enumerate() {
        drawing.row_line(index, row.quantiles.iter().map(|(share, ms)| (x(*share), plot.y(*ms))));
    }
    drawing.shape(Style::Grid, line((left, plot.bottom), (right, plot.bottom)));
    drawing.done(frame.width, plot.bottom + LINE + 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::marks::{Mark, frame};

    #[test]
    fn figures_that_have_no_room_beside_each_other_are_left_out() {
        let quantiles = vec![(0.0, 1.0), (0.99999, 2.0), (1.0, 3.0)];
        let row = PercentileRow { label: "a".into(), quantiles };
        let figures = |width: f64| -> Vec<String> {
            let picture = percentiles(std::slice::from_ref(&row), frame(width));
            let texts = picture.marks.into_iter().filter_map(|mark| match mark {
                Mark::Text { text, .. } => Some(text),
                Mark::Shape { .. } => None,
            });
            texts.filter(|text| text.starts_with('p')).collect()
        };
        assert_eq!(figures(1_000.0)[..3], ["p0", "p50", "p90"]);
        assert_eq!(figures(300.0)[..2], ["p0", "p90"]);
    }

    #[test]
    fn each_tenth_of_what_is_beyond_is_one_step_right() {
        let quantiles = vec![(0.0, 1.0), (0.9, 2.0), (0.99, 3.0), (0.999, 4.0), (1.0, 50.0)];
        let row = PercentileRow { label: "a".into(), quantiles };
        let picture = percentiles(&[row], frame(500.0));
        let x: Vec<f64> = picture.points.iter().map(|point| point.x).collect();
        let steps = [x[1] - x[0], x[2] - x[1], x[3] - x[2]];
        assert!(steps.iter().all(|step| (step - steps[0]).abs() < 1e-9), "{steps:?}");
        assert!(x[4] > x[3] && x[4] <= 478.0 + 1e-9, "{x:?}");
        assert!(picture.points.iter().all(|point| (0.0..=picture.height).contains(&point.y)));
    }
}
