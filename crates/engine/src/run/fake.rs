//! A fake client on a fake clock: time passes only when everything waits.

#![allow(clippy::unwrap_used, reason = "only tests use it")]

use crate::run::platform::{Answer, Client, Clock, Failure, Timeline};
use fetchmark_core::{samples::timing::TimingEntry, scenario::variant::Variant};
use futures::{
    channel::oneshot,
    executor::LocalPool,
    future::{self, Either, LocalBoxFuture},
    pin_mut,
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// When to wake, and how.
type Sleeper = (f64, oneshot::Sender<()>);

#[derive(Clone, Default)]
pub(crate) struct FakeClock {
    now: Rc<Cell<f64>>,
    sleepers: Rc<RefCell<Vec<Sleeper>>>,
}

impl FakeClock {
    /// Runs `future` to its end, moving time on whenever nothing else can.
    pub(crate) fn run<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> T {
        let mut pool = LocalPool::new();
        let result = Rc::new(RefCell::new(None));
        let slot = Rc::clone(&result);
        let task: LocalBoxFuture<'static, ()> =
            Box::pin(async move { *slot.borrow_mut() = Some(future.await) });
        futures::task::LocalSpawnExt::spawn_local(&pool.spawner(), task).unwrap();
        loop {
            pool.run_until_stalled();
            if let Some(value) = result.borrow_mut().take() {
                return value;
            }
            assert!(self.advance(), "everything waits and no timer is set");
        }
    }

    fn advance(&self) -> bool {
        let mut sleepers = self.sleepers.borrow_mut();
        sleepers.retain(|(_, wake)| !wake.is_canceled());
        let next = (0..sleepers.len()).min_by(|a, b| sleepers[*a].0.total_cmp(&sleepers[*b].0));
        let Some(next) = next else { return false };
        let (at, wake) = sleepers.remove(next);
        self.now.set(self.now.get().max(at));
        wake.send(()).is_ok()
    }
}

impl Clock for FakeClock {
    fn now_ms(&self) -> f64 {
        self.now.get()
    }

    async fn sleep(&self, ms: f64) {
        let (wake, woken) = oneshot::channel();
        self.sleepers.borrow_mut().push((self.now.get() + ms, wake));
        let _ = woken.await;
    }

    fn step_ms(&self) -> f64 {
        0.005
    }
}

/// How a fake request ends.
#[derive(Clone)]
pub(crate) enum Fate {
    /// With this status after so many ms.
    Status(u16, f64),
    /// With this failure after so many ms.
    Fail(Failure, f64),
    /// Never, unless cancelled.
    Stall,
}

/// Decides each request's fate by its place, and notes the most in flight.
pub(crate) struct FakeClient<F> {
    pub(crate) clock: FakeClock,
    pub(crate) fate: F,
    pub(crate) in_flight: Cell<u32>,
    pub(crate) most_in_flight: Cell<u32>,
    /// What the client says of when calls began.
    pub(crate) began: Option<Vec<f64>>,
    cancels: RefCell<Vec<(u32, oneshot::Sender<()>)>>,
}

impl<F: Fn(u32) -> Fate> FakeClient<F> {
    pub(crate) fn new(clock: &FakeClock, fate: F) -> Self {
        Self {
            clock: clock.clone(),
            fate,
            in_flight: Cell::new(0),
            most_in_flight: Cell::new(0),
            began: None,
            cancels: RefCell::default(),
        }
    }
}

impl<F: Fn(u32) -> Fate> Client for FakeClient<F> {
    async fn call(&self, place: u32) -> Result<Answer, Failure> {
        self.in_flight.set(self.in_flight.get() + 1);
        self.most_in_flight.set(self.most_in_flight.get().max(self.in_flight.get()));
        let (cancel, cancelled) = oneshot::channel();
        self.cancels.borrow_mut().push((place, cancel));
        let fate = async {
            match (self.fate)(place) {
                Fate::Status(status, ms) => {
                    self.clock.sleep(ms).await;
                    Ok(Answer { status, headers_ms: None, body_bytes: 5, info: None })
                }
                Fate::Fail(failure, ms) => {
                    self.clock.sleep(ms).await;
                    Err(failure)
                }
                Fate::Stall => future::pending().await,
            }
        };
        pin_mut!(fate);
        let result = match future::select(fate, cancelled).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => Err(Failure::before_answer("AbortError".into())),
        };
        self.in_flight.set(self.in_flight.get() - 1);
        result
    }

    fn cancel(&self, place: u32) {
        let found = self.cancels.borrow().iter().position(|(other, _)| *other == place);
        if let Some(at) = found {
            drop(self.cancels.borrow_mut().remove(at));
        }
    }

    fn began_ms(&self) -> Option<Vec<f64>> {
        self.began.clone()
    }
}

/// A browser that records nothing.
pub(crate) struct NoTimeline;

impl Timeline for NoTimeline {
    fn begin_round(&self, _: &Variant, _: u32) {}

    async fn entries(&self, _: &Variant, _: usize, _: usize) -> Vec<TimingEntry> {
        Vec::new()
    }
}
