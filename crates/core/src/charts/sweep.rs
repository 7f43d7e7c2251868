//! How the time changes with the number of requests in flight. Across, each doubling is one step.

use super::{
    marks::{Align, Frame, Ink, Picture, Point},
    path::{Path, line},
    pencil::{LINE, Pencil},
    scale::Scale,
};
use crate::stats::order::order_by;

/// Height of the plot, in px.
const HEIGHT: f64 = 220.0;
/// Room for the figures at the left, in px.
const LEFT: f64 = 52.0;
/// Room at the right, so that the last figure is not cut.
const RIGHT: f64 = 22.0;

/// Rows that differ in nothing but how many requests are in flight.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepLine {
    /// What they have in common.
    pub label: String,
    /// The rows, fewest in flight first.
    pub points: Vec<SweepPoint>,
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepPoint {
    /// Requests in flight.
    pub in_flight: u32,
    /// Median round time in ms.
    pub median: f64,
    /// The median's interval, where there are enough rounds for one.
    pub interval: Option<(f64, f64)>,
}

/// A line per group of rows; intervals stand upright.
pub fn sweep(lines: &[SweepLine], frame: Frame<'_>) -> Picture {
    let Frame { width, write } = frame;
    let mut pencil = Pencil::default();
    let keys = lines.iter().enumerate().map(|(index, line)| (Ink::Line(index), line.label.clone()));
    let top = pencil.legend(keys, width, 0.0) + 14.0;
    let bottom = top + HEIGHT;
    let points = || lines.iter().flat_map(|line| &line.points);
    let values =
        points().flat_map(|point| [point.median, point.interval.map_or(point.median, |(_, high)| high)]);
    let scale = Scale::from_zero(values);
    let y = |ms: f64| bottom - scale.place(ms) * HEIGHT;
    let in_flight: Vec<u32> = points().map(|point| point.in_flight).collect();
    let order = order_by(in_flight.len(), |at| [in_flight[at].into(), 0.0]);
    let mut lanes: Vec<u32> = order.into_iter().map(|at| in_flight[at]).collect();
    lanes.dedup();
    let doublings = |in_flight: u32| f64::from(in_flight.max(1)).log2();
    let (first, last) =
        (lanes.first().map_or(0.0, |n| doublings(*n)), lanes.last().map_or(1.0, |n| doublings(*n)));
    // Room at both ends: an interval stands on its point and not on the frame.
    let (from, to) = (LEFT + 16.0, width - RIGHT);
    let x = |in_flight: u32| from + (doublings(in_flight) - first) / (last - first).max(1e-9) * (to - from);

    let mut grid = Path::default();
    for tick in &scale.ticks {
        grid.move_to(LEFT, y(*tick)).line_to(width - RIGHT, y(*tick));
        pencil.figure((LEFT - 8.0, y(*tick) + 4.0), Align::End, write(*tick, scale.decimals));
    }
    for in_flight in &lanes {
        grid.move_to(x(*in_flight), bottom).line_to(x(*in_flight), bottom + 4.0);
        pencil.figure((x(*in_flight), bottom + 17.0), Align::Middle, write(f64::from(*in_flight), 0));
    }
    pencil.shape(Ink::Grid, grid.take());
    for (index, group) in lines.iter().enumerate() {
        let (mut curve, mut dots) = (Path::default(), Path::default());
        for (item, point) in group.points.iter().enumerate() {
            let place = (x(point.in_flight), y(point.median));
            if let Some((low, high)) = point.interval {
                pencil.shape(Ink::Interval(index), line((place.0, y(low)), (place.0, y(high))));
            }
            if item == 0 {
                curve.move_to(place.0, place.1);
            } else {
                curve.line_to(place.0, place.1);
            }
            dots.dot(place.0, place.1);
            pencil.points.push(Point { x: place.0, y: place.1, row: index, item });
        }
        pencil.shape(Ink::Line(index), curve.take());
        pencil.shape(Ink::Dots(index), dots.take());
    }
    pencil.done(width, bottom + LINE + 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_doubling_is_one_step() {
        let point = |in_flight: u32| SweepPoint { in_flight, median: 100.0, interval: Some((90.0, 120.0)) };
        let line = SweepLine { label: "a".into(), points: [1, 2, 4, 8].map(point).to_vec() };
        let write = |value: f64, decimals: u8| format!("{value:.*}", usize::from(decimals));
        let picture = sweep(&[line], Frame { width: 500.0, write: &write });
        let x: Vec<f64> = picture.points.iter().map(|point| point.x).collect();
        let step = x[1] - x[0];
        assert!(step > 50.0 && x.windows(2).all(|pair| (pair[1] - pair[0] - step).abs() < 1e-9), "{x:?}");
    }
}
