//! Charts of a report, one per file, each with its table.

pub mod chart;
pub mod marks;
pub mod percentiles;
pub mod phases;
pub mod round_times;
pub mod sweep;
pub mod waterfall;
