//! Times as dots on one scale, a strip per row.

use super::{numbers, tags::tags};
use crate::labels::Tag;
use leptos::prelude::*;
use std::fmt::Write;

/// Colours there are; rows beyond share them, and are told apart by their labels as all are.
const COLOURS: usize = 8;
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
pub(super) fn strip_plot(rows: Vec<StripRow>, decimals: u8) -> AnyView {
    let numbers = numbers();
    let scale = Scale::over(rows.iter().flat_map(|row| row.times.iter().copied()));
    let ticks: Vec<_> = scale
        .ticks
        .iter()
        .map(|tick| {
            let left = format!("{:.2}%", scale.place(*tick));
            let figure = numbers.fixed(*tick, scale.decimals.min(decimals.max(1)));
            view! { <span class="tick" style:left=left>{figure}</span> }.into_any()
        })
        .collect();
    let lines = grid_path(&scale);
    let strips: Vec<_> = rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| {
            let dots = dots_path(&row.times, &scale);
            let median = path(row.median.map(|median| (scale.place(median), 0.0)).into_iter(), "V100");
            view! {
                <div class=format!("strip colour-{}", index % COLOURS)>
                    <span class="strip-label">{tags(row.tags)}</span>
                    <svg class="strip-plot" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                        <path class="grid" d=lines.clone() />
                        <path class="dots" d=dots />
                        <path class="median" d=median />
                    </svg>
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="strips">
            {strips}
            <div class="ticks">{ticks}</div>
        </div>
    }
    .into_any()
}

/// Where times lie between left (0) and right (100).
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

    fn place(&self, time: f64) -> f64 {
        (time - self.low) / (self.high - self.low) * 100.0
    }
}

/// The next of 1, 2 and 5 times a power of ten.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= step * 0.999).unwrap_or(10.0);
    factor * power
}

fn grid_path(scale: &Scale) -> String {
    path(scale.ticks.iter().map(|tick| (scale.place(*tick), 0.0)), "V100")
}

/// A dot is a line without length and with round ends, so it stays round however the strip is stretched. Dots go down
/// the strip in the order of measuring: a drift shows as a slope.
fn dots_path(times: &[f64], scale: &Scale) -> String {
    let rows = times.len().max(2) as f64 - 1.0;
    let middle = if times.len() == 1 { 50.0 } else { 15.0 };
    path(times.iter().zip(0_u32..).map(|(time, index)| (scale.place(*time), middle + 70.0 * f64::from(index) / rows)), "h0")
}

fn path(points: impl Iterator<Item = (f64, f64)>, mark: &str) -> String {
    let mut path = String::new();
    for (x, y) in points.filter(|(x, _)| x.is_finite()) {
        // Writing to a string cannot fail.
        let _ = write!(path, "M{x:.2} {y:.2}{mark}");
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
        assert_eq!((scale.place(150.0), scale.place(165.0)), (0.0, 100.0));
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
        assert_eq!(dots_path(&[0.0, 10.0], &scale), "M0.00 15.00h0M100.00 85.00h0");
        assert_eq!(dots_path(&[f64::NAN], &scale), "");
    }
}
