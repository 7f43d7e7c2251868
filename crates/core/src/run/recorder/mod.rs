//! Rounds in, report out.
//!
//! The recorder joins, labels and tallies each round as it ends and then lets go of its samples, so memory does
//! not grow with the number of requests. A report can be made at any time: what is finished is never lost.

mod findings;
mod label_tally;
mod labelling;
mod round;
mod tally;

use crate::{
    compare::{self, Criteria, lifecycles},
    report::{
        Ending, Environment, Finding, FindingCode, Report, RoundReport, SCHEMA, Severity, VariantReport,
    },
    request::{
        secrets::Secrets,
        target::{Target, origin},
    },
    run::progress::Standing,
    samples::{
        LabelledRequest, Outcome, RoundSamples, SampleRecord, ServerConnection, TimingEntry,
        label::is_from_cache, pool::places_by_entry,
    },
    scenario::{Scenario, factors::Pacing},
    stats::{histogram::HistogramError, order::order_by},
};
use findings::findings;
pub(crate) use findings::protocol_changed;
use labelling::Labelling;
pub use round::Round;
use std::cell::RefCell;
use tally::Row;

/// Gathers rounds.
#[derive(Debug)]
pub struct Recorder {
    scenario: Scenario,
    /// What no report is to hold.
    secrets: Secrets,
    timer_step_ms: f64,
    alpha: f64,
    rows: Vec<Row>,
    known_before: Vec<Finding>,
    targets: Vec<Target>,
    /// The labelling that each target's rounds go into.
    labelling_of: Vec<usize>,
    /// One for each server, at the place of its first target: servers count their connections each for itself, and what requests to one
    /// target opened, those to another on the same server use.
    labellings: Vec<Labelling>,
    /// Rows of the last report that are still right.
    reported: RefCell<Vec<Option<VariantReport>>>,
}

impl Recorder {
    /// An empty recorder. `timer_step_ms` is the step of the clock the samples come from.
    ///
    /// # Errors
    /// [`HistogramError`] if a histogram cannot be made.
    pub fn new(scenario: Scenario, timer_step_ms: f64) -> Result<Self, HistogramError> {
        let rows: Vec<Row> = scenario.variants().into_iter().map(Row::new).collect::<Result<_, _>>()?;
        let targets = scenario.all_targets();
        let first_like = |target: &Target| targets.iter().position(|first| share_connections(first, target));
        Ok(Self {
            secrets: scenario.secrets(),
            labelling_of: targets.iter().filter_map(first_like).collect(),
            labellings: targets.iter().map(|_| Labelling::default()).collect(),
            targets,
            scenario,
            timer_step_ms,
            alpha: compare::ALPHA,
            reported: RefCell::new(vec![None; rows.len()]),
            rows,
            known_before: Vec::new(),
        })
    }

    /// From now on reports compare at this chance of error: an auto run's looks share the usual
    /// [`compare::ALPHA`] among them.
    pub fn set_alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    /// Says which browser measures, by its own name for itself: some hide what others show.
    pub fn set_browser(&mut self, user_agent: &str) {
        self.labellings.iter_mut().for_each(|labelling| labelling.set_browser(user_agent));
    }

    /// Says that samples come from a clock of this step, too: the coarsest counts.
    pub fn add_clock(&mut self, step_ms: f64) {
        self.timer_step_ms = self.timer_step_ms.max(step_ms);
    }

    /// Adds what was known before the first request.
    pub fn add_known(&mut self, findings: Vec<Finding>) {
        self.known_before.extend(findings);
    }

    /// Adds a round. One whose variant the scenario does not have is not a round of this run, and is left out.
    pub fn add(&mut self, round: &Round) {
        self.record(round);
    }

    /// Adds a round, and hands back every request of it with its evidence.
    pub fn add_with_samples(&mut self, round: &Round) -> RoundSamples {
        let labelled = self.record(round);
        let both = round.samples.iter().zip(&labelled);
        let samples = both.map(|(sample, labelled)| SampleRecord::new(sample, labelled)).collect();
        let Round { variant, block, complete, wall_ms, .. } = *round;
        RoundSamples { session: None, variant, block, complete, wall_ms, samples }
    }

    fn record<'r>(&mut self, round: &'r Round) -> Vec<LabelledRequest<'r>> {
        let variant = self.rows.get(round.variant).map(|row| &row.variant);
        let at = variant.map_or(0, |variant| variant.target);
        let labelling = self.labelling_of.get(at).and_then(|of| self.labellings.get_mut(*of));
        let Some((target, labelling)) = self.targets.get(at).zip(labelling) else { return Vec::new() };
        let ids_before = labelling.ids_in_force();
        let labels = labelling.label(round, variant, &target.url, self.timer_step_ms);
        let ids = labelling.ids_in_force();
        let requests = labels.with(ids).to_vec();
        if ids != ids_before {
            // All rows' labels change.
            self.reported.borrow_mut().fill(None);
        }
        // The entries of a round that was stopped are not read: what they would have shown is neither missing nor unknown.
        let is_shown = round.complete || round.info.is_some();
        let Some(Row { variant, tally, times }) = self.rows.get_mut(round.variant) else {
            return requests;
        };
        self.reported.borrow_mut()[round.variant] = None;
        // Of a round that was stopped only the quickest requests ended by themselves, and a hidden page is slowed down:
        // their outcomes count, their times do not.
        let is_timed = round.complete && round.voided.is_none();
        if is_shown {
            tally.labels.add(round, &labels, is_timed);
        }
        // A warm-up round's losses, too, make later labels unknown.
        tally.lost_connections += u64::from(labels.lost_connections);
        tally.draining_requests += u64::from(round.draining_requests);
        let Some(block) = round.block else {
            round.samples.iter().for_each(|sample| tally.add_warmup(sample));
            return requests;
        };
        tally.long_tasks += u64::from(round.long_tasks);
        tally.add_whence(&round.whence);
        // Where nothing waits for the cache, one at a time only says that the target answers before the next is sent.
        let may_wait = variant.pacing == Pacing::Concurrent
            && variant.concurrency > 1
            && !variant.client.info().bypasses_cache;
        tally.one_at_a_time += u64::from(may_wait && went_one_at_a_time(&requests));
        if let Some(code) = round.voided
            && round.complete
        {
            tally.add_voided(code);
        }
        // Where the browser shows the round's entries and only not whose they are, none of them hides a cache.
        let unjoined = Unjoined::of(round, &requests);
        tally.ambiguous += if is_shown { unjoined.ambiguous } else { 0 };
        tally.shows_times |= round.entries.iter().any(TimingEntry::is_detailed);
        for (sample, labelled) in round.samples.iter().zip(&requests) {
            tally.add_outcome(sample, labelled, is_shown);
            let is_hidden = match labelled.entry {
                Some(entry) => !entry.is_detailed(),
                None => !unjoined.rules_out_cache,
            };
            let may_be_workers = labelled.entry.is_some_and(TimingEntry::is_through_worker);
            let may_be_cached = (round.may_be_cached && is_hidden) || may_be_workers;
            tally.maybe_cached += u64::from(is_shown && sample.outcome == Outcome::Ok && may_be_cached);
            if is_timed && sample.outcome == Outcome::Ok {
                times.add(sample, labelled.entry);
            }
        }
        if round.complete {
            let count = |wanted: fn(&Outcome) -> bool| {
                round.samples.iter().filter(|sample| wanted(&sample.outcome)).count() as u64
            };
            tally.rounds.push(RoundReport {
                session: 0,
                block,
                start_ms: round.start_ms,
                wall_ms: round.wall_ms,
                ok: count(|outcome| *outcome == Outcome::Ok),
                failed: count(|outcome| matches!(outcome, Outcome::Failed { .. })),
                voided: round.voided.is_some(),
            });
        }
        requests
    }

    /// A variant as the report shows it, summed up anew only after a round of it.
    fn row(&self, index: usize, row: &Row) -> Result<VariantReport, HistogramError> {
        if let Some(row) = &self.reported.borrow()[index] {
            return Ok(row.clone());
        }
        let labelling = self.labelling_of.get(row.variant.target).and_then(|of| self.labellings.get(*of));
        let ids = labelling.map(Labelling::ids_in_force).unwrap_or_default();
        let row = row.report(ids)?;
        self.reported.borrow_mut()[index] = Some(row.clone());
        Ok(row)
    }

    /// How each row stands, in the scenario's order.
    ///
    /// # Errors
    /// [`HistogramError`] if a histogram cannot be written.
    pub fn standings(&self) -> Result<Vec<Standing>, HistogramError> {
        Ok(self.variant_reports()?.iter().map(Standing::from).collect())
    }

    fn variant_reports(&self) -> Result<Vec<VariantReport>, HistogramError> {
        self.rows.iter().enumerate().map(|(index, row)| self.row(index, row)).collect()
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
        for (protocol, count) in self.rows.iter().flat_map(|row| &row.tally.protocols) {
            *environment.protocols.entry(protocol.clone()).or_default() += count;
        }
        let variants = self.variant_reports()?;
        let criteria =
            Criteria { margin: self.scenario.margin, alpha: self.alpha, timer_step_ms: self.timer_step_ms };
        let comparisons = compare::compare(&variants, criteria);
        let lifecycles = lifecycles::fresh_against_reused(&variants, criteria);
        let targets = compare::compare_targets(&variants, criteria);
        let mut report = Report {
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
            targets,
            lifecycles,
            references: Vec::new(),
            sessions: Vec::new(),
            common_time: None,
        };
        report.mask(&self.secrets);
        Ok(report)
    }

    fn findings(&self, rows: &[VariantReport], ending: Ending) -> Vec<Finding> {
        let mut found = findings(&self.known_before, &self.rows, rows, self.timer_step_ms, ending);
        for (at, labelling) in self.labellings.iter().enumerate() {
            let Some(ServerConnection { socket, nth }) = labelling.contradiction() else { continue };
            let named = self.scenario.targets.get(at).filter(|_| self.scenario.has_several_targets());
            let label = named.map(|target| format!("{}: ", target.label)).unwrap_or_default();
            let detail = format!("{label}Server-Timing: conn;desc=\"{socket}-{nth}\"");
            found.push(Finding::of_run(FindingCode::ConnectionIds, Severity::Note, Some(detail)));
        }
        found.extend(compare::target_findings(rows, &self.scenario.targets));
        // Where no network is needed there is no connection either that could be unknown.
        if !self.targets.iter().any(Target::is_over_network) {
            found.retain(|finding| {
                !matches!(finding.code, FindingCode::EntriesMissing | FindingCode::EntriesAmbiguous)
            });
        }
        found
    }
}

/// Whether requests to both use the same pooled connections: browsers keep those with credentials apart from those without.
fn share_connections(one: &Target, other: &Target) -> bool {
    origin(&one.url) == origin(&other.url) && one.credentials == other.credentials
}

/// Answered requests of a round and entries that could not be joined.
struct Unjoined {
    /// So many requests have an entry among those, nobody knows which.
    ambiguous: u64,
    /// Whether none of those requests was answered from a cache: each has an entry, all show their times, and none says so.
    rules_out_cache: bool,
}

impl Unjoined {
    fn of(round: &Round, requests: &[LabelledRequest<'_>]) -> Self {
        let joined = places_by_entry(requests);
        let free: Vec<&TimingEntry> =
            round.entries.iter().filter(|entry| !joined.contains_key(&std::ptr::from_ref(*entry))).collect();
        // What got no answer may leave an entry without times.
        let shown = free.iter().filter(|entry| entry.is_detailed()).count() as u64;
        let answered = round.samples.iter().zip(requests).filter(|(sample, request)| {
            sample.status.is_some() && request.entry.is_none() && request.info.is_none()
        });
        let answered = answered.count() as u64;
        Self {
            ambiguous: answered.min(shown),
            rules_out_cache: shown >= answered && !free.iter().any(|entry| is_from_cache(entry)),
        }
    }
}

/// Fewer requests than this may go one at a time by chance.
const ENOUGH_TO_TELL: usize = 10;

/// Whether each request of a round was sent only after the one before it was being answered. In doubt, with a request that
/// the browser shows nothing of, it was not.
fn went_one_at_a_time(requests: &[LabelledRequest<'_>]) -> bool {
    let times: Option<Vec<(f64, f64)>> = requests
        .iter()
        .map(|request| request.entry.filter(|entry| entry.is_detailed()))
        .map(|entry| entry.map(|entry| (entry.request_start_ms, entry.response_start_ms)))
        .collect();
    let Some(times) = times else { return false };
    let times: Vec<_> =
        order_by(times.len(), |at| [times[at].0, 0.0]).into_iter().map(|at| times[at]).collect();
    times.len() >= ENOUGH_TO_TELL && times.windows(2).all(|pair| pair[0].1 <= pair[1].0)
}

#[cfg(test)]
mod tests;
