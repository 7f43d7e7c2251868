//! Round times: a dot for each, a row per variant, with median and interval.

use super::{
    drawing::{Drawing, LINE},
    marks::{Align, Frame, Picture, Point, Style},
    path::{Path, line},
    scale::Scale,
};

/// Height of a row's strip, in px.
const STRIP: f64 = 34.0;
/// Room between rows, in px.
const GAP: f64 = 10.0;
/// Room at both ends of the scale, so that its figures are not cut.
const EDGE: f64 = 14.0;

/// One variant.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundRow {
    /// Its label.
    pub label: String,
    /// Round times in ms, in the order they were measured.
    pub times: Vec<f64>,
    /// Their median, where it is known.
    pub median: Option<f64>,
    /// The median's interval, where there are enough rounds for one.
    pub interval: Option<(f64, f64)>,
}

/// Rows over one scale. Dots go down a strip in the order of measuring: a drift shows as a slope. Figures have at most so
/// many decimals.
pub fn round_times(rows: &[RoundRow], decimals: u8, frame: Frame<'_>) -> Picture {
    let Frame { width, write } = frame;
    let ends = rows.iter().flat_map(|row| row.interval).flat_map(|(low, high)| [low, high]);
    let scale = Scale::over(rows.iter().flat_map(|row| row.times.iter().copied()).chain(ends));
    let x = |time: f64| EDGE + scale.place(time) * (width - 2.0 * EDGE);
    let row_height = LINE + STRIP + GAP;
    let bottom = rows.len() as f64 * row_height;
    let mut drawing = Drawing::default();

    let mut grid = Path::default();
    for (index, _) in rows.iter().enumerate() {
        let top = index as f64 * row_height + LINE;
        for tick in &scale.ticks {
            grid.move_to(x(*tick), top).line_to(x(*tick), top + STRIP);
        }
    }
    drawing.shape(Style::Grid, grid.take());
    for (index, row) in rows.iter().enumerate() {
        let top = index as f64 * row_height;
        drawing.label(index, top + 13.0, &row.label);
        let (from, to) = (top + LINE, top + LINE + STRIP);
        if let Some((low, high)) = row.interval {
            let middle = f64::midpoint(from, to);
            drawing.shape(Style::Interval(index), line((x(low), middle), (x(high), middle)));
        }
        let last = row.times.len().saturating_sub(1).max(1) as f64;
        let mut dots = Path::default();
        for (item, time) in row.times.iter().enumerate() {
            let y = from + 4.0 + (STRIP - 8.0) * item as f64 / last;
            dots.dot(x(*time), y);
            drawing.points.push(Point { x: x(*time), y, row: index, item });
        }
        drawing.shape(Style::Dots(index), dots.take());
        if let Some(median) = row.median {
            drawing.shape(Style::Figure(index), line((x(median), from), (x(median), to)));
        }
    }
    for tick in &scale.ticks {
        let figure = write(*tick, scale.decimals.min(decimals.max(1)));
        drawing.figure((x(*tick), bottom + 10.0), Align::Middle, figure);
    }
    drawing.done(width, bottom + LINE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::marks::{Mark, frame};

    #[test]
    fn each_round_is_a_point_and_the_scale_holds_the_interval() {
        let row = RoundRow {
            label: "a".into(),
            times: vec![10.0, 12.0, 11.0],
            median: Some(11.0),
            interval: Some((8.0, 14.0)),
        };
        let picture = round_times(&[row], 1, frame(400.0));
        let items: Vec<_> = picture.points.iter().map(|point| (point.row, point.item)).collect();
        assert_eq!(items, [(0, 0), (0, 1), (0, 2)]);
        assert!(picture.points.iter().all(|point| (0.0..=400.0).contains(&point.x)));
        let figures = picture.marks.iter().filter_map(|mark| match mark {
            Mark::Text { text, is_muted: true, .. } => Some(text.as_str()),
            _ => None,
        });
        let figures: Vec<_> = figures.collect();
        assert_eq!((figures.first(), figures.last()), (Some(&"8"), Some(&"14")));
    }
}
