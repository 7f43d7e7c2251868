//! One request from its arrival to the last byte of its response.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use hyper::header::{self, HeaderValue};
use hyper::http::request::Parts;
use hyper::http::uri::Authority;
use hyper::{Method, StatusCode, Uri};
use tower::ServiceExt;

use super::preflight;
use crate::connections::ledger::{InFlight, Ledger};
use crate::connections::report::{Protocol, Scheme};
use crate::connections::request::RequestInfo;
use crate::connections::socket::Socket;
use crate::page::Page;
use crate::response::abort::{AbortExchange, ExchangeAborted};
use crate::response::headers;
use crate::response::simple::sentence;

/// The largest request body that is read; longer ones are refused.
const MAX_UPLOAD: u64 = 100_000_000;

#[derive(Debug, Clone)]
pub(crate) struct LabService {
    pub(crate) lab: Router,
    pub(crate) page: Arc<Page>,
    pub(crate) ledger: Arc<Ledger>,
    /// Whether HTTP/3 is served too, on the UDP port of the same number.
    pub(crate) http3: bool,
}

impl LabService {
    pub(super) async fn call(
        self,
        socket: Arc<Socket>,
        request: Request,
    ) -> Result<Response, ExchangeAborted> {
        let received = Instant::now();
        let nth = socket.next_nth();
        let path = request.uri().path();
        if path != "/lab" && !path.starts_with("/lab/") {
            let mut response = self.page.respond(request).await;
            headers::add_connection_id(response.headers_mut(), socket.id, nth);
            return Ok(response);
        }
        // Asking for a WebSocket is not: its messages are.
        let is_measured = !(request.headers().contains_key(header::SEC_WEBSOCKET_KEY)
            || path == "/lab/distance"
            || path == "/lab/webtransport"
            || path == "/lab/sockets"
            || path.starts_with("/lab/sockets/"));
        if request.method() == Method::OPTIONS {
            if is_measured {
                self.ledger.preflight(&origin(&socket, &request));
            }
            let mut response = preflight::respond(&request);
            headers::add_connection_id(response.headers_mut(), socket.id, nth);
            return Ok(response);
        }
        let in_flight = is_measured.then(|| self.ledger.begin(socket.id, nth, &origin(&socket, &request)));
        self.respond(RequestInfo { received, socket, nth, body_length: 0 }, request, in_flight).await
    }

    async fn respond(
        self,
        mut info: RequestInfo,
        request: Request,
        mut in_flight: Option<InFlight>,
    ) -> Result<Response, ExchangeAborted> {
        let (mut head, body) = request.into_parts();
        let is_head = head.method == Method::HEAD;
        let origin = head.headers.get(header::ORIGIN).cloned();
        let (socket, nth) = (Arc::clone(&info.socket), info.nth);
        let closes = asks_to_close(&head.uri);
        let alt_svc = alt_svc(&head)
            .filter(|_| self.http3 && socket.scheme == Scheme::Https && socket.protocol != Protocol::H3);

        // Read to its end first: an unread body would cost the connection, and with it the measurement.
        let mut response = match drain(body).await {
            Ok(length) => {
                info.body_length = length;
                head.extensions.insert(info);
                let Ok(response) = self.lab.oneshot(Request::from_parts(head, Body::empty())).await;
                response
            }
            Err(UploadError::Gone) => return Err(ExchangeAborted),
            Err(UploadError::TooLong) => sentence(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("The request's body is longer than {MAX_UPLOAD} bytes. Send a shorter one."),
            ),
        };
        if response.extensions_mut().remove::<AbortExchange>().is_some() {
            if let Some(in_flight) = &mut in_flight {
                in_flight.complete();
            }
            if socket.protocol == Protocol::H1 {
                socket.stream.reset_on_close();
            }
            return Err(ExchangeAborted);
        }
        if closes {
            close(&socket, &mut response).await;
        }
        if let Some(alt_svc) = alt_svc {
            response.headers_mut().insert(header::ALT_SVC, alt_svc);
        }
        headers::add_standard_headers(&mut response, origin, socket.id, nth);
        Ok(match in_flight {
            Some(mut in_flight) if is_head || response.body().is_end_stream() => {
                in_flight.complete();
                response
            }
            Some(in_flight) => response.map(|inner| Body::new(Tracked { inner, in_flight: Some(in_flight) })),
            None => response,
        })
    }
}

/// The origin that a request is addressed to, as a browser would write it.
fn origin(socket: &Socket, request: &Request) -> String {
    let host = match request.uri().authority() {
        Some(authority) => authority.as_str(),
        None => request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("unknown"),
    };
    // A host name has at most 253 characters; anything longer is not worth remembering.
    let host = if host.len() <= 260 { host } else { "unknown" };
    format!("{}://{host}", socket.scheme.as_str())
}

/// Where HTTP/3 is: on the port at which the request came.
fn alt_svc(head: &Parts) -> Option<HeaderValue> {
    let host = || head.headers.get(header::HOST)?.to_str().ok()?.parse::<Authority>().ok();
    let port = head.uri.authority().cloned().or_else(host)?.port_u16()?;
    HeaderValue::try_from(format!("h3=\":{port}\"; ma=60")).ok()
}

/// Whether the connection is to close after the response.
fn asks_to_close(uri: &Uri) -> bool {
    let is_close = |part: &str| part == "close" || part.starts_with("close=");
    uri.path() == "/lab/close" || uri.query().is_some_and(|query| query.split('&').any(is_close))
}

/// Closes the connection after its response: a header on HTTP/1.1, GOAWAY before the response elsewhere.
async fn close(socket: &Socket, response: &mut Response) {
    match socket.protocol {
        Protocol::H1 => {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Protocol::H2 | Protocol::H3 => socket.begin_close().await,
    }
}

enum UploadError {
    Gone,
    TooLong,
}

async fn drain(mut body: Body) -> Result<u64, UploadError> {
    let mut length = 0;
    while !body.is_end_stream() {
        match std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            Some(Ok(frame)) => length += frame.data_ref().map_or(0, |data| data.len() as u64),
            Some(Err(_)) => return Err(UploadError::Gone),
            None => break,
        }
        if length > MAX_UPLOAD {
            return Err(UploadError::TooLong);
        }
    }
    Ok(length)
}

/// A body that knows whether it was sent to its end. The count is settled before the last bytes leave, so that a
/// client which has read them finds its request complete in the ledger.
struct Tracked {
    inner: Body,
    in_flight: Option<InFlight>,
}

impl HttpBody for Tracked {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.inner).poll_frame(cx);
        // An error is the lab's own doing (`truncate`), hence no abort by the client.
        let is_over = matches!(polled, Poll::Ready(None | Some(Err(_))))
            || (polled.is_ready() && self.inner.is_end_stream());
        if is_over && let Some(mut in_flight) = self.in_flight.take() {
            in_flight.complete();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
