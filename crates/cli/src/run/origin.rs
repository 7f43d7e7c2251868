//! From which origin a run measures: the page's, or the target's own, whose server then has to allow nothing.

use anyhow::anyhow;
use fetchmark_core::report::failure_cause::{Cause, causes};
use fetchmark_core::report::{Finding, FindingCode, Origin, Report, Severity};
use fetchmark_core::request::secrets;
use fetchmark_core::request::target::Target;
use fetchmark_core::scenario::{Load, Scenario};
use fetchmark_text::EN;
use url::Url;

use super::driver::session::{Probe, Session};
use super::driver::tabs::Tabs;
use super::progress::ProgressDisplay;
use super::proxy::{is_loopback, requested_urls};
use super::settings::origin::{OriginChoice, has_many, place};
use super::settings::plan::Plan;
use crate::page;

/// Where a run measures from.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) tabs: Tabs,
    /// The targets, from 0, that are measured from their own origin, by origin.
    own: Vec<Vec<usize>>,
}

impl Opened {
    /// What the report says of it.
    pub(super) fn origin(&self) -> Origin {
        if self.own.is_empty() { Origin::Page } else { Origin::Target }
    }
}

/// Opens the page where the run is to measure from: in a tab for each origin, if there are several.
pub(super) async fn open(
    plan: &Plan,
    scenario: &Scenario,
    session: &Session,
    page: &Url,
    progress: &ProgressDisplay,
) -> anyhow::Result<Opened> {
    let targets = scenario.all_targets();
    let places: Vec<Option<Url>> =
        targets.iter().map(|target| place(target).filter(|place| place.origin() != page.origin())).collect();
    // An address with a counter in its host has many origins: where one target stays with the page, all do.
    if plan.origin == OriginChoice::Page || places.iter().all(Option::is_none) || targets.iter().any(has_many)
    {
        return open_page(session, page).await;
    }
    let html = page::single_file(plan.page.directory());
    if plan.origin == OriginChoice::Target {
        return put_pages(session, scenario, page, &places, &html?).await;
    }
    let opened = open_page(session, page).await?;
    let mut refused = None;
    for (target, place) in targets.iter().zip(&places) {
        if let Some(place) = place
            && let Some(refusal) = session.probe(target).await?.and_then(refusal)
        {
            refused = Some((place.origin().ascii_serialization(), refusal));
            break;
        }
    }
    let Some((origin, refusal)) = refused else { return Ok(opened) };
    let from = if targets.len() == 1 { "its own origin" } else { "each target's own origin" };
    progress.say(&format!(
        "{origin} {refusal}, so this run measures from {from} (--origin page: from the page's)."
    ));
    let put = match html {
        Ok(html) => put_pages(session, scenario, page, &places, &html).await,
        Err(error) => Err(error),
    };
    match put {
        Ok(opened) => Ok(opened),
        Err(error) => {
            let error = plan.secrets.hide(&error.to_string());
            progress.warn(&format!("{error} This run measures from the page's origin."));
            opened.tabs.close(session).await?;
            open_page(session, page).await
        }
    }
}

/// Adds what is only known after a run from a target's own origin: what its site had stored (several sites' together), and where its
/// answers lead if none could be read.
pub(super) async fn look_back(report: &mut Report, targets: &[Target], opened: &Opened, session: &Session) {
    for of_origin in &opened.own {
        for (nth, at) in of_origin.iter().enumerate() {
            // Looking at the one before may have ended in another tab.
            if opened.tabs.switch_to(session, *at).await.is_err() {
                continue;
            }
            if nth == 0
                && let Some(site) = session.site(&targets[*at]).await
            {
                let known = report.environment.site.get_or_insert_default();
                known.cookies += site.cookies;
                known.service_worker |= site.service_worker;
            }
            let label = report.scenario.targets.get(*at).map(|target| target.label.clone());
            find_redirect(report, label.filter(|_| targets.len() > 1), &targets[*at], session).await;
        }
    }
}

async fn find_redirect(report: &mut Report, label: Option<String>, target: &Target, session: &Session) {
    let is_unexplained = causes(report)
        .iter()
        .any(|(of, cause)| *of == label.as_deref() && matches!(cause, Cause::NoneUnexplained { .. }));
    if is_unexplained && let Some(mut place) = session.redirect_elsewhere(target).await {
        // A login's address may hold a secret there.
        place.set_query(None);
        place.set_fragment(None);
        let place = secrets::address(place.as_str());
        let place = label.map(|label| format!("{label}: {place}")).unwrap_or(place);
        report.validity.push(Finding::of_run(FindingCode::RedirectsElsewhere, Severity::Note, Some(place)));
    }
}

/// The targets of each origin, in order; `None` is the page's own.
fn by_origin(places: &[Option<Url>]) -> Vec<(Option<&Url>, Vec<usize>)> {
    let mut origins: Vec<(Option<&Url>, Vec<usize>)> = Vec::new();
    for (target, place) in places.iter().enumerate() {
        // All places of an origin are the same address.
        match origins.iter_mut().find(|(other, _)| *other == place.as_ref()) {
            Some((_, targets)) => targets.push(target),
            None => origins.push((place.as_ref(), vec![target])),
        }
    }
    origins
}

/// Whose server gets how many requests from so many browsers; `None` where all are of this machine.
pub(super) fn load(scenario: &Scenario, page: &Url, browsers: usize) -> Option<String> {
    let loads = scenario.loads(|target| {
        let urls = requested_urls(target, page);
        let elsewhere = urls.iter().filter(|url| !is_loopback(url) && url.origin() != page.origin());
        elsewhere.filter_map(|url| Some(url.host_str()?.to_owned())).collect()
    });
    let words = &EN.form;
    let written = |Load { hosts, requests }: Load| {
        let requests = (requests * browsers as u64).to_string();
        (scenario.auto.map_or(requests.clone(), |_| (words.at_least)(&requests)), hosts)
    };
    let loads: Vec<_> = loads.into_iter().map(written).collect();
    (!loads.is_empty()).then(|| (words.large_run)(&loads))
}

async fn open_page(session: &Session, page: &Url) -> anyhow::Result<Opened> {
    session.load(page.as_str()).await?;
    Ok(Opened { tabs: Tabs::beside(session).await?, own: Vec::new() })
}

/// Puts the page onto each origin. Several have a tab each, beside that of the page that makes the run: it draws while rounds are measured,
/// and if it measured some of them itself, these would be slower.
async fn put_pages(
    session: &Session,
    scenario: &Scenario,
    page: &Url,
    places: &[Option<Url>],
    html: &str,
) -> anyhow::Result<Opened> {
    let (mut tabs, mut own) = (Tabs::beside(session).await?, Vec::new());
    let origins = by_origin(places);
    let is_one = origins.len() == 1;
    if !is_one {
        session.load(page.as_str()).await?;
    }
    for (place, targets) in origins {
        if !is_one {
            tabs.open(session).await?;
        }
        match place {
            Some(place) => {
                let put = session.load_in_place(place.as_str(), html).await;
                let origin = place.origin().ascii_serialization();
                put.map_err(|error| anyhow!("The page could not be put onto {origin}: {error}"))?;
                own.push(targets.clone());
            }
            None => session.load(page.as_str()).await?,
        }
        if !is_one {
            tabs.serve(session, scenario, targets).await?;
        }
    }
    Ok(Opened { tabs, own })
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
    use fetchmark_core::scenario::params;

    #[test]
    fn targets_of_one_origin_share_a_tab() {
        let places = ["http://a/x", "", "http://b/x", "http://a/x"].map(|url| Url::parse(url).ok());
        let origins =
            by_origin(&places).into_iter().map(|(place, targets)| (place.map(Url::as_str), targets));
        let expected = [(Some("http://a/x"), vec![0, 3]), (None, vec![1]), (Some("http://b/x"), vec![2])];
        assert_eq!(origins.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn servers_of_others_are_named_with_their_requests() {
        let page = Url::parse("http://localhost:8080/").unwrap();
        let of = |urls: &str| {
            let settings = format!("{urls}&clients=ky:reused,xhr:reused&n=10&warmup=1");
            load(&params::parse(&settings).unwrap().scenario, &page, 2)
        };
        assert_eq!(of("url=/lab/ping&rounds=4"), None);
        let both = "url=https://a.example/&cold_url=https://b.example/&rounds=auto";
        assert_eq!(
            of(both).as_deref(),
            Some(
                "This run sends at least 240 requests to a.example and b.example. Make sure that the owners agree, or reduce requests or \
                 rounds."
            )
        );
    }
}
