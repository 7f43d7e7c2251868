//! What a report says, in words.

mod groups;
mod headline;
mod labels;
pub(crate) mod numbers;

pub(crate) use groups::{by_reason, named};
pub use groups::{in_group, verdict_within};
pub use headline::{HeadlineWords, headline};
pub use labels::{Labels, Row, in_words};
