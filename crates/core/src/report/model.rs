//! The report: everything a run found, as one serialisable value.

use crate::{
    compare::{Comparison, TargetComparison, is_beyond_tolerance},
    map::Map,
    report::{CommonTime, Finding, environment::Environment},
    samples::{ErrorClass, ExampleRound, Phase},
    scenario::{
        Scenario,
        factors::{Connection, Lifecycle, Pacing, Runtime, Thread, string_enum},
    },
    stats::{
        outliers::Outliers,
        summary::{Latency, Lateness, PhaseTimes, has_beyond},
    },
};
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime};

/// The schema's name and version, the report's first field.
pub const SCHEMA: &str = "fetchmark.report/1";

string_enum! {
    /// How the run ended.
    Ending {
        /// Every planned round was measured.
        Complete = "complete",
        /// Stopped by the person; finished rounds are in the report.
        Stopped = "stopped",
        /// Ended by an error; finished rounds are in the report.
        Failed = "failed",
    }
}

/// Everything a run found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Always `fetchmark.report/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = SCHEMA)))]
    pub schema: String,
    /// The version of Fetchmark that measured.
    pub fetchmark_version: String,
    /// When the run began, ISO 8601 in UTC.
    pub started_at: String,
    /// How long the run took, in ms.
    pub duration_ms: f64,
    /// How it ended.
    pub ending: Ending,
    /// What was asked for, with the target's URL as it was resolved.
    pub scenario: Scenario,
    /// Where it ran.
    pub environment: Environment,
    /// One per row, in table order; the first is the baseline.
    pub variants: Vec<VariantReport>,
    /// Each other variant against the baseline; of several targets, each other row of a target against its first.
    pub comparisons: Vec<Comparison>,
    /// Each further target against the first; empty where there is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TargetComparison>,
    /// Fresh against reused, client by client ([`crate::compare::lifecycles`]); empty where the comparisons say as much.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lifecycles: Vec<Comparison>,
    /// Rows compared with another one than the first of their target, where the headline rests on it
    /// ([`crate::report::headline::references`]); empty where it rests on none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Comparison>,
    /// What weakens or voids the numbers.
    pub validity: Vec<Finding>,
    /// The sessions that were merged into this report; empty where one browser measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<SessionReport>,
    /// What the sessions did while all of them measured; `None` where their clocks were not compared, or there is no such time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_time: Option<CommonTime>,
}

/// What one browser of several measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionReport {
    /// Names it: `session-1`.
    pub id: String,
    /// The browser's own name for itself.
    pub user_agent: String,
    /// The machine it ran on, as a Selenium Grid names it; `None` where nothing names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// Logical processors; `None` where the browser does not say.
    pub cores: Option<u32>,
    /// The smallest step of its clock seen, in ms.
    pub clock_step_ms: f64,
    /// By how much its clock is ahead of that of the machine that conducted, in ms; `None` where nobody compared them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_ms: Option<f64>,
    /// By how much that may be wrong, in ms: half of the time that asking took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset_error_ms: Option<f64>,
    /// How long after the time agreed on it began, in ms; `None` where none was agreed on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skew_ms: Option<f64>,
    /// When its run began, ISO 8601 in UTC.
    pub started_at: String,
    /// How long its run took, in ms.
    pub duration_ms: f64,
    /// How its run ended.
    pub ending: Ending,
    /// Its rows. Their rounds are in the rows of the whole report, by session.
    pub variants: Vec<VariantReport>,
}

/// Counts of requests: `issued = ok + failed + aborted`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Requests {
    /// Handed to the client.
    pub issued: u64,
    /// Status 200–299 and the body read to its end.
    pub ok: u64,
    /// Ended otherwise.
    pub failed: u64,
    /// Aborted by Stop.
    pub aborted: u64,
}

impl Requests {
    /// These and so many more that ended by themselves.
    #[must_use]
    pub fn and(self, ok: u64, failed: u64) -> Self {
        Self {
            issued: self.issued + ok + failed,
            ok: self.ok + ok,
            failed: self.failed + failed,
            aborted: self.aborted,
        }
    }

    /// Whether so many failed, more than 1 % of those that ended by themselves, that the time of a round is not that of its requests:
    /// failures are quick, or slow, for reasons of their own.
    pub fn fail_often(&self) -> bool {
        self.failed_share().is_some_and(is_beyond_tolerance)
    }

    /// The share that failed, of those that ended by themselves; `None` if none did.
    fn failed_share(&self) -> Option<f64> {
        let ended = self.ok + self.failed;
        (ended > 0).then(|| self.failed as f64 / ended as f64)
    }

    /// Whether the counts add up.
    pub fn adds_up(&self) -> bool {
        self.issued == self.ok + self.failed + self.aborted
    }
}

/// Sums over answers, as Resource Timing shows them. What the browser hides counts as zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sizes {
    /// Bytes over the network: browsers count the encoded body and 300 for each head.
    pub transfer_bytes: u64,
    /// Bodies before decoding.
    pub encoded_bytes: u64,
    /// Bodies after decoding.
    pub decoded_bytes: u64,
}

/// Counts of connection labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Connections {
    /// First request on its connection.
    pub new: u64,
    /// The connection had been used before.
    pub reused: u64,
    /// Answered from a cache.
    pub cached: u64,
    /// Not known.
    pub unknown: u64,
}

/// What discarded warm-up rounds did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warmup {
    /// Requests made.
    pub requests: Requests,
    /// Connection labels.
    pub connections: Connections,
}

/// One measured round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoundReport {
    /// The session that measured it, by its place in [`Report::sessions`]; 0 where one browser measured.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub session: u32,
    /// Its block, from 0: rounds of the same block are compared.
    pub block: u32,
    /// When the engine began it, in ms after the run of its session began; `None` in reports from before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_ms: Option<f64>,
    /// First call to last end, in ms.
    pub wall_ms: f64,
    /// Requests that succeeded.
    pub ok: u64,
    /// Requests that failed.
    pub failed: u64,
    /// Left out of comparisons because of a finding.
    pub voided: bool,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VariantReport {
    /// Unique in the report.
    pub id: String,
    /// Which target it requested, by label; `None` where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// What ran the client.
    pub runtime: Runtime,
    /// The client's name.
    pub client: String,
    /// Client and request kept, or built for each call.
    pub lifecycle: Lifecycle,
    /// What requests could do about their connection.
    pub connection: Connection,
    /// How requests followed each other.
    pub pacing: Pacing,
    /// Requests in flight at most.
    pub concurrency: u32,
    /// Arrivals per second, at a rate only.
    pub rate_per_second: Option<f64>,
    /// The thread that measured it; `None` if no browser ran it, or if the report is from before rows had one.
    #[serde(default)]
    pub thread: Option<Thread>,
    /// Complete measured rounds, in block order.
    pub rounds: Vec<RoundReport>,
    /// Median of the wall times, in ms, of the rounds that are not voided and in which a
    /// request succeeded: the total time for n requests.
    pub round_median_ms: Option<f64>,
    /// The 95 % interval of that median over the same rounds, in ms ([`crate::stats::summary::median_interval`]); `None` with fewer than
    /// six. It is this row's own: for rows against each other the comparisons, which pair rounds, tell more.
    #[serde(default)]
    pub round_interval_ms: Option<(f64, f64)>,
    /// Round times outside Tukey's fences: counted, never dropped.
    #[serde(default)]
    pub outliers: Outliers,
    /// Successful requests per second of round time, over the same rounds.
    pub requests_per_second: Option<f64>,
    /// Requests of measured rounds, an unfinished one included.
    pub requests: Requests,
    /// What the discarded rounds did.
    pub warmup: Warmup,
    /// Requests made, and not measured, before rounds: before cold ones on a closing address they used up the connections that
    /// earlier rounds had left in the browser's pool, before warm ones after a cold one they opened them again.
    #[serde(default)]
    pub draining_requests: u64,
    /// Failures by class.
    pub errors: Map<ErrorClass, u64>,
    /// The first distinct messages of each class, in the browser's own words.
    #[serde(deserialize_with = "crate::report::reading::maps::few_messages")]
    pub error_messages: Map<ErrorClass, Vec<String>>,
    /// Connection labels of measured rounds.
    pub connections: Connections,
    /// What the labels rest on: evidence to number of requests.
    pub evidence: Map<crate::samples::Evidence, u64>,
    /// Requests of measured rounds by protocol; `""` where the browser hides it.
    #[serde(default)]
    pub protocols: Map<String, u64>,
    /// Answers of measured rounds by HTTP status.
    #[serde(default, deserialize_with = "crate::report::reading::maps::by_status")]
    pub statuses: Map<u16, u64>,
    /// Answers of measured rounds that came by way of a redirect.
    #[serde(default)]
    pub redirected: u64,
    /// Where redirects led, without queries, as one answer of each measured round tells: the first three that differ; empty without any,
    /// or if the client does not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirected_to: Vec<String>,
    /// Measured rounds of which one answer was looked at and came from a cache between the browser and the server (`Age`).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub aged_rounds: u64,
    /// Successful requests that may have been answered from a cache without anything showing it.
    #[serde(default)]
    pub maybe_cached: u64,
    /// What the answers of measured rounds weighed, as far as the browser shows it.
    #[serde(default)]
    pub sizes: Sizes,
    /// Requests that were answered and have no timing entry.
    pub unjoined: u64,
    /// Body bytes delivered by successful requests.
    pub body_bytes: u64,
    /// Latency of successful requests of complete rounds that are not voided.
    pub latency_ms: Option<Latency>,
    /// How late the same requests were sent after they were due, at a rate only; latency includes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_ms: Option<Lateness>,
    /// Where the time went, for the same requests as far as they show it.
    pub phases_ms: Map<Phase, PhaseTimes>,
    /// One round request by request, for drawing: the last that is complete and not voided.
    #[serde(default)]
    pub example_round: Option<ExampleRound>,
}

fn is_zero<T: Default + PartialEq>(number: &T) -> bool {
    *number == T::default()
}

/// The id of the session of this number, from 1.
pub fn session_id(number: usize) -> String {
    format!("session-{number}")
}

impl SessionReport {
    /// The row of this id, without its rounds.
    pub fn row(&self, id: &str) -> Option<&VariantReport> {
        self.variants.iter().find(|row| row.id == id)
    }

    /// When its run began: by the clock of the machine that conducted, where the two were compared.
    pub(crate) fn began_at(&self) -> Option<SystemTime> {
        let by_own_clock = humantime::parse_rfc3339(&self.started_at).ok()?;
        let ahead_ms = self.offset_ms.unwrap_or(0.0);
        let ahead = Duration::try_from_secs_f64(ahead_ms.abs() / 1_000.0).ok()?;
        if ahead_ms < 0.0 { by_own_clock.checked_add(ahead) } else { by_own_clock.checked_sub(ahead) }
    }

    /// Its id, and its node if one is named.
    pub fn name(&self) -> String {
        self.node.as_ref().map_or_else(|| self.id.clone(), |node| format!("{} ({node})", self.id))
    }
}

impl RoundReport {
    /// Where it stands: rounds of the same session and block are compared.
    pub fn place(&self) -> (u32, u32) {
        (self.session, self.block)
    }

    /// Whether its time is one that counts, in medians, intervals and comparisons: nothing voids it, and a request succeeded. How
    /// long it takes to fail is not how long requests take.
    pub fn is_timed(&self) -> bool {
        !self.voided && self.ok > 0
    }
}

impl Report {
    /// Whether any round was measured to its end.
    pub fn has_rounds(&self) -> bool {
        self.variants.iter().any(VariantReport::has_rounds)
    }

    /// The row of this id.
    pub fn row(&self, id: &str) -> Option<&VariantReport> {
        self.variants.iter().find(|row| row.id == id)
    }

    /// All rows, those of sessions among them.
    pub(crate) fn all_rows_mut(&mut self) -> impl Iterator<Item = &mut VariantReport> {
        self.variants.iter_mut().chain(self.sessions.iter_mut().flat_map(|session| &mut session.variants))
    }

    /// The place of a row in the table, from 0.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.variants.iter().position(|variant| variant.id == id)
    }

    /// Whether the row at this place is the first of its target, which the target's other rows are compared with.
    pub fn is_baseline(&self, index: usize) -> bool {
        let is_alike = |row: &VariantReport| row.target == self.variants[index].target;
        !self.variants[..index].iter().any(is_alike)
    }

    /// A row against another, where one of the report's own comparisons or of those that the headline rests on is of them.
    pub fn comparison_between(&self, baseline: &str, candidate: &str) -> Option<&Comparison> {
        self.comparisons.iter().chain(&self.references).find(|one| one.is_between(baseline, candidate))
    }

    /// A row against the baseline; `None` for the baseline itself.
    pub fn comparison_of(&self, id: &str) -> Option<&Comparison> {
        self.comparisons.iter().find(|comparison| comparison.candidate == id)
    }
}

impl VariantReport {
    /// The rounds whose times count.
    pub fn timed(&self) -> impl Iterator<Item = &RoundReport> {
        self.rounds.iter().filter(|round| round.is_timed())
    }

    /// How many rounds' times count.
    pub fn timed_rounds(&self) -> u64 {
        self.timed().count() as u64
    }

    /// Requests of the rounds whose times count.
    pub fn timed_requests(&self) -> Requests {
        self.timed().fold(Requests::default(), |sum, round| sum.and(round.ok, round.failed))
    }

    /// The 50th, 95th and 99th percentile of one request, in ms, each where one of the requests is beyond it: the 99th of fewer than
    /// 100 would be the longest, under another name.
    pub fn percentiles_ms(&self) -> [Option<f64>; 3] {
        let known = |share: f64, percentile: fn(&Latency) -> f64| {
            self.latency_ms.as_ref().filter(|latency| has_beyond(latency.count, share)).map(percentile)
        };
        [
            known(0.50, |latency| latency.p50),
            known(0.95, |latency| latency.p95),
            known(0.99, |latency| latency.p99),
        ]
    }

    /// The share of measured requests that failed, of those that ended by themselves; `None` if none did.
    pub fn failed_share(&self) -> Option<f64> {
        self.requests.failed_share()
    }

    /// Whether any round was measured to its end.
    pub fn has_rounds(&self) -> bool {
        !self.rounds.is_empty()
    }
}
