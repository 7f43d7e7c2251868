//! Words of the request's own fields.

use fetchmark_core::{factors::Credentials, header::HeaderProblem};

/// Words of the request's own fields.
pub struct Request {
    /// Name of the group.
    pub title: &'static str,
    /// Label of the method.
    pub method: &'static str,
    /// Label of the headers.
    pub headers: &'static str,
    /// How headers are written.
    pub headers_hint: &'static str,
    /// What is wrong with a header.
    pub header_problem: fn(&HeaderProblem) -> String,
    /// Label of the body.
    pub body: &'static str,
    /// How a body is sent.
    pub body_hint: &'static str,
    /// A body is typed that this method does not take.
    pub body_kept: fn(&str) -> String,
    /// Label of the credentials mode.
    pub credentials_title: &'static str,
    /// A credentials mode: its name, and what it means.
    pub credentials: fn(Credentials) -> (&'static str, &'static str),
}
