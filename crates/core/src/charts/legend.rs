//! What colours mean, in as many lines as the width asks for.

use super::{
    marks::{Align, Ink},
    path::Path,
    pencil::{LINE, Pencil, width_of},
};

/// Room for a key's colour before its words, in px.
const KEY: f64 = 20.0;

/// Room after them.
const GAP: f64 = 18.0;

impl Pencil {
    /// Draws keys from `y` on and gives back where they end.
    pub(super) fn legend(&mut self, keys: impl Iterator<Item = (Ink, String)>, width: f64, y: f64) -> f64 {
        let (mut x, mut y) = (0.0, y);
        for (ink, words) in keys {
            let room = KEY + width_of(&words);
            if x > 0.0 && x + room > width {
                (x, y) = (0.0, y + LINE);
            }
            let mut key = Path::default();
            match ink {
                Ink::Line(_) => key.move_to(x, y + 9.0).line_to(x + 14.0, y + 9.0),
                _ => key.area((x, y + 4.0), (12.0, 10.0)),
            };
            self.shape(ink, key.take());
            self.words((x + KEY, y + 13.0), Align::Start, words);
            x += room + GAP;
        }
        y + LINE
    }
}
