//! From a listening socket to a response: TCP, TLS, HTTP.

pub(crate) mod connection;
pub(crate) mod line;
pub(crate) mod listen;
mod pace;
mod preflight;
pub(crate) mod service;
pub(crate) mod tls;
