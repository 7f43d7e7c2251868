//! What clients of messages share: what they send, and what an answer says of its connection.

use crate::run::platform::Answer;
use fetchmark_core::samples::{ServerConnection, sample::SampleInfo};

/// What is sent where the target has no body.
pub(super) const DEFAULT: &str = "ping";

/// The answer that sends a message back; `None` if something else was received, as servers send of their own accord. The lab's begins with
/// a line that names the connection and counts its messages: `conn;desc="<connection>-<nth>"`. Other servers say nothing of it.
/// A message has no status: one that comes back has succeeded.
pub(super) fn answer(protocol: &str, sent: &str, received: &[u8]) -> Option<Answer> {
    let (connection, body) =
        labelled(received).map_or((None, received), |(connection, body)| (Some(connection), body));
    (body == sent.as_bytes()).then(|| Answer {
        status: 200,
        headers_ms: None,
        body_bytes: body.len() as u64,
        info: Some(SampleInfo { connection, protocol: protocol.to_owned(), redirected: false }),
    })
}

fn labelled(received: &[u8]) -> Option<(ServerConnection, &[u8])> {
    let end = received.iter().position(|byte| *byte == b'\n')?;
    let line = str::from_utf8(&received[..end]).ok()?;
    let description = line.strip_prefix("conn;desc=\"")?.strip_suffix('"')?;
    Some((ServerConnection::parse(description)?, &received[end + 1..]))
}
