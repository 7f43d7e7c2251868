//! Following a run to its end: what was finished is kept, whatever happens to the browser.

use std::future::pending;
use std::pin::pin;
use std::time::Duration;

use fetchmark_core::outside::{RoundAnswer, RoundOrder};
use fetchmark_core::progress::Progress;
use fetchmark_core::report::{Ending, Report, VariantReport};
use fetchmark_core::sample_record::RoundSamples;
use fetchmark_core::secrets::Secrets;
use fetchmark_core::validity::{Finding, FindingCode, Severity};
use tokio::time::{Instant, sleep};

use super::error::RunError;
use super::outside::Outside;
use super::session::{Kind, News, Session, Told};
use super::show::Show;

/// How long a stopped run may take to hand its report over.
const STOP_LIMIT: Duration = Duration::from_secs(15);
/// How long a run may stand still beyond two time-outs of a request, one before a round where connections are opened or used up
/// and one in it, before it counts as hanging: loading a client and summing up take their time, too.
const STILL_LIMIT: Duration = Duration::from_secs(60);

/// The page's code for a run that was stopped before anything was measured.
const STOPPED: &str = "stopped";

/// What came of a run.
#[derive(Debug)]
pub(super) struct Ran {
    /// The whole report, or that of the rounds that were finished; `None` if none was.
    pub(super) report: Option<Report>,
    /// Every request, if they were wanted.
    pub(super) rounds: Vec<RoundSamples>,
    /// Why it is not whole.
    pub(super) trouble: Option<Trouble>,
}

impl Ran {
    /// Without what a run was given to be kept to itself.
    pub(super) fn without(mut self, secrets: &Secrets) -> Self {
        self.report.iter_mut().for_each(|report| secrets.hide_in(report));
        let samples = self.rounds.iter_mut().flat_map(|round| &mut round.samples);
        for message in samples.filter_map(|sample| sample.message.as_mut()) {
            *message = secrets.hide(message);
        }
        if let Some(Trouble::Error(error)) = &self.trouble {
            let said = error.to_string();
            let hidden = secrets.hide(&said);
            if hidden != said {
                self.trouble = Some(Trouble::Error(RunError::Said(hidden)));
            }
        }
        self
    }
}

/// Why a report is not whole.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// The person wanted it: Ctrl-C here, or Stop in the browser.
    #[error("The run was stopped before a round was finished.")]
    Interrupted,
    /// Something else.
    #[error(transparent)]
    Error(RunError),
}

/// How far following may go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The time-out of one request.
    pub(super) request: Duration,
    /// The time of the whole run, where there is such a limit.
    pub(super) total: Option<Duration>,
}

/// Follows a run that was started; `outside` runs the rounds that no browser does.
pub(super) async fn follow(
    session: &Session,
    outside: Option<&mut Outside>,
    limits: Limits,
    show: &mut Show,
    interrupted: impl Future<Output = ()>,
) -> Ran {
    let mut kept = Kept::default();
    let ended = kept.follow(session, outside, limits, show, interrupted).await;
    kept.ran(ended.err())
}

/// What news came to.
#[derive(Debug)]
enum Heard {
    /// It goes on.
    On,
    /// It waits for a round outside the browser.
    Order(RoundOrder),
    /// It is over.
    Over,
}

/// What is known of the run.
#[derive(Debug, Default)]
struct Kept {
    report: Option<Report>,
    /// Whether that is the run's own report and not one on the way.
    is_whole: bool,
    rounds: Vec<RoundSamples>,
}

impl Kept {
    async fn follow(
        &mut self,
        session: &Session,
        mut outside: Option<&mut Outside>,
        limits: Limits,
        show: &mut Show,
        interrupted: impl Future<Output = ()>,
    ) -> Result<(), Trouble> {
        let mut interrupted = pin!(interrupted);
        let mut out_of_time = pin!(async {
            match limits.total {
                Some(total) => sleep(total).await,
                None => pending().await,
            }
        });
        let mut still = Still::new(limits.request * 2 + STILL_LIMIT);
        loop {
            // A call into the page is never dropped halfway: its answer may hold a block.
            let mut hearing = pin!(session.hear());
            let why = tokio::select! {
                news = &mut hearing => {
                    let order = match self.take(news.map_err(Trouble::Error)?, show, &mut still)? {
                        Heard::Over => return Ok(()),
                        Heard::On => {
                            still.check().map_err(Trouble::Error)?;
                            continue;
                        }
                        Heard::Order(order) => order,
                    };
                    // Nothing is asked of the browser meanwhile: the two would disturb each other.
                    let ended = tokio::select! {
                        answer = answered(outside.as_deref_mut(), order) => {
                            session.answer(answer).await.map_err(Trouble::Error)?;
                            still.go_on();
                            None
                        }
                        () = &mut interrupted => Some(Trouble::Interrupted),
                        () = &mut out_of_time => {
                            Some(Trouble::Error(RunError::OutOfTime(limits.total.unwrap_or_default())))
                        }
                    };
                    let Some(why) = ended else { continue };
                    if let Some(outside) = &outside {
                        outside.ender().end();
                    }
                    // As below.
                    let _ = tokio::time::timeout(STOP_LIMIT, self.stop(session, show, &mut still)).await;
                    return Err(why);
                }
                () = &mut interrupted => Trouble::Interrupted,
                () = &mut out_of_time => {
                    Trouble::Error(RunError::OutOfTime(limits.total.unwrap_or_default()))
                }
            };
            let news = hearing.await.map_err(Trouble::Error)?;
            if !matches!(self.take(news, show, &mut still)?, Heard::Over) {
                // What Stop itself runs into matters less than why it was said.
                let _ = tokio::time::timeout(STOP_LIMIT, self.stop(session, show, &mut still)).await;
            }
            return Err(why);
        }
    }

    /// Stops the run and waits for its report.
    async fn stop(&mut self, session: &Session, show: &mut Show, still: &mut Still) -> Result<(), Trouble> {
        show.stopping();
        session.stop().await.map_err(Trouble::Error)?;
        // A round that was ordered meanwhile is given up: Stop waits for no answer.
        while !matches!(self.take(session.hear().await.map_err(Trouble::Error)?, show, still)?, Heard::Over) {
        }
        Ok(())
    }

    /// Takes news in; says what they came to. A run that ended before its time is [`Trouble::Interrupted`].
    fn take(&mut self, news: News, show: &mut Show, still: &mut Still) -> Result<Heard, Trouble> {
        let mut heard = Heard::On;
        if let Some(progress) = news.progress {
            still.see(&progress);
            show.progress(&progress);
        }
        for Told { kind, report, code, message, order, rounds } in news.told {
            let mut is_cut_short = false;
            self.rounds.extend(rounds);
            if let Some(json) = report {
                let report = Report::from_json(&json)
                    .map_err(|error| Trouble::Error(RunError::Answer(error.to_string())))?;
                is_cut_short = report.ending != Ending::Complete;
                (self.report, self.is_whole) = (Some(report), kind != Kind::Block);
            }
            match kind {
                Kind::Block => {}
                Kind::Order => {
                    let order = serde_json::from_str(&order.unwrap_or_default())
                        .map_err(|error| Trouble::Error(RunError::Answer(error.to_string())))?;
                    heard = Heard::Order(order);
                }
                // Stop was said here, and whoever said it knows why; or by the person in front of the browser.
                Kind::Done if is_cut_short => return Err(Trouble::Interrupted),
                Kind::Done => return Ok(Heard::Over),
                // Before anything was measured there is no report that could say so.
                Kind::Failed if code.as_deref() == Some(STOPPED) => return Err(Trouble::Interrupted),
                Kind::Failed => {
                    let message = message.unwrap_or_else(|| "The page gives no reason.".to_owned());
                    return Err(Trouble::Error(RunError::Engine(message)));
                }
            }
        }
        Ok(heard)
    }

    fn ran(self, trouble: Option<Trouble>) -> Ran {
        let report = match (self.report, &trouble) {
            (Some(report), _) if self.is_whole => Some(report),
            (Some(report), Some(trouble)) => Some(broken_off(report, trouble)),
            (report, None) => report,
            (None, _) => None,
        };
        // A report without a finished round says nothing.
        let report = report.filter(|report| report.variants.iter().any(VariantReport::has_rounds));
        Ran { report, rounds: self.rounds, trouble }
    }
}

/// Has a round run outside the browser.
async fn answered(outside: Option<&mut Outside>, order: RoundOrder) -> Result<RoundAnswer, String> {
    match outside {
        Some(outside) => outside.round(order).await,
        None => Err("nothing runs clients outside the browser.".to_owned()),
    }
}

/// The report as of the last block, which is written as if the run had been stopped there, for a run that was broken off after it.
fn broken_off(mut report: Report, trouble: &Trouble) -> Report {
    let detail = match trouble {
        // It did not hand its own report over in time.
        Trouble::Interrupted => return report,
        Trouble::Error(error) => error.evidence(),
    };
    report.ending = Ending::Failed;
    report.validity.retain(|finding| finding.code != FindingCode::Stopped);
    report.validity.push(Finding {
        code: FindingCode::EngineCrashed,
        severity: Severity::Weakens,
        variant: None,
        count: 1,
        detail: Some(detail),
    });
    report
}

/// Notices a run that no longer goes on.
#[derive(Debug)]
struct Still {
    limit: Duration,
    since: Instant,
    seen: (u32, u32),
}

impl Still {
    fn new(limit: Duration) -> Self {
        Self { limit, since: Instant::now(), seen: (0, 0) }
    }

    fn see(&mut self, progress: &Progress) {
        let now = (progress.rounds_done, progress.requests_done);
        if self.seen != now {
            (self.seen, self.since) = (now, Instant::now());
        }
    }

    /// Something was done that the browser does not show.
    fn go_on(&mut self) {
        self.since = Instant::now();
    }

    fn check(&self) -> Result<(), RunError> {
        if self.since.elapsed() < self.limit {
            return Ok(());
        }
        let seconds = self.limit.as_secs();
        Err(RunError::Hangs { detail: format!("no request ended for {seconds} s") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(requests_done: u32) -> Progress {
        Progress {
            rounds_done: 1,
            rounds_total: 9,
            requests_done,
            requests_total: 100,
            variant: 0,
            block: None,
            elapsed_ms: 1.0,
            last_round: None,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_run_that_stands_still_hangs() {
        let mut still = Still::new(Duration::from_secs(10));
        tokio::time::advance(Duration::from_secs(9)).await;
        still.see(&progress(3));
        tokio::time::advance(Duration::from_secs(9)).await;
        still.see(&progress(3));
        assert!(still.check().is_ok());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(still.check().is_err());
    }

    fn done(ending: &str) -> News {
        let mut report: serde_json::Value =
            serde_json::from_str(include_str!("../../../../tests/support/report.json")).unwrap();
        report["ending"] = ending.into();
        let told = Told {
            kind: Kind::Done,
            report: Some(report.to_string()),
            code: None,
            message: None,
            order: None,
            rounds: Vec::new(),
        };
        News { told: vec![told], progress: None }
    }

    #[test]
    fn a_run_that_was_stopped_in_the_browser_is_interrupted_and_its_report_kept() {
        let take = |ending| {
            let mut kept = Kept::default();
            let mut still = Still::new(Duration::from_secs(10));
            (kept.take(done(ending), &mut Show::Quiet, &mut still), kept.report)
        };
        let (heard, report) = take("stopped");
        assert!(matches!(heard, Err(Trouble::Interrupted)), "{heard:?}");
        assert!(report.is_some());
        assert!(matches!(take("complete").0, Ok(Heard::Over)));
    }
}
