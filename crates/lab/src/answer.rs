//! One request from its arrival to the last byte of its answer.

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
use hyper::{Method, StatusCode, header};
use tower::ServiceExt;

use crate::endpoints::{self, Sever};
use crate::headers;
use crate::ledger::{InFlight, Ledger, Protocol};
use crate::page::Page;
use crate::preflight;
use crate::socket::Socket;

/// The largest request body that is read; longer ones are refused.
const UPLOAD_LIMIT: u64 = 100_000_000;

/// What a handler may want to know beyond the request itself; an extension of every request under `/lab/`.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    /// When the request's head had been read.
    pub(crate) at: Instant,
    pub(crate) socket: Arc<Socket>,
    /// Ordinal of the request on its socket, from 1.
    pub(crate) nth: u64,
    /// Bytes of the request's body.
    pub(crate) body_length: u64,
}

/// The lab breaks the exchange off on purpose: HTTP/1.1 closes without (more of) an answer, HTTP/2 resets the stream.
#[derive(Debug, thiserror::Error)]
#[error("the lab broke this exchange off, as this endpoint is meant to")]
pub(crate) struct Severed;

/// Answers requests; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Answerer {
    pub(crate) lab: Router,
    pub(crate) page: Arc<Page>,
    pub(crate) ledger: Arc<Ledger>,
}

impl Answerer {
    /// Answers one request on `socket`, counting it.
    ///
    /// # Errors
    /// When the endpoint exists to break the exchange off.
    pub(crate) async fn answer(self, socket: Arc<Socket>, request: Request) -> Result<Response, Severed> {
        let at = Instant::now();
        let nth = socket.next_nth();
        let path = request.uri().path();
        if path != "/lab" && !path.starts_with("/lab/") {
            let mut response = self.page.answer(request).await;
            headers::connection(response.headers_mut(), socket.id, nth);
            return Ok(response);
        }
        let is_measured = !(path == "/lab/sockets" || path.starts_with("/lab/sockets/"));
        if request.method() == Method::OPTIONS {
            if is_measured {
                self.ledger.preflight(&origin(&socket, &request));
            }
            let mut response = preflight::answer(&request);
            headers::connection(response.headers_mut(), socket.id, nth);
            return Ok(response);
        }
        let in_flight = is_measured.then(|| self.ledger.begin(socket.id, nth, &origin(&socket, &request)));
        self.count_in(Arrival { at, socket, nth, body_length: 0 }, request, in_flight).await
    }

    async fn count_in(
        self,
        mut arrival: Arrival,
        request: Request,
        mut in_flight: Option<InFlight>,
    ) -> Result<Response, Severed> {
        let (mut head, body) = request.into_parts();
        let is_head = head.method == Method::HEAD;
        let asker = head.headers.get(header::ORIGIN).cloned();
        let (socket, nth) = (Arc::clone(&arrival.socket), arrival.nth);

        // Read to its end first: an unread body would cost the connection, and with it the measurement.
        let mut response = match drain(body).await {
            Ok(length) => {
                arrival.body_length = length;
                head.extensions.insert(arrival);
                let Ok(response) = self.lab.oneshot(Request::from_parts(head, Body::empty())).await;
                response
            }
            Err(Drain::Gone) => return Err(Severed),
            Err(Drain::TooLong) => endpoints::sentence(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("The request's body is longer than {UPLOAD_LIMIT} bytes. Send a shorter one."),
            ),
        };
        if response.extensions_mut().remove::<Sever>().is_some() {
            if let Some(in_flight) = &mut in_flight {
                in_flight.complete();
            }
            if socket.protocol == Protocol::H1 {
                socket.wire.reset_on_close();
            }
            return Err(Severed);
        }
        headers::dress(&mut response, asker, socket.id, nth);
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

enum Drain {
    Gone,
    TooLong,
}

async fn drain(mut body: Body) -> Result<u64, Drain> {
    let mut length = 0;
    while !body.is_end_stream() {
        match std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            Some(Ok(frame)) => length += frame.data_ref().map_or(0, |data| data.len() as u64),
            Some(Err(_)) => return Err(Drain::Gone),
            None => break,
        }
        if length > UPLOAD_LIMIT {
            return Err(Drain::TooLong);
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
