//! Where a request's time went: the mean of each part, stacked, a bar per variant.

use super::{
    drawing::{Drawing, LINE},
    marks::{Align, Frame, Picture, Point, Style},
    path::Path,
    scale::Scale,
};
use crate::samples::Phase;

/// Height of a bar, in px.
const BAR: f64 = 20.0;
/// Room between rows, in px.
const GAP: f64 = 12.0;
/// Room at the right, so that the last figure is not cut.
const RIGHT: f64 = 20.0;

/// One variant.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseRow {
    /// Its label.
    pub label: String,
    /// The mean of each part in ms, in the order of time.
    pub parts: Vec<(Phase, f64)>,
}

/// A bar per variant over one scale, and what the parts are called.
pub fn phases(rows: &[PhaseRow], names: &[(Phase, String)], frame: Frame<'_>) -> Picture {
    let Frame { width, write } = frame;
    let mut drawing = Drawing::default();
    let keys = names.iter().map(|(phase, name)| (Style::Part(*phase), name.clone()));
    let top = drawing.legend(keys, width, 0.0) + 8.0;
    let total = |row: &PhaseRow| row.parts.iter().map(|(_, ms)| ms).sum::<f64>();
    let scale = Scale::from_zero(rows.iter().map(total));
    let x = |ms: f64| scale.place(ms) * (width - RIGHT);
    let row_height = LINE + BAR + GAP;
    let bottom = top + rows.len() as f64 * row_height - GAP + 4.0;
    let mut grid = Path::default();
    for tick in &scale.ticks {
        grid.move_to(x(*tick), top).line_to(x(*tick), bottom);
        let align = if *tick > 0.0 { Align::Middle } else { Align::Start };
        drawing.figure((x(*tick), bottom + 13.0), align, write(*tick, scale.decimals));
    }
    drawing.shape(Style::Grid, grid.take());
    for (index, row) in rows.iter().enumerate() {
        let y = top + index as f64 * row_height;
        drawing.text((0.0, y + 13.0), Align::Start, row.label.as_str());
        let mut before = 0.0;
        for (item, (phase, ms)) in row.parts.iter().enumerate() {
            let (from, to) = (x(before), x(before + ms));
            before += ms;
            drawing
                .shape(Style::Part(*phase), Path::default().area((from, y + LINE), (to - from, BAR)).take());
            let point = Point { x: f64::midpoint(from, to), y: y + LINE + BAR / 2.0, row: index, item };
            drawing.points.push(point);
        }
    }
    drawing.done(width, bottom + LINE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::marks::frame;

    #[test]
    fn parts_stand_side_by_side_in_order() {
        let parts = vec![(Phase::Queue, 1.0), (Phase::FirstByte, 2.0), (Phase::Download, 1.0)];
        let row = PhaseRow { label: "a".into(), parts };
        let picture = phases(&[row], &[], frame(420.0));
        // 4 ms over 400 px: the middles of 0–1, 1–3 and 3–4.
        let x: Vec<f64> = picture.points.iter().map(|point| point.x).collect();
        assert_eq!(x, [50.0, 200.0, 350.0]);
    }
}
