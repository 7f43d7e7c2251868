//! Small parts that the rooms share.

pub mod clipboard;
pub mod dates;
pub mod el;
pub mod files;
pub mod footer;
pub mod header;
pub mod languages;
pub mod numbers;
pub mod table;
