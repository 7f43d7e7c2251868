//! What the form holds, without its looks.

pub mod choices;
mod form;
pub mod number_fields;
mod problems;
mod setup;

pub use form::Form;
