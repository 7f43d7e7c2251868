//! Whether a target can be measured in full, and what its server would have to change: told from a few requests.
//!
//! The engine asks and writes down what the browser told ([`Observed`]); [`findings`] judges. What cannot be seen is said
//! to be unknown, never guessed.

mod code;
mod finding;
mod judge;
mod keeping;
mod observed;
mod request;
pub mod server_lines;

pub use code::{CheckCode, Fix, Mark, Topic};
pub use finding::{CheckFinding, ServerLines, TargetCheck};
pub use judge::findings;
pub use keeping::{MOST_REQUESTS, is_settled};
pub use observed::{Answered, CacheHeaders, Ended, Observed};
pub use request::{harmless, plain};

#[cfg(test)]
mod tests;
