//! A precise timer. Tokio's own rounds up to the next millisecond; the lab promises delays to a fraction of one.
//!
//! One thread sleeps on a condition variable until the earliest deadline, which an operating system keeps to
//! about 50 µs, and wakes the waiting task. It never wakes early.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::oneshot;

/// Handle to the timer thread, which ends when the handle is dropped.
#[derive(Debug)]
pub(crate) struct Timer {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: BinaryHeap<Alarm>,
    stopped: bool,
}

#[derive(Debug)]
struct Alarm {
    at: Instant,
    wake: oneshot::Sender<()>,
}

impl Timer {
    pub(crate) fn start() -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let of_thread = Arc::clone(&shared);
        std::thread::Builder::new().name("lab-timer".into()).spawn(move || of_thread.run())?;
        Ok(Self { shared })
    }

    /// Waits until `at`: never less, and about 0.1 ms more. A moment in the past does not wait at all.
    pub(crate) async fn sleep_until(&self, at: Instant) {
        if at <= Instant::now() {
            return;
        }
        let (wake, woken) = oneshot::channel();
        self.shared.add(Alarm { at, wake });
        // The sender can only be lost with the timer itself, which `self` keeps alive.
        let _ = woken.await;
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.shared.lock().stopped = true;
        self.shared.changed.notify_one();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, alarm: Alarm) {
        let mut queue = self.lock();
        let is_next = queue.waiting.peek().is_none_or(|next| alarm.at < next.at);
        queue.waiting.push(alarm);
        drop(queue);
        if is_next {
            self.changed.notify_one();
        }
    }

    fn run(&self) {
        let mut queue = self.lock();
        while !queue.stopped {
            let now = Instant::now();
            if let Some(due) = queue.due(now) {
                // Nobody listens any more if the client has gone: nothing is lost.
                let _ = due.wake.send(());
                continue;
            }
            let rest = queue.waiting.peek().map(|next| next.at - now);
            queue = match rest {
                Some(rest) => {
                    self.changed.wait_timeout(queue, rest).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}

impl Queue {
    /// Takes the earliest alarm, if it is due.
    fn due(&mut self, now: Instant) -> Option<Alarm> {
        self.waiting.peek().is_some_and(|next| next.at <= now).then(|| self.waiting.pop()).flatten()
    }
}

// `BinaryHeap` gives the greatest first, so the earliest alarm is the greatest.
impl Ord for Alarm {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.cmp(&self.at)
    }
}

impl PartialOrd for Alarm {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Alarm {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Alarm {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Waker};
    use std::time::Duration;

    #[test]
    fn alarms_are_due_in_order_of_deadline() {
        let now = Instant::now();
        let mut queue = Queue::default();
        for ms in [3, 1, 2] {
            let (wake, _) = oneshot::channel();
            queue.waiting.push(Alarm { at: now + Duration::from_millis(ms), wake });
        }
        let mut due = |ms| {
            let until = now + Duration::from_millis(ms);
            std::iter::from_fn(|| queue.due(until)).map(|alarm| (alarm.at - now).as_millis()).collect()
        };
        let due: [Vec<u128>; 4] = [0, 2, 2, 3].map(&mut due);
        assert_eq!(due, [vec![], vec![1, 2], vec![], vec![3]]);
    }

    // How late it is depends on the machine: `cargo bench --package fetchmark-lab` shows that.
    #[tokio::test]
    async fn the_timer_is_never_early() {
        let timer = Timer::start().unwrap();
        for tenths in 1..20 {
            let at = Instant::now() + Duration::from_micros(tenths * 100);
            timer.sleep_until(at).await;
            assert!(Instant::now() >= at);
        }
    }

    #[tokio::test]
    async fn a_later_deadline_does_not_hold_up_an_earlier_one() {
        let timer = Timer::start().unwrap();
        let in_an_hour = pin!(timer.sleep_until(Instant::now() + Duration::from_secs(3_600)));
        assert!(in_an_hour.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        timer.sleep_until(Instant::now() + Duration::from_millis(1)).await;
    }

    #[test]
    fn a_past_deadline_does_not_wait() {
        let timer = Timer::start().unwrap();
        let sleep = pin!(timer.sleep_until(Instant::now()));
        assert!(sleep.poll(&mut Context::from_waker(Waker::noop())).is_ready());
    }
}
