//! Charts of a report, one per file, each with its table.
//!
//! A new chart is a layout in `fetchmark_core::charts`, a file here, its words in `fetchmark_text`'s charts, and a line in
//! [`outcome`](crate::results::outcome), which puts all charts in order.

pub mod chart;
pub mod marks;
pub mod percentiles;
pub mod phases;
pub mod round_times;
pub mod sweep;
pub mod waterfall;
