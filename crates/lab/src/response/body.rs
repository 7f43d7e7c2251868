//! Response bodies that follow a script: send so much, wait, send the rest or break off.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::abort::ExchangeAborted;
use crate::connections::stream::StreamHandle;
use crate::timer::Timer;

/// The longest body of any endpoint.
pub(crate) const MAX_BYTES: u64 = 100_000_000;

const PATTERN_LENGTH: usize = 65_536;

/// The bytes that bodies are made of: the same on every machine, in no order that compresses well.
static PATTERN: LazyLock<Bytes> = LazyLock::new(|| {
    let mut state = 1_u32;
    (0..PATTERN_LENGTH)
        .map(|_| {
            // A linear congruential generator (Numerical Recipes); its high byte is its most random.
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect()
});

/// Between two checks of whether the stream has written what was sent.
const FLUSH_POLL: Duration = Duration::from_millis(20);

#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Send so many bytes of the pattern.
    Send(u64),
    Wait(Duration),
    /// Send nothing until the stream has written so many bytes: what is sent is only handed to the HTTP library, which throws away
    /// what it still holds when the body breaks off.
    Flush(StreamHandle, u64),
    Abort,
}

/// A body that follows `steps`, after having announced `length` bytes as its Content-Length.
pub(crate) fn scripted(timer: &Arc<Timer>, length: u64, steps: impl IntoIterator<Item = Step>) -> Body {
    let mut script = Script {
        timer: Arc::clone(timer),
        announced: length,
        sent: 0,
        steps: steps.into_iter().collect(),
        waiting: None,
    };
    script.skip_empty();
    Body::new(script)
}

struct Script {
    timer: Arc<Timer>,
    announced: u64,
    sent: u64,
    steps: VecDeque<Step>,
    waiting: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Script {
    /// Removes steps that send nothing, so that no steps left means the end of the body.
    fn skip_empty(&mut self) {
        while matches!(self.steps.front(), Some(Step::Send(0))) {
            self.steps.pop_front();
        }
    }

    fn wait(&mut self, time: Duration) {
        let (timer, until) = (Arc::clone(&self.timer), Instant::now() + time);
        self.waiting = Some(Box::pin(async move {
            // Even where the time is over by now: the HTTP library writes what it was given only when the body makes it wait.
            tokio::task::yield_now().await;
            timer.sleep_until(until).await;
        }));
    }

    /// The next piece of the pattern: it runs through all sends and begins again after its end.
    fn piece(&mut self, wanted: u64) -> Bytes {
        let from = (self.sent % PATTERN_LENGTH as u64) as usize;
        let length = wanted.min((PATTERN_LENGTH - from) as u64);
        self.sent += length;
        PATTERN.slice(from..from + length as usize)
    }
}

impl HttpBody for Script {
    type Data = Bytes;
    type Error = ExchangeAborted;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ExchangeAborted>>> {
        loop {
            if let Some(waiting) = &mut self.waiting {
                ready!(waiting.as_mut().poll(cx));
                self.waiting = None;
            }
            match self.steps.front().cloned() {
                None => return Poll::Ready(None),
                Some(Step::Send(wanted)) => {
                    let piece = self.piece(wanted);
                    self.steps[0] = Step::Send(wanted - piece.len() as u64);
                    self.skip_empty();
                    return Poll::Ready(Some(Ok(Frame::data(piece))));
                }
                Some(Step::Wait(time)) => {
                    self.steps.pop_front();
                    self.wait(time);
                }
                Some(Step::Flush(stream, bytes)) if stream.written() < bytes => self.wait(FLUSH_POLL),
                Some(Step::Flush(..)) => drop(self.steps.pop_front()),
                Some(Step::Abort) => {
                    self.steps.clear();
                    return Poll::Ready(Some(Err(ExchangeAborted)));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.steps.is_empty() && self.waiting.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.announced.saturating_sub(self.sent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;
    use std::pin::pin;
    use std::task::Waker;

    #[tokio::test]
    async fn an_abort_waits_until_the_stream_has_written_the_rest() {
        let (timer, stream) = (Arc::new(Timer::start().unwrap()), StreamHandle::default());
        let steps = [Step::Send(5), Step::Flush(stream.clone(), 5), Step::Abort];
        let mut body = scripted(&timer, 10, steps);
        assert!(body.frame().await.unwrap().is_ok());
        stream.add_written(4);
        {
            let next = pin!(body.frame());
            assert!(next.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        stream.add_written(1);
        assert!(body.frame().await.unwrap().is_err());
    }
}
