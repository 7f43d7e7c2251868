//! From which origin a run measures: the page's, or the target's own, whose server then has to allow nothing.

use anyhow::anyhow;
use clap::ValueEnum;
use fetchmark_core::report::Origin;
use fetchmark_core::request::target::{Target, cut_at_authority, is_numbered, numbered};
use fetchmark_core::scenario::Scenario;
use fetchmark_core::stats::numbers::many;
use serde::{Deserialize, Serialize};
use url::Url;

use super::driver::session::{Probe, Session};
use super::progress::ProgressDisplay;
use super::proxy::is_loopback;
use super::settings::plan::Plan;
use crate::page;

/// Where the page takes its place on the target's origin. The browser asks no server for it.
const PLACE: &str = "/.well-known/fetchmark";

/// From which origin to measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OriginChoice {
    /// The target's where its server does not let another origin read its answers and see their times, else the page's
    #[default]
    Auto,
    /// The page's: the server must send CORS headers and Timing-Allow-Origin
    Page,
    /// The target's own: the server need not allow anything
    Target,
}

/// Opens the page where the run is to measure from.
///
/// # Errors
/// If the page does not come up there.
pub(super) async fn open(
    plan: &Plan,
    session: &Session,
    page: &Url,
    progress: &ProgressDisplay,
) -> anyhow::Result<Origin> {
    let target = &plan.scenario.target;
    let place = place(target).filter(|place| place.origin() != page.origin());
    if let Some(place) = place.as_ref().filter(|place| !is_loopback(place)) {
        progress.say(&load(&plan.scenario, place));
    }
    let (OriginChoice::Auto | OriginChoice::Target, Some(place)) = (plan.origin, place) else {
        return open_page(session, page).await;
    };
    let html = page::single_file(plan.page.directory());
    if plan.origin == OriginChoice::Target {
        return put_page(session, &place, &html?).await;
    }
    let opened = open_page(session, page).await?;
    let Some(refusal) = session.probe(target).await?.and_then(refusal) else { return Ok(opened) };
    progress.say(&format!(
        "{} {refusal}, so this run measures from its own origin (--origin page: from the page's).",
        place.origin().ascii_serialization()
    ));
    let put = match html {
        Ok(html) => put_page(session, &place, &html).await,
        Err(error) => Err(error),
    };
    match put {
        Ok(origin) => Ok(origin),
        Err(error) => {
            progress.warn(&format!("{error} This run measures from the page's origin."));
            open_page(session, page).await
        }
    }
}

/// Whose server gets how many requests.
fn load(scenario: &Scenario, place: &Url) -> String {
    let requests = match scenario.auto {
        Some(_) => "as many requests as it needs".to_owned(),
        None => many(&scenario.total_requests().to_string(), "request"),
    };
    let host = place.host_str().unwrap_or_default();
    format!("This run sends {requests} to {host}. Make sure that its owner agrees.")
}

async fn open_page(session: &Session, page: &Url) -> anyhow::Result<Origin> {
    session.load(page.as_str()).await?;
    Ok(Origin::Page)
}

async fn put_page(session: &Session, place: &Url, html: &str) -> anyhow::Result<Origin> {
    let origin = place.origin().ascii_serialization();
    let put = session.load_in_place(place.as_str(), html).await;
    put.map_err(|error| anyhow!("The page could not be put onto {origin}: {error}"))?;
    Ok(Origin::Target)
}

/// The address on the target's origin, if it has one: a relative address is the page's own, and a numbered host is many.
pub(super) fn place(target: &Target) -> Option<Url> {
    let url = Url::parse(&numbered(&target.url, 0)).ok()?;
    url.join(PLACE).ok().filter(|place| place.has_host() && !has_many(target))
}

/// Whether each request has a host, and so an origin, of its own.
pub(super) fn has_many(target: &Target) -> bool {
    is_numbered(cut_at_authority(&target.url).1)
}

/// What its server keeps from another origin.
fn refusal(probe: Probe) -> Option<&'static str> {
    match probe {
        Probe { reads: false, .. } => Some("does not let another origin read its answers"),
        Probe { times: false, .. } => Some("does not let another origin see its times"),
        Probe { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_takes_its_place_on_the_target_s_origin() {
        let of = |url: &str| {
            place(&Target { url: url.to_owned(), ..Target::default() }).map(|place| place.to_string())
        };
        assert_eq!(
            of("https://a.example:8443/api/{n}?q=1#x").as_deref(),
            Some("https://a.example:8443/.well-known/fetchmark")
        );
        assert_eq!(of("/lab/ping"), None, "it is the page's own");
        assert_eq!(of("http://{n}.a.example/"), None, "there are many");
    }
}
