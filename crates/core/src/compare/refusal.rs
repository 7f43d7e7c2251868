//! When comparing would mislead: the treatment did not happen, or the two did different work.

use super::{
    criteria::Criteria,
    pair::{Differ, Pair},
    verdict::{Reason, is_beyond_tolerance},
};
use crate::{
    report::VariantReport,
    samples::ErrorClass,
    scenario::{
        client::{exchanges_messages, tells_broken_bodies},
        factors::{Connection, Pacing},
    },
    stats::summary::median,
};

/// A round's time is known to a step of the clock at either end: of fewer steps than this, a ratio would mostly say
/// which steps they happened to be.
const FEWEST_STEPS: f64 = 5.0;

impl Pair<'_> {
    /// Why the two cannot be compared; `None` if they can.
    pub(super) fn refusal(&self, criteria: Criteria) -> Option<Reason> {
        let both = [self.baseline, self.candidate];
        let either = |is: fn(&VariantReport) -> bool| both.into_iter().any(is);
        // A message is none of HTTP's requests, and what comes back is what was sent.
        let has_messages = either(|row| exchanges_messages(&row.client));
        let are_alike = exchanges_messages(&both[0].client) == exchanges_messages(&both[1].client);
        let shortest_ms = FEWEST_STEPS * criteria.timer_step_ms;
        let is_short = |row: &VariantReport| {
            // Rounds that do not count are quick for reasons of their own.
            let walls: Vec<f64> = row.timed().map(|round| round.wall_ms).collect();
            median(&walls).is_some_and(|wall_ms| wall_ms < shortest_ms)
        };
        let refusals = [
            (Reason::PacedAtRate, either(|row| row.pacing == Pacing::Rate)),
            (Reason::RoundsDiffer, are_unequal(both.map(round_size))),
            (Reason::NoSuccess, either(|row| row.has_rounds() && row.requests.ok == 0)),
            (Reason::CachedAnswers, either(|row| row.connections.cached > 0)),
            (Reason::CacheNotRuledOut, either(|row| row.maybe_cached > 0)),
            (Reason::ColdReused, either(|row| is_cold(row) && row.connections.reused > 0)),
            // Before what is not shown: of a request without an answer, no browser shows its connection.
            (Reason::FailuresDiffer, is_beyond_tolerance(share_that_failed_differently(both))),
            (Reason::AnswersDiffer, are_alike && self.did_different_work()),
            (Reason::ColdNotShown, either(|row| is_cold(row) && hides_connections(row))),
            (Reason::ProtocolChanged, self.changed_protocol(has_messages)),
            (Reason::ClockTooCoarse, both.into_iter().any(is_short)),
            (Reason::TooManyVoided, self.kept.0 * 2 < self.kept.1),
        ];
        refusals.into_iter().find(|(_, is_so)| *is_so).map(|(reason, _)| reason)
    }

    /// Whether too many requests used another protocol than most. Two targets may each have their own, as messages do.
    fn changed_protocol(&self, has_messages: bool) -> bool {
        let both = [self.baseline, self.candidate];
        let changed = |rows: &[&VariantReport]| is_beyond_tolerance(share_off_the_main_protocol(rows));
        match self.differ {
            Differ::Treatment | Differ::Report if !has_messages => changed(&both),
            _ => both.iter().any(|row| changed(&[row])),
        }
    }
}

/// Requests of a round. Every complete round of a run holds as many; those of two runs may not.
fn round_size(row: &VariantReport) -> Option<u64> {
    row.rounds.first().map(|round| round.ok + round.failed)
}

fn are_unequal([baseline, candidate]: [Option<u64>; 2]) -> bool {
    baseline.zip(candidate).is_some_and(|(baseline, candidate)| baseline != candidate)
}

fn is_cold(row: &VariantReport) -> bool {
    row.connection == Connection::Cold
}

/// Whether it is unknown of too many answers whether their connections were new.
fn hides_connections(row: &VariantReport) -> bool {
    let labels = &row.connections;
    let answered = labels.unknown.saturating_sub(unanswered(row));
    let all = labels.new + labels.reused + labels.cached + answered;
    all > 0 && is_beyond_tolerance(answered as f64 / all as f64)
}

/// How many requests failed without an answer.
fn unanswered(variant: &VariantReport) -> u64 {
    let answered: u64 = variant.statuses.values().sum();
    variant.requests.failed.min((variant.requests.ok + variant.requests.failed).saturating_sub(answered))
}

/// The share of requests whose outcome would have to change for both to have failed alike: half the sum of the
/// differences of shares over all outcomes (the distance of total variation), success among them. A difference
/// that chance explains refuses too: whatever made them fail, the rounds did different work.
fn share_that_failed_differently([one, other]: [&VariantReport; 2]) -> f64 {
    let ended = |variant: &VariantReport| variant.requests.ok + variant.requests.failed;
    // What a run never came to did not fail differently.
    if ended(one) == 0 || ended(other) == 0 {
        return 0.0;
    }
    let share = |variant: &VariantReport, count: u64| count as f64 / ended(variant) as f64;
    let of_class = |variant: &VariantReport, class: &ErrorClass| {
        share(variant, variant.errors.get(class).copied().unwrap_or(0))
    };
    let of_ok = (share(one, one.requests.ok) - share(other, other.requests.ok)).abs();
    // A client that cannot tell an answer that broke off from none has both under one name.
    let are_told_apart = [one, other].iter().all(|row| tells_broken_bodies(&row.client));
    let difference = |class: &ErrorClass| of_class(one, class) - of_class(other, class);
    let (as_one, apart): (Vec<_>, Vec<_>) =
        ErrorClass::ALL.iter().partition(|class| !are_told_apart && ALIKE_FOR_XHR.contains(class));
    let of_failures: f64 = apart.into_iter().map(|class| difference(class).abs()).sum();
    (of_ok + of_failures + as_one.into_iter().map(difference).sum::<f64>().abs()) / 2.0
}

/// What XMLHttpRequest gives one error for.
const ALIKE_FOR_XHR: [ErrorClass; 2] = [ErrorClass::Network, ErrorClass::BodyCutShort];

/// The share of the rows' requests that did not use the protocol most of them used. Where the browser hides
/// the protocol nothing is known, and nothing counts against anyone.
fn share_off_the_main_protocol(rows: &[&VariantReport]) -> f64 {
    let known = || rows.iter().flat_map(|variant| &variant.protocols).filter(|(name, _)| !name.is_empty());
    let of = |name: &str| rows.iter().filter_map(|variant| variant.protocols.get(name)).sum::<u64>();
    let all: u64 = known().map(|(_, count)| count).sum();
    let main = known().map(|(name, _)| of(name)).max().unwrap_or(0);
    if all == 0 { 0.0 } else { (all - main) as f64 / all as f64 }
}
