//! What is measured: the page's parameters, read from the settings.

use fetchmark_core::request::address::{self, AddressProblem};
use fetchmark_core::request::secrets;
use fetchmark_core::request::target::{cut_at_authority, is_numbered, numbered};
use fetchmark_core::scenario::Scenario;
use fetchmark_core::scenario::factors::Connection;
use fetchmark_core::scenario::params;
use fetchmark_lab::TlsOffer;
use url::Url;

use super::lab_address;
use super::options::Settings;
use crate::run::python::{self, NativeClients};

/// What is measured where no URL is given: the lab's smallest response, and the one after which it closes the connection.
const LAB: &str = "/lab/ping";
const LAB_COLD: &str = "/lab/close";

/// The scenario; and what the lab offers over TLS, where an address is the lab's over TLS.
pub(super) fn read(settings: &Settings, problems: &mut Vec<String>) -> (Scenario, Option<TlsOffer>) {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(settings.parameters.pairs());
    let params = params::parse_for(&query.finish(), |_| true).unwrap_or_else(|errors| {
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
    if settings.insecure && python::is_wanted(&scenario) {
        problems.push(
            "Python's clients check certificates even with --insecure. Leave it out, or measure without Python's clients."
                .to_owned(),
        );
    }
    let target = &mut scenario.target;
    if target.url.is_empty() {
        LAB.clone_into(&mut target.url);
        if scenario.connection.contains(&Connection::Cold) {
            target.cold_url.get_or_insert_with(|| LAB_COLD.to_owned());
        }
    }
    let urls = std::iter::once(&mut target.url).chain(&mut target.cold_url);
    let tls = lab_address::resolve(urls).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let named = std::iter::once(&target.url).chain(&target.cold_url);
    problems.extend(named.filter_map(|url| url_problem(url)));
    let has_own_hosts = is_numbered(cut_at_authority(&target.url).1);
    // A page that is served elsewhere may have more beside it.
    let is_elsewhere = settings.page_url.is_some() && settings.bind.is_none() && settings.port.is_none();
    if settings.page.is_none() && !is_elsewhere {
        let named = std::iter::once(&target.url).chain(&target.cold_url);
        problems.extend(named.filter(|url| is_outside_the_lab(url)).map(|url| {
            let url = secrets::address(url);
            format!(
                "“{url}” would be an address of Fetchmark's own server, where only the lab can be measured, below /lab/. Write the \
                 URL of your target in full, like https://example.com{url}."
            )
        }));
    }
    if scenario.connection.contains(&Connection::Cold) && target.cold_url.is_none() && !has_own_hosts {
        problems.push(
            "Cold connections cannot be forced on this address. Give --cold-url, an address that the server answers with \
             “Connection: close”, or put {n} into the host or port of the address if it has many names."
                .to_owned(),
        );
    }
    (scenario, tls)
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
