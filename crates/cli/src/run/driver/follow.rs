//! Follows a run to its end: finished rounds are kept, whatever happens to the browser.

use std::cell::Cell;
use std::mem;
use std::pin::pin;
use std::time::Duration;

use anyhow::anyhow;
use fetchmark_core::report::validity::{Finding, FindingCode, Severity};
use fetchmark_core::report::{Ending, Report, VariantReport};
use fetchmark_core::request::secrets::Secrets;
use fetchmark_core::run::native::RoundOrder;
use fetchmark_core::run::progress::Progress;
use fetchmark_core::samples::record::RoundSamples;
use tokio::time::timeout;

use super::error::BrowserError;
use super::meeting::Seat;
use super::session::{Session, invalid_answer, text};
use super::stall::StallDetector;
use super::tabs::Tabs;
use super::updates::{Answer, Update, UpdateKind, Updates};
use crate::error::CliError;
use crate::exit::Exit;
use crate::run::progress::ProgressDisplay;
use crate::run::python::PythonClients;

/// How long a stopped run may take to hand over its report.
const STOP_LIMIT: Duration = Duration::from_secs(15);
/// How long a run may make no progress beyond two time-outs of a request, one before a round where connections are opened or used up
/// and one in it, before it counts as hanging: loading a client and summing up take their time, too.
const STALL_LIMIT: Duration = Duration::from_secs(60);

/// Between two signs of life of a session that waits for others: a Selenium Grid ends it after 300 s, others sooner.
pub(crate) const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// The page's code for a run that was stopped before anything was measured.
const STOPPED: &str = "stopped";

#[derive(Debug)]
pub(crate) struct RunOutcome {
    /// The complete report, or that of the finished rounds; `None` if there are none.
    pub(crate) report: Option<Report>,
    /// Every request, if they were wanted.
    pub(crate) rounds: Vec<RoundSamples>,
    /// Why it is not complete.
    pub(crate) error: Option<CliError>,
}

impl RunOutcome {
    /// Nothing was measured.
    pub(crate) fn failed(error: CliError) -> Self {
        Self { report: None, rounds: Vec::new(), error: Some(error) }
    }

    pub(crate) fn redacted(mut self, secrets: &Secrets) -> Self {
        self.report.iter_mut().for_each(|report| report.mask(secrets));
        let samples = self.rounds.iter_mut().flat_map(|round| &mut round.samples);
        for message in samples.filter_map(|sample| sample.message.as_mut()) {
            *message = secrets.hide(message);
        }
        Self { error: self.error.map(|error| error.redacted(secrets)), ..self }
    }
}

/// Follows a run that was started, until it ends or `stopped` says why it is to; `python` runs the rounds that no browser does, `tabs` those
/// of targets with a tab of their own. At its `seat` the session waits for others.
pub(crate) async fn follow(
    session: &Session,
    python: Option<&mut PythonClients>,
    tabs: &Tabs,
    seat: Option<&Seat<'_>>,
    request_timeout: Duration,
    progress: &mut ProgressDisplay,
    stopped: impl Future<Output = CliError>,
) -> RunOutcome {
    let mut received = Received::new(request_timeout * 2 + STALL_LIMIT);
    let result = received.follow(session, python, tabs, seat, progress, stopped).await;
    received.outcome(result.err())
}

/// What the latest updates ask for.
#[derive(Debug)]
enum Next {
    Continue,
    Begin,
    /// The run waits for a round that its page does not measure.
    Measure(Order),
    Finished,
}

/// A round to be measured elsewhere.
#[derive(Debug)]
enum Order {
    Outside(RoundOrder),
    InTab { target: usize, order: String },
}

#[derive(Debug)]
struct Received {
    report: Option<Report>,
    /// Whether that is the run's own report, and not one after a block.
    is_final: bool,
    rounds: Vec<RoundSamples>,
    progress: Progress,
    /// How many blocks have begun, warm-up blocks counted; the first begins by itself.
    blocks: u32,
    /// When a block began whose time was agreed on, on the page's clock.
    began_ms: Option<f64>,
    stall: StallDetector,
}

impl Received {
    fn new(stall_limit: Duration) -> Self {
        Self {
            report: None,
            is_final: false,
            rounds: Vec::new(),
            progress: Progress::default(),
            blocks: 0,
            began_ms: None,
            stall: StallDetector::new(stall_limit),
        }
    }

    /// Ends with the run, or early: with the error of `stopped` if that comes first.
    async fn follow(
        &mut self,
        session: &Session,
        mut python: Option<&mut PythonClients>,
        tabs: &Tabs,
        seat: Option<&Seat<'_>>,
        progress: &mut ProgressDisplay,
        stopped: impl Future<Output = CliError>,
    ) -> Result<(), CliError> {
        let mut stopped = pin!(stopped);
        let mut answer = Answer::default();
        let mut lost_tab = None;
        loop {
            // A call into the page is never dropped halfway: its answer may hold a block.
            let mut next_updates = pin!(session.next_updates(mem::take(&mut answer)));
            let error = tokio::select! {
                updates = &mut next_updates => {
                    // A tab that crashes may take the browser with it.
                    let updates = updates.map_err(|error| lost_tab.take().map_or(error, anyhow::Error::from))?;
                    let next = self.take(updates, progress)?;
                    if let (Some(seat), Some(began_ms)) = (seat, self.began_ms.take()) {
                        seat.began(began_ms);
                    }
                    match next {
                        Next::Finished => return Ok(()),
                        Next::Continue => {
                            self.stall.check()?;
                            continue;
                        }
                        Next::Begin => tokio::select! {
                            begin = begins(session, seat, self.blocks) => {
                                answer = Answer { begin: begin?, ..Answer::default() };
                                self.stall.reset();
                                continue;
                            }
                            error = &mut stopped => error,
                        },
                        // Nothing is asked of the page meanwhile: the two would disturb each other.
                        Next::Measure(Order::Outside(order)) => tokio::select! {
                            measured = run_round(python.as_deref_mut(), order) => {
                                answer = measured;
                                self.stall.reset();
                                continue;
                            }
                            error = &mut stopped => {
                                if let Some(python) = &python {
                                    python.abort();
                                }
                                error
                            }
                        },
                        Next::Measure(Order::InTab { target, order }) => {
                            let measuring = self.measure_in_tab(session, tabs, target, order, progress, &mut stopped);
                            match measuring.await {
                                Ok(measured) => {
                                    answer = measured.unwrap_or_else(|error| {
                                        let why = Answer::none(&error);
                                        lost_tab = Some(error);
                                        why
                                    });
                                    self.stall.reset();
                                    continue;
                                }
                                Err(error) => error,
                            }
                        }
                    }
                }
                error = &mut stopped => match self.take(next_updates.await?, progress)? {
                    Next::Finished => return Err(error),
                    Next::Continue | Next::Begin | Next::Measure(_) => error,
                },
            };
            // What goes wrong while stopping matters less than why it was stopped.
            let _ = timeout(STOP_LIMIT, self.stop(session, progress)).await;
            return Err(error);
        }
    }

    async fn measure_in_tab(
        &mut self,
        session: &Session,
        tabs: &Tabs,
        target: usize,
        order: String,
        progress: &mut ProgressDisplay,
        stopped: impl Future<Output = CliError>,
    ) -> Result<Result<Answer, BrowserError>, CliError> {
        let is_stopped = Cell::new(false);
        let mut measuring = pin!(tabs.measure(session, target, order, &is_stopped, |ended| {
            self.show(Progress { requests_done: ended, ..self.progress.clone() }, progress);
            self.stall.check()
        }));
        tokio::select! {
            measured = &mut measuring => Ok(measured),
            error = stopped => {
                is_stopped.set(true);
                // No call into a tab is dropped halfway either; what it comes to is of no use any more.
                let _ = measuring.await;
                Err(error)
            }
        }
    }

    async fn stop(&mut self, session: &Session, progress: &mut ProgressDisplay) -> Result<(), CliError> {
        session.stop().await?;
        // A round that was ordered meanwhile is given up: a stopped run waits for no answer.
        while !matches!(self.take(session.next_updates(Answer::default()).await?, progress)?, Next::Finished)
        {
        }
        Ok(())
    }

    /// Takes updates in. A run that ended before its time is an error.
    fn take(&mut self, updates: Updates, progress: &mut ProgressDisplay) -> Result<Next, CliError> {
        let mut next = Next::Continue;
        if let Some(now) = updates.progress {
            self.show(now, progress);
        }
        self.began_ms = updates.began.or(self.began_ms);
        for Update { kind, report, code, message, order, target, rounds } in updates.updates {
            let mut is_complete = true;
            self.rounds.extend(rounds);
            if let Some(json) = report {
                let report = Report::from_json(&json).map_err(invalid_answer)?;
                is_complete = report.ending == Ending::Complete;
                (self.report, self.is_final) = (Some(report), kind != UpdateKind::Block);
            }
            match kind {
                UpdateKind::Block => {
                    self.blocks += 1;
                    next = Next::Begin;
                }
                UpdateKind::Order => {
                    let order = order.unwrap_or_default();
                    next = Next::Measure(match target {
                        Some(target) => Order::InTab { target, order },
                        None => Order::Outside(serde_json::from_str(&order).map_err(invalid_answer)?),
                    });
                }
                UpdateKind::Done if is_complete => return Ok(Next::Finished),
                // It was stopped here, and the caller knows why; or by the person in front of the browser.
                UpdateKind::Done => return Err(CliError::interrupted()),
                // Before anything was measured there is no report that could say so.
                UpdateKind::Failed if code.as_deref() == Some(STOPPED) => return Err(CliError::interrupted()),
                UpdateKind::Failed => {
                    return Err(
                        anyhow!(message.unwrap_or_else(|| "The page gives no reason.".to_owned())).into()
                    );
                }
            }
        }
        Ok(next)
    }

    fn show(&mut self, now: Progress, progress: &mut ProgressDisplay) {
        self.stall.observe(&now);
        progress.update(&now);
        self.progress = now;
    }

    fn outcome(self, error: Option<CliError>) -> RunOutcome {
        let report = match (self.report, &error) {
            (Some(report), Some(error)) if !self.is_final => Some(unfinished(report, error)),
            (report, _) => report,
        };
        // A report without a finished round says nothing.
        let report = report.filter(|report| report.variants.iter().any(VariantReport::has_rounds));
        RunOutcome { report, rounds: self.rounds, error }
    }
}

/// When a block begins, if that is agreed on with others. A grid ends sessions that it hears nothing of, so the page is asked for signs of
/// life meanwhile.
async fn begins(session: &Session, seat: Option<&Seat<'_>>, block: u32) -> Result<Option<f64>, BrowserError> {
    let Some(seat) = seat else { return Ok(None) };
    let mut agreed = pin!(seat.arrive(block));
    loop {
        match timeout(KEEP_ALIVE, &mut agreed).await {
            Ok(begins_ms) => return Ok(begins_ms),
            Err(_elapsed) => session.ping().await?,
        }
    }
}

async fn run_round(python: Option<&mut PythonClients>, order: RoundOrder) -> Answer {
    let Some(python) = python else { return Answer::none("nothing runs clients outside the browser.") };
    match python.run_round(order).await.map(|answer| text(&answer)) {
        Ok(Ok(json)) => Answer { json: Some(json), ..Answer::default() },
        Ok(Err(error)) => Answer::none(error),
        Err(why) => Answer::none(why),
    }
}

/// The report after the last block, for a run that broke off later: the page writes it as if the run had been stopped there.
fn unfinished(mut report: Report, error: &CliError) -> Report {
    if error.exit == Exit::Interrupted {
        // The page did not hand over its own report in time.
        return report;
    }
    let detail = match error.cause.downcast_ref::<BrowserError>() {
        Some(error) => error.detail().to_owned(),
        None => error.to_string(),
    };
    report.ending = Ending::Failed;
    report.validity.retain(|finding| finding.code != FindingCode::Stopped);
    report.validity.push(Finding::of_run(FindingCode::EngineCrashed, Severity::Weakens, Some(detail)));
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(ending: &str) -> Updates {
        let mut report: serde_json::Value =
            serde_json::from_str(include_str!("../../../../../tests/support/report.json")).unwrap();
        report["ending"] = ending.into();
        let update = Update {
            kind: UpdateKind::Done,
            report: Some(report.to_string()),
            code: None,
            message: None,
            order: None,
            target: None,
            rounds: Vec::new(),
        };
        Updates { updates: vec![update], progress: None, began: None }
    }

    #[test]
    fn a_run_stopped_in_the_browser_keeps_its_report() {
        let take = |ending| {
            let mut received = Received::new(Duration::from_secs(10));
            (received.take(done(ending), &mut ProgressDisplay::Quiet), received.report)
        };
        let (next, report) = take("stopped");
        assert!(matches!(&next, Err(error) if error.exit == Exit::Interrupted), "{next:?}");
        assert!(report.is_some());
        assert!(matches!(take("complete").0, Ok(Next::Finished)));
    }
}
