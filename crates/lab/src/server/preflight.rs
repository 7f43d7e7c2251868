//! Responses to OPTIONS: a browser may do whatever it asks for.

use axum::body::Body;
use axum::extract::{Query, Request};
use axum::response::Response;
use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, StatusCode};
use serde::Deserialize;

use crate::response::headers::{TIMING_ALLOW_ORIGIN, allow_origin};

const DEFAULT_METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");

#[derive(Default, Deserialize)]
struct Options {
    /// Seconds.
    #[serde(default, rename = "max-age")]
    max_age: u32,
}

/// Responds to a preflight with 204, allowing the method and headers it names. `?max-age=N` (seconds) lets the browser
/// cache the response; the default 0 makes it ask each time. `/lab/no-cors` allows nothing.
pub(super) fn respond(request: &Request) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if request.uri().path() != "/lab/no-cors" {
        allow(response.headers_mut(), request);
    }
    response
}

fn allow(headers: &mut HeaderMap, request: &Request) {
    let request_headers = request.headers();
    allow_origin(headers, request_headers.get(header::ORIGIN).cloned());
    let method =
        request_headers.get(header::ACCESS_CONTROL_REQUEST_METHOD).cloned().unwrap_or(DEFAULT_METHODS);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, method);
    if let Some(names) = request_headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    let Query(options) = Query::<Options>::try_from_uri(request.uri()).unwrap_or_default();
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from(options.max_age));
    headers.insert(TIMING_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}
