//! How the time changes with the number of requests in flight. Across, each doubling is one step.

use super::{
    drawing::{Drawing, LINE, LinePlot},
    marks::{Align, Frame, Picture, Style},
    path::{Path, line},
};
use crate::stats::order::order_by;

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
    let mut drawing = Drawing::default();
    let points = || lines.iter().flat_map(|line| &line.points);
    let times =
        points().flat_map(|point| [point.median, point.interval.map_or(point.median, |(_, high)| high)]);
    let mut plot = LinePlot::new(&mut drawing, lines.iter().map(|line| &line.label), times, frame);
    let in_flight: Vec<u32> = points().map(|point| point.in_flight).collect();
    let order = order_by(in_flight.len(), |at| [in_flight[at].into(), 0.0]);
    let mut lanes: Vec<u32> = order.into_iter().map(|at| in_flight[at]).collect();
    lanes.dedup();
    let doublings = |in_flight: u32| f64::from(in_flight.max(1)).log2();
    let (first, last) =
        (lanes.first().map_or(0.0, |n| doublings(*n)), lanes.last().map_or(1.0, |n| doublings(*n)));
    // Room at both ends: an interval stands on its point and not on the frame.
    let (from, to) = (plot.left + 16.0, plot.right);
    let x = |in_flight: u32| from + (doublings(in_flight) - first) / (last - first).max(1e-9) * (to - from);

    for in_flight in lanes {
        let x = x(in_flight);
        plot.grid.move_to(x, plot.bottom).line_to(x, plot.bottom + 4.0);
        drawing.figure((x, plot.bottom + 17.0), Align::Middle, (frame.write)(f64::from(in_flight), 0));
    }
    drawing.shape(Style::Grid, plot.grid.take());
    for (index, group) in lines.iter().enumerate() {
        let mut dots = Path::default();
        for point in &group.points {
            let x = x(point.in_flight);
            if let Some((low, high)) = point.interval {
                drawing.shape(Style::Interval(index), line((x, plot.y(low)), (x, plot.y(high))));
            }
            dots.dot(x, plot.y(point.median));
        }
        drawing.row_line(index, group.points.iter().map(|point| (x(point.in_flight), plot.y(point.median))));
        drawing.shape(Style::Dots(index), dots.take());
    }
    drawing.done(frame.width, plot.bottom + LINE + 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::marks::frame;

    #[test]
    fn each_doubling_is_one_step() {
        let point = |in_flight: u32| SweepPoint { in_flight, median: 100.0, interval: Some((90.0, 120.0)) };
        let line = SweepLine { label: "a".into(), points: [1, 2, 4, 8].map(point).to_vec() };
        let picture = sweep(&[line], frame(500.0));
        let x: Vec<f64> = picture.points.iter().map(|point| point.x).collect();
        let step = x[1] - x[0];
        assert!(step > 50.0 && x.windows(2).all(|pair| (pair[1] - pair[0] - step).abs() < 1e-9), "{x:?}");
    }
}
