//! The headers that nearly every lab answer carries.

use axum::response::Response;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};

/// `Server-Timing`, where the connection's id goes.
pub(crate) const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
/// `Timing-Allow-Origin`, without which a browser hides an answer's phases from other origins.
pub(crate) const TIMING_ALLOW_ORIGIN: HeaderName = HeaderName::from_static("timing-allow-origin");
/// `Cross-Origin-Resource-Policy`, without which an isolated page may not read an answer.
pub(crate) const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

const ANY: HeaderValue = HeaderValue::from_static("*");
const EXPOSED: HeaderValue =
    HeaderValue::from_static("Server-Timing, Content-Length, Content-Type, Date, ETag, Location");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// What an answer leaves out because its endpoint exists to lack it; an extension of the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lacks {
    /// Everything that lets another origin read the answer.
    Cors,
    /// Everything that lets a page see the answer's timing.
    Timing,
    /// The connection's id alone.
    ConnectionId,
}

/// Adds what every lab answer carries, except what it `Lacks`. `asker` is the request's Origin header.
pub(crate) fn dress(response: &mut Response, asker: Option<HeaderValue>, socket: u64, nth: u64) {
    let lacks = response.extensions_mut().remove::<Lacks>();
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    if lacks != Some(Lacks::Cors) {
        allow_origin(headers, asker);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    if lacks != Some(Lacks::Timing) {
        headers.insert(TIMING_ALLOW_ORIGIN, ANY);
        if lacks != Some(Lacks::ConnectionId) {
            connection(headers, socket, nth);
        }
    }
}

/// Lets the asking origin read the answer, with credentials; without an asker, anyone without credentials.
pub(crate) fn allow_origin(headers: &mut HeaderMap, asker: Option<HeaderValue>) {
    // Always, or a cache would hand the answer for one origin to another.
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(asker) = asker {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, asker);
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    } else {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
    }
}

/// Puts the connection's id first in `Server-Timing`, before metrics that the endpoint has set.
pub(crate) fn connection(headers: &mut HeaderMap, socket: u64, nth: u64) {
    let further = headers.get(SERVER_TIMING).and_then(|value| value.to_str().ok());
    let value = match further {
        Some(further) => format!("conn;desc=\"{socket}-{nth}\", {further}"),
        None => format!("conn;desc=\"{socket}-{nth}\""),
    };
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(SERVER_TIMING, value);
    }
}
