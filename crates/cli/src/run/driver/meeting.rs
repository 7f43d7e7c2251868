//! Where the sessions of a run wait for each other, so that they begin together.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

use super::clock::{LocalClock, Offset};

/// How long in advance a start is agreed on, at least, in ms.
const NOTICE_MS: f64 = 100.0;
/// The same for each session, which is to be told.
const NOTICE_PER_SESSION_MS: f64 = 10.0;
/// A session that takes so many times as long for a block as the first to finish it is no longer waited for.
const STRAGGLER: f64 = 3.0;
/// A page is told of its next block so long before it begins, at most: until then it is known to be there, and need not wait itself.
const LEAD: Duration = Duration::from_secs(2);
/// A session is waited for at least this long, however short the block.
const SHORTEST_WAIT: Duration = Duration::from_secs(5);

/// The sessions of a run, and the blocks that they begin together: the first measured one, in lockstep all after it, too.
#[derive(Debug)]
pub(crate) struct Meeting {
    pub(crate) clock: LocalClock,
    /// Warm-up blocks come before the first measured one.
    warmup: u32,
    lockstep: bool,
    /// No block begins before this, in ms since 1970.
    start_at_ms: f64,
    state: watch::Sender<State>,
}

#[derive(Debug, Default)]
struct State {
    present: BTreeSet<usize>,
    blocks: BTreeMap<u32, Block>,
    /// How long it takes to tell them all, in ms.
    notice_ms: f64,
}

#[derive(Debug)]
struct Block {
    arrived: BTreeSet<usize>,
    /// Until when the first waits for the others.
    limit: Option<Instant>,
    /// What was agreed on, in ms since 1970.
    begins_ms: Option<f64>,
}

impl Meeting {
    pub(crate) fn new(warmup: u32, lockstep: bool, start_at: Option<Duration>) -> Self {
        Self {
            clock: LocalClock::new(),
            warmup,
            lockstep,
            start_at_ms: start_at.map_or(0.0, |time| time.as_secs_f64() * 1_000.0),
            state: watch::Sender::new(State { notice_ms: NOTICE_MS, ..State::default() }),
        }
    }

    /// The place of a session, which the others wait for until it is dropped.
    pub(crate) fn join(&self, session: usize, offset: Offset) -> Seat<'_> {
        self.state.send_modify(|state| {
            state.present.insert(session);
            // Telling it takes a round trip at most.
            state.notice_ms = state.notice_ms.max(NOTICE_MS + 2.0 * offset.error_ms);
        });
        Seat { meeting: self, session, offset, agreed_ms: Cell::new(None), skew_ms: Cell::new(None) }
    }

    /// When a block begins, in ms since 1970, once that is agreed on; `None` if this one begins when it likes.
    async fn arrive(&self, session: usize, block: u32) -> Option<f64> {
        if block < self.warmup || (block > self.warmup && !self.lockstep) {
            return None;
        }
        let mut changes = self.state.subscribe();
        self.state.send_modify(|state| {
            let limit = state.limit(block, self.clock.now_ms());
            let waiting = state.blocks.entry(block).or_insert(Block {
                arrived: BTreeSet::new(),
                limit,
                begins_ms: None,
            });
            waiting.arrived.insert(session);
            self.agree(state);
        });
        let limit = self.state.borrow().blocks.get(&block).and_then(|waiting| waiting.limit);
        let agreed = changes.wait_for(|state| state.begins_ms(block).is_some());
        let is_late = match limit {
            Some(limit) => timeout_at(limit, agreed).await.is_err(),
            None => agreed.await.is_err(),
        };
        if is_late {
            self.state.send_modify(|state| self.set(state, block));
        }
        let begins_ms = self.state.borrow().begins_ms(block)?;
        sleep(super::clock::duration(begins_ms - self.clock.now_ms()).saturating_sub(LEAD)).await;
        Some(begins_ms)
    }

    /// Agrees on blocks that nobody is missing for.
    fn agree(&self, state: &mut State) {
        let complete =
            |waiting: &Block| waiting.begins_ms.is_none() && state.present.is_subset(&waiting.arrived);
        let ready: Vec<u32> =
            state.blocks.iter().filter(|(_, waiting)| complete(waiting)).map(|(block, _)| *block).collect();
        for block in ready {
            self.set(state, block);
        }
    }

    fn set(&self, state: &mut State, block: u32) {
        let notice_ms = state.notice_ms + NOTICE_PER_SESSION_MS * state.present.len() as f64;
        let begins_ms = (self.clock.now_ms() + notice_ms).max(self.start_at_ms);
        if let Some(waiting) = state.blocks.get_mut(&block) {
            waiting.begins_ms.get_or_insert(begins_ms);
        }
    }
}

impl State {
    fn begins_ms(&self, block: u32) -> Option<f64> {
        self.blocks.get(&block)?.begins_ms
    }

    /// Until when a session that arrives now waits for the others; before the first measured block as long as they are there.
    fn limit(&self, block: u32, now_ms: f64) -> Option<Instant> {
        let took_ms = now_ms - self.begins_ms(block.checked_sub(1)?)?;
        let patience = super::clock::duration(took_ms * (STRAGGLER - 1.0)).max(SHORTEST_WAIT);
        Some(Instant::now() + patience)
    }
}

/// A session's place at a [`Meeting`].
#[derive(Debug)]
pub(crate) struct Seat<'a> {
    meeting: &'a Meeting,
    session: usize,
    offset: Offset,
    agreed_ms: Cell<Option<f64>>,
    skew_ms: Cell<Option<f64>>,
}

impl Seat<'_> {
    /// Waits until the others have come to this block, too, warm-up blocks counted; when it begins, in ms since 1970 on the page's clock.
    pub(super) async fn arrive(&self, block: u32) -> Option<f64> {
        let begins_ms = self.meeting.arrive(self.session, block).await?;
        if self.agreed_ms.get().is_none() {
            self.agreed_ms.set(Some(begins_ms));
        }
        Some(begins_ms + self.offset.ms)
    }

    /// A block that was agreed on began at this time of the page's clock.
    pub(super) fn began(&self, page_ms: f64) {
        if let (Some(agreed_ms), None) = (self.agreed_ms.get(), self.skew_ms.get()) {
            // A time that was given counts, even where nobody was ready by then.
            let wanted_ms = if self.meeting.start_at_ms > 0.0 { self.meeting.start_at_ms } else { agreed_ms };
            self.skew_ms.set(Some(page_ms - self.offset.ms - wanted_ms));
        }
    }

    pub(crate) fn offset(&self) -> Offset {
        self.offset
    }

    /// How long after the time agreed on the first measured block began, in ms.
    pub(crate) fn skew_ms(&self) -> Option<f64> {
        self.skew_ms.get()
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.meeting.state.send_modify(|state| {
            state.present.remove(&self.session);
            self.meeting.agree(state);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::future::join;
    use tokio::time::{advance, timeout};

    const EVEN: Offset = Offset { ms: 0.0, error_ms: 1.0 };

    #[tokio::test(start_paused = true)]
    async fn the_first_measured_block_begins_together_on_each_clock() {
        let meeting = Meeting::new(1, false, None);
        let (one, two) = (meeting.join(1, EVEN), meeting.join(2, Offset { ms: 500.0, error_ms: 1.0 }));
        assert_eq!(one.arrive(0).await, None, "a warm-up block");
        assert!(timeout(Duration::from_secs(60), one.arrive(1)).await.is_err(), "the other is not there");
        let (first, second) = join(one.arrive(1), two.arrive(1)).await;
        let (first, second) = (first.unwrap(), second.unwrap());
        assert!((second - first - 500.0).abs() < 1e-3 && first > meeting.clock.now_ms(), "{first} {second}");
        assert_eq!(one.arrive(2).await, None, "only the first");
        two.began(second + 3.0);
        two.began(second + 900.0);
        assert!((two.skew_ms().unwrap() - 3.0).abs() < 1e-3 && one.skew_ms().is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_lost_is_not_waited_for() {
        let meeting = Meeting::new(1, false, None);
        let (one, two) = (meeting.join(1, EVEN), meeting.join(2, EVEN));
        let lose = async {
            advance(Duration::from_secs(9)).await;
            drop(two);
        };
        assert!(join(one.arrive(1), lose).await.0.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn in_lockstep_a_straggler_is_waited_for_within_a_limit() {
        let meeting = Meeting::new(1, true, None);
        let (one, two) = (meeting.join(1, EVEN), meeting.join(2, EVEN));
        join(one.arrive(1), two.arrive(1)).await;
        advance(Duration::from_secs(10)).await;
        let before = meeting.clock.now_ms();
        let begins = one.arrive(2).await.unwrap();
        assert!((10_000.0..40_000.0).contains(&(begins - before)), "{before} {begins}");
        assert_eq!(two.arrive(2).await, Some(begins), "the straggler begins at once");
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_begins_before_the_time_given() {
        let hour_ms = LocalClock::new().now_ms() + 3_600_000.0;
        let meeting = Meeting::new(1, false, Some(super::super::clock::duration(hour_ms)));
        let begins = meeting.join(1, EVEN).arrive(1).await.unwrap();
        assert!((begins - hour_ms).abs() < 1.0, "{begins} {hour_ms}");
        assert!(begins - meeting.clock.now_ms() < 2_100.0, "the page is told when it is near");
    }
}
