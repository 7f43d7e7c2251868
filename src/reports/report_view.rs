//! What the page shows of a report.
//!
//! The report itself stays a JavaScript value and goes to scripts and files unchanged. Reading all of it into core's
//! types would cost the page a third of its size budget in deserialising code; reading what is shown costs little, and
//! what is shown is read strictly.

use crate::{
    reports::reading::{Value, Wrong},
    text::{Row, Side},
};
use fetchmark_core::{
    comparison::{Comparison, Reason, Verdict},
    example_round::{ExampleRound, RequestSpan},
    factors::{Connection, Lifecycle, Pacing, Thread},
    failure_cause::{Cause, RowFacts, causes_of},
    label::{ConnectionLabel, Evidence},
    report::{Connections, Ending, Requests, Runtime},
    sample::ErrorClass,
    sample_record::OutcomeWord,
    summary::has_beyond,
    timing::Phase,
    validity::{Finding, FindingCode, Severity},
};

/// A report as the page shows it.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// How the run ended.
    pub ending: Ending,
    /// When it began, ISO 8601.
    pub started_at: String,
    /// How long it took.
    pub duration_ms: f64,
    /// The address measured.
    pub url: String,
    /// Whether cold connections had an address of their own.
    pub has_cold_url: bool,
    /// Requests per round.
    pub n: u64,
    /// The equivalence margin: 0.05 is ±5 %.
    pub margin: f64,
    /// Where it ran.
    pub environment: EnvironmentView,
    /// The rows; the first is the baseline.
    pub variants: Vec<VariantView>,
    /// Each other row against the baseline.
    pub comparisons: Vec<ComparisonView>,
    /// Fresh against reused, client by client; empty where the comparisons say it.
    pub lifecycles: Vec<ComparisonView>,
    /// What weakens or voids the numbers.
    pub validity: Vec<Finding>,
}

/// What ran clients outside the browser.
#[derive(Clone, Debug)]
pub struct RuntimeView {
    /// Which.
    pub name: Runtime,
    /// Its version.
    pub version: String,
    /// Versions of the libraries that its clients rest on, by name.
    pub libraries: Vec<(String, String)>,
}

/// Where a run took place.
#[derive(Clone, Debug)]
pub struct EnvironmentView {
    /// The browser's own name for itself.
    pub user_agent: String,
    /// Logical processors.
    pub cores: Option<f64>,
    /// What ran clients outside the browser.
    pub runtimes: Vec<RuntimeView>,
    /// Whether the page was cross-origin isolated.
    pub cross_origin_isolated: bool,
    /// The smallest step of the clock.
    pub timer_step_ms: f64,
    /// Requests by protocol.
    pub protocols: Vec<(String, u64)>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct VariantView {
    /// Unique in the report.
    pub id: String,
    /// Its factors.
    pub row: Row,
    /// Block and time in ms of each finished round whose time counts ([`fetchmark_core::report::RoundReport::is_timed`]).
    pub rounds: Vec<(u32, f64)>,
    /// Finished rounds whose time does not: voided, or without a success.
    pub left_out: u64,
    /// Median round time.
    pub round_median_ms: Option<f64>,
    /// The median's 95 % interval, in ms, where there are enough rounds for one.
    pub round_interval_ms: Option<(f64, f64)>,
    /// Successful requests per second.
    pub requests_per_second: Option<f64>,
    /// Requests of the rounds whose times count.
    pub timed: Requests,
    /// Requests of measured rounds.
    pub requests: Requests,
    /// Failures by class.
    pub failures: Vec<Failure>,
    /// Connection labels.
    pub connections: Connections,
    /// What the labels rest on.
    pub evidence: Vec<(Evidence, u64)>,
    /// The 50th, 95th and 99th percentile of one request, where one of the requests is beyond it: the 99th of fewer than 100
    /// would be the longest, under another name.
    pub percentiles_ms: [Option<f64>; 3],
    /// The mean of each part of a request that took any time, in ms, in the order of time; the client's own
    /// part, before and after, stands last.
    pub phases_ms: Vec<(Phase, f64)>,
    /// Requests that show their parts.
    pub phases_count: u64,
    /// The curve of one request's percentiles: pairs of a share and a time in ms.
    pub quantiles: Vec<(f64, f64)>,
    /// One round request by request.
    pub example: Option<ExampleRound>,
}

impl From<&VariantView> for Row {
    fn from(variant: &VariantView) -> Self {
        variant.row.clone()
    }
}

/// Failures of one class.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Why.
    pub class: ErrorClass,
    /// How many.
    pub count: u64,
    /// The first message, in the browser's own words.
    pub message: String,
}

/// One comparison.
#[derive(Clone, Debug)]
pub struct ComparisonView {
    /// The baseline's id.
    pub baseline: String,
    /// The candidate's id.
    pub candidate: String,
    /// Ratio and the ends of its interval, where there are any.
    pub ratio: Option<[f64; 3]>,
    /// What can be said.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
}

impl ReportView {
    /// Reads what the page shows.
    ///
    /// # Errors
    /// [`Wrong`], naming the first field that is not as expected.
    pub fn read(report: &Value) -> Result<Self, Wrong> {
        let scenario = report.object("scenario")?;
        let mut variants = report.list("variants", VariantView::read)?;
        // Reports from before each row told its thread were made on one.
        let only_thread = scenario.word("thread", Thread::from_word).ok();
        for VariantView { row, .. } in &mut variants {
            row.thread = row.thread.or(only_thread.filter(|_| row.runtime == Runtime::Browser));
        }
        let target = scenario.object("target")?;
        Ok(Self {
            ending: report.word("ending", Ending::from_word)?,
            started_at: report.text("started_at")?,
            duration_ms: report.number("duration_ms")?,
            url: target.text("url")?,
            has_cold_url: target.optional_text("cold_url").is_some(),
            n: scenario.count("n")?,
            margin: scenario.number("margin")?,
            environment: EnvironmentView::read(&report.object("environment")?)?,
            variants,
            comparisons: report.list("comparisons", ComparisonView::read)?,
            lifecycles: report.optional_list("lifecycles", ComparisonView::read)?,
            validity: report.list("validity", finding)?,
        })
    }

    /// Whether any round was measured to its end.
    pub fn has_rounds(&self) -> bool {
        self.variants.iter().any(|variant| !variant.rounds.is_empty() || variant.left_out > 0)
    }

    /// A row against the baseline; `None` for the baseline itself.
    pub fn comparison_of(&self, variant: &VariantView) -> Option<&ComparisonView> {
        self.comparisons.iter().find(|comparison| comparison.candidate == variant.id)
    }

    /// Two reports side by side: each of these rows as it was before, and below it as it is now.
    pub fn beside<'a>(before: &Self, now: &Self, ids: impl Iterator<Item = &'a str>) -> Self {
        let of = |report: &Self, id: &str, side: Side| {
            let found = report.variants.iter().find(|variant| variant.id == id)?;
            let mut variant = found.clone();
            variant.row.side = Some(side);
            Some(variant)
        };
        let pair = |id: &'a str| [of(before, id, Side::Before), of(now, id, Side::Now)];
        let variants = ids.flat_map(pair).flatten().collect();
        Self {
            variants,
            comparisons: Vec::new(),
            lifecycles: Vec::new(),
            validity: Vec::new(),
            ..now.clone()
        }
    }

    /// The place of a row in the table.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.variants.iter().position(|variant| variant.id == id)
    }
}

impl EnvironmentView {
    fn read(environment: &Value) -> Result<Self, Wrong> {
        Ok(Self {
            user_agent: environment.text("user_agent")?,
            cores: environment.optional_number("cores"),
            runtimes: environment.optional_list("runtimes", RuntimeView::read)?,
            cross_origin_isolated: environment.truth("cross_origin_isolated")?,
            timer_step_ms: environment.number("timer_step_ms")?,
            protocols: environment.counts("protocols")?,
        })
    }
}

impl RuntimeView {
    fn read(runtime: &Value) -> Result<Self, Wrong> {
        Ok(Self {
            name: runtime.word("name", Runtime::from_word)?,
            version: runtime.text("version")?,
            libraries: runtime.texts("libraries")?,
        })
    }
}

impl ReportView {
    /// Why requests failed, for each class of failures.
    pub fn failure_causes(&self) -> Vec<Cause> {
        let rows: Vec<RowFacts<'_>> = self
            .variants
            .iter()
            .map(|variant| RowFacts {
                runtime: variant.row.runtime,
                client: &variant.row.client,
                is_elsewhere: self.has_cold_url
                    && variant.row.runtime == Runtime::Browser
                    && variant.row.connection == Connection::Cold,
                ok: variant.requests.ok,
                failed: variant.failures.iter().map(|failure| failure.class).collect(),
            })
            .collect();
        causes_of(&rows, &self.validity, &self.url)
    }
}

impl VariantView {
    /// The mean of one part of a request, in ms; `None` where it does not show.
    pub fn mean_ms(&self, phase: Phase) -> Option<f64> {
        self.phases_ms.iter().find(|(of, _)| *of == phase).map(|(_, ms)| *ms)
    }

    fn read(variant: &Value) -> Result<Self, Wrong> {
        let id = variant.text("id")?;
        let row = Row {
            is_again: Row::is_again(&id),
            client: variant.text("client")?,
            runtime: variant.word("runtime", Runtime::from_word)?,
            lifecycle: variant.word("lifecycle", Lifecycle::from_word)?,
            connection: variant.word("connection", Connection::from_word)?,
            pacing: variant.word("pacing", Pacing::from_word)?,
            concurrency: variant.count("concurrency")? as u32,
            rate_per_second: variant.optional_number("rate_per_second"),
            thread: variant.word("thread", Thread::from_word).ok(),
            side: None,
        };
        let messages = variant.object("error_messages")?;
        let failure = |(class, count): (String, u64)| {
            let message = messages.first_text(&class);
            Some(Failure { class: ErrorClass::from_word(&class)?, count, message })
        };
        let evidence = |(word, count): (String, u64)| Some((Evidence::from_word(&word)?, count));
        let requests = variant.object("requests")?;
        let connections = variant.object("connections")?;
        let rounds = variant.list("rounds", |round| {
            let (ok, failed) = (round.count("ok")?, round.count("failed")?);
            let is_timed = !round.truth("voided")? && ok > 0;
            Ok((is_timed.then_some((ok, failed)), (round.count("block")? as u32, round.number("wall_ms")?)))
        })?;
        let counted = rounds.iter().filter_map(|(counts, _)| *counts);
        let requests_timed = counted.fold(Requests::default(), |sum, (ok, failed)| sum.and(ok, failed));
        let timed: Vec<(u32, f64)> =
            rounds.iter().filter(|(counts, _)| counts.is_some()).map(|(_, round)| *round).collect();
        Ok(Self {
            id,
            row,
            left_out: (rounds.len() - timed.len()) as u64,
            rounds: timed,
            timed: requests_timed,
            round_median_ms: variant.optional_number("round_median_ms"),
            round_interval_ms: variant.optional_pair("round_interval_ms"),
            requests_per_second: variant.optional_number("requests_per_second"),
            requests: Requests {
                issued: requests.count("issued")?,
                ok: requests.count("ok")?,
                failed: requests.count("failed")?,
                aborted: requests.count("aborted")?,
            },
            failures: variant.counts("errors")?.into_iter().filter_map(failure).collect(),
            connections: Connections {
                new: connections.count("new")?,
                reused: connections.count("reused")?,
                cached: connections.count("cached")?,
                unknown: connections.count("unknown")?,
            },
            evidence: variant.counts("evidence")?.into_iter().filter_map(evidence).collect(),
            percentiles_ms: [("p50", 0.50), ("p95", 0.95), ("p99", 0.99)].map(|(name, share)| {
                let latency = variant.optional_object("latency_ms")?;
                latency
                    .optional_number(name)
                    .filter(|_| latency.optional_count("count").is_some_and(|count| has_beyond(count, share)))
            }),
            phases_ms: Phase::ALL.iter().filter_map(|phase| phase_mean(variant, *phase)).collect(),
            phases_count: variant
                .optional_object("phases_ms")
                .and_then(|phases| phases.optional_object(Phase::FirstByte.word())?.optional_count("count"))
                .unwrap_or(0),
            quantiles: variant
                .optional_object("latency_ms")
                .map(|latency| latency.pairs("quantiles"))
                .unwrap_or_default(),
            example: variant.optional_object("example_round").map(|round| example(&round)).transpose()?,
        })
    }
}

fn example(round: &Value) -> Result<ExampleRound, Wrong> {
    let request = |request: &Value| {
        Ok(RequestSpan {
            due_ms: request.number("due_ms")?,
            wire_ms: request.optional_number("wire_ms"),
            first_byte_ms: request.optional_number("first_byte_ms"),
            last_byte_ms: request.optional_number("last_byte_ms"),
            ended_ms: request.number("ended_ms")?,
            outcome: request.word("outcome", OutcomeWord::from_word)?,
            connection: request.word("connection", ConnectionLabel::from_word)?,
            socket: request.optional_count("socket"),
        })
    };
    Ok(ExampleRound {
        block: round.count("block")? as u32,
        issued: round.count("issued")?,
        requests: round.list("requests", request)?,
    })
}

fn phase_mean(variant: &Value, phase: Phase) -> Option<(Phase, f64)> {
    let mean =
        variant.optional_object("phases_ms")?.optional_object(phase.word())?.optional_number("mean")?;
    Some((phase, mean))
}

impl ComparisonView {
    /// Reads a comparison.
    ///
    /// # Errors
    /// [`Wrong`], naming the first field that is not as expected.
    pub fn read(comparison: &Value) -> Result<Self, Wrong> {
        let figures = ["ratio", "low", "high"].map(|name| comparison.optional_number(name));
        Ok(Self {
            baseline: comparison.text("baseline")?,
            candidate: comparison.text("candidate")?,
            ratio: match figures {
                [Some(ratio), Some(low), Some(high)] => Some([ratio, low, high]),
                _ => None,
            },
            verdict: comparison.word("verdict", Verdict::from_word)?,
            reason: comparison.word("reason_code", Reason::from_word)?,
        })
    }

    /// Ratio, low and high end, where showing them does not mislead.
    pub fn shown(&self) -> Option<[f64; 3]> {
        self.ratio.filter(|_| self.verdict != Verdict::Refused)
    }
}

impl From<Comparison> for ComparisonView {
    fn from(comparison: Comparison) -> Self {
        let Comparison { baseline, candidate, ratio, low, high, verdict, reason_code: reason, .. } =
            comparison;
        let ratio = ratio.zip(low).zip(high).map(|((ratio, low), high)| [ratio, low, high]);
        Self { baseline, candidate, ratio, verdict, reason }
    }
}

fn finding(finding: &Value) -> Result<Finding, Wrong> {
    Ok(Finding {
        code: finding.word("code", FindingCode::from_word)?,
        severity: finding.word("severity", Severity::from_word)?,
        variant: finding.optional_text("variant"),
        count: finding.count("count")?,
        detail: finding.optional_text("detail"),
    })
}
