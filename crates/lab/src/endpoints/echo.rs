//! `/lab/echo`: the request as the lab received it.

use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Uri};
use serde::Serialize;

use crate::connections::report::Protocol;
use crate::connections::request::RequestInfo;

/// Header fields whose value is not repeated: any page in the browser may read this response, and cookies of
/// `localhost` belong to other programs.
const SECRET_HEADERS: [HeaderName; 3] = [header::COOKIE, header::AUTHORIZATION, header::PROXY_AUTHORIZATION];

#[derive(Serialize)]
struct Echo<'a> {
    method: &'a str,
    path: &'a str,
    query: Option<&'a str>,
    headers: Vec<Field<'a>>,
    body_length: u64,
    protocol: Protocol,
    socket: u64,
    nth: u64,
}

#[derive(Serialize)]
struct Field<'a> {
    name: &'a str,
    value: String,
}

pub(super) async fn echo(
    Extension(info): Extension<RequestInfo>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let echo = Echo {
        method: method.as_str(),
        path: uri.path(),
        query: uri.query(),
        headers: headers.iter().map(|(name, value)| field(name, value)).collect(),
        body_length: info.body_length,
        protocol: info.socket.protocol,
        socket: info.socket.id,
        nth: info.nth,
    };
    let mut response = Json(echo).into_response();
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn field<'a>(name: &'a HeaderName, value: &HeaderValue) -> Field<'a> {
    let value = if SECRET_HEADERS.contains(name) {
        "(not repeated)".to_owned()
    } else {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    };
    Field { name: name.as_str(), value }
}
