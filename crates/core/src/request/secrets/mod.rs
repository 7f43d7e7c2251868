//! Secrets in what is requested: found by their names, and masked in everything that is kept, printed or passed on.
//!
//! A report is made to be passed on, and what it was measured with is seldom meant to be. Nothing of a masked value is kept, no hash
//! either: a short secret could be guessed from it.

mod body;
mod known;
mod mask;
mod name;

pub use body::MARK;
pub use known::{Secrets, restored};
pub use mask::{address, body, header_line, is_masked_body, target};
pub use name::{Place, SecretName, is_secret_name};

#[cfg(test)]
mod tests;
