//! What a run is asked to do.

pub mod client;
pub mod client_choice;
pub mod concurrency;
pub mod factors;
pub mod limits;
mod load;
mod one_or_more;
pub mod params;
pub mod preset;
mod problems;
mod restored;
pub(crate) mod settings;
mod targets;
pub mod variant;

pub use load::Load;
pub use settings::{AutoBudget, Scenario, ScenarioError};
pub use targets::NamedTarget;
