//! Accepted connections, as requests, responses and the server see them.

pub(crate) mod request;
pub(crate) mod socket;
pub(crate) mod stream;
