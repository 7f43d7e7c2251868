pub mod fix;
mod own_origin;
pub mod panel;
pub mod store;
