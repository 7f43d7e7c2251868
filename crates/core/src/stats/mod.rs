//! Statistics, and numbers as they are read and written.

pub mod histogram;
pub mod holm;
pub mod numbers;
pub mod order;
pub mod outliers;
pub mod student;
pub mod summary;
