pub(super) mod clock;
mod error;
pub(super) mod follow;
pub(super) mod meeting;
pub(super) mod session;
mod site;
mod stall;
pub(super) mod tabs;
mod updates;
