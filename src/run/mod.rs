//! A run: its state, its progress, and why it could not be made.

pub mod default_target;
pub mod failure;
pub mod far;
pub mod in_view;
pub mod lab;
pub mod panel;
pub mod request;
pub mod store;
pub mod url_check;
