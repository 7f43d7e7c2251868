//! What the form holds, without its looks.

mod addresses;
pub mod choices;
mod form;
pub mod number_fields;
mod problems;
mod setup;

pub use form::Form;
