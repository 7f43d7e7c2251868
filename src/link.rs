//! The page's own address, kept in step with the form.

use crate::{fields::NumberField, js};
use fetchmark_core::{
    params::{self, ParamError, Params},
    scenario::{AutoBudget, Scenario},
};
use wasm_bindgen::JsValue;

/// The settings that the page is opened with. Without any, rounds are measured until every comparison is resolved or the
/// time is up: what a person wants to know is the answer, not the number of rounds.
///
/// # Errors
/// Every [`ParamError`] of the query.
pub fn read(query: &str) -> Result<Params, Vec<ParamError>> {
    let mut params = params::parse(query)?;
    if query.trim_start_matches('?').is_empty() {
        params.scenario.auto = Some(AutoBudget::default());
    }
    Ok(params)
}

/// Path and query that restore these settings.
fn path_and_query(params: &Params, path: &str) -> String {
    let query = params::write(params);
    if query.is_empty() {
        // A link's defaults have a fixed number of rounds, which a page without a query has not.
        format!("{path}?rounds={}", params.scenario.rounds)
    } else {
        format!("{path}?{query}")
    }
}

/// Writes the settings into the address bar, without a new entry in the history.
pub fn replace(params: &Params) {
    let Some(window) = js::window() else { return };
    let (Ok(history), Ok(path)) = (window.history(), window.location().pathname()) else { return };
    // A browser refuses this for a page from a file; the link is then taken from its field.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path_and_query(params, &path)));
}

/// The link to these settings. It does not start a run by itself: who opens it decides.
pub fn absolute(params: &Params) -> String {
    let Some(location) = js::window().map(|window| window.location()) else { return String::new() };
    let params = Params { autorun: false, ..params.clone() };
    let path = location.pathname().unwrap_or_default();
    format!("{}{}", location.origin().unwrap_or_default(), path_and_query(&params, &path))
}

/// Settings of a link that have no field of their own, as they stand in the link.
pub fn without_fields(params: &Params) -> String {
    let default = Scenario::default();
    let mut rest = Params { autorun: false, ..params.clone() };
    rest.scenario.target.url.clear();
    rest.scenario.clients.clone_from(&default.clients);
    rest.scenario.lifecycle.clone_from(&default.lifecycle);
    rest.scenario.connection.clone_from(&default.connection);
    rest.scenario.target.cold_url = None;
    for field in NumberField::ALL {
        // A default reads back as what it was written from.
        let _ = field.read(&field.write(&default), &mut rest.scenario);
    }
    params::write(&rest)
}
