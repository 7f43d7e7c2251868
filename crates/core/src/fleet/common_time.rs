//! The time in which all sessions measured, on the clock of the machine that conducted.

use super::session::Session;
use crate::report::{CommonTime, Ending, Finding, FindingCode, Report, VariantReport};
use std::time::UNIX_EPOCH;

/// A round whose times count: when it began and ended, and how many of its requests succeeded.
type Span = (f64, f64, u64);

/// From when the last session began its first round until the first session ended its last; sessions that were lost, or ended because nothing
/// succeeded, have no say in it, and count with the rounds that lie in it. `None` where a clock was not compared with that of the conductor, or there is no such time.
pub(super) fn of(sessions: &[Session]) -> Option<CommonTime> {
    let spans: Vec<Vec<Span>> = sessions.iter().map(spans).collect::<Option<_>>()?;
    let (mut from, mut to) = (f64::NEG_INFINITY, f64::INFINITY);
    let ended_early = |report: &Report| {
        let gave_up = |finding: &Finding| finding.code == FindingCode::NothingSucceeded;
        report.ending == Ending::Failed || report.validity.iter().any(gave_up)
    };
    let whole = sessions.iter().zip(&spans).filter(|(session, _)| !ended_early(&session.report));
    for (_, rounds) in whole {
        from = rounds.iter().map(|(start, ..)| *start).fold(f64::INFINITY, f64::min).max(from);
        to = rounds.iter().map(|(_, end, _)| *end).fold(f64::NEG_INFINITY, f64::max).min(to);
    }
    let ms = to - from;
    if !ms.is_finite() || ms <= 0.0 {
        return None;
    }
    let within = spans.iter().flatten().filter(|(start, end, _)| from <= *start && *end <= to);
    let requests = within.map(|(.., ok)| ok).sum();
    Some(CommonTime { ms, requests, requests_per_second: requests as f64 / (ms / 1_000.0) })
}

/// The rounds of a session, in ms of the conductor's clock.
fn spans(session: &Session) -> Option<Vec<Span>> {
    let started_at = humantime::parse_rfc3339(&session.report.started_at).ok()?;
    let started_at = started_at.duration_since(UNIX_EPOCH).ok()?.as_secs_f64() * 1_000.0;
    let run_start = started_at - session.offset_ms?;
    let rounds = session.report.variants.iter().flat_map(VariantReport::timed);
    let span = |start: f64, wall: f64, ok| (run_start + start, run_start + start + wall, ok);
    rounds.map(|round| Some(span(round.start_ms?, round.wall_ms, round.ok))).collect()
}
