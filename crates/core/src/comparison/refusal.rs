//! When comparing would mislead: the treatment did not happen, or the two did different work.

use super::{Pair, Reason};
use crate::{
    factors::{Connection, Pacing},
    report::VariantReport,
    sample::ErrorClass,
};
use std::collections::BTreeMap;

/// The share of requests that may have gone differently: a ratio of times is not off by much more than that.
const TOLERATED_SHARE: f64 = 0.01;

impl Pair<'_> {
    /// Why the two cannot be compared; `None` if they can.
    pub(super) fn refusal(&self) -> Option<Reason> {
        let both = [self.baseline, self.candidate];
        if both.iter().any(|variant| variant.pacing == Pacing::Rate) {
            return Some(Reason::PacedAtRate);
        }
        if both.iter().any(|variant| variant.has_rounds() && variant.requests.ok == 0) {
            return Some(Reason::NoSuccess);
        }
        if both.iter().any(|variant| variant.connections.cached > 0) {
            return Some(Reason::CachedAnswers);
        }
        if both.iter().any(|variant| variant.maybe_cached > 0) {
            return Some(Reason::CacheNotRuledOut);
        }
        let reused_though_cold = |variant: &&VariantReport| {
            variant.connection == Connection::Cold && variant.connections.reused > 0
        };
        if both.iter().any(reused_though_cold) {
            return Some(Reason::ColdReused);
        }
        if share_off_the_main_protocol(both) > TOLERATED_SHARE {
            return Some(Reason::ProtocolChanged);
        }
        if share_that_failed_differently(both) > TOLERATED_SHARE {
            return Some(Reason::FailuresDiffer);
        }
        (self.walls.len() * 2 < self.blocks_of_both).then_some(Reason::TooManyVoided)
    }
}

/// The share of requests whose outcome would have to change for both to have failed alike: half the sum of the
/// differences of shares over all outcomes (the distance of total variation), success among them. A difference
/// that chance explains refuses too: whatever made them fail, the rounds did different work.
fn share_that_failed_differently([one, other]: [&VariantReport; 2]) -> f64 {
    let share = |variant: &VariantReport, count: u64| {
        let ended = variant.requests.ok + variant.requests.failed;
        if ended == 0 { 0.0 } else { count as f64 / ended as f64 }
    };
    let of_class =
        |variant: &VariantReport, class| share(variant, variant.errors.get(class).copied().unwrap_or(0));
    let of_ok = (share(one, one.requests.ok) - share(other, other.requests.ok)).abs();
    let of_failures: f64 =
        ErrorClass::ALL.iter().map(|class| (of_class(one, class) - of_class(other, class)).abs()).sum();
    (of_ok + of_failures) / 2.0
}

/// The share of both variants' requests that did not use the protocol most of them used. Where the browser hides
/// the protocol nothing is known, and nothing is held against anyone.
fn share_off_the_main_protocol(both: [&VariantReport; 2]) -> f64 {
    let mut requests: BTreeMap<&str, u64> = BTreeMap::new();
    for (protocol, count) in both.iter().flat_map(|variant| &variant.protocols) {
        if !protocol.is_empty() {
            *requests.entry(protocol).or_default() += count;
        }
    }
    let all: u64 = requests.values().sum();
    let main = requests.values().copied().max().unwrap_or(0);
    if all == 0 { 0.0 } else { (all - main) as f64 / all as f64 }
}
