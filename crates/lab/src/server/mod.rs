//! From a listening socket to a response: TCP, TLS, QUIC, HTTP.

pub(crate) mod connection;
mod datagrams;
pub(crate) mod line;
pub(crate) mod listen;
mod pace;
mod preflight;
pub(crate) mod quic;
pub(crate) mod service;
mod session;
pub(crate) mod tls;
