//! What is requested: the address, headers, and the secrets among them.

pub mod address;
pub mod header;
pub mod secrets;
pub mod target;
