//! Accepted connections: as requests, responses and the server see them, and what each of them really carried.

mod counts;
pub(crate) mod ledger;
pub(crate) mod report;
pub(crate) mod request;
pub(crate) mod socket;
pub(crate) mod stream;
