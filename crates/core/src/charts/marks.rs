//! What a picture is made of.

use crate::samples::Phase;

/// Colours that differ; rows beyond share them, and differ by their labels as all do.
pub const COLOURS: usize = 8;

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
        style: Style,
        /// Path data of SVG.
        path: String,
    },
    /// Text.
    Text {
        /// Where it begins, ends or has its middle, in px.
        x: f64,
        /// Its base line, in px.
        y: f64,
        /// Which of these.
        align: Align,
        /// Whether it stands back: figures on an axis.
        is_muted: bool,
        /// What is written.
        text: String,
    },
}

/// How text lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// It begins at its place.
    Start,
    /// It has its middle there.
    Middle,
    /// It ends there.
    End,
}

/// How a path is drawn. Numbers are those of rows, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
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

#[cfg(test)]
pub(super) fn frame(width: f64) -> Frame<'static> {
    Frame { width, write: &|value, decimals| format!("{value:.*}", usize::from(decimals)) }
}
