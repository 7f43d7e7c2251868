//! Rounds in, report out.
//!
//! The recorder joins, labels and tallies each round as it ends and then lets go of its samples, so memory does
//! not grow with the number of requests. A report can be made at any time: what is finished is never lost.

use crate::{
    comparison::{self, Terms},
    factors::Connection,
    histogram::HistogramError,
    join::join,
    label::{ConnectionLabel, Evidence, label},
    outliers::Outliers,
    report::{
        Connections, Ending, Environment, Report, Requests, RoundReport, Runtime, SCHEMA, VariantReport,
        Warmup,
    },
    sample::{ErrorClass, Outcome, Sample},
    scenario::Scenario,
    summary::{Times, median},
    timing::{Phase, TimingEntry},
    validity::{Finding, FindingCode, Severity},
    variant::Variant,
};
use std::collections::{BTreeMap, BTreeSet};

/// Distinct messages kept for each class of error.
const MESSAGES_KEPT: usize = 3;

/// A request sent later than this after it was due, in ms, was sent late. Browsers hold timers back by up to 4 ms.
const LATE_MS: f64 = 5.0;

/// A clock is coarse for times below this many of its steps.
const STEPS_TO_RESOLVE: f64 = 5.0;

/// One round as it was measured.
#[derive(Clone, Debug)]
pub struct Round {
    /// Index into the scenario's variants.
    pub variant: usize,
    /// Its block, from 0; `None` for a warm-up round.
    pub block: Option<u32>,
    /// Whether every request was issued and ended by itself; a stopped round is not compared.
    pub complete: bool,
    /// First call to last end, in ms.
    pub wall_ms: f64,
    /// Every request issued.
    pub samples: Vec<Sample>,
    /// The timing entries the browser gave for this round.
    pub entries: Vec<TimingEntry>,
    /// Whether the page was hidden at any time during the round.
    pub hidden: bool,
    /// Requests made, and not measured, before the round to use up pooled connections.
    pub draining_requests: u32,
}

/// Gathers rounds.
#[derive(Debug)]
pub struct Recorder {
    scenario: Scenario,
    timer_step_ms: f64,
    alpha: f64,
    variants: Vec<(Variant, Tally)>,
    known_before: Vec<Finding>,
}

#[derive(Debug)]
struct Tally {
    rounds: Vec<RoundReport>,
    requests: Requests,
    warmup: Warmup,
    errors: BTreeMap<ErrorClass, u64>,
    messages: BTreeMap<ErrorClass, Vec<String>>,
    connections: Connections,
    evidence: BTreeMap<Evidence, u64>,
    protocols: BTreeMap<String, u64>,
    unjoined: u64,
    times_hidden: u64,
    redirected: u64,
    through_worker: u64,
    late_sends: u64,
    draining_requests: u64,
    body_bytes: u64,
    latency: Times,
    phases: BTreeMap<Phase, Times>,
}

impl Tally {
    fn new() -> Result<Self, HistogramError> {
        let mut phases = BTreeMap::new();
        for phase in Phase::ALL {
            phases.insert(*phase, Times::new()?);
        }
        Ok(Self {
            rounds: Vec::new(),
            requests: Requests::default(),
            warmup: Warmup::default(),
            errors: BTreeMap::new(),
            messages: BTreeMap::new(),
            connections: Connections::default(),
            evidence: BTreeMap::new(),
            protocols: BTreeMap::new(),
            unjoined: 0,
            times_hidden: 0,
            redirected: 0,
            through_worker: 0,
            late_sends: 0,
            draining_requests: 0,
            body_bytes: 0,
            latency: Times::new()?,
            phases,
        })
    }

    fn add_outcome(&mut self, sample: &Sample, entry: Option<&TimingEntry>) {
        count_outcome(&mut self.requests, &sample.outcome);
        self.late_sends += u64::from(sample.called_ms - sample.intended_ms > LATE_MS);
        let (label, evidence) = label(entry);
        if sample.outcome != Outcome::Aborted {
            count_label(&mut self.connections, label);
            *self.evidence.entry(evidence).or_default() += 1;
        }
        if let Outcome::Failed { class, message } = &sample.outcome {
            *self.errors.entry(*class).or_default() += 1;
            let messages = self.messages.entry(*class).or_default();
            if messages.len() < MESSAGES_KEPT && !messages.contains(message) {
                messages.push(message.clone());
            }
        }
        // A request that got no answer has, by rights, an empty entry or none.
        if sample.status.is_some() {
            match entry {
                Some(entry) => self.add_entry(entry),
                None => self.unjoined += 1,
            }
        }
        if sample.outcome == Outcome::Ok {
            self.body_bytes += sample.body_bytes;
            self.times_hidden += u64::from(entry.is_some_and(|entry| !entry.is_detailed()));
        }
    }

    fn add_times(&mut self, sample: &Sample, entry: Option<&TimingEntry>) {
        self.latency.add(sample.latency_ms());
        if let Some(entry) = entry {
            self.add_phases(sample, entry);
        }
    }

    fn add_entry(&mut self, entry: &TimingEntry) {
        *self.protocols.entry(entry.protocol.clone()).or_default() += 1;
        self.redirected += u64::from(entry.redirect_start_ms > 0.0 || entry.fetch_start_ms > entry.start_ms);
        self.through_worker += u64::from(entry.worker_start_ms > 0.0);
    }

    fn add_phases(&mut self, sample: &Sample, entry: &TimingEntry) {
        let overhead = (entry.start_ms - sample.called_ms) + (sample.ended_ms - entry.response_end_ms);
        let measured = entry.phases().into_iter().flat_map(|phases| phases.iter().collect::<Vec<_>>());
        // Time stamps of two clocks of the same step may cross by one step; below zero they mean zero.
        for (phase, ms) in measured.chain([(Phase::ClientOverhead, overhead.max(0.0))]) {
            if let Some(times) = self.phases.get_mut(&phase) {
                times.add(ms);
            }
        }
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

fn count_label(connections: &mut Connections, label: ConnectionLabel) {
    match label {
        ConnectionLabel::New => connections.new += 1,
        ConnectionLabel::Reused => connections.reused += 1,
        ConnectionLabel::Cached => connections.cached += 1,
        ConnectionLabel::Unknown => connections.unknown += 1,
    }
}

impl Recorder {
    /// An empty recorder. `timer_step_ms` is the step of the clock the samples come from.
    ///
    /// # Errors
    /// [`HistogramError`] if a histogram cannot be made.
    pub fn new(scenario: Scenario, timer_step_ms: f64) -> Result<Self, HistogramError> {
        let variants = scenario
            .variants()
            .into_iter()
            .map(|variant| Ok((variant, Tally::new()?)))
            .collect::<Result<_, HistogramError>>()?;
        Ok(Self { scenario, timer_step_ms, alpha: comparison::ALPHA, variants, known_before: Vec::new() })
    }

    /// From now on reports compare at this chance of error: an auto run's looks share the usual
    /// [`comparison::ALPHA`] among them.
    pub fn set_alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    /// Adds what was known before the first request.
    pub fn know(&mut self, findings: Vec<Finding>) {
        self.known_before.extend(findings);
    }

    /// Adds a round. One whose variant the scenario does not have is not a round of this run, and is left out.
    pub fn add(&mut self, round: &Round) {
        let Some((_, tally)) = self.variants.get_mut(round.variant) else { return };
        tally.draining_requests += u64::from(round.draining_requests);
        let entry_of = join(&round.samples, &round.entries, self.timer_step_ms);
        let joined = round
            .samples
            .iter()
            .zip(entry_of)
            .map(|(sample, entry)| (sample, entry.map(|at| &round.entries[at])));
        let Some(block) = round.block else {
            for (sample, entry) in joined {
                count_outcome(&mut tally.warmup.requests, &sample.outcome);
                if sample.outcome != Outcome::Aborted {
                    count_label(&mut tally.warmup.connections, label(entry).0);
                }
            }
            return;
        };
        // Of a round that was stopped only the quickest requests ended by themselves, and a hidden page is slowed down:
        // their outcomes count, their times do not.
        let is_timed = round.complete && !round.hidden;
        for (sample, entry) in joined {
            tally.add_outcome(sample, entry);
            if is_timed && sample.outcome == Outcome::Ok {
                tally.add_times(sample, entry);
            }
        }
        if round.complete {
            let count = |wanted: fn(&Outcome) -> bool| {
                round.samples.iter().filter(|sample| wanted(&sample.outcome)).count() as u64
            };
            tally.rounds.push(RoundReport {
                block,
                wall_ms: round.wall_ms,
                ok: count(|outcome| *outcome == Outcome::Ok),
                failed: count(|outcome| matches!(outcome, Outcome::Failed { .. })),
                voided: round.hidden,
            });
        }
    }

    /// What was found so far.
    ///
    /// # Errors
    /// [`HistogramError`] if a histogram cannot be written.
    pub fn report(
        &self,
        mut environment: Environment,
        started_at: String,
        duration_ms: f64,
        ending: Ending,
    ) -> Result<Report, HistogramError> {
        environment.timer_step_ms = self.timer_step_ms;
        for (_, tally) in &self.variants {
            for (protocol, count) in &tally.protocols {
                *environment.protocols.entry(protocol.clone()).or_default() += count;
            }
        }
        let variants = self
            .variants
            .iter()
            .map(|(variant, tally)| row(variant, tally))
            .collect::<Result<Vec<_>, _>>()?;
        let terms =
            Terms { margin: self.scenario.margin, alpha: self.alpha, timer_step_ms: self.timer_step_ms };
        let comparisons = comparison::compare_by(&variants, terms);
        Ok(Report {
            schema: SCHEMA.to_owned(),
            fetchmark_version: crate::VERSION.to_owned(),
            started_at,
            duration_ms,
            ending,
            scenario: self.scenario.clone(),
            environment,
            validity: self.findings(&variants, ending),
            variants,
            comparisons,
        })
    }

    fn findings(&self, rows: &[VariantReport], ending: Ending) -> Vec<Finding> {
        let mut findings = self.known_before.clone();
        match ending {
            Ending::Complete => {}
            Ending::Stopped => findings.push(run_finding(FindingCode::Stopped, Severity::Note)),
            Ending::Failed => findings.push(run_finding(FindingCode::EngineCrashed, Severity::Weakens)),
        }
        for ((variant, tally), row) in self.variants.iter().zip(rows) {
            let mut found = |code, severity, count: u64, detail: Option<String>| {
                if count > 0 {
                    findings.push(Finding {
                        code,
                        severity,
                        variant: Some(variant.id.clone()),
                        count,
                        detail,
                    });
                }
            };
            let hidden = row.rounds.iter().filter(|round| round.voided).count() as u64;
            found(FindingCode::TabHidden, Severity::Voids, hidden, None);
            let first_message = row.error_messages.values().flatten().next().cloned();
            found(FindingCode::Failures, Severity::Weakens, row.requests.failed, first_message);
            found(FindingCode::CachedAnswers, Severity::Voids, row.connections.cached, None);
            let cold_reused = if variant.connection == Connection::Cold { row.connections.reused } else { 0 };
            found(FindingCode::ColdReused, Severity::Voids, cold_reused, None);
            found(FindingCode::EntriesMissing, Severity::Weakens, tally.unjoined, None);
            found(FindingCode::TimesHidden, Severity::Weakens, tally.times_hidden, None);
            found(FindingCode::ServiceWorker, Severity::Weakens, tally.through_worker, None);
            found(FindingCode::LateSends, Severity::Weakens, tally.late_sends, None);
            found(FindingCode::Redirects, Severity::Note, tally.redirected, None);
            let protocols: BTreeSet<_> =
                tally.protocols.keys().filter(|name| !name.is_empty()).cloned().collect();
            if protocols.len() > 1 {
                let names = protocols.iter().cloned().collect::<Vec<_>>().join(", ");
                found(FindingCode::ProtocolChanged, Severity::Weakens, protocols.len() as u64, Some(names));
            }
            if let Some(latency) = &row.latency_ms {
                let coarse = latency.p50 < STEPS_TO_RESOLVE * self.timer_step_ms;
                found(FindingCode::CoarseTimer, Severity::Weakens, u64::from(coarse), None);
            }
        }
        findings
    }
}

fn run_finding(code: FindingCode, severity: Severity) -> Finding {
    Finding { code, severity, variant: None, count: 1, detail: None }
}

fn row(variant: &Variant, tally: &Tally) -> Result<VariantReport, HistogramError> {
    // How long it takes to fail is not how long n requests take.
    let sound = || tally.rounds.iter().filter(|round| !round.voided && round.ok > 0);
    let walls: Vec<f64> = sound().map(|round| round.wall_ms).collect();
    let seconds = walls.iter().sum::<f64>() / 1_000.0;
    let ok_in_rounds = sound().map(|round| round.ok).sum::<u64>();
    Ok(VariantReport {
        id: variant.id.clone(),
        runtime: Runtime::Browser,
        client: variant.client.name().to_owned(),
        lifecycle: variant.lifecycle,
        connection: variant.connection,
        pacing: variant.pacing,
        concurrency: variant.concurrency,
        rate_per_second: variant.rate_per_second,
        round_median_ms: median(&walls),
        requests_per_second: (seconds > 0.0).then(|| ok_in_rounds as f64 / seconds),
        outliers: Outliers::among(&walls),
        rounds: tally.rounds.clone(),
        requests: tally.requests,
        warmup: tally.warmup,
        draining_requests: tally.draining_requests,
        errors: tally.errors.clone(),
        error_messages: tally.messages.clone(),
        connections: tally.connections,
        evidence: tally.evidence.clone(),
        protocols: tally.protocols.clone(),
        unjoined: tally.unjoined,
        body_bytes: tally.body_bytes,
        latency_ms: tally.latency.latency()?,
        phases_ms: tally.phases.iter().filter_map(|(phase, times)| Some((*phase, times.phase()?))).collect(),
    })
}

#[cfg(test)]
mod tests;
