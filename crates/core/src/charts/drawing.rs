//! A picture in the making, and what several charts draw alike.

use super::{
    marks::{Align, Frame, Mark, Picture, Point, Style},
    path::{Path, dot},
    scale::Scale,
};

/// Height of a line of text, in px.
pub(super) const LINE: f64 = 18.0;

/// Size of text, in px.
pub(super) const FONT: f64 = 12.0;

/// Gathers the marks of a picture.
#[derive(Default)]
pub(super) struct Drawing {
    pub(super) marks: Vec<Mark>,
    pub(super) points: Vec<Point>,
}

impl Drawing {
    pub(super) fn shape(&mut self, style: Style, path: String) {
        if !path.is_empty() {
            self.marks.push(Mark::Shape { style, path });
        }
    }

    pub(super) fn text(&mut self, (x, y): (f64, f64), align: Align, text: impl Into<String>) {
        self.marks.push(Mark::Text { x, y, align, is_muted: false, text: text.into() });
    }

    /// A figure on an axis.
    pub(super) fn figure(&mut self, (x, y): (f64, f64), align: Align, text: String) {
        self.marks.push(Mark::Text { x, y, align, is_muted: true, text });
    }

    /// A row's label with a dot in the row's colour before it.
    pub(super) fn label(&mut self, row: usize, y: f64, label: &str) {
        self.shape(Style::Dots(row), dot(5.0, y - 4.0));
        self.text((16.0, y), Align::Start, label);
    }

    /// A row's line, each of whose places is a point.
    pub(super) fn row_line(&mut self, row: usize, places: impl Iterator<Item = (f64, f64)>) {
        let mut line = Path::default();
        for (item, (x, y)) in places.enumerate() {
            if item == 0 {
                line.move_to(x, y)
            } else {
                line.line_to(x, y)
            };
            self.points.push(Point { x, y, row, item });
        }
        self.shape(Style::Line(row), line.take());
    }

    /// Draws the keys of colours from `y` on, in as many lines as the width asks for, and gives back where they end.
    pub(super) fn legend(
        &mut self,
        keys: impl IntoIterator<Item = (Style, String)>,
        width: f64,
        y: f64,
    ) -> f64 {
        /// Room for a key's colour before its words, and after them, in px.
        const ROOM: (f64, f64) = (20.0, 18.0);
        let (mut x, mut y) = (0.0, y);
        for (style, words) in keys {
            let room = ROOM.0 + width_of(&words);
            if x > 0.0 && x + room > width {
                (x, y) = (0.0, y + LINE);
            }
            let mut key = Path::default();
            match style {
                Style::Line(_) => key.move_to(x, y + 9.0).line_to(x + 14.0, y + 9.0),
                _ => key.area((x, y + 4.0), (12.0, 10.0)),
            };
            self.shape(style, key.take());
            self.text((x + ROOM.0, y + 13.0), Align::Start, words);
            x += room + ROOM.1;
        }
        y + LINE
    }

    pub(super) fn done(self, width: f64, height: f64) -> Picture {
        Picture { width, height, marks: self.marks, points: self.points }
    }
}

/// The area of a chart with a line per row, times upwards, below its legend.
pub(super) struct LinePlot {
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    scale: Scale,
    /// The lines of both scales.
    pub(super) grid: Path,
}

impl LinePlot {
    /// Height of the plot, in px.
    const HEIGHT: f64 = 220.0;
    /// Room for the figures at the left, in px.
    const LEFT: f64 = 52.0;
    /// Room at the right, so that the last figure is not cut.
    const RIGHT: f64 = 22.0;

    /// Draws the legend and the scale of times (ms), which holds all of `times`.
    pub(super) fn new<'l>(
        drawing: &mut Drawing,
        labels: impl Iterator<Item = &'l String>,
        times: impl Iterator<Item = f64>,
        frame: Frame<'_>,
    ) -> Self {
        let keys = labels.enumerate().map(|(row, label)| (Style::Line(row), label.clone()));
        let top = drawing.legend(keys, frame.width, 0.0) + 14.0;
        let mut plot = Self {
            top,
            bottom: top + Self::HEIGHT,
            left: Self::LEFT,
            right: frame.width - Self::RIGHT,
            scale: Scale::from_zero(times),
            grid: Path::default(),
        };
        for tick in plot.scale.ticks.clone() {
            let y = plot.y(tick);
            plot.grid.move_to(plot.left, y).line_to(plot.right, y);
            drawing.figure((plot.left - 8.0, y + 4.0), Align::End, (frame.write)(tick, plot.scale.decimals));
        }
        plot
    }

    /// Where a time of so many ms lies.
    pub(super) fn y(&self, ms: f64) -> f64 {
        self.bottom - self.scale.place(ms) * Self::HEIGHT
    }
}

/// About how wide text is, in px. Signs of the East Asian scripts are as wide as high, others about half.
fn width_of(text: &str) -> f64 {
    text.chars().map(|sign| if sign >= '\u{1100}' { FONT } else { FONT * 0.56 }).sum()
}
