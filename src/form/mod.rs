//! What is to be run: the settings, their fields, and the link that holds them.

pub mod choices;
pub mod explain;
pub mod fields;
pub mod folding;
pub mod from_file;
pub mod link;
pub mod model;
pub mod more_options;
pub mod number_fields;
pub mod param_errors;
pub mod plan;
pub mod presets;
pub mod problems;
pub mod summary;
pub mod view;
