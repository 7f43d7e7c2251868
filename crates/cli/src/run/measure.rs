//! Serves the page, opens it in a browser, and follows the run.

use std::env;
use std::path::Path;
use std::pin::pin;

use anyhow::Context;
use fetchmark_core::report;
use fetchmark_core::request::secrets;
use fetchmark_core::request::target::Target;
use fetchmark_core::scenario::Scenario;
use fetchmark_lab::{Distance, Far, Lab, LabConfig};
use url::Url;

use super::driver::follow::RunOutcome;
use super::progress::ProgressDisplay;
use super::python;
use super::settings::lab_address::LabServer;
use super::settings::plan::{PageLocation, Plan};
use super::{fleet, http3, origin, proxy, reachability};
use crate::error::CliError;
use crate::{page, terminal};

/// Whatever was started has ended when this returns.
pub(super) async fn measure(plan: &mut Plan, progress: &mut ProgressDisplay) -> Result<RunOutcome, CliError> {
    let interrupt = terminal::listen_for_interrupt()?;
    let mut interrupted = pin!(interrupt.wait());
    let (mut labs, url) = serve(plan).await?;
    let mut scenario = plan.scenario.clone();
    let has_tls = matches!(plan.page, PageLocation::Served { tls: Some(_), .. });
    let far = labs.first().filter(|lab| lab.far().is_some()).map(|lab| address_of(lab, has_tls));
    labs.extend(serve_beside(plan, &mut scenario).await?);
    http3::prepare(plan, &scenario, &labs);
    let plan = &*plan;
    make_absolute(&mut scenario, &far.unwrap_or_else(|| url.origin().ascii_serialization()));
    let certificates: String = labs.iter().filter_map(Lab::certificate_pem).collect();
    let certificate = Some(&*certificates).filter(|pem| !pem.is_empty());
    let targets = scenario.all_targets();
    let requested: Vec<Url> = targets.iter().flat_map(|target| proxy::requested_urls(target, &url)).collect();
    let environment_proxy = proxy::from_environment(&requested, |name| env::var(name).ok());
    let starting = python::start_if_wanted(
        &mut scenario,
        &plan.thresholds,
        certificate,
        environment_proxy.is_some(),
        progress,
    );
    let (mut python, missing_rows) = tokio::select! {
        started = starting => started?,
        () = &mut interrupted => return Err(CliError::interrupted()),
    };
    if let Some(line) = origin::load(&scenario, &url, plan.fleet.sessions) {
        progress.say(&line);
    }
    progress.say(&format!("Opening {} in {}.", secrets::address(url.as_str()), plan.browser.name()));
    let outcome = fleet::measure(plan, &scenario, &url, python.as_mut(), progress, interrupted).await;
    let mut outcome = outcome?;
    if let Some(report) = &mut outcome.report {
        missing_rows.add_to(report);
        report.environment.distance = plan.distance.map(distance);
        http3::check(report, &plan.lab_servers);
        // A browser on another machine has an environment of its own.
        let environment_proxy = environment_proxy.filter(|_| plan.webdrivers.is_empty());
        let proxy = proxy::from_browser(&requested, &plan.capabilities).unwrap_or(environment_proxy);
        if let Some(proxy) = proxy {
            proxy::add_to(report, &proxy);
        }
        // From here one cannot see what a browser on another machine reaches. The lab must still be there.
        if plan.webdrivers.is_empty() {
            reachability::check(report).await;
        }
    }
    for lab in labs {
        lab.stop().await;
    }
    Ok(outcome)
}

/// Serves the page, unless it is served already; gives its address.
async fn serve(plan: &Plan) -> anyhow::Result<(Vec<Lab>, Url)> {
    let (directory, address, port, tls, url) = match &plan.page {
        PageLocation::Elsewhere(url) => return Ok((Vec::new(), url.clone())),
        PageLocation::Served { directory, address, port, tls, url } => {
            (directory, *address, *port, *tls, url.clone())
        }
    };
    let source = page::source(directory.clone())?;
    // With TLS the page itself is served over it: what is measured is the page's own server in both cases.
    let http3 = http3::is_needed(plan, None);
    let (http, https) = if tls.is_some() { (0, Some(port)) } else { (port, http3.then_some(0)) };
    let config = LabConfig {
        http,
        https,
        tls: tls.unwrap_or_default(),
        http3,
        distance: plan.distance,
        address,
        page: Some(source),
        ..LabConfig::default()
    };
    let lab = Lab::start(config).await?;
    let url = match url {
        Some(url) => url,
        None => {
            let url = near_address(&lab, tls.is_some());
            Url::parse(&url).with_context(|| format!("{url} is not a URL."))?
        }
    };
    Ok((vec![lab], url))
}

/// Starts the lab's servers that run beside the page, and puts their addresses before the paths of their targets.
async fn serve_beside(plan: &Plan, scenario: &mut Scenario) -> anyhow::Result<Vec<Lab>> {
    let mut labs = Vec::new();
    for server in LabServer::ALL.into_iter().filter(|server| plan.lab_servers.contains(&Some(*server))) {
        let http3 = http3::is_needed(plan, Some(server));
        let lab = Lab::start(LabConfig {
            https: (server.tls().is_some() || http3).then_some(0),
            tls: server.tls().unwrap_or_default(),
            http3,
            distance: plan.distance,
            page: Some(page::source(plan.page.directory().map(Path::to_owned))?),
            ..LabConfig::default()
        })
        .await?;
        let address = http3::own_host(server, address_of(&lab, server.tls().is_some()));
        let on_it = plan.lab_servers.iter().map(|other| *other == Some(server));
        for (urls, _) in urls(scenario).zip(on_it).filter(|(_, is_on_it)| *is_on_it) {
            urls.for_each(|url| make_one_absolute(url, &address));
        }
        labs.push(lab);
    }
    Ok(labs)
}

/// The addresses of each target.
fn urls(scenario: &mut Scenario) -> impl Iterator<Item = impl Iterator<Item = &mut String>> {
    let Scenario { target: Target { url, cold_url, .. }, targets, .. } = scenario;
    let only = targets.is_empty().then(|| std::iter::once(url).chain(cold_url));
    let several =
        targets.iter_mut().map(|target| std::iter::once(&mut target.url).chain(&mut target.cold_url));
    only.into_iter().chain(several)
}

/// Puts an origin before the paths of targets: the page that makes the run may be on the origin of another of them.
fn make_absolute(scenario: &mut Scenario, origin: &str) {
    urls(scenario).flatten().for_each(|url| make_one_absolute(url, origin));
    if let Some(first) = scenario.targets.first() {
        scenario.target.url.clone_from(&first.url);
    }
}

fn make_one_absolute(url: &mut String, origin: &str) {
    if url.starts_with('/') && !url.starts_with("//") {
        url.insert_str(0, origin);
    }
}

/// Where its page is reached.
fn near_address(lab: &Lab, has_tls: bool) -> String {
    lab.https_url().filter(|_| has_tls).unwrap_or_else(|| lab.http_url())
}

/// Where it is measured: the same, but at its distance, if it has one.
fn address_of(lab: &Lab, has_tls: bool) -> String {
    let far = |far: &Far| far.https.as_ref().filter(|_| has_tls).unwrap_or(&far.http).clone();
    lab.far().map_or_else(|| near_address(lab, has_tls), far)
}

/// As a report has it.
fn distance(distance: Distance) -> report::Distance {
    report::Distance {
        rtt_ms: distance.rtt_ms(),
        slow_start: distance.slow_start,
        bandwidth_mbit: distance.bandwidth_mbit(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::scenario::NamedTarget;

    #[test]
    fn a_path_is_of_one_server_wherever_the_page_goes() {
        let targets = ["https://a.example/x", "/lab/ping?{n}"].map(|url| NamedTarget::new("a", url)).to_vec();
        let mut scenario = Scenario { targets, ..Scenario::default() };
        make_absolute(&mut scenario, "http://localhost:8080");
        let urls: Vec<&str> = scenario.targets.iter().map(|target| &*target.url).collect();
        assert_eq!(urls, ["https://a.example/x", "http://localhost:8080/lab/ping?{n}"]);
        assert_eq!(scenario.target.url, "https://a.example/x");
    }
}
