//! `/lab/cacheable`: a response that a browser may cache.

use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{self, HeaderMap, HeaderValue};

use crate::response::headers::is_not_modified;

const TAG: &str = "\"fetchmark-1\"";
const BODY: &str = "This answer may be cached for an hour.\n";

pub(super) async fn cacheable(request: HeaderMap) -> Response {
    let mut response = if is_not_modified(&request, TAG) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        BODY.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    headers.insert(header::ETAG, HeaderValue::from_static(TAG));
    response
}
