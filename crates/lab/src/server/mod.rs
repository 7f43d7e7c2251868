//! From a listening socket to a response: TCP, TLS, HTTP.

pub(crate) mod connection;
pub(crate) mod listen;
mod preflight;
pub(crate) mod request;
pub(crate) mod service;
mod socket;
pub(crate) mod stream;
pub(crate) mod tls;
