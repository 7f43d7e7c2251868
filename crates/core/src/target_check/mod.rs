//! Whether a target can be measured in full, and what its server would have to change: judged from a few requests.
//!
//! The engine asks and writes down what the browser shows ([`Observations`]); [`findings`] judges. What cannot be seen is said
//! to be unknown, never guessed.

mod code;
mod finding;
mod judge;
mod keep_alive;
mod probe;
pub mod server_lines;

pub use code::{CheckCode, Fix, Mark, Topic};
pub use finding::{CheckFinding, ServerLines, TargetCheck};
pub use judge::findings;
pub use keep_alive::{MOST_REQUESTS, is_settled};
pub use probe::{Answer, CacheHeaders, Observations, Reply, harmless, plain};

#[cfg(test)]
mod tests;
