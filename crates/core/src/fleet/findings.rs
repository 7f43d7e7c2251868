//! What weakens a merged report.

use crate::{
    compare::{sessions::outlying, target_findings},
    report::{Ending, Finding, FindingCode, Report, RoundReport, SessionReport, Severity, VariantReport},
    run::recorder::protocol_changed,
    stats::{
        numbers::{fixed, many},
        summary::median,
    },
};
use std::collections::BTreeMap;

/// Fewer sessions say little of others.
const FEW: usize = 3;

/// A block that takes more than this many times the sessions' median straggles.
const STRAGGLING: f64 = 3.0;

/// A browser measures on a core of its own, and needs another for its network process.
const CORES_OF_A_SESSION: u32 = 2;

/// The sessions' own findings, each once with its count, and what shows only beside each other.
pub(super) fn of(sessions: &[Report], merged: &Report) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let of_sessions = merged.sessions.iter().zip(sessions).flat_map(|(session, report)| {
        let name = |finding: &Finding| Finding {
            detail: finding.detail.as_ref().map(|detail| match finding.code {
                FindingCode::OwnLateness => format!("{}: {detail}", session.name()),
                _ => detail.clone(),
            }),
            ..finding.clone()
        };
        report.validity.iter().map(name)
    });
    for finding in of_sessions {
        if is_found_anew(finding.code) {
            continue;
        }
        match found.iter_mut().find(|known| is_same(known, &finding)) {
            Some(known) => known.count += finding.count,
            None => found.push(finding),
        }
    }
    for (session, report) in merged.sessions.iter().zip(sessions) {
        if report.ending == Ending::Failed {
            let why = report.validity.iter().find(|finding| finding.code == FindingCode::EngineCrashed);
            let why = why.and_then(|finding| finding.detail.as_ref());
            let detail = why.map_or_else(|| session.name(), |why| format!("{}: {why}", session.name()));
            found.push(Finding::of_run(FindingCode::SessionLost, Severity::Weakens, Some(detail)));
        }
    }
    found.extend(merged.variants.iter().filter_map(protocol_changed));
    found.extend(target_findings(&merged.variants, &merged.scenario.targets));
    found.extend(differing(merged));
    found.extend(straggling(merged));
    found.extend(sharing_nodes(&merged.sessions));
    if sessions.len() < FEW {
        let count = sessions.len() as u64;
        found.push(Finding { count, ..Finding::of_run(FindingCode::FewSessions, Severity::Note, None) });
    }
    found
}

/// Whether two sessions found the same. Where a finding names what it is about, that is part of it; elsewhere its detail is one example.
fn is_same(one: &Finding, other: &Finding) -> bool {
    let names = [
        FindingCode::ConnectionIds,
        FindingCode::OwnLateness,
        FindingCode::RedirectsElsewhere,
        FindingCode::SessionLost,
    ];
    one.code == other.code
        && one.variant == other.variant
        && (one.detail == other.detail || !names.contains(&one.code))
}

/// What the merged rows and the sessions beside each other show; that a session was lost is said of it by name.
fn is_found_anew(code: FindingCode) -> bool {
    use FindingCode as Code;
    matches!(
        code,
        Code::EngineCrashed
            | Code::FewSessions
            | Code::ProtocolChanged
            | Code::SessionStraggles
            | Code::SessionsDiffer
            | Code::SessionsShareNode
            | Code::TargetsDiffer
            | Code::TargetsSameServer
    )
}

/// What was found in each session of a merged report, the report of this number: what names no session is kept by the first.
pub(super) fn of_each(number: usize, report: &Report) -> Vec<Vec<Finding>> {
    let mut found = vec![Vec::new(); report.sessions.len()];
    for finding in &report.validity {
        let of_session = |(place, session): (usize, &SessionReport)| {
            let rest = finding.detail.as_ref()?.strip_prefix(&session.name())?;
            Some((place, rest.strip_prefix(": ").map(str::to_owned)))
        };
        let named = report.sessions.iter().enumerate().find_map(of_session);
        let (place, code, detail) = match (finding.code, named) {
            (code, _) if is_found_anew(code) => continue,
            (FindingCode::SessionLost, Some((place, why))) => (place, FindingCode::EngineCrashed, why),
            // It never began.
            (FindingCode::SessionLost, None) => {
                let detail = finding.detail.as_ref().map(|detail| format!("report {number}, {detail}"));
                (0, finding.code, detail)
            }
            (code, Some((place, detail))) => (place, code, detail),
            (code, None) => (0, code, finding.detail.clone()),
        };
        found[place].push(Finding { code, detail, ..finding.clone() });
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
    // Rounds stand in the order of their sessions and blocks.
    let pair = |now: &RoundReport| {
        let at = baseline.rounds.binary_search_by_key(&now.place(), RoundReport::place).ok()?;
        let before = Some(&baseline.rounds[at]).filter(|round| round.is_timed())?;
        Some((now.session, (now.wall_ms / before.wall_ms).ln()))
    };
    candidate.timed().filter_map(pair).filter(|(_, ratio)| ratio.is_finite()).collect()
}

/// Sessions that took far longer for a block than the median session, with how many blocks and how much longer.
fn straggling(merged: &Report) -> Vec<Finding> {
    // By block: the time of each session that measured every row of it.
    let mut blocks: BTreeMap<u32, Vec<(u32, f64)>> = BTreeMap::new();
    for ((session, block), (rows, wall_ms)) in times_of_blocks(merged) {
        if rows == merged.variants.len() {
            blocks.entry(block).or_default().push((session, wall_ms));
        }
    }
    let mut found: BTreeMap<u32, (u64, f64)> = BTreeMap::new();
    for times in blocks.values().filter(|times| times.len() >= FEW) {
        let walls: Vec<f64> = times.iter().map(|(_, wall_ms)| *wall_ms).collect();
        let Some(median) = median(&walls) else { continue };
        for (session, wall_ms) in times.iter().filter(|(_, wall_ms)| *wall_ms > STRAGGLING * median) {
            let (blocks, most) = found.entry(*session).or_default();
            *blocks += 1;
            *most = most.max(wall_ms / median);
        }
    }
    let finding = |(session, (count, most)): (u32, (u64, f64))| {
        let name = merged.sessions.get(session as usize)?.name();
        let detail = Some(format!("{name}: {}×", fixed(most, 1)));
        Some(Finding { count, ..Finding::of_run(FindingCode::SessionStraggles, Severity::Note, detail) })
    };
    found.into_iter().filter_map(finding).collect()
}

/// By session and block: how many rows it has, and how long they took.
fn times_of_blocks(merged: &Report) -> BTreeMap<(u32, u32), (usize, f64)> {
    let mut times: BTreeMap<(u32, u32), (usize, f64)> = BTreeMap::new();
    for round in merged.variants.iter().flat_map(|row| &row.rounds) {
        let (rows, wall_ms) = times.entry(round.place()).or_default();
        *rows += 1;
        *wall_ms += round.wall_ms;
    }
    times
}

/// Nodes that several sessions ran on.
fn sharing_nodes(sessions: &[SessionReport]) -> Vec<Finding> {
    let mut nodes: BTreeMap<&str, Vec<&SessionReport>> = BTreeMap::new();
    for session in sessions {
        if let Some(node) = &session.node {
            nodes.entry(node).or_default().push(session);
        }
    }
    let finding = |(node, sessions): (&str, Vec<&SessionReport>)| {
        let count = sessions.len() as u64;
        let ids: Vec<&str> = sessions.iter().map(|session| session.id.as_str()).collect();
        let mut detail = format!("{node}: {}", ids.join(", "));
        let cores = sessions.iter().filter_map(|session| session.cores).min();
        let few = cores.filter(|cores| u64::from(*cores) < count * u64::from(CORES_OF_A_SESSION));
        if let Some(cores) = few {
            detail += &format!("; {}", many(&cores.to_string(), "core"));
        }
        let severity = if few.is_some() { Severity::Weakens } else { Severity::Note };
        Finding { count, ..Finding::of_run(FindingCode::SessionsShareNode, severity, Some(detail)) }
    };
    nodes.into_iter().filter(|(_, sessions)| sessions.len() > 1).map(finding).collect()
}
