//! What the engine needs from the world, as small traits: the browser implements them, and so do the fakes the
//! tests run on.

use crate::run::{
    error::RunError,
    plan::{RoundPlan, RoundResult},
    stop::Stop,
};
use fetchmark_core::{
    report::{Environment, Report, validity::Finding},
    run::progress::Progress,
    samples::{record::RoundSamples, sample::SampleInfo, timing::TimingEntry, whence::Whence},
    scenario::variant::Variant,
};

/// An answer whose body was read to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// When its headers were there, in ms on the round's clock, if the client tells.
    pub headers_ms: Option<f64>,
    /// Body bytes the client delivered.
    pub body_bytes: u64,
    /// What the answer to a message says of its connection: a browser has no timing entry for it.
    pub info: Option<SampleInfo>,
}

/// Why a call did not end in an [`Answer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The status, if the answer had begun: then it is the body that broke off.
    pub status: Option<u16>,
    /// The browser's own words.
    pub message: String,
    /// The client kept the time-out itself.
    pub timed_out: bool,
}

impl Failure {
    /// No answer came.
    pub fn before_answer(message: String) -> Self {
        Self { status: None, message, timed_out: false }
    }

    /// The answer began with this status, and its body broke off.
    pub fn in_body(status: u16, message: String) -> Self {
        Self { status: Some(status), message, timed_out: false }
    }
}

/// One HTTP client, prepared for one round.
pub trait Client {
    /// Sends request `place` (from 0) of the round and reads its body to the end.
    fn call(&self, place: u32) -> impl Future<Output = Result<Answer, Failure>>;

    /// Aborts request `place`, whose call then ends with a [`Failure`]. Without effect if it has ended.
    fn cancel(&self, place: u32);

    /// Where the answer to request 0 came from, as far as the client tells.
    fn whence(&self) -> Whence {
        Whence::default()
    }

    /// When each call so far began, by place, in ms on the round's clock; 0 where it never did. `None` if calls begin at once.
    fn began_ms(&self) -> Option<Vec<f64>> {
        None
    }
}

/// A clock and a timer.
pub trait Clock {
    /// Milliseconds on the clock that Resource Timing uses.
    fn now_ms(&self) -> f64;

    /// Ends after at least `ms` milliseconds.
    fn sleep(&self, ms: f64) -> impl Future<Output = ()>;

    /// The smallest step the clock was seen to make, in ms.
    fn step_ms(&self) -> f64;
}

/// Runs a round with the client a variant asks for.
pub trait Rounds {
    /// Loads the variant's client where it is going to be called, unless it is there. It is done before the first round: loading takes
    /// time from whatever runs beside it, and may leave a connection in the browser's pool.
    ///
    /// # Errors
    /// [`RunError`] if it cannot be loaded.
    fn load(&self, variant: &Variant) -> impl Future<Output = Result<(), RunError>>;

    /// Sends the requests that a plan has before a round, all at once: they use up what earlier rounds left in the browser's connection
    /// pool where the variant is to be cold and the target has no other way, or open connections again where it is to be warm after
    /// a cold one. Says how many were sent from here. Ends early when `stop` is requested, and waits at most one time-out.
    ///
    /// # Errors
    /// [`RunError`] if a request cannot be built.
    fn prepare(
        &self,
        variant: &Variant,
        plan: &RoundPlan,
        stop: &Stop,
    ) -> impl Future<Output = Result<u32, RunError>>;

    /// Builds the client, runs the round, and classifies failures as far as that is possible. A client that no browser
    /// runs has its round run outside; after Stop that round is given up.
    ///
    /// # Errors
    /// [`RunError`] if the client cannot be loaded or built at all.
    fn run(
        &self,
        variant: &Variant,
        plan: &RoundPlan,
        stop: &Stop,
        tick: &dyn Fn(u32),
    ) -> impl Future<Output = Result<RoundResult, RunError>>;
}

/// The browser's record of requests.
pub trait Timeline {
    /// Forgets earlier entries and makes room for `requests` more of this variant.
    fn begin_round(&self, variant: &Variant, requests: u32);

    /// The round's entries, after waiting a bounded time for those of `answered` answers among `issued` requests.
    fn entries(
        &self,
        variant: &Variant,
        answered: usize,
        issued: usize,
    ) -> impl Future<Output = Vec<TimingEntry>>;
}

/// What the run says while it goes on, and what it needs to know of the page.
pub trait Host {
    /// Called between rounds and a few times a second within a long one.
    fn progress(&self, progress: &Progress);

    /// Called before the first round and after each with the report so far, so that a crash loses no finished round.
    fn checkpoint(&self, report: &Report);

    /// Called between two blocks, after the last checkpoint; the next block begins when this ends. Nothing is measured until
    /// then, so that whoever looks at the report so far disturbs no round.
    fn between_blocks(&self) -> impl Future<Output = ()>;

    /// Whether anybody wants every request.
    fn wants_samples(&self) -> bool;

    /// Called after each round with every request of it, if they are wanted.
    fn samples(&self, round: &RoundSamples);

    /// Whether the page was hidden since this was last asked.
    fn was_hidden(&self) -> bool;

    /// Whether answers of this variant may come from a cache without anything showing it, where entries are hidden.
    fn may_be_cached(&self, variant: &Variant) -> bool;

    /// Whether this browser may answer several requests of this variant with one answer.
    fn shares_answers(&self, variant: &Variant) -> bool;

    /// What is known of the run before its first request.
    fn known_before(&self) -> Vec<Finding>;

    /// Browser, cores, isolation.
    fn environment(&self) -> Environment;

    /// The wall clock, ISO 8601 in UTC.
    fn iso_time(&self) -> String;
}
