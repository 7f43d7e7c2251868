//! Exchanges that the lab breaks off on purpose: HTTP/1.1 closes without (more of) a response, HTTP/2 resets the stream.

/// Asks for an abort instead of a response: a reset of the TCP connection on HTTP/1.1, of the stream on HTTP/2. An extension of a
/// response that is thrown away.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AbortExchange;

#[derive(Debug, thiserror::Error)]
#[error("the lab broke this exchange off, as this endpoint is meant to")]
pub(crate) struct ExchangeAborted;
