//! Reports of several browsers merged into one.
//!
//! Counts are added, latencies come from added histograms, and rounds stay what they are, each with its session: between sessions the
//! session is the independent unit ([`crate::compare::sessions`]). What cannot be merged without the single values (percentiles of
//! phases, throughput of browsers that may not have run at the same time) is left out of the merged rows, and is in those of the sessions.

mod common_time;
mod differences;
mod error;
mod findings;
mod rows;
mod session;

use crate::{
    compare::{self, Criteria, compare_targets, lifecycles},
    map::Map,
    report::{
        Ending, Environment, Report, SessionReport, Site, VariantReport, headline::references, session_id,
    },
    scenario::limits::MOST_SESSIONS,
};
use differences::difference;
pub use error::MergeError;
pub use session::Session;

/// One report of all sessions of these, in order. One alone stays as it is.
///
/// # Errors
/// [`MergeError`] if they measured different things.
pub fn merge(reports: &[Report]) -> Result<Report, MergeError> {
    if let [only] = reports {
        return Ok(only.clone());
    }
    of_one_run((1..).zip(reports))?;
    let mut sessions: Vec<Session> =
        (1..).zip(reports).flat_map(|(number, report)| sessions_of(number, report)).collect();
    // Each run counted its own from 1.
    (1..).zip(&mut sessions).for_each(|(number, session)| session.number = number);
    // Each fleet has a clock of its own that its sessions' clocks were compared with.
    Ok(Report { common_time: None, ..merge_sessions(&sessions)? })
}

/// One report of these sessions, in order.
///
/// # Errors
/// [`MergeError`] if they measured different things.
pub fn merge_sessions(sessions: &[Session]) -> Result<Report, MergeError> {
    let Some(first) = sessions.first().map(|session| &session.report) else {
        return Err(MergeError::Nothing);
    };
    of_one_run(sessions.iter().map(|session| (session.number, &session.report)))?;
    if sessions.len() > MOST_SESSIONS {
        return Err(MergeError::TooMany(sessions.len()));
    }
    let common_time = common_time::of(sessions);
    let about: Vec<SessionReport> = sessions.iter().map(reported).collect();
    let started_at = about.iter().filter_map(SessionReport::began_at).min();
    let started_at = started_at
        .map_or_else(|| first.started_at.clone(), |time| humantime::format_rfc3339_millis(time).to_string());
    let sessions: Vec<Report> = sessions.iter().map(|session| session.report.clone()).collect();
    let mut variants = Vec::with_capacity(first.variants.len());
    for row in &first.variants {
        variants.push(rows::merged(&row.id, &sessions)?);
    }
    let criteria =
        sessions.iter().map(Criteria::of).reduce(Criteria::stricter).unwrap_or(Criteria::of(first));
    let ending = ending(&sessions);
    let mut merged = Report {
        started_at,
        duration_ms: sessions.iter().map(|one| one.duration_ms).fold(0.0, f64::max),
        ending,
        environment: environment(&sessions),
        comparisons: compare::compare(&variants, criteria),
        targets: compare_targets(&variants, criteria),
        lifecycles: lifecycles::fresh_against_reused(&variants, criteria),
        references: Vec::new(),
        variants,
        validity: Vec::new(),
        sessions: about,
        common_time,
        ..first.clone()
    };
    merged.references = references(&merged);
    merged.validity = findings::of(&sessions, &merged);
    Ok(merged)
}

/// Checks that numbered reports measured the same.
fn of_one_run<'a>(mut reports: impl Iterator<Item = (usize, &'a Report)>) -> Result<(), MergeError> {
    let Some((_, first)) = reports.next() else { return Err(MergeError::Nothing) };
    let other = |(number, report)| Some(MergeError::Other { number, what: difference(first, report)? });
    reports.find_map(other).map_or(Ok(()), Err)
}

/// The report of this number as it was before it was merged: one for each of its sessions.
fn sessions_of(number: usize, report: &Report) -> Vec<Session> {
    if report.sessions.is_empty() {
        return vec![Session::alone(report.clone(), 1)];
    }
    let mut validity = findings::of_each(number, report).into_iter();
    let of_one = |(place, session): (u32, &SessionReport)| {
        let mut variants = session.variants.clone();
        for row in &mut variants {
            let rounds = report.row(&row.id).into_iter().flat_map(|merged| &merged.rounds);
            row.rounds = rounds.filter(|round| round.session == place).cloned().collect();
            row.rounds.iter_mut().for_each(|round| round.session = 0);
        }
        let report = Report {
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
            validity: validity.next().unwrap_or_default(),
            sessions: Vec::new(),
            common_time: None,
            ..report.clone()
        };
        let SessionReport { node, offset_ms, offset_error_ms, skew_ms, .. } = session.clone();
        // Reports made apart may call different machines by one name.
        let node = node.map(|node| format!("{node} of report {number}"));
        Session { report, number: place as usize + 1, node, offset_ms, offset_error_ms, skew_ms }
    };
    (0..).zip(&report.sessions).map(of_one).collect()
}

fn reported(session: &Session) -> SessionReport {
    let Session { report, number, node, offset_ms, offset_error_ms, skew_ms } = session;
    let without_rounds = |row: &VariantReport| VariantReport { rounds: Vec::new(), ..row.clone() };
    SessionReport {
        id: session_id(*number),
        user_agent: report.environment.user_agent.clone(),
        node: node.clone(),
        cores: report.environment.cores,
        clock_step_ms: report.environment.timer_step_ms,
        offset_ms: *offset_ms,
        offset_error_ms: *offset_error_ms,
        skew_ms: *skew_ms,
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
    let mut browsers: Vec<&str> = Vec::new();
    for environment in all() {
        if !browsers.contains(&environment.user_agent.as_str()) {
            browsers.push(&environment.user_agent);
        }
    }
    let mut environment = Environment {
        user_agent: browsers.join(" | "),
        cores: first.cores.filter(|cores| all().all(|one| one.cores == Some(*cores))),
        cross_origin_isolated: all().all(|one| one.cross_origin_isolated),
        timer_step_ms: all().map(|one| one.timer_step_ms).fold(0.0, f64::max),
        protocols: Map::default(),
        site: all().filter_map(|one| one.site).reduce(|one, other| Site {
            cookies: one.cookies.max(other.cookies),
            service_worker: one.service_worker || other.service_worker,
        }),
        ..first
    };
    for (protocol, count) in sessions.iter().flat_map(|one| &one.variants).flat_map(|row| &row.protocols) {
        *environment.protocols.entry(protocol.clone()).or_default() += count;
    }
    environment
}

#[cfg(test)]
mod tests;
