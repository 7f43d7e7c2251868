//! From which origin a run measures: the page's, or the target's own, whose server then has to allow nothing.

use std::collections::BTreeSet;

use anyhow::anyhow;
use fetchmark_core::report::failure_cause::{Cause, causes};
use fetchmark_core::report::{Finding, FindingCode, Origin, Report, Severity};
use fetchmark_core::request::secrets;
use fetchmark_core::request::target::Target;
use fetchmark_core::scenario::Scenario;
use fetchmark_core::stats::numbers::many;
use url::Url;

use super::driver::session::{Probe, Session};
use super::progress::ProgressDisplay;
use super::proxy::{is_loopback, requested_urls};
use super::settings::origin::{OriginChoice, place};
use super::settings::plan::Plan;
use crate::page;

/// Opens the page where the run is to measure from.
///
/// # Errors
/// If the page does not come up there.
pub(super) async fn open(
    plan: &Plan,
    scenario: &Scenario,
    session: &Session,
    page: &Url,
    progress: &ProgressDisplay,
) -> anyhow::Result<Origin> {
    let target = &scenario.target;
    let place = place(target).filter(|place| place.origin() != page.origin());
    if let Some(line) = load(scenario, page) {
        progress.say(&line);
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
            let error = plan.secrets.hide(&error.to_string());
            progress.warn(&format!("{error} This run measures from the page's origin."));
            open_page(session, page).await
        }
    }
}

/// Adds what is only known after a run from the target's origin: what its site had stored, and where its answers lead if none could be
/// read.
pub(super) async fn look_back(report: &mut Report, target: &Target, session: &Session) {
    report.environment.site = session.site(target).await;
    let label = report.variants.first().and_then(|row| row.target.clone());
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

/// Whose server gets how many requests; `None` where all are of this machine.
fn load(scenario: &Scenario, page: &Url) -> Option<String> {
    let variants = scenario.variants();
    let mut loads: Vec<(BTreeSet<String>, u64)> = Vec::new();
    for (at, target) in scenario.all_targets().iter().enumerate() {
        let urls = requested_urls(target, page);
        let elsewhere = urls.iter().filter(|url| !is_loopback(url) && url.origin() != page.origin());
        let hosts: BTreeSet<String> = elsewhere.filter_map(|url| Some(url.host_str()?.to_owned())).collect();
        let rows = variants.iter().filter(|variant| variant.target == at).count() as u64;
        match loads.iter_mut().find(|(others, _)| *others == hosts) {
            Some((_, sum)) => *sum += rows,
            None => loads.push((hosts, rows)),
        }
    }
    loads.retain(|(hosts, _)| !hosts.is_empty());
    let of_row = scenario.total_requests() / variants.len().max(1) as u64;
    let named = |(hosts, rows): &(BTreeSet<String>, u64)| {
        let hosts = Vec::from_iter(hosts.iter().map(String::as_str)).join(" and ");
        let requests = match scenario.auto {
            Some(_) => "as many requests as it needs".to_owned(),
            None => many(&(rows * of_row).to_string(), "request"),
        };
        format!("{requests} to {hosts}")
    };
    let owner = match &loads[..] {
        [] => return None,
        [(hosts, _)] if hosts.len() == 1 => "the owner agrees",
        _ => "the owners agree",
    };
    let loads = Vec::from_iter(loads.iter().map(named)).join(" and ");
    Some(format!("This run sends {loads}. Make sure that {owner}."))
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
    fn each_server_is_named_with_its_requests() {
        let page = Url::parse("http://localhost:8080/").unwrap();
        let line = |query: &str| load(&params::parse(query).unwrap().scenario, &page);
        let of = |urls: &str| line(&format!("{urls}&clients=ky:reused,xhr:reused&n=10&rounds=4&warmup=1"));
        let expected = |words: &str| Some(words.to_owned());
        assert_eq!(of("url=/lab/ping"), None);
        assert_eq!(
            of("url=https://a.example/"),
            expected("This run sends 100 requests to a.example. Make sure that the owner agrees.")
        );
        assert_eq!(
            of("url=https://a.example/&url=/lab/ping&url=https://b.example/&url=https://b.example/x"),
            expected(
                "This run sends 100 requests to a.example and 200 requests to b.example. Make sure that the owners agree."
            )
        );
    }
}
