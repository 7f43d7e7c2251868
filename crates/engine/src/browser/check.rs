//! A check of a target: a few harmless requests, one after another, and what the browser tells of them.
//!
//! What follows from it is core's to judge ([`fetchmark_core::target_check`]).

use super::{
    asking::Asking,
    clock::BrowserClock,
    destinations::Destinations,
    diagnosis::{diagnose, known_before},
    global,
};
use crate::run::error::RunError;
use fetchmark_core::{
    request::target::Target,
    scenario::factors::Connection,
    target_check::{
        MOST_REQUESTS, Observations, Reply, TargetCheck, findings, harmless, is_settled, plain,
        server_lines::CheckContext,
    },
};

/// Checks `target`, whose addresses are `destinations`.
pub(crate) async fn check(target: &Target, destinations: Destinations<'_>) -> Result<TargetCheck, RunError> {
    let clock = BrowserClock::new();
    let asked = harmless(target);
    let asking = Asking::new(&clock, destinations);
    let is_over_network = destinations.warm.is_over_a_network();
    let mut observed = Observations {
        is_cross_origin: destinations.is_cross_origin(Connection::Warm),
        is_over_network,
        has_cold: target.cold_url.is_some() || destinations.warm.has_own_connections(),
        failure: known_before(&destinations, Connection::Warm),
        ..Observations::default()
    };
    if observed.failure.is_none() {
        let most = if is_over_network { MOST_REQUESTS } else { 1 };
        observed.target = ask_all(&asking, &asked, Connection::Warm, most).await?;
        match observed.target.first() {
            Some(Reply::Failed) => tell_apart(&asking, target, &mut observed).await?,
            Some(Reply::Answered(_)) if observed.has_cold && is_over_network => {
                observed.cold = ask_all(&asking, &asked, Connection::Cold, MOST_REQUESTS).await?;
            }
            _ => {}
        }
    }
    let origin = global("origin").as_string().unwrap_or_else(|| "null".to_owned());
    let context = CheckContext { origin: &origin, is_cross_origin: observed.is_cross_origin, target };
    Ok(TargetCheck {
        url: destinations.warm.plain().to_owned(),
        method: asked.method,
        cross_origin: observed.is_cross_origin,
        requests: asking.sent(),
        findings: findings(target, &observed)
            .into_iter()
            .map(|finding| finding.with_lines_for(context))
            .collect(),
    })
}

/// Asks up to `most` times, until it is settled or something other than a whole answer comes.
async fn ask_all(
    asking: &Asking<'_>,
    target: &Target,
    connection: Connection,
    most: u32,
) -> Result<Vec<Reply>, RunError> {
    let addresses = asking.destinations().of(connection).addresses(connection, 0, most)?;
    let mut ended = Vec::new();
    for place in 0..most {
        let this = asking.ask(target, addresses.of(place)).await?;
        let is_whole = this.answer().is_some_and(|answer| !answer.is_cut);
        ended.push(this);
        if !is_whole || is_settled(&ended) {
            break;
        }
    }
    Ok(ended)
}

/// Finds out why there is no answer: the target refuses what the request holds, or any page, or is not there.
async fn tell_apart(
    asking: &Asking<'_>,
    target: &Target,
    observed: &mut Observations,
) -> Result<(), RunError> {
    if observed.is_cross_origin
        && let Some(plain) = plain(target)
    {
        let answered = asking.ask(&plain, asking.destinations().warm.plain()).await?;
        observed.plain_answered = Some(answered.answer().is_some());
    }
    if observed.plain_answered != Some(true) {
        let (failure, requests) = diagnose(&harmless(target), asking.destinations(), Connection::Warm).await;
        asking.count(requests);
        observed.failure = Some(failure);
    }
    Ok(())
}
