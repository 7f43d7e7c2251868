//! What one variant's connection labels come to, with the server's connection ids and without.

use super::{labelling::RoundLabels, round::Round};
use crate::{
    map::Map,
    report::Connections,
    samples::{ConnectionLabel, Evidence, ExampleRound, LabelledRequest, Outcome, ServerIds},
};

#[derive(Debug, Default)]
pub(super) struct LabelTally {
    pub(super) warmup: Connections,
    pub(super) connections: Connections,
    pub(super) evidence: Map<Evidence, u64>,
    pub(super) example_round: Option<ExampleRound>,
}

/// Both, until it is known whether the ids can be believed.
#[derive(Debug, Default)]
pub(super) struct LabelTallies {
    by_ids: LabelTally,
    by_times: LabelTally,
}

impl LabelTallies {
    pub(super) fn with(&self, ids: ServerIds) -> &LabelTally {
        match ids {
            ServerIds::Used => &self.by_ids,
            ServerIds::Ignored => &self.by_times,
        }
    }

    /// Adds a round whose connections were looked at. `is_timed` says whether its times count.
    pub(super) fn add(&mut self, round: &Round, labels: &RoundLabels<'_>, is_timed: bool) {
        self.by_ids.add(round, labels.with(ServerIds::Used), is_timed);
        self.by_times.add(round, labels.with(ServerIds::Ignored), is_timed);
    }
}

impl LabelTally {
    fn add(&mut self, round: &Round, requests: &[LabelledRequest<'_>], is_timed: bool) {
        let both = round.samples.iter().zip(requests);
        let ended = both.filter(|(sample, _)| sample.outcome != Outcome::Aborted);
        let Some(block) = round.block else {
            ended.for_each(|(_, labelled)| count(&mut self.warmup, labelled.label));
            return;
        };
        for (_, labelled) in ended {
            count(&mut self.connections, labelled.label);
            *self.evidence.entry(labelled.evidence).or_default() += 1;
        }
        if is_timed {
            self.example_round = Some(ExampleRound::new(block, &round.samples, requests));
        }
    }
}

fn count(connections: &mut Connections, label: ConnectionLabel) {
    match label {
        ConnectionLabel::New => connections.new += 1,
        ConnectionLabel::Reused => connections.reused += 1,
        ConnectionLabel::Cached => connections.cached += 1,
        ConnectionLabel::Unknown => connections.unknown += 1,
    }
}
