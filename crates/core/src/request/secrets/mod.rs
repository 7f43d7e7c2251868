//! Secrets in what is requested: found by their names, and masked in everything that is kept, printed or passed on.
//!
//! A report is made to be passed on, and what it was measured with is seldom meant to be. Nothing of a masked value is kept, no hash
//! either: a short secret could be guessed from it.

mod body;
mod mask;
mod name;
mod target_secrets;

pub use body::MARK;
pub use mask::{address, body, header_line, is_masked_body, target};
pub use name::{Place, SecretName, is_secret_name};
pub use target_secrets::{Secrets, are_on_one_server, restored};

#[cfg(test)]
mod tests;
