//! Reports that are kept, opened, compared and saved.

pub mod compare;
pub mod comparison_view;
pub mod drop_zone;
pub mod formats;
pub mod history;
pub mod kept;
pub mod library;
pub mod reading;
pub mod report_view;
pub mod tsv;
