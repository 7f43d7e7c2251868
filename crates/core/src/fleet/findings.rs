//! What weakens a merged report.

use crate::{
    compare::sessions::outlying,
    report::{Ending, Finding, FindingCode, Report, RoundReport, Severity, VariantReport},
    stats::numbers::fixed,
};

/// Fewer sessions say little of others.
const FEW: usize = 3;

/// The sessions' own findings, each once with its count, and what shows only beside each other.
pub(super) fn of(sessions: &[Report], merged: &Report) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for finding in sessions.iter().flat_map(|session| &session.validity) {
        // That one session was stopped, or lost, is said of it by name.
        if matches!(finding.code, FindingCode::EngineCrashed) {
            continue;
        }
        match found.iter_mut().find(|known| known.code == finding.code && known.variant == finding.variant) {
            Some(known) => known.count += finding.count,
            None => found.push(finding.clone()),
        }
    }
    for (session, report) in merged.sessions.iter().zip(sessions) {
        if report.ending == Ending::Failed {
            found.push(Finding::of_run(FindingCode::SessionLost, Severity::Weakens, Some(session.name())));
        }
    }
    found.extend(differing(merged));
    if sessions.len() < FEW {
        let count = sessions.len() as u64;
        found.push(Finding { count, ..Finding::of_run(FindingCode::FewSessions, Severity::Note, None) });
    }
    found
}

/// Sessions in which a comparison came out otherwise than in the others.
fn differing(merged: &Report) -> Vec<Finding> {
    let rows = merged.comparisons.iter().filter_map(|one| {
        let pair = merged.row(&one.baseline)?.clone();
        Some((pair, merged.row(&one.candidate)?))
    });
    let pairs: Vec<(VariantReport, &VariantReport)> = rows.collect();
    let lists: Vec<Vec<(u32, f64)>> =
        pairs.iter().map(|(baseline, candidate)| log_ratios(baseline, candidate)).collect();
    let finding = |(list, session, times): (usize, u32, f64)| {
        let name = merged.sessions.get(session as usize)?.name();
        let detail = format!("{name}: {}× as much as in the others", fixed(times, 2));
        let variant = Some(pairs[list].1.id.clone());
        Some(Finding {
            variant,
            ..Finding::of_run(FindingCode::SessionsDiffer, Severity::Weakens, Some(detail))
        })
    };
    outlying(&lists).into_iter().filter_map(finding).collect()
}

fn log_ratios(baseline: &VariantReport, candidate: &VariantReport) -> Vec<(u32, f64)> {
    let pair = |now: &RoundReport| {
        let before = baseline.timed().find(|round| round.place() == now.place())?;
        Some((now.session, (now.wall_ms / before.wall_ms).ln()))
    };
    candidate.timed().filter_map(pair).filter(|(_, ratio)| ratio.is_finite()).collect()
}
