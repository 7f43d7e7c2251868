//! The browser, and the run in it.

mod error;
pub(super) mod follow;
pub(super) mod session;
mod site;
mod stall;
pub(super) mod tabs;
mod updates;
