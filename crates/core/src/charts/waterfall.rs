//! One round, request by request.
//!
//! Where the server numbers its connections, and requests on one follow each other (HTTP/1.1), each connection is a row.
//! Elsewhere, where nobody knows which connection a request used or several share one, each request is a row.

use super::{
    drawing::{Drawing, LINE},
    marks::{Align, Frame, Picture, Point, Style},
    path::{Path, line},
    scale::Scale,
};
use crate::samples::{ConnectionLabel, OutcomeWord, Phase, RequestSpan};
use crate::stats::order::order_by;

/// Room for the rows' numbers, in px.
const LEFT: f64 = 40.0;
/// Room at the right, so that the last figure is not cut.
const RIGHT: f64 = 20.0;
/// Height of a connection's row, in px.
const CONNECTION: f64 = 16.0;
/// Height of a request's row, in px.
const REQUEST: f64 = 6.0;
/// Every so many-th request has its number beside it.
const NUMBERED: usize = 10;

/// What the parts are called.
#[derive(Clone, Debug, PartialEq)]
pub struct WaterfallLabels {
    /// From when it was due until it was on the wire: waiting, and connecting where that was needed.
    pub queue: String,
    /// From the wire to the first byte.
    pub first_byte: String,
    /// From the first byte to the last.
    pub download: String,
    /// From the last byte to the caller.
    pub client: String,
    /// A request whose parts are hidden.
    pub whole: String,
    /// A request that failed or was stopped.
    pub failed: String,
    /// The mark of a new connection.
    pub new: String,
}

/// The requests over one scale, and whether a row is a connection.
pub fn waterfall(requests: &[RequestSpan], labels: &WaterfallLabels, frame: Frame<'_>) -> (Picture, bool) {
    let Frame { width, write } = frame;
    let by_connection = follow_each_other(requests);
    let mut sockets: Vec<u64> = Vec::new();
    let rows: Vec<usize> = requests
        .iter()
        .enumerate()
        .map(|(index, request)| match request.socket {
            Some(socket) if by_connection => {
                sockets.iter().position(|known| *known == socket).unwrap_or_else(|| {
                    sockets.push(socket);
                    sockets.len() - 1
                })
            }
            _ => index,
        })
        .collect();
    let (count, height) = if by_connection { (sockets.len(), CONNECTION) } else { (requests.len(), REQUEST) };
    let mut drawing = Drawing::default();
    let top = drawing.legend(keys(requests, labels, by_connection), width, 0.0) + 8.0;
    let bottom = top + count as f64 * height;
    let scale = Scale::from_zero(requests.iter().map(|request| request.ended_ms));
    let x = |ms: f64| LEFT + scale.place(ms) * (width - LEFT - RIGHT);
    let mut grid = Path::default();
    for tick in &scale.ticks {
        grid.move_to(x(*tick), top).line_to(x(*tick), bottom);
        drawing.figure((x(*tick), bottom + 13.0), Align::Middle, write(*tick, scale.decimals));
    }
    drawing.shape(Style::Grid, grid.take());
    for row in (0..count).filter(|row| by_connection || row % NUMBERED == 0) {
        let y = top + (row as f64 + 0.5) * height + 4.0;
        let number = sockets.get(row).map_or(row as f64 + 1.0, |socket| *socket as f64);
        drawing.figure((LEFT - 8.0, y), Align::End, write(number, 0));
    }
    for (item, (request, row)) in requests.iter().zip(&rows).enumerate() {
        let (y, thick) = (top + *row as f64 * height + 1.0, height - 2.0);
        let mut part = |style: Style, from: f64, to: f64| {
            drawing.shape(style, Path::default().area((x(from), y), (x(to) - x(from), thick)).take());
        };
        // Waiting before and after is no part of a connection's row: other requests are on it meanwhile.
        let from = match (request.outcome, on_the_wire(request)) {
            (OutcomeWord::Ok, Some((wire, first_byte, last_byte))) => {
                part(Style::Part(Phase::FirstByte), wire, first_byte);
                part(Style::Part(Phase::Download), first_byte, last_byte);
                if by_connection {
                    wire
                } else {
                    part(Style::Part(Phase::Queue), request.due_ms, wire);
                    part(Style::Part(Phase::ClientOverhead), last_byte, request.ended_ms);
                    request.due_ms
                }
            }
            (OutcomeWord::Ok, None) => {
                part(Style::Whole, request.due_ms, request.ended_ms);
                request.due_ms
            }
            (OutcomeWord::Failed | OutcomeWord::Aborted, _) => {
                let from = request.wire_ms.filter(|_| by_connection).unwrap_or(request.due_ms);
                part(Style::Failed, from, request.ended_ms);
                from
            }
        };
        if request.connection == ConnectionLabel::New {
            drawing.shape(Style::New, line((x(from), y - 1.0), (x(from), y + thick + 1.0)));
        }
        let to = request.last_byte_ms.filter(|_| by_connection).unwrap_or(request.ended_ms);
        let middle = f64::midpoint(from, to);
        drawing.points.push(Point { x: x(middle), y: y + thick / 2.0, row: *row, item });
    }
    (drawing.done(width, bottom + LINE), by_connection)
}

/// When a request went onto the wire, and when the first and the last byte of its answer came.
fn on_the_wire(request: &RequestSpan) -> Option<(f64, f64, f64)> {
    Some((request.wire_ms?, request.first_byte_ms?, request.last_byte_ms?))
}

/// Whether every request's connection is known, and no two are on one at a time.
fn follow_each_other(requests: &[RequestSpan]) -> bool {
    let spans: Option<Vec<(u64, f64, f64)>> = requests
        .iter()
        .map(|request| {
            let (wire, _, last_byte) = on_the_wire(request)?;
            Some((request.socket?, wire, last_byte))
        })
        .collect();
    let Some(spans) = spans else { return false };
    let order = order_by(spans.len(), |at| [spans[at].0 as f64, spans[at].1]);
    let spans: Vec<_> = order.into_iter().map(|at| spans[at]).collect();
    spans.windows(2).all(|pair| pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1)
}

/// The keys of what is there.
fn keys(requests: &[RequestSpan], labels: &WaterfallLabels, by_connection: bool) -> Vec<(Style, String)> {
    let any = |is: fn(&RequestSpan) -> bool| requests.iter().any(is);
    let is_shown = any(|request| request.outcome == OutcomeWord::Ok && on_the_wire(request).is_some());
    let is_hidden = any(|request| request.outcome == OutcomeWord::Ok && on_the_wire(request).is_none());
    [
        (is_shown && !by_connection, Style::Part(Phase::Queue), &labels.queue),
        (is_shown, Style::Part(Phase::FirstByte), &labels.first_byte),
        (is_shown, Style::Part(Phase::Download), &labels.download),
        (is_shown && !by_connection, Style::Part(Phase::ClientOverhead), &labels.client),
        (is_hidden, Style::Whole, &labels.whole),
        (any(|request| request.outcome != OutcomeWord::Ok), Style::Failed, &labels.failed),
        (any(|request| request.connection == ConnectionLabel::New), Style::New, &labels.new),
    ]
    .into_iter()
    .filter(|(is_there, ..)| *is_there)
    .map(|(_, style, label)| (style, label.clone()))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::marks::frame;

    fn request(due_ms: f64, socket: Option<u64>) -> RequestSpan {
        RequestSpan {
            due_ms,
            wire_ms: Some(due_ms + 1.0),
            first_byte_ms: Some(due_ms + 2.0),
            last_byte_ms: Some(due_ms + 2.5),
            ended_ms: due_ms + 3.0,
            outcome: OutcomeWord::Ok,
            connection: ConnectionLabel::Reused,
            socket,
        }
    }

    fn drawn(requests: &[RequestSpan]) -> (Picture, bool) {
        let name = str::to_owned;
        let labels = WaterfallLabels {
            queue: name("queue"),
            first_byte: name("first byte"),
            download: name("download"),
            client: name("client"),
            whole: name("whole"),
            failed: name("failed"),
            new: name("new"),
        };
        waterfall(requests, &labels, frame(500.0))
    }

    #[test]
    fn a_row_is_a_connection_unless_shared_or_unknown() {
        for (requests, expected, is_by_connection) in [
            (vec![request(0.0, Some(7)), request(0.0, Some(9)), request(3.0, Some(7))], vec![0, 1, 0], true),
            (vec![request(0.0, Some(7)), request(1.0, Some(7))], vec![0, 1], false),
            (vec![request(0.0, Some(7)), request(0.0, None)], vec![0, 1], false),
        ] {
            let (picture, by_connection) = drawn(&requests);
            let rows: Vec<_> = picture.points.iter().map(|point| point.row).collect();
            assert_eq!((rows, by_connection), (expected, is_by_connection), "{requests:?}");
        }
    }
}
