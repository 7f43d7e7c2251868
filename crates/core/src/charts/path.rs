//! Path data of SVG, to a tenth of a px. Written without the machinery for decimal numbers, which a page would have to load.

use std::fmt::Write;

/// A path in the making.
#[derive(Default)]
pub(super) struct Path(String);

impl Path {
    pub(super) fn move_to(&mut self, x: f64, y: f64) -> &mut Self {
        self.put('M', &[x, y])
    }

    pub(super) fn line_to(&mut self, x: f64, y: f64) -> &mut Self {
        self.put('L', &[x, y])
    }

    /// A line without length: a dot, where lines have round ends.
    pub(super) fn dot(&mut self, x: f64, y: f64) -> &mut Self {
        self.move_to(x, y);
        self.0.push_str("h0");
        self
    }

    /// A box, at least a third of a px wide, so that it shows.
    pub(super) fn area(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) -> &mut Self {
        let width = width.max(0.3);
        self.move_to(x, y).put('h', &[width]).put('v', &[height]).put('h', &[-width]);
        self.0.push('z');
        self
    }

    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.0)
    }

    fn put(&mut self, command: char, numbers: &[f64]) -> &mut Self {
        self.0.push(command);
        for (index, number) in numbers.iter().enumerate() {
            if index > 0 {
                self.0.push(' ');
            }
            self.0.push_str(&px(*number));
        }
        self
    }
}

pub(super) fn dot(x: f64, y: f64) -> String {
    Path::default().dot(x, y).take()
}

pub(super) fn line((x, y): (f64, f64), (to_x, to_y): (f64, f64)) -> String {
    Path::default().move_to(x, y).line_to(to_x, to_y).take()
}

/// A length in px with a tenth where it has one.
pub(super) fn px(length: f64) -> String {
    let tenths = (length * 10.0).round() as i32;
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => write!(text, "{}{whole}", if tenths < 0 { "-" } else { "" }),
        (whole, tenth) => write!(text, "{}{whole}.{tenth}", if tenths < 0 { "-" } else { "" }),
    };
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_to_a_tenth() {
        let written = [0.0, -0.04, 1.26, -3.5, 120.0, -0.3].map(px);
        assert_eq!(written, ["0", "0", "1.3", "-3.5", "120", "-0.3"]);
    }

    #[test]
    fn a_box_shows_however_narrow() {
        assert_eq!(Path::default().area((1.0, 2.0), (0.0, 4.0)).take(), "M1 2h0.3v4h-0.3z");
    }
}
