//! A round's requests, each with its entry and its label.
//!
//! Labels are made twice: with the server's connection ids, and by the browser's own times alone. Ids that something contradicts
//! ([`ConnectionIds`]) then count in no round, the earlier ones included.

use super::round::Round;
use crate::{
    report::FindingCode,
    request::target::{cut_at_authority, numbered},
    samples::{
        ConnectionLabel, Evidence, LabelledRequest, Sample, SampleInfo, ServerConnection, ServerIds,
        connection_ids::{Clock, ConnectionIds},
        join::join,
        label::{label, label_by_server},
        lost_connections::{are_hidden_by, were_lost},
        pool::Pool,
    },
    scenario::{
        factors::{Connection, Lifecycle},
        variant::Variant,
    },
};

/// What was learnt of connections in the rounds so far.
#[derive(Debug, Default)]
pub(super) struct Labelling {
    ids: ConnectionIds,
    /// The browser's pool by labels that rest on ids.
    pool: Pool,
    /// The browser's pool by its times alone; the same until the first id.
    pool_by_times: Option<Pool>,
    /// Whether the browser hides that it sent a request again.
    hides_resends: bool,
    /// Whether connections were lost in this round or an earlier one.
    has_lost: bool,
}

/// The labels of one round's requests, in the order of its samples.
pub(super) struct RoundLabels<'r> {
    /// With the server's ids.
    pub(super) by_ids: Vec<LabelledRequest<'r>>,
    /// Without, where that makes a difference.
    pub(super) by_times: Option<Vec<LabelledRequest<'r>>>,
    /// Whether connections were lost while they were in use.
    pub(super) lost_connections: bool,
}

impl<'r> RoundLabels<'r> {
    /// Those by ids, or those without.
    pub(super) fn with(&self, ids: ServerIds) -> &[LabelledRequest<'r>] {
        self.by_times.as_ref().filter(|_| ids == ServerIds::Ignored).unwrap_or(&self.by_ids)
    }
}

impl Labelling {
    /// What the browser's own name for itself tells of its ways.
    pub(super) fn set_browser(&mut self, user_agent: &str) {
        self.hides_resends = are_hidden_by(user_agent);
    }

    pub(super) fn ids_in_force(&self) -> ServerIds {
        self.ids.in_force()
    }

    /// The first id that something contradicted.
    pub(super) fn contradiction(&self) -> Option<ServerConnection> {
        self.ids.contradiction()
    }

    pub(super) fn label<'r>(
        &mut self,
        round: &'r Round,
        variant: Option<&Variant>,
        url: &str,
        timer_step_ms: f64,
    ) -> RoundLabels<'r> {
        // Over HTTP/2 a browser may open a WebSocket as a stream of a connection that is open (RFC 8441).
        let may_share = |variant: &Variant| variant.client.name() == "websocket" && url.starts_with("https:");
        let lifecycle = variant.filter(|variant| !may_share(variant)).map(|variant| variant.lifecycle);
        if let Some(info) = &round.info {
            return self.label_native(round, info, lifecycle, url);
        }
        // Where one answer serves several requests, its id is all of theirs.
        if round.voided != Some(FindingCode::SharedAnswers) {
            let unanswered = round.samples.iter().filter(|sample| sample.status.is_none()).count() as u64;
            let unseen = u64::from(round.draining_requests) + unanswered;
            let clock = Clock { step_ms: timer_step_ms, hides_resends: self.hides_resends };
            self.ids.see_entries(&round.entries, unseen, clock);
        }
        let joined = join(&round.samples, &round.entries, timer_step_ms);
        let labelled = |ids| -> Vec<LabelledRequest<'r>> {
            let requests = joined.iter().map(|joined| {
                let entry = joined.map(|joined| &round.entries[joined.entry]);
                let (label, evidence) = label(entry, ids);
                let tied = joined.is_some_and(|joined| joined.tied);
                LabelledRequest { entry, label, evidence, tied, info: None, ids }
            });
            requests.collect()
        };
        let has_ids = round.entries.iter().any(|entry| entry.server_connection.is_some());
        if has_ids && self.pool_by_times.is_none() {
            self.pool_by_times = Some(self.pool.clone());
        }
        let mut by_times = self.pool_by_times.as_mut().map(|pool| {
            let mut requests = labelled(ServerIds::Ignored);
            pool.withdraw_unproven(&mut requests, &round.entries, ServerIds::Ignored, timer_step_ms);
            requests
        });
        let mut by_ids = labelled(ServerIds::Used);
        let closed = self.pool.withdraw_unproven(&mut by_ids, &round.entries, ServerIds::Used, timer_step_ms);
        // Cold connections close by design.
        let is_cold = variant.is_some_and(|variant| variant.connection == Connection::Cold);
        let lost_connections =
            !is_cold && were_lost(&round.samples, by_times.as_ref().unwrap_or(&by_ids), closed);
        self.has_lost |= lost_connections;
        if self.has_lost && self.hides_resends {
            by_ids.iter_mut().chain(by_times.iter_mut().flatten()).for_each(LabelledRequest::take_back);
        }
        RoundLabels { by_ids, by_times, lost_connections }
    }

    /// What is sent outside the browser is not in the browser's pool.
    fn label_native<'r>(
        &mut self,
        round: &'r Round,
        info: &'r [SampleInfo],
        lifecycle: Option<Lifecycle>,
        url: &str,
    ) -> RoundLabels<'r> {
        // An earlier hop of a redirect may have used the connection.
        let direct = || info.iter().filter(|info| !info.redirected).filter_map(|info| info.connection);
        if lifecycle == Some(Lifecycle::Fresh)
            && let Some(used_before) = direct().find(|connection| connection.nth > 1)
        {
            self.ids.contradict(used_before);
        }
        // Each server counts its sockets for itself. Of a redirected request nobody says which one answered.
        let urls: Vec<String> =
            round.samples.iter().map(|sample| numbered(url, u64::from(sample.index))).collect();
        let direct = urls.iter().zip(info).filter(|(_, info)| !info.redirected);
        self.ids
            .see_native(direct.filter_map(|(url, info)| Some((cut_at_authority(url).1, info.connection?))));
        let labelled = |ids| {
            let both = round.samples.iter().zip(info);
            both.map(|(sample, info)| labelled_native(lifecycle, sample, info, ids)).collect()
        };
        RoundLabels {
            by_ids: labelled(ServerIds::Used),
            by_times: Some(labelled(ServerIds::Ignored)),
            lost_connections: false,
        }
    }
}

/// A request that no browser sent: what its client cannot help, or else the server's word; or nothing.
fn labelled_native<'t>(
    lifecycle: Option<Lifecycle>,
    sample: &Sample,
    info: &'t SampleInfo,
    ids: ServerIds,
) -> LabelledRequest<'t> {
    let nothing = (ConnectionLabel::Unknown, Evidence::Nothing);
    let (label, evidence) = match info.connection.filter(|_| ids == ServerIds::Used) {
        // Python's clients are pools of their own: one that is made for a request has no connection yet, so that what was
        // answered opened one. The server's word is that on the last hop: after a redirect it may be the connection of the first.
        Some(connection) if !info.redirected => label_by_server(connection),
        _ if lifecycle == Some(Lifecycle::Fresh) && sample.status.is_some() => {
            (ConnectionLabel::New, Evidence::Client)
        }
        // As of a browser's redirected request: an earlier hop may have opened what the last one used again.
        Some(connection) if info.redirected && connection.nth > 1 => nothing,
        Some(connection) => label_by_server(connection),
        None => nothing,
    };
    LabelledRequest { entry: None, label, evidence, tied: false, info: Some(info), ids }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::sample;

    /// On a redirect a client that is made for a request may use the connection that it opened for it.
    #[test]
    fn a_fresh_python_client_opened_a_connection_if_answered() {
        let label = |lifecycle, status, info: SampleInfo| {
            let sample = Sample { status, ..sample(0, 0.0, 1.0) };
            [ServerIds::Used, ServerIds::Ignored].map(|ids| {
                let labelled = labelled_native(Some(lifecycle), &sample, &info, ids);
                (labelled.label, labelled.evidence)
            })
        };
        let info = |nth: Option<u64>, redirected| SampleInfo {
            connection: nth.map(|nth| ServerConnection { socket: 3, nth }),
            redirected,
            ..SampleInfo::default()
        };
        use ConnectionLabel::{New, Reused, Unknown};
        use Evidence::{Client, Nothing, Server};
        use Lifecycle::{Fresh, Reused as Kept};
        let ok = Some(200);
        for (case, expected) in [
            ((Fresh, ok, info(Some(1), false)), [(New, Server), (New, Client)]),
            // That cannot be: the id is another's.
            ((Fresh, ok, info(Some(2), false)), [(Reused, Server), (New, Client)]),
            ((Fresh, ok, info(Some(2), true)), [(New, Client); 2]),
            ((Fresh, ok, info(None, true)), [(New, Client); 2]),
            ((Fresh, ok, info(None, false)), [(New, Client); 2]),
            ((Fresh, None, info(None, false)), [(Unknown, Nothing); 2]),
            ((Kept, ok, info(Some(2), false)), [(Reused, Server), (Unknown, Nothing)]),
            // An earlier hop may have opened what the last one used again.
            ((Kept, ok, info(Some(2), true)), [(Unknown, Nothing); 2]),
            ((Kept, ok, info(Some(1), true)), [(New, Server), (Unknown, Nothing)]),
            ((Kept, ok, info(None, false)), [(Unknown, Nothing); 2]),
        ] {
            let (lifecycle, status, info) = case.clone();
            assert_eq!(label(lifecycle, status, info), expected, "{case:?}");
        }
    }
}
