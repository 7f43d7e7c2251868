//! Latency by percentile. Across, each step to the right is a tenth of what is beyond: 90, 99, 99.9 % lie equally far apart,
//! so that the tail is seen.

use super::{
    marks::{Align, Frame, Ink, Picture, Point},
    path::{Path, line},
    pencil::{LINE, Pencil},
    scale::Scale,
};

/// Height of the plot, in px.
const HEIGHT: f64 = 220.0;
/// Room for the figures at the left, in px.
const LEFT: f64 = 52.0;
/// Room at the right, so that the last figure is not cut.
const RIGHT: f64 = 22.0;
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
    let Frame { width, write } = frame;
    let mut pencil = Pencil::default();
    let keys = rows.iter().enumerate().map(|(index, row)| (Ink::Line(index), row.label.clone()));
    let top = pencil.legend(keys, width, 0.0) + 14.0;
    let bottom = top + HEIGHT;
    let scale = Scale::from_zero(rows.iter().flat_map(|row| row.quantiles.iter().map(|(_, ms)| *ms)));
    let y = |ms: f64| bottom - scale.place(ms) * HEIGHT;
    // How far right a share lies: the number of tenfold steps.
    let tenths = |share: f64| -(1.0 - share).log10();
    let furthest = rows
        .iter()
        .flat_map(|row| row.quantiles.iter().map(|(share, _)| tenths(*share)))
        .filter(|tenths| tenths.is_finite())
        .fold(1.0, f64::max)
        // The longest time stands a little further right than the last percentile that can be told from it.
        + 0.15;
    let x = |share: f64| LEFT + tenths(share).min(furthest) / furthest * (width - LEFT - RIGHT);

    let mut grid = Path::default();
    for tick in &scale.ticks {
        grid.move_to(LEFT, y(*tick)).line_to(width - RIGHT, y(*tick));
        pencil.figure((LEFT - 8.0, y(*tick) + 4.0), Align::End, write(*tick, scale.decimals));
    }
    let mut taken_to = f64::NEG_INFINITY;
    for (decimals, percent) in TICKS.into_iter().filter(|(_, percent)| tenths(percent / 100.0) < furthest) {
        let at = x(percent / 100.0);
        grid.move_to(at, top).line_to(at, bottom);
        let figure = format!("p{}", write(percent, decimals));
        // On a narrow screen p0 and p50 have no room beside each other.
        let half = figure.chars().count() as f64 * DIGIT / 2.0;
        if at - half > taken_to {
            taken_to = at + half + DIGIT;
            pencil.figure((at, bottom + 15.0), Align::Middle, figure);
        }
    }
    pencil.shape(Ink::Grid, grid.take());
    for (index, row) in rows.iter().enumerate() {
        let mut curve = Path::default();
        for (item, (share, ms)) in row.quantiles.iter().enumerate() {
            let place = (x(*share), y(*ms));
            if item == 0 {
                curve.move_to(place.0, place.1);
            } else {
                curve.line_to(place.0, place.1);
            }
            pencil.points.push(Point { x: place.0, y: place.1, row: index, item });
        }
        pencil.shape(Ink::Line(index), curve.take());
    }
    pencil.shape(Ink::Grid, line((LEFT, bottom), (width - RIGHT, bottom)));
    pencil.done(width, bottom + LINE + 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Mark;

    #[test]
    fn figures_that_have_no_room_beside_each_other_are_left_out() {
        let quantiles = vec![(0.0, 1.0), (0.99999, 2.0), (1.0, 3.0)];
        let row = PercentileRow { label: "a".into(), quantiles };
        let write = |value: f64, decimals: u8| format!("{value:.*}", usize::from(decimals));
        let figures = |width: f64| -> Vec<String> {
            let picture = percentiles(std::slice::from_ref(&row), Frame { width, write: &write });
            let words = picture.marks.into_iter().filter_map(|mark| match mark {
                Mark::Words { words, .. } => Some(words),
                Mark::Shape { .. } => None,
            });
            words.filter(|words| words.starts_with('p')).collect()
        };
        assert_eq!(figures(1_000.0)[..3], ["p0", "p50", "p90"]);
        assert_eq!(figures(300.0)[..2], ["p0", "p90"]);
    }

    #[test]
    fn each_tenth_of_what_is_beyond_is_one_step_right_and_the_longest_is_in_the_picture() {
        let quantiles = vec![(0.0, 1.0), (0.9, 2.0), (0.99, 3.0), (0.999, 4.0), (1.0, 50.0)];
        let row = PercentileRow { label: "a".into(), quantiles };
        let write = |value: f64, decimals: u8| format!("{value:.*}", usize::from(decimals));
        let picture = percentiles(&[row], Frame { width: 500.0, write: &write });
        let x: Vec<f64> = picture.points.iter().map(|point| point.x).collect();
        let steps = [x[1] - x[0], x[2] - x[1], x[3] - x[2]];
        assert!(steps.iter().all(|step| (step - steps[0]).abs() < 1e-9), "{steps:?}");
        assert!(x[4] > x[3] && x[4] <= 500.0 - RIGHT + 1e-9, "{x:?}");
        assert!(picture.points.iter().all(|point| (0.0..=picture.height).contains(&point.y)));
    }
}
