//! A page whose files are part of the program.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use hyper::header::{ALLOW, CONTENT_TYPE, ETAG, HeaderMap, LOCATION};
use hyper::{Method, StatusCode};

use crate::response::headers::is_not_modified;

/// The file that a folder's address stands for.
const INDEX: &str = "index.html";

/// A file of a page that is part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmbeddedFile {
    /// Its path below the page, as in `engine/worker.js`.
    pub path: &'static str,
    /// What is in it.
    pub content: &'static [u8],
    /// Its entity tag, without quotation marks: it changes with the content.
    pub tag: &'static str,
}

/// The response to a request; `None` if there is no such file.
pub(super) fn respond(
    files: &'static [EmbeddedFile],
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Option<Response> {
    if method != Method::GET && method != Method::HEAD {
        return Some((StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET,HEAD")]).into_response());
    }
    let path = path.strip_prefix('/').unwrap_or(path);
    let named = |path: &str| files.iter().find(|file| file.path == path);
    let found = if path.is_empty() || path.ends_with('/') {
        named(&format!("{path}{INDEX}"))
    } else {
        let file = named(path);
        if file.is_none() && named(&format!("{path}/{INDEX}")).is_some() {
            return Some((StatusCode::TEMPORARY_REDIRECT, [(LOCATION, format!("/{path}/"))]).into_response());
        }
        file
    };
    found.map(|file| file_response(file, headers))
}

fn file_response(file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", file.tag);
    let kind = mime_guess::from_path(file.path).first_or_octet_stream();
    if is_not_modified(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
    }
    let head = [(CONTENT_TYPE, kind.essence_str().to_owned()), (ETAG, tag)];
    (head, Body::from(file.content)).into_response()
}
