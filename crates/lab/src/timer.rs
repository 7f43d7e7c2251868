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
    /// Starts the timer's thread.
    ///
    /// # Errors
    /// When the operating system refuses another thread.
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
            let Some(next) = queue.waiting.peek() else {
                queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            if next.at > now {
                let rest = next.at - now;
                queue = self.changed.wait_timeout(queue, rest).unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            if let Some(due) = queue.waiting.pop() {
                // Nobody listens any more if the client has gone: nothing is lost.
                let _ = due.wake.send(());
            }
        }
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
    use std::time::Duration;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn is_never_early_and_usually_well_under_a_millisecond_late() {
        let timer = Timer::start().unwrap();
        let mut medians = Vec::new();
        // A busy machine is slow for a while; a timer that is too coarse is so in each series.
        for _ in 0..3 {
            let mut late: Vec<Duration> = Vec::new();
            for tenths in 1..60 {
                let at = Instant::now() + Duration::from_micros(tenths * 100);
                timer.sleep_until(at).await;
                late.push(Instant::now().checked_duration_since(at).expect("woken early"));
            }
            late.sort();
            medians.push(late[late.len() / 2]);
        }
        assert!(
            medians.iter().any(|median| *median < Duration::from_millis(1)),
            "median lateness {medians:?}"
        );
    }

    #[tokio::test]
    async fn wakes_in_order_of_deadline_not_of_asking() {
        let timer = Arc::new(Timer::start().unwrap());
        let now = Instant::now();
        let (send, mut woken) = tokio::sync::mpsc::unbounded_channel();
        for ms in [300, 100, 200] {
            let (timer, send) = (Arc::clone(&timer), send.clone());
            tokio::spawn(async move {
                timer.sleep_until(now + Duration::from_millis(ms)).await;
                send.send(ms).unwrap();
            });
        }
        let order = [woken.recv().await, woken.recv().await, woken.recv().await];
        assert_eq!(order, [Some(100), Some(200), Some(300)]);
    }

    #[tokio::test]
    async fn the_past_needs_no_waiting() {
        let timer = Timer::start().unwrap();
        timer.sleep_until(Instant::now()).await;
    }
}
