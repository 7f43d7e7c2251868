//! What a round is to do, and what it did.

use fetchmark_core::{
    samples::{
        sample::{Sample, SampleInfo},
        timing::TimingEntry,
    },
    scenario::{Scenario, factors::Pacing, variant::Variant},
};
use serde::{Deserialize, Serialize};

/// How a round's requests follow each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// Closed loop: this many requests in flight.
    Concurrent(u32),
    /// Open loop: request `i` is due `i ÷ per_second` after the start; at most `in_flight` at a time.
    Rate {
        /// Arrivals per second.
        per_second: f64,
        /// Most requests in flight; what is due beyond waits, and its latency counts the wait.
        in_flight: u32,
    },
}

/// What one round is to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoundPlan {
    /// Requests.
    pub n: u32,
    /// Serial number of the first: samples are numbered through the whole run.
    pub first_serial: u32,
    /// How they follow each other.
    pub pace: Pace,
    /// Time-out of one request, in ms.
    pub timeout_ms: f64,
    /// Requests to be sent before it, which nobody measures ([`crate::run::platform::Rounds::prepare`]).
    pub requests_before: u32,
}

impl RoundPlan {
    /// The round of a scenario's variant whose first request has this serial number; nothing is sent before it.
    pub fn new(scenario: &Scenario, variant: &Variant, first_serial: u32) -> Self {
        let pace = match (variant.pacing, variant.rate_per_second) {
            (Pacing::Rate, Some(per_second)) => Pace::Rate { per_second, in_flight: variant.concurrency },
            _ => Pace::Concurrent(variant.concurrency),
        };
        Self {
            n: scenario.n,
            first_serial,
            pace,
            timeout_ms: f64::from(scenario.timeout_ms),
            requests_before: 0,
        }
    }
}

/// What one round did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundResult {
    /// Every request issued, in order of issue.
    pub samples: Vec<Sample>,
    /// From before the first call to after the last end, in ms.
    pub wall_ms: f64,
    /// Whether all n requests were issued and none was aborted.
    pub complete: bool,
    /// How often a task held the measuring thread up.
    pub long_tasks: u32,
    /// What is known of each sample besides, if the round was run outside the browser or exchanged messages.
    pub info: Option<Vec<SampleInfo>>,
    /// Its timing entries, once they were read.
    pub entries: Option<Vec<TimingEntry>>,
    /// [`fetchmark_core::samples::whence::Whence::redirected_to`], of the answer to its first request.
    pub redirected_to: Option<String>,
    /// [`fetchmark_core::samples::whence::Whence::is_aged`], of the same.
    pub is_aged: bool,
    /// What is known of it besides, if another tab measured it.
    pub tab: Option<InTab>,
}

/// What is known of a round that another tab measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct InTab {
    /// Whether its page was hidden meanwhile.
    pub was_hidden: bool,
    /// Requests that prepared it.
    pub draining_requests: u32,
    /// The step of its clock, in ms.
    pub timer_step_ms: f64,
}
