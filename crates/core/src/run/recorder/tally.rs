//! What one variant's rounds come to.

use super::label_tally::LabelTallies;
use crate::{
    compare::ALPHA,
    map::Map,
    report::{FindingCode, Requests, RoundReport, Sizes, VariantReport, Warmup},
    request::secrets,
    samples::{
        ErrorClass, LabelledRequest, Outcome, Phase, Sample, ServerIds, TimingEntry, Whence,
        record::{is_interim, phases},
    },
    scenario::{factors::Pacing, variant::Variant},
    stats::{
        histogram::HistogramError,
        outliers::Outliers,
        summary::{Times, median, median_interval},
    },
};

/// Distinct messages kept for each class of error.
const MESSAGES_KEPT: usize = 3;

/// Distinct addresses kept that redirects led to.
const ADDRESSES_KEPT: usize = 3;

/// A request sent later than this after it was due, in ms, was sent late. Browsers hold timers back by up to 4 ms.
const LATE_MS: f64 = 5.0;

#[derive(Debug)]
pub(super) struct Row {
    pub(super) variant: Variant,
    pub(super) tally: Tally,
    pub(super) times: RowTimes,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) rounds: Vec<RoundReport>,
    pub(super) requests: Requests,
    pub(super) warmup: Requests,
    pub(super) errors: Map<ErrorClass, u64>,
    pub(super) messages: Map<ErrorClass, Vec<String>>,
    pub(super) labels: LabelTallies,
    pub(super) protocols: Map<String, u64>,
    pub(super) unjoined: u64,
    /// Of those, requests whose entry is among others.
    pub(super) ambiguous: u64,
    pub(super) times_hidden: u64,
    /// Whether the browser showed the times of any answer.
    pub(super) shows_times: bool,
    pub(super) redirected: u64,
    pub(super) redirected_to: Vec<String>,
    pub(super) aged_rounds: u64,
    pub(super) through_worker: u64,
    pub(super) late_sends: u64,
    pub(super) draining_requests: u64,
    pub(super) long_tasks: u64,
    pub(super) one_at_a_time: u64,
    pub(super) lost_connections: u64,
    pub(super) maybe_cached: u64,
    pub(super) voided: Vec<(FindingCode, u64)>,
    pub(super) statuses: Map<u16, u64>,
    pub(super) sizes: Sizes,
    pub(super) body_bytes: u64,
}

/// The times of a row's requests that succeeded in sound rounds.
#[derive(Debug)]
pub(super) struct RowTimes {
    latency: Times,
    /// From when a request was due to its call.
    lateness: Times,
    phases: Vec<(Phase, Times)>,
    /// Requests that show no phases, for the first byte may be an interim answer's.
    pub(super) interim: u64,
}

impl RowTimes {
    fn new() -> Result<Self, HistogramError> {
        let phases = Phase::ALL.iter().map(|phase| Ok((*phase, Times::new()?))).collect::<Result<_, _>>()?;
        Ok(Self { latency: Times::new()?, lateness: Times::new()?, phases, interim: 0 })
    }

    pub(super) fn add(&mut self, sample: &Sample, entry: Option<&TimingEntry>) {
        self.interim += u64::from(entry.is_some_and(|entry| is_interim(sample, entry)));
        self.latency.add(sample.latency_ms());
        self.lateness.add((sample.called_ms - sample.intended_ms).max(0.0));
        for (phase, ms) in entry.into_iter().flat_map(|entry| phases(sample, entry)) {
            if let Some((_, times)) = self.phases.iter_mut().find(|(of, _)| *of == phase) {
                times.add(ms);
            }
        }
    }
}

impl Tally {
    /// Adds a warm-up request: it is counted, and nothing else.
    pub(super) fn add_warmup(&mut self, sample: &Sample) {
        count_outcome(&mut self.warmup, &sample.outcome);
    }

    /// Adds what a measured request came to. `is_shown` says whether anyone looked for its entry: if not, it has none to miss.
    pub(super) fn add_outcome(&mut self, sample: &Sample, labelled: &LabelledRequest<'_>, is_shown: bool) {
        let entry = labelled.entry;
        count_outcome(&mut self.requests, &sample.outcome);
        self.late_sends += u64::from(sample.called_ms - sample.intended_ms > LATE_MS);
        if let Outcome::Failed { class, message } = &sample.outcome {
            *self.errors.entry(*class).or_default() += 1;
            let messages = self.messages.entry(*class).or_default();
            if messages.len() < MESSAGES_KEPT && !messages.contains(message) {
                messages.push(message.clone());
            }
        }
        // A request that got no answer has, by rights, an empty entry or none.
        if sample.outcome == Outcome::Aborted {
            return;
        }
        if let Some(status) = sample.status {
            *self.statuses.entry(status).or_default() += 1;
            match (entry, labelled.info) {
                (Some(entry), _) => self.add_entry(entry),
                (None, Some(info)) => {
                    *self.protocols.entry(info.protocol.clone()).or_default() += 1;
                    self.redirected += u64::from(info.redirected);
                }
                (None, None) => self.unjoined += u64::from(is_shown),
            }
        }
        if sample.outcome == Outcome::Ok {
            self.body_bytes += sample.body_bytes;
            self.times_hidden += u64::from(entry.is_some_and(|entry| !entry.is_detailed()));
        }
    }

    pub(super) fn add_whence(&mut self, whence: &Whence) {
        self.aged_rounds += u64::from(whence.is_aged);
        let Some(address) = whence.redirected_to.as_deref().map(secrets::address) else { return };
        if self.redirected_to.len() < ADDRESSES_KEPT && !self.redirected_to.contains(&address) {
            self.redirected_to.push(address);
        }
    }

    /// Adds a round that does not count.
    pub(super) fn add_voided(&mut self, code: FindingCode) {
        match self.voided.iter_mut().find(|(of, _)| *of == code) {
            Some((_, rounds)) => *rounds += 1,
            None => self.voided.push((code, 1)),
        }
    }

    fn add_entry(&mut self, entry: &TimingEntry) {
        *self.protocols.entry(entry.protocol.clone()).or_default() += 1;
        self.redirected += u64::from(entry.is_redirected());
        self.through_worker += u64::from(entry.is_through_worker());
        self.sizes.transfer_bytes += entry.transfer_bytes;
        self.sizes.encoded_bytes += entry.encoded_bytes;
        self.sizes.decoded_bytes += entry.decoded_bytes;
    }
}

fn count_outcome(requests: &mut Requests, outcome: &Outcome) {
    requests.issued += 1;
    match outcome {
        Outcome::Ok => requests.ok += 1,
        Outcome::Failed { .. } => requests.failed += 1,
        Outcome::Aborted => requests.aborted += 1,
    }
}

impl Row {
    pub(super) fn new(variant: Variant) -> Result<Self, HistogramError> {
        Ok(Self { variant, tally: Tally::default(), times: RowTimes::new()? })
    }

    pub(super) fn report(&self, ids: ServerIds) -> Result<VariantReport, HistogramError> {
        let Self { variant, tally, times } = self;
        let labels = tally.labels.with(ids);
        // How long it takes to fail is not how long n requests take.
        let sound = || tally.rounds.iter().filter(|round| round.is_timed());
        let walls: Vec<f64> = sound().map(|round| round.wall_ms).collect();
        let seconds = walls.iter().sum::<f64>() / 1_000.0;
        let ok_in_rounds = sound().map(|round| round.ok).sum::<u64>();
        let phases_ms = times.phases.iter().filter_map(|(phase, times)| Some((*phase, times.phase()?)));
        Ok(VariantReport {
            id: variant.id.clone(),
            target: variant.label.clone(),
            runtime: variant.client.runtime(),
            client: variant.client.name().to_owned(),
            lifecycle: variant.lifecycle,
            connection: variant.connection,
            pacing: variant.pacing,
            concurrency: variant.concurrency,
            rate_per_second: variant.rate_per_second,
            thread: variant.thread,
            round_median_ms: median(&walls),
            round_interval_ms: median_interval(&walls, ALPHA),
            requests_per_second: (seconds > 0.0).then(|| ok_in_rounds as f64 / seconds),
            outliers: Outliers::among(&walls),
            rounds: tally.rounds.clone(),
            requests: tally.requests,
            warmup: Warmup { requests: tally.warmup, connections: labels.warmup },
            draining_requests: tally.draining_requests,
            errors: tally.errors.clone(),
            error_messages: tally.messages.clone(),
            connections: labels.connections,
            evidence: labels.evidence.clone(),
            protocols: tally.protocols.clone(),
            statuses: tally.statuses.clone(),
            redirected: tally.redirected,
            redirected_to: tally.redirected_to.clone(),
            aged_rounds: tally.aged_rounds,
            maybe_cached: tally.maybe_cached,
            sizes: tally.sizes,
            unjoined: tally.unjoined,
            body_bytes: tally.body_bytes,
            latency_ms: times.latency.latency()?,
            late_ms: times.lateness.lateness().filter(|_| variant.pacing == Pacing::Rate),
            phases_ms: phases_ms.collect(),
            example_round: labels.example_round.clone(),
        })
    }
}
