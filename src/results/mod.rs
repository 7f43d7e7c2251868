//! What came of a run.

pub mod answer;
pub mod charts;
mod compared;
pub mod export;
pub mod labels;
pub mod lifecycles;
pub mod outcome;
pub mod ranking;
pub mod sections;
pub mod sessions;
pub mod sorting;
pub mod table;
pub mod targets;
pub mod validity;
