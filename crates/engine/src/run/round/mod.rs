//! One round: n requests of one variant, paced, timed, watched.
//!
//! Nothing but the calls happens while a round runs: no entry is read, nothing is rendered, and one timer watches
//! all requests in flight.

use crate::run::{
    plan::{Pace, RoundPlan, RoundResult},
    platform::{Answer, Client, Clock, Failure},
    stop::Stop,
};
use fetchmark_core::samples::{
    sample::{ErrorClass, Outcome, Sample, SampleInfo},
    whence::Whence,
};
use futures::{
    FutureExt, StreamExt,
    future::{self, Either, LocalBoxFuture},
    pin_mut,
    stream::FuturesUnordered,
};
use std::cell::{Cell, RefCell};

/// How often the watch over a round looks around, in ms.
const TICK_MS: f64 = 50.0;

/// A long round reports its progress every so many ticks: seldom, for whoever shows it takes time from what is measured.
const TICKS_PER_REPORT: u32 = 5;

/// A timer that fires later than this, in ms, was held up by a task on the measuring thread. So a task of
/// [`TICK_MS`] more than this is always noticed, a shorter one by chance
/// (<https://www.w3.org/TR/longtasks-1/> calls a task long from 50 ms on).
const LONG_TASK_MS: f64 = 50.0;

/// Runs a round to its end, or until `stop` is requested; then every request in flight is cancelled.
///
/// `tick` is given the number of requests ended, a few times a second.
pub async fn run_round(
    client: &impl Client,
    clock: &impl Clock,
    plan: &RoundPlan,
    stop: &Stop,
    tick: &dyn Fn(u32),
) -> RoundResult {
    let round = Round {
        client,
        clock,
        plan,
        started_ms: clock.now_ms(),
        calls: RefCell::new(Vec::with_capacity(plan.n as usize)),
        ended: Cell::new(0),
        last_end_ms: Cell::new(f64::NAN),
        long_tasks: Cell::new(0),
        stopping: Cell::new(stop.is_requested()),
    };
    round.run(stop, tick).await;
    round.finish()
}

struct Round<'a, C, K> {
    client: &'a C,
    clock: &'a K,
    plan: &'a RoundPlan,
    started_ms: f64,
    calls: RefCell<Vec<Call>>,
    ended: Cell<u32>,
    last_end_ms: Cell<f64>,
    long_tasks: Cell<u32>,
    stopping: Cell<bool>,
}

struct Call {
    /// When it was due; `None`: when it was called.
    due_ms: Option<f64>,
    called_ms: f64,
    cancelled: Option<Cancelled>,
    end: Option<(f64, Result<Answer, Failure>)>,
}

/// What a task of a round was for.
enum Task {
    Requests,
    Watch,
}

#[derive(Clone, Copy, PartialEq)]
enum Cancelled {
    TimedOut,
    Stopped,
}

impl<C: Client, K: Clock> Round<'_, C, K> {
    /// Each lane is a task of its own beside the watch, so that what one of them waits for wakes that one alone: were they
    /// one future, each answer would have all lanes look whether it was theirs.
    async fn run(&self, stop: &Stop, tick: &dyn Fn(u32)) {
        let mut tasks = FuturesUnordered::<LocalBoxFuture<'_, Task>>::new();
        match self.plan.pace {
            Pace::Concurrent(lanes) => {
                for _ in 0..lanes.min(self.plan.n) {
                    tasks.push(self.lane().map(|()| Task::Requests).boxed_local());
                }
            }
            Pace::Rate { per_second, in_flight } => {
                tasks.push(
                    self.at_rate(per_second, in_flight as usize).map(|()| Task::Requests).boxed_local(),
                );
            }
        }
        let mut requesting = tasks.len();
        tasks.push(self.watch(stop, tick).map(|()| Task::Watch).boxed_local());
        // The watch ends by itself only by Stop, after cancelling; the requests then end on their own.
        while requesting > 0 {
            match tasks.next().await {
                Some(Task::Requests) => requesting -= 1,
                Some(Task::Watch) => {}
                None => break,
            }
        }
    }

    async fn lane(&self) {
        while let Some(place) = self.next_place() {
            self.call(place, None).await;
        }
    }

    async fn at_rate(&self, per_second: f64, cap: usize) {
        let due = |place: u32| self.started_ms + f64::from(place) * 1_000.0 / per_second;
        let mut in_flight = FuturesUnordered::new();
        loop {
            while in_flight.len() < cap
                && self.issued() < self.plan.n
                && due(self.issued()) <= self.clock.now_ms()
                && let Some(place) = self.next_place()
            {
                in_flight.push(self.call(place, Some(due(place))));
            }
            let more = self.issued() < self.plan.n && !self.stopping.get();
            if !more && in_flight.is_empty() {
                return;
            }
            if more && in_flight.len() < cap {
                // Not beyond a tick at a time, so that Stop takes effect between arrivals that are far apart.
                let until_due = (due(self.issued()) - self.clock.now_ms()).clamp(0.0, TICK_MS);
                let sleep = self.clock.sleep(until_due);
                pin_mut!(sleep);
                if in_flight.is_empty() {
                    sleep.await;
                } else {
                    future::select(in_flight.next(), sleep).await;
                }
            } else {
                in_flight.next().await;
            }
        }
    }

    fn issued(&self) -> u32 {
        self.calls.borrow().len() as u32
    }

    /// Takes the next request's place, unless there is none or Stop was requested.
    fn next_place(&self) -> Option<u32> {
        let mut calls = self.calls.borrow_mut();
        let place = calls.len() as u32;
        if place >= self.plan.n || self.stopping.get() {
            return None;
        }
        calls.push(Call { due_ms: None, called_ms: f64::NAN, cancelled: None, end: None });
        Some(place)
    }

    async fn call(&self, place: u32, due_ms: Option<f64>) {
        // Not before this is polled: of several that are due at once, each is called when the one before has been.
        if let Some(call) = self.calls.borrow_mut().get_mut(place as usize) {
            (call.due_ms, call.called_ms) = (due_ms, self.clock.now_ms());
        }
        let result = self.client.call(place).await;
        let now = self.clock.now_ms();
        if let Some(call) = self.calls.borrow_mut().get_mut(place as usize) {
            call.end = Some((now, result));
        }
        self.ended.set(self.ended.get() + 1);
        self.last_end_ms.set(now);
    }

    /// Cancels what is over time, reports progress, and on Stop cancels everything and ends.
    async fn watch(&self, stop: &Stop, tick: &dyn Fn(u32)) {
        // Requests are called in order of place and share one time-out, so deadlines come in that order too.
        let mut oldest = 0_usize;
        for ticks in 1_u32.. {
            oldest = self.cancel_overdue(oldest);
            let deadline = self.calls.borrow().get(oldest).map(|call| call.called_ms + self.plan.timeout_ms);
            // What is called from now on is not over time before a whole time-out has passed.
            let until_deadline = deadline
                .filter(|deadline| deadline.is_finite())
                .map_or(self.plan.timeout_ms, |deadline| deadline - self.clock.now_ms());
            let (stopped, asleep_from) = (stop.requested(), self.clock.now_ms());
            let asleep_ms = until_deadline.clamp(0.0, TICK_MS);
            let sleep = self.clock.sleep(asleep_ms);
            pin_mut!(stopped, sleep);
            if let Either::Left(_) = future::select(stopped, sleep).await {
                break;
            }
            if self.clock.now_ms() - asleep_from - asleep_ms > LONG_TASK_MS {
                self.long_tasks.set(self.long_tasks.get() + 1);
            }
            if ticks % TICKS_PER_REPORT == 0 {
                tick(self.ended.get());
            }
        }
        self.stopping.set(true);
        let unended: Vec<u32> =
            (0..self.issued()).filter(|place| self.mark(*place, Cancelled::Stopped)).collect();
        for place in unended {
            self.client.cancel(place);
        }
    }

    /// The first place from `oldest` on that is still in flight and in time.
    fn cancel_overdue(&self, oldest: usize) -> usize {
        let mut at = oldest;
        loop {
            let overdue = match self.calls.borrow().get(at) {
                None => return at,
                Some(call) if call.end.is_some() || call.cancelled.is_some() => false,
                Some(call) => {
                    // A place taken and not yet called has no deadline.
                    let in_time = self.clock.now_ms() < call.called_ms + self.plan.timeout_ms;
                    if in_time || call.called_ms.is_nan() {
                        return at;
                    }
                    true
                }
            };
            if overdue && self.mark(at as u32, Cancelled::TimedOut) {
                self.client.cancel(at as u32);
            }
            at += 1;
        }
    }

    /// Notes why a request in flight is about to be cancelled; false if it is not in flight any more.
    fn mark(&self, place: u32, why: Cancelled) -> bool {
        match self.calls.borrow_mut().get_mut(place as usize) {
            Some(call) if call.end.is_none() && call.cancelled.is_none() => {
                call.cancelled = Some(why);
                true
            }
            _ => false,
        }
    }

    fn finish(self) -> RoundResult {
        let wall_ms = self.last_end_ms.get() - self.started_ms;
        let first = self.plan.first_serial;
        let timeout_ms = self.plan.timeout_ms;
        let began = self.client.began_ms();
        let Whence { redirected_to, is_aged } = self.client.whence();
        let info = infos(&self.calls.borrow());
        let began_ms = |place: usize| Some(*began.as_ref()?.get(place)?).filter(|ms| *ms > 0.0);
        let samples: Vec<Sample> = self
            .calls
            .into_inner()
            .into_iter()
            .enumerate()
            .filter_map(|(place, mut call)| {
                call.called_ms = began_ms(place).unwrap_or(call.called_ms);
                sample(call, first + place as u32, timeout_ms)
            })
            .collect();
        let complete = samples.len() == self.plan.n as usize
            && samples.iter().all(|sample| sample.outcome != Outcome::Aborted);
        let wall_ms = if wall_ms.is_finite() { wall_ms } else { 0.0 };
        RoundResult {
            complete,
            wall_ms,
            samples,
            long_tasks: self.long_tasks.get(),
            info,
            entries: None,
            redirected_to,
            is_aged,
            tab: None,
        }
    }
}

/// What answers say of their connections, where any does; a message without an answer says nothing.
fn infos(calls: &[Call]) -> Option<Vec<SampleInfo>> {
    let results = calls.iter().filter_map(|call| call.end.as_ref());
    let infos: Vec<Option<SampleInfo>> =
        results.map(|(_, result)| result.as_ref().ok().and_then(|answer| answer.info.clone())).collect();
    let has_any = infos.iter().any(Option::is_some);
    has_any.then(|| infos.into_iter().map(Option::unwrap_or_default).collect())
}

fn sample(call: Call, index: u32, timeout_ms: f64) -> Option<Sample> {
    let (ended_ms, result) = call.end?;
    let headers_ms = result.as_ref().ok().and_then(|answer| answer.headers_ms);
    let (status, body_bytes) = match &result {
        Ok(answer) => (Some(answer.status), answer.body_bytes),
        // Clients differ in whether they report how far a dropped answer was, so none is taken to report it.
        Err(failure) => (failure.status.filter(|_| call.cancelled.is_none()), 0),
    };
    let outcome = match (result, call.cancelled) {
        // An answer that was complete before the cancelling took hold counts.
        (Ok(answer), _) => Sample::outcome_of_status(answer.status),
        (Err(_), Some(Cancelled::Stopped)) => Outcome::Aborted,
        (Err(_), Some(Cancelled::TimedOut)) => {
            Outcome::Failed { class: ErrorClass::Timeout, message: format!("No end within {timeout_ms} ms") }
        }
        (Err(failure), None) if failure.timed_out => {
            Outcome::Failed { class: ErrorClass::Timeout, message: failure.message }
        }
        (Err(failure), None) => {
            let class = if failure.status.is_some() { ErrorClass::BodyCutShort } else { ErrorClass::Network };
            Outcome::Failed { class, message: failure.message }
        }
    };
    Some(Sample {
        index,
        intended_ms: call.due_ms.unwrap_or(call.called_ms),
        called_ms: call.called_ms,
        headers_ms,
        ended_ms,
        status,
        body_bytes,
        outcome,
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
