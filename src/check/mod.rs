//! The target check.

pub mod fix;
pub mod panel;
pub mod store;
