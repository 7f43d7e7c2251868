//! The members of a fleet at work: each opens the page, all begin together, and what each measured becomes one report.

use std::pin::pin;
use std::time::Duration;

use anyhow::anyhow;
use fetchmark_core::fleet::{self, Session};
use fetchmark_core::report::{Finding, FindingCode, Severity};
use fetchmark_core::samples::record::RoundSamples;
use fetchmark_core::scenario::Scenario;
use futures::future::join_all;
use url::Url;

use super::opening::{Member, name};
use super::stop::{Reason, Stop};
use crate::error::CliError;
use crate::run::driver::clock::Offset;
use crate::run::driver::follow::{RunOutcome, follow};
use crate::run::driver::meeting::{Meeting, Seat};
use crate::run::origin;
use crate::run::progress::ProgressDisplay;
use crate::run::python::PythonClients;
use crate::run::settings::plan::Plan;

/// What the members are to do.
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

/// Measures with these, and with as many of them as are left. `python` is for one alone.
pub(super) async fn measure(
    members: &[Member],
    work: &Work<'_>,
    mut python: Option<&mut PythonClients>,
    progress: &ProgressDisplay,
    interrupted: impl Future<Output = ()>,
) -> Result<RunOutcome, CliError> {
    let mut interrupted = pin!(interrupted);
    let displays = match members {
        [_] => vec![progress.clone()],
        _ => progress.for_sessions(&members.iter().map(Member::name).collect::<Vec<_>>()),
    };
    let preparing =
        join_all(members.iter().zip(displays).map(|(member, display)| prepare(member, work, display)));
    let ready = tokio::select! {
        ready = preparing => enough(ready, work.plan.fleet.to_begin, progress)?,
        () = &mut interrupted => return Err(CliError::interrupted()),
    };
    let fleet = work.plan.fleet;
    let meeting = Meeting::new(work.scenario.warmup, fleet.lockstep, fleet.start_at);
    let seats = take_seats(&ready, &meeting, fleet.has_appointment()).await;
    let stop = Stop::new(ready.len(), fleet.to_go_on);
    let following = ready.into_iter().zip(seats).map(|(mut ready, seat)| {
        let (stop, python) = (&stop, python.take());
        async move {
            let outcome = follow_one(&mut ready, work, python, seat.as_ref(), stop).await;
            ready.progress.finish();
            if fleet.sessions > 1
                && let (Some(error), None) = (&outcome.error, stop.reason())
            {
                let what = format!("{} was lost. {error}", ready.member.name());
                let line = format!("{what} Its finished blocks are kept.");
                ready.progress.warn(&work.plan.secrets.hide(&line));
                stop.lose_one(&what);
            }
            // Its seat is left with it: whoever is lost is not waited for.
            Measured {
                number: ready.member.number,
                node: ready.member.node.clone(),
                offset: seat.as_ref().map(Seat::offset),
                skew_ms: seat.as_ref().and_then(Seat::skew_ms),
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
        last => merged(measured.into_iter().chain(last), stop.reason()),
    }
}

/// Opens the page where the run is to measure from.
async fn prepare<'a>(
    member: &'a Member,
    work: &Work<'_>,
    progress: ProgressDisplay,
) -> Result<Ready<'a>, CliError> {
    // What all do alike is said once.
    let told = if member.number == 1 { progress.clone() } else { ProgressDisplay::Quiet };
    let opened = origin::open(work.plan, work.scenario, &member.session, work.page, &told).await?;
    Ok(Ready { member, opened, progress })
}

/// Those whose page came up, if they are enough.
fn enough<'a>(
    prepared: Vec<Result<Ready<'a>, CliError>>,
    minimum: usize,
    progress: &ProgressDisplay,
) -> Result<Vec<Ready<'a>>, CliError> {
    let all = prepared.len();
    let (mut ready, mut failure) = (Vec::with_capacity(all), None);
    for one in prepared {
        match one {
            Ok(one) => ready.push(one),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    match failure {
        Some(error) if all == 1 => Err(error),
        Some(error) if ready.len() < minimum => {
            let count = ready.len();
            Err(anyhow!("The page came up in {count} of {all} sessions, and it must in {minimum} (--min-sessions). {error}").into())
        }
        Some(error) => {
            progress.warn(&format!("{} of {all} sessions measure. {error}", ready.len()));
            Ok(ready)
        }
        None => Ok(ready),
    }
}

/// Gives each its seat where sessions wait for each other, or for a time: for that their clocks are compared with this machine's.
async fn take_seats<'a>(ready: &[Ready<'_>], meeting: &'a Meeting, is_wanted: bool) -> Vec<Option<Seat<'a>>> {
    let seats = ready.iter().filter(|_| is_wanted).map(async |ready| {
        // A browser that does not say its time measures nothing either, and is lost with the next call.
        let offset = ready.member.session.clock_offset(&meeting.clock).await.ok()?;
        Some(meeting.join(ready.member.number, offset))
    });
    let mut seats = join_all(seats).await;
    seats.resize_with(ready.len(), || None);
    seats
}

/// What came of a member.
struct Measured {
    number: usize,
    node: Option<String>,
    offset: Option<Offset>,
    skew_ms: Option<f64>,
    outcome: RunOutcome,
}

/// Has one browser measure to its end.
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

/// The report of all.
fn merged(measured: impl Iterator<Item = Measured>, stop: Option<Reason>) -> Result<RunOutcome, CliError> {
    let (mut sessions, mut rounds, mut without) = (Vec::new(), Vec::new(), Vec::new());
    for one in measured {
        let Measured { number, node, offset, skew_ms, outcome } = one;
        let RunOutcome { report, rounds: of_one, error } = outcome;
        rounds.extend(of_one.into_iter().map(|round| RoundSamples { session: Some(number), ..round }));
        match report {
            Some(report) => {
                sessions.push(Session {
                    report,
                    number,
                    node,
                    offset_ms: offset.map(|offset| offset.ms),
                    offset_error_ms: offset.map(|offset| offset.error_ms),
                    skew_ms,
                });
            }
            None => without.push((name(number, node.as_deref()), error)),
        }
    }
    let error = stop.map(|reason| reason.error());
    if sessions.is_empty() {
        let first = without.into_iter().find_map(|(_, error)| error);
        let error = error.or(first).unwrap_or_else(|| anyhow!("No browser measured.").into());
        return Ok(RunOutcome::failed(error));
    }
    let mut report = fleet::merge_sessions(&sessions)?;
    let lost = without.into_iter().map(|(name, _)| {
        let detail = format!("{name}: before a round was finished");
        Finding::of_run(FindingCode::SessionLost, Severity::Weakens, Some(detail))
    });
    report.validity.extend(lost);
    Ok(RunOutcome { report: Some(report), rounds, error })
}
