//! Pictures of results, as marks on a plane: what page and files draw, without knowing of either.
//!
//! A picture is laid out for a width in CSS px, so that its words stay legible on a phone. Words and written numbers come
//! in, in the reader's language. [`svg::standalone`] writes a picture as a file of its own.

mod drawing;
mod marks;
mod path;
mod percentiles;
mod phases;
mod round_times;
mod scale;
pub mod svg;
mod sweep;
mod waterfall;

pub use marks::{Align, COLOURS, Frame, Mark, Picture, Point, Style};
pub use percentiles::{PercentileRow, percentiles};
pub use phases::{PhaseRow, phases};
pub use round_times::{RoundRow, round_times};
pub use sweep::{SweepLine, SweepPoint, sweep};
pub use waterfall::{WaterfallLabels, waterfall};
