//! The members of a fleet at work: each opens the page, all begin together, and what each measured becomes one report.

use std::pin::pin;
use std::time::Duration;

use anyhow::anyhow;
use fetchmark_core::fleet::{self, Session};
use fetchmark_core::report::{Finding, FindingCode, Severity};
use fetchmark_core::samples::record::RoundSamples;
use fetchmark_core::scenario::Scenario;
use futures::future::join_all;
use tokio::time::{sleep, timeout};
use url::Url;

use super::opening::{Member, Missing, STATUS_LIMIT, name};
use super::stop::{Reason, Stop};
use crate::error::CliError;
use crate::exit::Exit;
use crate::run::driver::clock::{LocalClock, Offset};
use crate::run::driver::follow::{KEEP_ALIVE, RunOutcome, follow};
use crate::run::driver::meeting::{Meeting, Seat};
use crate::run::origin;
use crate::run::progress::ProgressDisplay;
use crate::run::python::PythonClients;
use crate::run::settings::plan::Plan;

/// How long before a time given the warm-up begins: enough to compare clocks and warm up. A server that keeps idle connections for less
/// closes them before the first measured block, which then opens new ones.
const WARMUP_TIME: Duration = Duration::from_secs(15);

/// How long a browser may take to tell its time, all looks together.
const CLOCK_LIMIT: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy)]
pub(super) struct Work<'a> {
    pub(super) plan: &'a Plan,
    pub(super) scenario: &'a Scenario,
    pub(super) page: &'a Url,
}

/// A member whose page is open.
struct Ready<'a> {
    member: &'a Member,
    opened: origin::Opened,
    progress: ProgressDisplay,
}

/// Measures with these, and with as many of them as are left; those that are not are in `missing`. `python` is for one alone.
pub(super) async fn measure(
    members: &[Member],
    missing: &mut Vec<Missing>,
    work: &Work<'_>,
    mut python: Option<&mut PythonClients>,
    progress: &ProgressDisplay,
    interrupted: impl Future<Output = ()>,
) -> Result<RunOutcome, CliError> {
    let mut interrupted = pin!(interrupted);
    let fleet = work.plan.fleet;
    let meeting = Meeting::new(work.scenario.warmup, fleet.lockstep, fleet.start_at);
    let preparing = async {
        let ready = prepare_all(members, missing, work, progress).await?;
        wait_for_start(&ready, fleet.start_at, &meeting.clock, progress).await;
        let seated =
            join_all(ready.into_iter().map(|ready| take_seat(ready, &meeting, fleet.has_appointment())));
        enough(seated.await, missing, work.plan, progress)
    };
    let ready = tokio::select! {
        ready = preparing => ready?,
        () = &mut interrupted => return Err(CliError::interrupted()),
    };
    let stop = Stop::new(ready.len(), fleet.to_go_on);
    let following = ready.into_iter().map(|(mut ready, seat)| {
        let (stop, python) = (&stop, python.take());
        async move {
            let outcome = follow_one(&mut ready, work, python, seat.as_ref(), stop).await;
            ready.progress.finish();
            let mut is_lost = false;
            if fleet.sessions > 1
                && let (Some(error), None) = (&outcome.error, stop.reason())
            {
                if error.exit == Exit::Interrupted {
                    // The person in front of one browser stopped it, and means the run.
                    stop.all(Reason::Interrupted);
                } else {
                    is_lost = true;
                    let what = format!("{} was lost. {error}", ready.member.name());
                    let line = format!("{what} Its finished blocks are kept.");
                    ready.progress.warn(&work.plan.secrets.hide(&line));
                    stop.lose_one(&what);
                }
            }
            // Its seat is left with it: whoever is lost is not waited for.
            Measured {
                number: ready.member.number,
                node: ready.member.node.clone(),
                offset: seat.as_ref().map(Seat::offset),
                skew_ms: seat.as_ref().and_then(Seat::skew_ms),
                is_lost,
                outcome,
            }
        }
    });
    let mut following = pin!(join_all(following));
    let mut measured = tokio::select! {
        measured = &mut following => measured,
        reason = Reason::from_outside(interrupted, work.plan.total) => {
            progress.say("Stopping: the finished rounds are kept.");
            stop.all(reason);
            following.await
        }
    };
    match measured.pop() {
        Some(only) if fleet.sessions == 1 => Ok(only.outcome),
        last => merged(measured.into_iter().chain(last), missing, stop.reason()),
    }
}

async fn prepare_all<'a>(
    members: &'a [Member],
    missing: &mut Vec<Missing>,
    work: &Work<'_>,
    progress: &ProgressDisplay,
) -> Result<Vec<Ready<'a>>, CliError> {
    let displays = match members {
        [_] => vec![progress.clone()],
        _ => progress.for_sessions(&members.iter().map(Member::name).collect::<Vec<_>>()),
    };
    let preparing = members.iter().zip(displays).enumerate().map(async |(place, (member, progress))| {
        // What all do alike is said once.
        let told = if place == 0 { progress.clone() } else { ProgressDisplay::Quiet };
        let opened = origin::open(work.plan, work.scenario, &member.session, work.page, &told).await;
        let opened = opened.map_err(|error| Missing { name: member.name(), why: error })?;
        Ok(Ready { member, opened, progress })
    });
    let ready = enough(join_all(preparing).await, missing, work.plan, progress)?;
    if ready.iter().any(|one| one.opened.origin() != ready[0].opened.origin()) {
        return Err(anyhow!(
            "Some sessions measure from the target's origin and some from the page's, which is not the same measurement. Choose with --origin \
             page or --origin target."
        )
        .into());
    }
    Ok(ready)
}

/// Those that are left, if they are enough.
fn enough<T>(
    all: Vec<Result<T, Missing>>,
    missing: &mut Vec<Missing>,
    plan: &Plan,
    progress: &ProgressDisplay,
) -> Result<Vec<T>, CliError> {
    let (wanted, minimum) = (plan.fleet.sessions, plan.fleet.to_begin);
    let mut left = Vec::with_capacity(all.len());
    for one in all {
        match one {
            Ok(one) => left.push(one),
            Err(Missing { why, .. }) if wanted == 1 => return Err(why.into()),
            Err(lost) => {
                progress.warn(&plan.secrets.hide(&format!("{} does not measure. {}", lost.name, lost.why)));
                missing.push(lost);
            }
        }
    }
    if left.len() < minimum {
        let count = left.len();
        return Err(anyhow!(
            "{count} of {wanted} sessions are ready, but {minimum} are needed (--min-sessions)."
        )
        .into());
    }
    Ok(left)
}

/// Waits until a run that begins at a time given has to warm up: connections that were opened much earlier would be closed by then.
async fn wait_for_start(
    ready: &[Ready<'_>],
    start_at: Option<Duration>,
    clock: &LocalClock,
    progress: &ProgressDisplay,
) {
    let Some(start_at) = start_at else { return };
    let left = || start_at.saturating_sub(Duration::from_secs_f64(clock.now_ms() / 1_000.0));
    if left().is_zero() {
        progress.warn("The time of --start-at passed while the browsers opened: the run begins now.");
    }
    while let Some(early) = left().checked_sub(WARMUP_TIME) {
        sleep(early.min(KEEP_ALIVE)).await;
        // A browser that is lost is missed with the next call.
        let asking = join_all(ready.iter().map(|ready| ready.member.session.ping()));
        let _ = timeout(STATUS_LIMIT, asking).await;
    }
}

/// Gives a session its seat where sessions wait for each other, or for a time: for that their clocks are compared with this machine's.
async fn take_seat<'a, 'b>(
    ready: Ready<'a>,
    meeting: &'b Meeting,
    is_wanted: bool,
) -> Result<(Ready<'a>, Option<Seat<'b>>), Missing> {
    if !is_wanted {
        return Ok((ready, None));
    }
    // One that hangs is missed: the others would wait for it beyond their start.
    let asking = timeout(CLOCK_LIMIT, ready.member.session.clock_offset(&meeting.clock)).await;
    let offset = asking.unwrap_or_else(|_elapsed| Err(anyhow!("The browser does not say what time it has.")));
    let offset = offset.map_err(|why| Missing { name: ready.member.name(), why })?;
    let seat = meeting.join(ready.member.number, offset);
    Ok((ready, Some(seat)))
}

struct Measured {
    number: usize,
    node: Option<String>,
    offset: Option<Offset>,
    skew_ms: Option<f64>,
    /// It ended by an error of its own.
    is_lost: bool,
    outcome: RunOutcome,
}

async fn follow_one(
    ready: &mut Ready<'_>,
    work: &Work<'_>,
    python: Option<&mut PythonClients>,
    seat: Option<&Seat<'_>>,
    stop: &Stop,
) -> RunOutcome {
    let Work { plan, scenario, .. } = work;
    let (session, opened) = (&ready.member.session, &ready.opened);
    let runtimes = python.as_ref().map(|python| std::slice::from_ref(python.runtime()));
    let started = session.start(scenario, runtimes, plan.samples.is_some(), opened.tabs.hooks()).await;
    if let Err(error) = started {
        return RunOutcome::failed(error.into());
    }
    let request_timeout = Duration::from_millis(scenario.timeout_ms.into());
    let following =
        follow(session, python, &opened.tabs, seat, request_timeout, &mut ready.progress, stop.requested());
    let mut outcome = following.await;
    if let Some(report) = &mut outcome.report {
        report.environment.origin = Some(opened.origin());
        if outcome.error.is_none() {
            let targets = scenario.all_targets();
            tokio::select! {
                () = origin::look_back(report, &targets, opened, session) => {}
                error = stop.requested() => outcome.error = Some(error),
            }
        }
    }
    outcome
}

fn merged(
    measured: impl Iterator<Item = Measured>,
    missing: &[Missing],
    stop: Option<Reason>,
) -> Result<RunOutcome, CliError> {
    let (mut sessions, mut rounds, mut first_error) = (Vec::new(), Vec::new(), None);
    let lost = |name: &str, why: String| {
        Finding::of_run(FindingCode::SessionLost, Severity::Weakens, Some(format!("{name}: {why}")))
    };
    let mut findings: Vec<Finding> =
        missing.iter().map(|Missing { name, why }| lost(name, format!("it did not begin. {why}"))).collect();
    for one in measured {
        let Measured { number, node, offset, skew_ms, is_lost, outcome } = one;
        let RunOutcome { report, rounds: of_one, error } = outcome;
        rounds.extend(of_one.into_iter().map(|round| RoundSamples { session: Some(number), ..round }));
        match (report, error) {
            (Some(report), _) => sessions.push(Session {
                report,
                number,
                node,
                offset_ms: offset.map(|offset| offset.ms),
                offset_error_ms: offset.map(|offset| offset.error_ms),
                skew_ms,
            }),
            (None, Some(error)) => {
                if is_lost {
                    findings.push(lost(&name(number, node.as_deref()), error.to_string()));
                }
                first_error = first_error.or(Some(error));
            }
            (None, None) => {}
        }
    }
    let error = stop.map(|reason| reason.error());
    if sessions.is_empty() {
        let error = error.or(first_error).unwrap_or_else(|| anyhow!("No browser measured.").into());
        return Ok(RunOutcome::failed(error));
    }
    let mut report = fleet::merge_sessions(&sessions)?;
    report.validity.extend(findings);
    Ok(RunOutcome { report: Some(report), rounds, error })
}
