//! The target check.

pub mod button;
pub mod fix;
pub mod panel;
pub mod store;
