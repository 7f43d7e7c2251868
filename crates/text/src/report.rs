//! What a report says, in words.

mod baseline;
mod groups;
mod headline;
mod labels;
pub mod numbers;
mod sessions;
mod table;

pub use baseline::baseline;
pub(crate) use groups::{by_reason, named};
pub use groups::{in_group, verdict_within};
pub use headline::{HeadlineWords, headline};
pub use labels::{Labels, Row, in_words};
pub use sessions::{Sessions, session_medians, sessions};
pub use table::Table;
