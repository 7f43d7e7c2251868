use axum::body::Body;
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{self, HeaderValue};

pub(crate) fn sentence(status: StatusCode, sentence: impl Into<String>) -> Response {
    let mut text: String = sentence.into();
    text.push('\n');
    (status, text).into_response()
}

/// Bytes that no browser tries to interpret.
pub(crate) fn binary(body: Body) -> Response {
    let mut response = Response::new(body);
    let octets = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(header::CONTENT_TYPE, octets);
    response
}
