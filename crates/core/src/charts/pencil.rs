//! Gathers the marks of a picture.

use super::{
    marks::{Align, Ink, Mark, Picture, Point},
    path,
};

/// Height of a line of words, in px.
pub(super) const LINE: f64 = 18.0;

/// Size of words, in px.
pub(super) const FONT: f64 = 12.0;

/// Gathers marks.
#[derive(Default)]
pub(super) struct Pencil {
    pub(super) marks: Vec<Mark>,
    pub(super) points: Vec<Point>,
}

impl Pencil {
    pub(super) fn shape(&mut self, ink: Ink, path: String) {
        if !path.is_empty() {
            self.marks.push(Mark::Shape { ink, path });
        }
    }

    pub(super) fn words(&mut self, (x, y): (f64, f64), align: Align, words: impl Into<String>) {
        self.marks.push(Mark::Words { x, y, align, is_soft: false, words: words.into() });
    }

    pub(super) fn figure(&mut self, (x, y): (f64, f64), align: Align, words: String) {
        self.marks.push(Mark::Words { x, y, align, is_soft: true, words });
    }

    /// A row's label with a dot in the row's colour before it.
    pub(super) fn label(&mut self, row: usize, y: f64, label: &str) {
        self.shape(Ink::Dots(row), path::dot(5.0, y - 4.0));
        self.words((16.0, y), Align::Start, label);
    }

    pub(super) fn done(self, width: f64, height: f64) -> Picture {
        Picture { width, height, marks: self.marks, points: self.points }
    }
}

/// About how wide words are, in px. Signs of the East Asian scripts are as wide as high, others about half.
pub(super) fn width_of(words: &str) -> f64 {
    words.chars().map(|sign| if sign >= '\u{1100}' { FONT } else { FONT * 0.56 }).sum()
}
