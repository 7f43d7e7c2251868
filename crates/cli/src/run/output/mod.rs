//! What a run prints and writes.

pub(super) mod answer;
mod authorities;
pub(super) mod files;
pub(super) mod gates;
