pub(super) mod answer;
mod authorities;
pub(super) mod files;
pub(super) mod gates;
