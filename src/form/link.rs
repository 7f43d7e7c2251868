//! The page's own address, kept in step with the form.

use crate::form::model::number_fields::NumberField;
use fetchmark_core::scenario::{
    AutoBudget,
    params::{self, ParamError, Params},
};
use leptos::prelude::{location, window};
use wasm_bindgen::JsValue;
use web_sys::Url;

/// The settings that the page is opened with, as far as they can be read, and what is wrong with the others. Without any, rounds are
/// measured until every comparison is resolved or the time is up: what a person wants to know is the answer, not the number of rounds.
pub fn settings(query: &str) -> (Params, Vec<ParamError>) {
    let (mut params, errors) = params::parse_partly(query);
    if errors.is_empty() && is_plain(&params) && !query.contains("rounds=") {
        params.scenario.auto = Some(AutoBudget::default());
    }
    (params, errors)
}

/// The same for a step of the history: the address has no secrets, and the form may still have them, if it is of the same server.
pub fn settings_beside(query: &str, form: &Params) -> (Params, Vec<ParamError>) {
    let (mut params, mut errors) = settings(query);
    params.scenario = params.scenario.restored(&form.scenario);
    let problems = params.scenario.problems();
    errors.retain(|error| !matches!(error, ParamError::Scenario(problem) if !problems.contains(problem)));
    (params, errors)
}

/// The query of the page's address; or what stands in its place in the fragment of a link with secrets.
pub fn query() -> String {
    let location = location();
    let fragment = location.hash().unwrap_or_default();
    match fragment.strip_prefix(SETTINGS) {
        Some(settings) => settings.to_owned(),
        None => location.search().unwrap_or_default(),
    }
}

/// Whether any of the settings is a secret, which no link holds unless it is asked for.
pub fn has_secrets(params: &Params) -> bool {
    !params.scenario.secrets().is_empty()
}

/// Whether nothing but the language is set.
fn is_plain(params: &Params) -> bool {
    *params == Params { lang: params.lang, ..Params::default() }
}

/// Path and query that restore these settings. A query goes to servers, and into their logs: it has no secrets.
fn path_and_query(params: &Params, path: &str) -> String {
    let params = Params { scenario: params.scenario.masked(), ..params.clone() };
    format!("{path}?{}", query_of(&params))
}

/// The query that restores these settings.
fn query_of(params: &Params) -> String {
    let query = params::write(params);
    // A link's default is a fixed number of rounds, which a page opened without settings has not.
    let rounds = if is_plain(params) { format!("rounds={}", params.scenario.rounds) } else { String::new() };
    let parts: Vec<&str> =
        [rounds.as_str(), query.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("&")
}

/// The state of a step of the history that was run.
const KEPT: &str = "kept";

/// Writes the settings into the address bar: into this step of the history, or into a new one where this one was run. A report in the
/// address is of the settings beside it: it goes with them, unless `keeps_report`.
pub fn replace(params: &Params, keeps_report: bool) {
    let (Ok(history), Ok(path)) = (window().history(), location().pathname()) else { return };
    // A browser may refuse this for a page from a file; the link is then taken from its field.
    let report =
        report_text().filter(|_| keeps_report).map_or_else(String::new, |text| format!("{REPORT}{text}"));
    let address = format!("{}{report}", path_and_query(params, &path));
    let here = location().href().unwrap_or_default();
    // A step that changes nothing is one that going back is of no use for.
    if Url::new_with_base(&address, &here).is_ok_and(|url| url.href() == here) {
        return;
    }
    let _ = if history.state().is_ok_and(|state| state == KEPT) {
        history.push_state_with_url(&JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
    };
}

/// Keeps these settings as a step of the history: they were run. What is edited from now on goes into a new step, so that going
/// back leads to them.
pub fn keep(params: &Params) {
    let (Ok(history), Ok(path)) = (window().history(), location().pathname()) else { return };
    // As below.
    let _ = history.replace_state_with_url(&KEPT.into(), "", Some(&path_and_query(params, &path)));
}

/// The link to these settings. It does not start a run by itself: who opens it decides.
pub fn absolute(params: &Params) -> String {
    // Cut rather than put together: a file has no origin that could be written.
    let href = location().href().unwrap_or_default();
    let page = href.split(['?', '#']).next().unwrap_or_default();
    path_and_query(&Params { autorun: false, ..params.clone() }, page)
}

/// The same with all its secrets, in the fragment, which is sent to no server. Who has the link has them.
pub fn absolute_with_secrets(params: &Params) -> String {
    let settings = query_of(&Params { autorun: false, ..params.clone() });
    format!("{}{SETTINGS}{settings}", absolute(params))
}

const SETTINGS: &str = "#settings=";
const REPORT: &str = "#report=";

/// The link that holds a report, given as text: it asks for the form's settings, so that they can be run again.
pub fn with_report(params: &Params, packed: &str) -> String {
    format!("{}{REPORT}{packed}", absolute(params))
}

/// The report's text in the page's own address, if there is one.
pub fn report_text() -> Option<String> {
    let fragment = location().hash().ok()?;
    fragment.strip_prefix(REPORT).map(str::to_owned)
}

/// Settings of a link that have no field of their own, as they stand in the link.
pub fn without_fields(params: &Params) -> String {
    let has_field = |name| {
        NumberField::ALL.iter().any(|field| field.id() == name)
            || matches!(
                name,
                "url"
                    | "label"
                    | "cold_url"
                    | "clients"
                    | "lifecycle"
                    | "connection"
                    | "pacing"
                    | "thread"
                    | "aa"
            )
            || matches!(name, "method" | "header" | "body" | "credentials" | "lang" | "autorun")
    };
    params::write_some(params, |name| !has_field(name))
}
