//! What came of a run.

pub mod answer;
pub mod charts;
pub mod environment;
pub mod export;
pub mod lifecycles;
pub mod outcome;
pub mod ranking;
pub mod sections;
pub mod sorting;
pub mod table;
pub mod tags;
pub mod validity;
pub mod verdict;
