//! Times as dots on one scale, a strip per row.

use super::{
    el::{El, classed},
    numbers,
    tags::tags,
};
use crate::labels::Tag;
use leptos::prelude::*;
use std::fmt::Write;

/// The colours there are, as classes; rows beyond share them, and are told apart by their labels as all are.
const COLOURS: [&str; 8] = [
    "strip colour-0",
    "strip colour-1",
    "strip colour-2",
    "strip colour-3",
    "strip colour-4",
    "strip colour-5",
    "strip colour-6",
    "strip colour-7",
];
/// Steps on the scale, about.
const STEPS: f64 = 5.0;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct StripRow {
    /// Its label.
    pub tags: Vec<Tag>,
    /// The times in ms, in the order they were measured.
    pub times: Vec<f64>,
    /// Their median, where it is known.
    pub median: Option<f64>,
}

impl StripRow {
    /// A row without times.
    pub fn new(tags: Vec<Tag>) -> Self {
        Self { tags, times: Vec::new(), median: None }
    }
}

/// The strips over one scale, whose figures have at most so many decimals. It is a picture: whoever shows it puts the
/// figures beside it.
pub fn strip_plot(rows: Vec<StripRow>, decimals: u8) -> El {
    let numbers = numbers();
    let scale = Scale::over(rows.iter().flat_map(|row| row.times.iter().copied()));
    let tick = |time: &f64| {
        classed("span", "tick")
            .style("left", format!("calc({} * 0.1%)", scale.place(*time)))
            .text(&numbers.fixed(*time, scale.decimals.min(decimals.max(1))))
    };
    let strips = rows.iter().enumerate().map(|(index, row)| {
        classed("div", COLOURS[index % COLOURS.len()])
            .child(classed("span", "strip-label").children(tags(&row.tags)))
            .view(plot(row, &scale))
    });
    classed("div", "strips")
        .children(strips)
        .child(classed("div", "ticks").children(scale.ticks.iter().map(tick)))
}

fn plot(row: &StripRow, scale: &Scale) -> AnyView {
    let grid = path(scale.ticks.iter().map(|tick| (scale.place(*tick), 0)), "V100");
    let dots = dots_path(&row.times, scale);
    let median = path(row.median.iter().map(|median| (scale.place(*median), 0)), "V100");
    view! {
        <svg class="strip-plot" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
            <path class="grid" d=grid />
            <path class="dots" d=dots />
            <path class="median" d=median />
        </svg>
    }
    .into_any()
}

/// Where times lie between left (0) and right (1,000).
#[derive(Clone, Debug, PartialEq)]
struct Scale {
    low: f64,
    high: f64,
    ticks: Vec<f64>,
    decimals: u8,
}

impl Scale {
    /// A scale with round figures that holds all times.
    fn over(times: impl Iterator<Item = f64>) -> Self {
        let (least, most) = times
            .filter(|time| time.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), time| (low.min(time), high.max(time)));
        let (least, most) = if least <= most { (least, most) } else { (0.0, 1.0) };
        // One time, or equal ones, still need a scale of some width.
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

    fn place(&self, time: f64) -> i32 {
        ((time - self.low) / (self.high - self.low) * 1_000.0).round() as i32
    }
}

/// The next of 1, 2 and 5 times a power of ten.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powi(step.log10().floor() as i32);
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= step * 0.999).unwrap_or(10.0);
    factor * power
}

/// A dot is a line without length and with round ends, so it stays round however the strip is stretched. Dots go down
/// the strip in the order of measuring: a drift shows as a slope.
fn dots_path(times: &[f64], scale: &Scale) -> String {
    let last = times.len().saturating_sub(1).max(1);
    path(
        times.iter().enumerate().map(|(index, time)| (scale.place(*time), (15 + 70 * index / last) as i32)),
        "h0",
    )
}

fn path(points: impl Iterator<Item = (i32, i32)>, mark: &str) -> String {
    let mut path = String::new();
    for (x, y) in points {
        // Writing to a string cannot fail.
        let _ = write!(path, "M{x} {y}{mark}");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_has_round_figures_and_holds_all_times() {
        let scale = Scale::over([152.0, 163.0, 158.5].into_iter());
        assert_eq!((scale.low, scale.high), (150.0, 165.0));
        assert_eq!(scale.ticks, [150.0, 155.0, 160.0, 165.0]);
        assert_eq!((scale.place(150.0), scale.place(165.0)), (0, 1_000));
    }

    #[test]
    fn no_time_and_one_time_have_a_scale_too() {
        for times in [vec![], vec![5.0], vec![0.0], vec![f64::NAN]] {
            let scale = Scale::over(times.iter().copied());
            assert!(scale.high > scale.low && scale.ticks.len() < 20, "{times:?} {scale:?}");
        }
    }

    #[test]
    fn dots_are_points_in_order() {
        let scale = Scale::over([0.0, 10.0].into_iter());
        assert_eq!(dots_path(&[0.0, 10.0], &scale), "M0 15h0M1000 85h0");
    }
}
