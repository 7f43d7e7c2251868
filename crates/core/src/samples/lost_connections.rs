//! Whether connections were lost while requests were on them.
//!
//! A browser sends such a request again on another connection, without a word. Chromium shows that one's connect time. Firefox keeps the
//! times of the first try, so that the request looks like one that found a connection open (`nsHttpTransaction::Restart`): where it lost
//! connections, what looks reused is unknown.

use crate::samples::{ErrorClass, LabelledRequest, Outcome, Sample};

/// Whether connections were lost in a round that also used some again: so many were `closed`, as [`crate::samples::pool::Pool::withdraw_unproven`] has it, or
/// some requests got no answer. A request that is cut short takes its connection along, which is no loss.
pub(crate) fn were_lost(samples: &[Sample], requests: &[LabelledRequest<'_>], closed: usize) -> bool {
    let mut cut_short = 0;
    let mut has_failed = false;
    for sample in samples {
        match &sample.outcome {
            Outcome::Failed { class: ErrorClass::Network, .. } => has_failed = true,
            Outcome::Failed { class: ErrorClass::Timeout | ErrorClass::Login, .. } | Outcome::Aborted => {
                cut_short += 1;
            }
            _ => {}
        }
    }
    requests.iter().any(LabelledRequest::is_reused_by_times) && (has_failed || closed > cut_short)
}

/// Whether a browser of this name shows a request that it sent again as one that found a connection open.
pub(crate) fn are_hidden_by(user_agent: &str) -> bool {
    user_agent.contains("Firefox/")
}
