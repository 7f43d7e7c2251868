//! What is to be run.
//!
//! A new field is a view in [`fields`] and its setting in [`model`]; a new preset is one in `fetchmark_core::scenario::preset`, and its name and
//! question in `fetchmark_text`: [`presets`] lists them all.

pub mod fields;
pub mod first_problem;
pub mod folding;
pub mod link;
pub mod model;
pub mod notices;
pub mod plan;
pub mod presets;
pub mod summary;
pub mod view;
