//! What is measured: the page's parameters, read from the settings.

use fetchmark_core::request::address::{self, AddressProblem};
use fetchmark_core::request::secrets;
use fetchmark_core::request::target::{Target, numbered};
use fetchmark_core::scenario::factors::Connection;
use fetchmark_core::scenario::preset::Preset;
use fetchmark_core::scenario::{NamedTarget, Scenario, ScenarioError, params};
use fetchmark_webdriver::Browser;
use url::Url;

use super::lab_address::{self, LabServer};
use super::options::Settings;
use super::origin::has_many;
use crate::run::python::{self, NativeClients};

/// What is measured where no URL is given: the lab's smallest response.
const LAB: &str = "/lab/ping";
/// The lab's servers, each with a protocol of its own, by label.
const PROTOCOLS: [(&str, &str); 4] = [
    ("http", "lab:/lab/ping"),
    ("https", "lab-tls:/lab/ping"),
    ("h2", "lab-h2:/lab/ping"),
    ("h3", "lab-h3:/lab/ping"),
];

/// The scenario; and the server of the lab that each target is on, if any.
pub(super) fn read(settings: &Settings, problems: &mut Vec<String>) -> (Scenario, Vec<Option<LabServer>>) {
    let mut scenario = scenario(settings, problems);
    if settings.insecure && python::is_wanted(&scenario) {
        problems.push(
            "Python's clients check certificates even with --insecure. Leave it out, or measure without Python's clients."
                .to_owned(),
        );
    }
    let servers = resolve(&mut scenario, problems);
    let is_cold = scenario.connection.contains(&Connection::Cold);
    let targets = scenario.all_targets();
    for target in &targets {
        let urls = || std::iter::once(&target.url).chain(&target.cold_url);
        problems.extend(urls().filter_map(|url| url_problem(url)));
        // A page that is served elsewhere may have more beside it.
        let is_elsewhere = settings.page_url.is_some() && settings.bind.is_none() && settings.port.is_none();
        if settings.page.is_none() && !is_elsewhere {
            problems.extend(urls().filter(|url| is_outside_the_lab(url)).map(|url| {
                let url = secrets::address(url);
                format!(
                    "“{url}” would be an address of Fetchmark's own server, where only the lab can be measured, below /lab/. Write the \
                     URL of your target in full, like https://example.com{url}."
                )
            }));
        }
        if is_cold && target.cold_url.is_none() && !has_many(target) {
            problems.push(no_cold_connections(target, targets.len() > 1));
        }
    }
    (scenario, servers)
}

/// The parameters, the targets of a settings file among them, and Python's clients.
fn scenario(settings: &Settings, problems: &mut Vec<String>) -> Scenario {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(settings.parameters.pairs());
    let has_url = settings.parameters.0.contains_key("url") || !settings.targets.is_empty();
    let preset = settings.parameters.0.get("preset").and_then(|given| given.first());
    if !has_url && preset.is_some_and(|preset| *preset == Preset::Protocols.to_string()) {
        // WebKitGTK has no HTTP/3.
        let is_left_out = |label: &str| label == "h3" && settings.browser == Some(Browser::Webkit);
        for (label, url) in PROTOCOLS.into_iter().filter(|(label, _)| !is_left_out(label)) {
            query.append_pair("url", url).append_pair("label", label);
        }
    }
    let mut targets: Vec<NamedTarget> =
        settings.targets.iter().map(|target| target.named(problems)).collect();
    if !targets.is_empty() && settings.parameters.0.contains_key("url") {
        problems.push(ScenarioError::UrlBesideTargets.to_string());
        targets.clear();
    }
    let params = params::parse_for(&query.finish(), |_| true, targets).unwrap_or_else(|errors| {
        problems.extend(errors.iter().map(ToString::to_string));
        params::Params::default()
    });
    let mut scenario = params.scenario;
    if settings.with == Some(NativeClients::Python) {
        let was_valid = scenario.problems().is_empty();
        python::add(&mut scenario);
        if was_valid {
            problems.extend(scenario.problems().iter().map(ToString::to_string));
        }
    }
    // One target in a list is one target.
    if !scenario.has_several_targets() {
        scenario.target = scenario.all_targets().swap_remove(0);
        scenario.targets.clear();
    }
    if scenario.target.url.is_empty() {
        LAB.clone_into(&mut scenario.target.url);
    }
    scenario
}

/// Turns addresses of the lab into paths; gives the server of each target. The lab knows how to force cold connections.
fn resolve(scenario: &mut Scenario, problems: &mut Vec<String>) -> Vec<Option<LabServer>> {
    let is_cold = scenario.connection.contains(&Connection::Cold);
    let mut server = |url: &mut String, cold_url: &mut Option<String>| {
        let addresses = std::iter::once(&mut *url).chain(cold_url.as_mut());
        let server = lab_address::resolve(addresses).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        if is_cold && server.is_some() && url.starts_with("/lab/") {
            cold_url.get_or_insert_with(|| lab_address::closing(url));
        }
        server
    };
    if !scenario.has_several_targets() {
        let Target { url, cold_url, .. } = &mut scenario.target;
        return vec![server(url, cold_url)];
    }
    let targets = scenario.targets.iter_mut();
    let servers = targets.map(|NamedTarget { url, cold_url, .. }| server(url, cold_url)).collect();
    scenario.target.url.clone_from(&scenario.targets[0].url);
    servers
}

fn no_cold_connections(target: &Target, has_others: bool) -> String {
    let (address, for_each) = if has_others {
        (format!("“{}”", secrets::address(&target.url)), " for each URL, in their order")
    } else {
        ("this address".to_owned(), "")
    };
    format!(
        "Cold connections cannot be forced on {address}. Give --cold-url{for_each}, an address that the server answers with \
         “Connection: close”, or put {{n}} into the host or port of the address if it has many names."
    )
}

/// Why a URL cannot be requested, as a sentence.
fn url_problem(url: &str) -> Option<String> {
    let why = match address::check(url) {
        Err(AddressProblem::Credentials) => {
            return Some(
                "A browser sends no request to a URL with a user name or password in it. Remove them, and give them with \
                 --header 'Authorization: Basic …', name:password in Base64."
                    .to_owned(),
            );
        }
        Err(problem) => format!(": {problem}"),
        // Otherwise the page would take it for a file beside itself.
        Ok(()) if url.starts_with('/') || Url::parse(&numbered(url, 0)).is_ok() => return None,
        Ok(()) => String::new(),
    };
    let url = secrets::address(url);
    Some(format!(
        "“{url}” is not a URL{why}. Write it like https://example.com/path, or like /lab/ping for the lab."
    ))
}

/// Whether it is a path on the page's own server that is not the lab's.
fn is_outside_the_lab(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/lab/")
}
