//! The page's own address, kept in step with the form.

use crate::{fields::NumberField, js};
use fetchmark_core::{
    params::{self, Params},
    scenario::Scenario,
};
use wasm_bindgen::JsValue;

/// Path and query that restore these settings.
fn path_and_query(params: &Params, path: &str) -> String {
    let query = params::write(params);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
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
