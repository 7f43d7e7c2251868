//! The headers that nearly every lab response carries.

use axum::response::Response;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};

/// `Server-Timing`, where the connection's id goes.
pub(crate) const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
/// `Timing-Allow-Origin`, without which a browser hides a response's phases from other origins.
pub(crate) const TIMING_ALLOW_ORIGIN: HeaderName = HeaderName::from_static("timing-allow-origin");
/// `Cross-Origin-Resource-Policy`, without which an isolated page may not read a response.
pub(crate) const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

const ANY: HeaderValue = HeaderValue::from_static("*");
const EXPOSED: HeaderValue =
    HeaderValue::from_static("Server-Timing, Content-Length, Content-Type, Date, ETag, Location");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The headers that a response leaves out because its endpoint exists to lack them; an extension of the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OmittedHeaders {
    /// All that let another origin read the response.
    Cors,
    /// All that let a page see the response's timing.
    Timing,
    ConnectionId,
}

/// Adds what every lab response carries, but for its [`OmittedHeaders`]. `origin` is the request's Origin header.
pub(crate) fn add_standard_headers(
    response: &mut Response,
    origin: Option<HeaderValue>,
    socket: u64,
    nth: u64,
) {
    let omitted = response.extensions_mut().remove::<OmittedHeaders>();
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    if omitted != Some(OmittedHeaders::Cors) {
        allow_origin(headers, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    if omitted != Some(OmittedHeaders::Timing) {
        headers.insert(TIMING_ALLOW_ORIGIN, ANY);
        if omitted != Some(OmittedHeaders::ConnectionId) {
            add_connection_id(headers, socket, nth);
        }
    }
}

/// Lets the requesting origin read the response, with credentials; without an origin, anyone without credentials.
pub(crate) fn allow_origin(headers: &mut HeaderMap, origin: Option<HeaderValue>) {
    // Always, or a cache would hand the response for one origin to another.
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    } else {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
    }
}

/// Whether the client has the response with this entity tag (in quotation marks): a 304 is enough then.
pub(crate) fn is_not_modified(request: &HeaderMap, etag: &str) -> bool {
    let lists = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    // Lists of tags, perhaps weak ones (`W/"…"`), or `*`.
    lists
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// Puts the connection's id first in `Server-Timing`, before metrics that the endpoint has set.
pub(crate) fn add_connection_id(headers: &mut HeaderMap, socket: u64, nth: u64) {
    let further = headers.get(SERVER_TIMING).and_then(|value| value.to_str().ok());
    let value = match further {
        Some(further) => format!("conn;desc=\"{socket}-{nth}\", {further}"),
        None => format!("conn;desc=\"{socket}-{nth}\""),
    };
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(SERVER_TIMING, value);
    }
}
