//! Whether connections were lost while requests were on them.
//!
//! A browser sends such a request again on another connection, without a word. Chromium shows that one's connect time. Firefox keeps the
//! times of the first try, so that the request looks like one that found a connection open (`nsHttpTransaction::Restart`): where it lost
//! connections, what looks reused is unknown.

use crate::{
    label::{ConnectionLabel, Evidence},
    pool::Labelled,
    sample::{ErrorClass, Outcome, Sample},
    target::origin,
};
use std::collections::HashMap;

/// The most connections to a host that a browser holds on HTTP/1.1.
const MOST_HELD: usize = 6;

/// Whether connections were lost in a round: it opened more than a browser holds though it used some again, so that some closed
/// meanwhile; or some requests got no answer and others did.
pub(crate) fn were_lost(samples: &[Sample], requests: &[Labelled<'_>]) -> bool {
    let mut opened: HashMap<&str, usize> = HashMap::new();
    for entry in requests
        .iter()
        .filter(|request| request.label == ConnectionLabel::New)
        .filter_map(|request| request.entry)
    {
        *opened.entry(origin(&entry.name)).or_default() += 1;
    }
    let has_reused = requests.iter().any(is_reused_by_times);
    let has_failed = samples
        .iter()
        .any(|sample| matches!(sample.outcome, Outcome::Failed { class: ErrorClass::Network, .. }));
    has_reused && (has_failed || opened.values().any(|count| *count > MOST_HELD))
}

/// Takes back what rests on missing connect times alone.
pub(crate) fn take_back(requests: &mut [Labelled<'_>]) {
    for request in requests.iter_mut().filter(|request| is_reused_by_times(request)) {
        (request.label, request.evidence) = (ConnectionLabel::Unknown, Evidence::Nothing);
    }
}

/// Whether a browser of this name shows a request that it sent again as one that found a connection open.
pub(crate) fn are_hidden_by(user_agent: &str) -> bool {
    user_agent.contains("Firefox/")
}

fn is_reused_by_times(request: &Labelled<'_>) -> bool {
    (request.label, request.evidence) == (ConnectionLabel::Reused, Evidence::ResourceTiming)
}
