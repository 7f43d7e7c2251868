//! What the benchmarks in `benches/engine` make of their measurements: ratios, goals, tables. Here, where it is tested.

pub mod goal;
pub mod progress;
pub mod ratio;
pub mod share;
pub mod table;
pub mod times;
