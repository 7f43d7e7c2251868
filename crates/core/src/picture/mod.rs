//! Pictures of results, as marks on a plane: what page and files draw, without knowing of either.
//!
//! A picture is laid out for a width in CSS px, so that its words stay legible on a phone. Words and written numbers come
//! in, in the reader's language. [`svg::standalone`] writes a picture as a file of its own.

mod legend;
mod path;
mod percentiles;
mod phases;
mod round_times;
mod scale;
pub mod svg;
mod sweep;
mod waterfall;

use crate::timing::Phase;

pub use percentiles::{PercentileRow, percentiles};
pub use phases::{PhaseRow, phases};
pub use round_times::{RoundRow, round_times};
pub use sweep::{SweepLine, SweepPoint, sweep};
pub use waterfall::{WaterfallWords, waterfall};

/// Colours told apart; rows beyond share them, and are told apart by their labels as all are.
pub const COLOURS: usize = 8;

/// Height of a line of words, in px.
const LINE: f64 = 18.0;

/// Size of words, in px.
const FONT: f64 = 12.0;

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
    /// What is drawn, in order.
    pub marks: Vec<Mark>,
    /// What has a figure of its own, in reading order.
    pub points: Vec<Point>,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A path.
    Shape {
        /// How it is drawn.
        ink: Ink,
        /// Path data of SVG.
        path: String,
    },
    /// Words.
    Words {
        /// Where they begin, or end, or have their middle, in px.
        x: f64,
        /// Their base line, in px.
        y: f64,
        /// Which of these.
        align: Align,
        /// Whether they stand back: figures on an axis.
        is_soft: bool,
        /// The words.
        words: String,
    },
}

/// How words lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// They begin at their place.
    Start,
    /// They have their middle there.
    Middle,
    /// They end there.
    End,
}

/// How a path is drawn. Numbers are those of rows, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A line of the scale.
    Grid,
    /// Dots in a row's colour: lines without length and with round ends.
    Dots(usize),
    /// A line in a row's colour.
    Line(usize),
    /// A broad, faint line: an interval.
    Interval(usize),
    /// A figure that stands for others: a median.
    Figure(usize),
    /// A part of a request, filled.
    Part(Phase),
    /// A whole request whose parts are hidden, filled.
    Whole,
    /// A request that failed or was stopped, filled.
    Failed,
    /// The moment a connection was new.
    New,
}

/// Something with a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Where, in px.
    pub x: f64,
    /// Where, in px.
    pub y: f64,
    /// Of which row.
    pub row: usize,
    /// Which of the row's figures.
    pub item: usize,
}

/// What a picture is made for.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// Width in px.
    pub width: f64,
    /// Writes a number with so many decimals.
    pub write: &'a dyn Fn(f64, u8) -> String,
}

/// A pencil, so to say: gathers marks.
#[derive(Default)]
struct Pencil {
    marks: Vec<Mark>,
    points: Vec<Point>,
}

impl Pencil {
    fn shape(&mut self, ink: Ink, path: String) {
        if !path.is_empty() {
            self.marks.push(Mark::Shape { ink, path });
        }
    }

    fn words(&mut self, (x, y): (f64, f64), align: Align, words: impl Into<String>) {
        self.marks.push(Mark::Words { x, y, align, is_soft: false, words: words.into() });
    }

    fn figure(&mut self, (x, y): (f64, f64), align: Align, words: String) {
        self.marks.push(Mark::Words { x, y, align, is_soft: true, words });
    }

    /// A row's label with a dot in the row's colour before it.
    fn label(&mut self, row: usize, y: f64, label: &str) {
        self.shape(Ink::Dots(row), path::dot(5.0, y - 4.0));
        self.words((16.0, y), Align::Start, label);
    }

    fn done(self, width: f64, height: f64) -> Picture {
        Picture { width, height, marks: self.marks, points: self.points }
    }
}

/// About how wide words are, in px. Signs of the East Asian scripts are as wide as high, others about half.
fn width_of(words: &str) -> f64 {
    words.chars().map(|sign| if sign >= '\u{1100}' { FONT } else { FONT * 0.56 }).sum()
}
