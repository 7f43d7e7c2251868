//! A stream that can end with a reset (RST) instead of a FIN, and that counts what it sends.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};
use tokio::net::TcpStream;

/// Reaches the stream while the HTTP library owns it.
#[derive(Debug, Clone, Default)]
pub(crate) struct StreamHandle(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    reset: AtomicBool,
    written: AtomicU64,
}

impl StreamHandle {
    pub(crate) fn reset_on_close(&self) {
        self.0.reset.store(true, Ordering::Relaxed);
    }

    /// Bytes that were handed to the system so far, TLS included.
    pub(crate) fn written(&self) -> u64 {
        self.0.written.load(Ordering::Relaxed)
    }

    /// Whether closing the stream resets the connection.
    pub(crate) fn resets_on_close(&self) -> bool {
        self.0.reset.load(Ordering::Relaxed)
    }

    pub(crate) fn add_written(&self, bytes: usize) {
        self.0.written.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// What a stream reads from and writes to.
pub(crate) trait Transport: AsyncRead + AsyncWrite + Unpin {
    /// Makes closing it reset the connection.
    fn reset(&self);
}

impl Transport for TcpStream {
    fn reset(&self) {
        // A failure means that the connection is already gone, which is as good.
        let _ = self.set_zero_linger();
    }
}

/// The near end of a delay line, which asks the handle itself.
impl Transport for DuplexStream {
    fn reset(&self) {}
}

/// The stream itself.
#[derive(Debug)]
pub(crate) struct Stream<T: Transport> {
    transport: T,
    handle: StreamHandle,
}

impl<T: Transport> Stream<T> {
    pub(crate) fn new(transport: T, handle: StreamHandle) -> Self {
        Self { transport, handle }
    }
}

impl<T: Transport> Drop for Stream<T> {
    fn drop(&mut self) {
        if self.handle.resets_on_close() {
            self.transport.reset();
        }
    }
}

impl<T: Transport> AsyncRead for Stream<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.transport).poll_read(cx, buffer)
    }
}

impl<T: Transport> AsyncWrite for Stream<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.transport).poll_write(cx, bytes))?;
        self.handle.add_written(written);
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.transport).poll_write_vectored(cx, slices))?;
        self.handle.add_written(written);
        Poll::Ready(Ok(written))
    }

    fn is_write_vectored(&self) -> bool {
        self.transport.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.transport).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.handle.resets_on_close() {
            // A FIN before the RST would look like an orderly end to the client.
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.transport).poll_shutdown(cx)
    }
}
