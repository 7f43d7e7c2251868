//! What a check requests.

use crate::{
    request::target::{Method, Target},
    scenario::factors::Credentials,
};

/// The target as it is checked: a check must not change anything on a server, so that other methods than HEAD are asked
/// as GET, without a body.
pub fn harmless(target: &Target) -> Target {
    let method = if target.method == Method::Head { Method::Head } else { Method::Get };
    Target { method, body: None, ..target.clone() }
}

/// The checked target without what needs more permission than reading: no headers, no credentials. `None` where nothing
/// of it does.
pub fn plain(target: &Target) -> Option<Target> {
    let harmless = harmless(target);
    let asks_more = harmless.credentials == Credentials::Include || harmless.needs_preflight();
    asks_more.then(|| Target { headers: Vec::new(), credentials: Credentials::SameOrigin, ..harmless })
}
