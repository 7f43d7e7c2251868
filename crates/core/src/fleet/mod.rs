//! Reports of several browsers merged into one.
//!
//! Counts are added, latencies come from added histograms, and rounds stay what they are, each with its session: between sessions the
//! session is the independent unit ([`crate::compare::sessions`]). What cannot be merged without the single values (percentiles of
//! phases, throughput of browsers that may not have run at the same time) is left out of the merged rows, and is in those of the sessions.

mod differences;
mod error;
mod findings;
mod rows;

use crate::{
    compare::{self, Criteria, compare_targets, lifecycles},
    report::{Ending, Environment, Report, SessionReport},
};
use differences::difference;
pub use error::{MOST_SESSIONS, MergeError};

/// One report of all sessions of these, in order. One report of one session stays as it is.
///
/// # Errors
/// [`MergeError`] if they measured different things.
pub fn merge(reports: &[Report]) -> Result<Report, MergeError> {
    let Some(first) = reports.first() else { return Err(MergeError::Nothing) };
    for (place, report) in reports.iter().enumerate() {
        if let Some(what) = difference(first, report) {
            return Err(MergeError::Other { number: place + 1, what });
        }
    }
    let sessions: Vec<Report> = reports.iter().flat_map(sessions_of).collect();
    if sessions.len() > MOST_SESSIONS {
        return Err(MergeError::TooMany(sessions.len()));
    }
    if let [only] = &sessions[..] {
        return Ok(only.clone());
    }
    let mut variants = Vec::with_capacity(first.variants.len());
    for row in &first.variants {
        variants.push(rows::merged(&row.id, &sessions)?);
    }
    let criteria =
        sessions.iter().map(Criteria::of).reduce(Criteria::stricter).unwrap_or(Criteria::of(first));
    let ending = ending(&sessions);
    let mut merged = Report {
        started_at: sessions.iter().map(|one| &one.started_at).min().cloned().unwrap_or_default(),
        duration_ms: sessions.iter().map(|one| one.duration_ms).fold(0.0, f64::max),
        ending,
        environment: environment(&sessions),
        comparisons: compare::compare(&variants, criteria),
        targets: compare_targets(&variants, criteria),
        lifecycles: lifecycles::fresh_against_reused(&variants, criteria),
        variants,
        validity: Vec::new(),
        sessions: sessions.iter().zip(1..).map(|(report, number)| session(report, number)).collect(),
        ..first.clone()
    };
    merged.validity = findings::of(&sessions, &merged);
    Ok(merged)
}

/// A report as it was before it was merged: one for each of its sessions.
fn sessions_of(report: &Report) -> Vec<Report> {
    if report.sessions.is_empty() {
        return vec![report.clone()];
    }
    let of_one = |(place, session): (u32, &SessionReport)| {
        let mut variants = session.variants.clone();
        for row in &mut variants {
            let rounds = report.row(&row.id).into_iter().flat_map(|merged| &merged.rounds);
            row.rounds = rounds.filter(|round| round.session == place).cloned().collect();
            row.rounds.iter_mut().for_each(|round| round.session = 0);
        }
        Report {
            started_at: session.started_at.clone(),
            duration_ms: session.duration_ms,
            ending: session.ending,
            environment: Environment {
                user_agent: session.user_agent.clone(),
                cores: session.cores,
                timer_step_ms: session.clock_step_ms,
                ..report.environment.clone()
            },
            variants,
            // They name the session that they are of.
            sessions: vec![session.clone()],
            ..report.clone()
        }
    };
    (0..).zip(&report.sessions).map(of_one).collect()
}

fn session(report: &Report, number: usize) -> SessionReport {
    let known = report.sessions.first();
    let without_rounds = |row: &crate::report::VariantReport| {
        let mut row = row.clone();
        row.rounds = Vec::new();
        row
    };
    SessionReport {
        id: format!("session-{number}"),
        user_agent: report.environment.user_agent.clone(),
        node: known.and_then(|known| known.node.clone()),
        cores: report.environment.cores,
        clock_step_ms: report.environment.timer_step_ms,
        offset_ms: known.and_then(|known| known.offset_ms),
        skew_ms: known.and_then(|known| known.skew_ms),
        started_at: report.started_at.clone(),
        duration_ms: report.duration_ms,
        ending: report.ending,
        variants: report.variants.iter().map(without_rounds).collect(),
    }
}

/// How the whole ended: stopped if any was, failed if all did. That one was lost is a finding.
fn ending(sessions: &[Report]) -> Ending {
    let any = |ending| sessions.iter().any(|one| one.ending == ending);
    if any(Ending::Stopped) {
        Ending::Stopped
    } else if any(Ending::Complete) {
        Ending::Complete
    } else {
        Ending::Failed
    }
}

fn environment(sessions: &[Report]) -> Environment {
    let first = sessions.first().map(|one| one.environment.clone()).unwrap_or_default();
    let all = || sessions.iter().map(|one| &one.environment);
    let mut environment = Environment {
        cross_origin_isolated: all().all(|one| one.cross_origin_isolated),
        timer_step_ms: all().map(|one| one.timer_step_ms).fold(0.0, f64::max),
        protocols: std::collections::BTreeMap::new(),
        ..first
    };
    for (protocol, count) in sessions.iter().flat_map(|one| &one.variants).flat_map(|row| &row.protocols) {
        *environment.protocols.entry(protocol.clone()).or_default() += count;
    }
    environment
}

#[cfg(test)]
mod tests;
