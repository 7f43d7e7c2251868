//! A round as it was measured.

use crate::{
    report::FindingCode,
    samples::{Sample, SampleInfo, TimingEntry, Whence},
};

/// One round as it was measured.
#[derive(Clone, Debug, Default)]
pub struct Round {
    /// Index into the scenario's variants.
    pub variant: usize,
    /// Its block, from 0; `None` for a warm-up round.
    pub block: Option<u32>,
    /// When it began, in ms after the run began.
    pub start_ms: Option<f64>,
    /// Whether every request was issued and ended by itself; a stopped round is not compared.
    pub complete: bool,
    /// First call to last end, in ms.
    pub wall_ms: f64,
    /// Every request issued.
    pub samples: Vec<Sample>,
    /// The timing entries the browser gave for this round.
    pub entries: Vec<TimingEntry>,
    /// What is known of each sample besides, in their order, if the round was run outside the browser.
    pub info: Option<Vec<SampleInfo>>,
    /// Where the answer to its first request came from, as far as the client tells.
    pub whence: Whence,
    /// What voids the round: it is counted, and left out of every time and comparison.
    pub voided: Option<FindingCode>,
    /// Requests made, and not measured, before the round, to use up pooled connections or to open them again.
    pub draining_requests: u32,
    /// Whether answers may have come from a cache without anything showing it, if the browser hides the entry: the client
    /// cannot bypass the cache, and may not say so to another origin.
    pub may_be_cached: bool,
    /// How often a task held the measuring thread for over 50 ms.
    pub long_tasks: u32,
}
