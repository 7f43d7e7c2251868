//! Reports that are kept, opened, compared and saved.

pub mod compare;
pub mod drop_zone;
pub mod history;
pub mod kept;
pub mod library;
pub mod tools;
