//! What a result must keep to: thresholds, and an earlier report.

mod baseline;
mod failures;
mod figure;
mod gate;
mod metric;
pub mod threshold;

pub use baseline::gates_of_comparison;
pub use gate::{Gate, GateOutcome, overall};
pub use metric::{Metric, Unit};
