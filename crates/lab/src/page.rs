//! The built page, served beside the lab so that both share an origin.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::response::headers::{RESOURCE_POLICY, TIMING_ALLOW_ORIGIN, is_not_modified};
use crate::response::simple::sentence;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageSource {
    /// In a directory, which may be built while the lab runs.
    Directory(PathBuf),
    Embedded(&'static [EmbeddedFile]),
}

impl From<PathBuf> for PageSource {
    fn from(directory: PathBuf) -> Self {
        Self::Directory(directory)
    }
}

/// A file of a page that is part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmbeddedFile {
    /// Its path below the page, as in `engine/worker.js`.
    pub path: &'static str,
    pub content: &'static [u8],
    /// How `content` is compressed; `None`: not at all.
    pub encoding: Option<&'static str>,
    /// Its entity tag, without quotation marks: it changes with the content.
    pub tag: &'static str,
}

/// What the page may do. Scripts, styles and fonts come from its own origin only; it may connect anywhere, since
/// measuring any URL is what it is for.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; \
     style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src * data: blob:; manifest-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
     trusted-types fetchmark";

/// The headers of every response of the page. The two `Cross-Origin-*-Policy: …` make the page cross-origin isolated, which
/// gives it a clock of 5 µs instead of 100. `credentialless` instead of `require-corp`, because the page tells a CORS
/// refusal from a dead target by an opaque request, which `require-corp` would block.
const HEADERS: [(HeaderName, &str); 9] = [
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "credentialless"),
    (RESOURCE_POLICY, "same-origin"),
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (TIMING_ALLOW_ORIGIN, "*"),
    // A snippet loads the page in one file onto other sites.
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    // Kept, but asked about each time: a rebuilt page shows at once, an unchanged one costs a 304.
    (header::CACHE_CONTROL, "no-cache"),
];

/// The file that a folder's address stands for.
const INDEX: &str = "index.html";

const NO_SUCH_FILE: &str = "There is no such file beside the page. The page itself is at /, the lab's endpoints are listed at /lab/.";

#[derive(Debug)]
pub(crate) enum Page {
    Missing,
    Directory(PathBuf, ServeDir),
    Embedded(&'static [EmbeddedFile]),
}

impl Page {
    pub(crate) fn new(source: Option<PageSource>) -> Self {
        match source {
            None => Self::Missing,
            Some(PageSource::Directory(directory)) => {
                let files = ServeDir::new(&directory).precompressed_br().precompressed_gzip();
                Self::Directory(directory, files)
            }
            Some(PageSource::Embedded(files)) => Self::Embedded(files),
        }
    }

    /// Responds to a request for anything outside `/lab/`.
    pub(crate) async fn respond(&self, request: Request) -> Response {
        let mut response = match self {
            Self::Missing => sentence(
                StatusCode::NOT_FOUND,
                "This lab serves no page, only the endpoints listed at /lab/. Start it with --page DIR to serve one.",
            ),
            Self::Directory(directory, files) => {
                let path = request.uri().path().to_owned();
                let Ok(found) = files.clone().oneshot(request).await;
                if found.status() == StatusCode::NOT_FOUND {
                    missing(directory, &path)
                } else {
                    found.map(Body::new).into_response()
                }
            }
            Self::Embedded(files) => {
                embedded(files, request.method(), request.uri().path(), request.headers())
                    .unwrap_or_else(|| sentence(StatusCode::NOT_FOUND, NO_SUCH_FILE))
            }
        };
        add_page_headers(response.headers_mut());
        response
    }
}

fn missing(directory: &Path, path: &str) -> Response {
    let text = if path == "/" {
        format!(
            "The page has not been built: {} has no index.html. Run `cargo xtask build`.",
            directory.display()
        )
    } else {
        NO_SUCH_FILE.to_owned()
    };
    sentence(StatusCode::NOT_FOUND, text)
}

fn add_page_headers(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

fn embedded(
    files: &'static [EmbeddedFile],
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Option<Response> {
    if method != Method::GET && method != Method::HEAD {
        return Some((StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET,HEAD")]).into_response());
    }
    let path = path.strip_prefix('/').unwrap_or(path);
    let named = |path: &str| files.iter().find(|file| file.path == path);
    let found = if path.is_empty() || path.ends_with('/') {
        named(&format!("{path}{INDEX}"))
    } else {
        let file = named(path);
        if file.is_none() && named(&format!("{path}/{INDEX}")).is_some() {
            return Some(
                (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("/{path}/"))]).into_response(),
            );
        }
        file
    };
    found.map(|file| file_response(file, headers))
}

fn file_response(file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", file.tag);
    let kind = mime_guess::from_path(file.path).first_or_octet_stream();
    if is_not_modified(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let head = [(header::CONTENT_TYPE, kind.essence_str().to_owned()), (header::ETAG, tag)];
    let mut response = (head, Body::from(file.content)).into_response();
    if let Some(encoding) = file.encoding {
        // Every browser reads it, whatever it says that it accepts.
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
