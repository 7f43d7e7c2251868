//! The scenario as URL parameters: human-readable, strict, and written back as they are read.
//!
//! Every parameter is optional. An unknown name, a repeated one or a bad value is an error that names the
//! parameter; nothing is ignored and nothing is guessed.

mod duration;
mod expected;
mod language;
mod table;
mod value;

use crate::{
    request::secrets,
    scenario::{
        client::Client,
        client_choice::ClientChoiceError,
        preset::Preset,
        settings::{AutoBudget, Scenario, ScenarioError},
        targets::NamedTarget,
    },
};
use value::Value;

pub use duration::write_duration;
pub use expected::Expected;
pub use language::Language;
pub(super) use table::problems;
pub use table::{PARAMETERS, Parameter};

/// What a link asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Params {
    /// What to measure.
    pub scenario: Scenario,
    /// The page's language; `None`: the browser's.
    pub lang: Option<Language>,
    /// Start without a gesture and show no dialog.
    pub autorun: bool,
}

/// What is wrong with one parameter.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ParamError {
    /// A name Fetchmark does not know.
    #[error("“{0}” is not a parameter. The parameters are {known}.", known = names())]
    Unknown(String),
    /// A name given twice.
    #[error("The parameter {0} is given more than once. Keep one of them.")]
    Repeated(&'static str),
    /// A value that cannot be read.
    #[error("The parameter {name} cannot be “{value}”. {expected}")]
    Bad {
        /// Which parameter.
        name: &'static str,
        /// What was given.
        value: String,
        /// What may be given.
        expected: Expected,
    },
    /// A budget without the mode that has one.
    #[error("The parameter budget needs rounds=auto. Add it, or leave budget out.")]
    BudgetWithoutAuto,
    /// More labels than addresses, or a label where there is one address.
    #[error("A label names one of several URLs, in their order. Give each label a url, or leave label out.")]
    LabelWithoutUrl,
    /// Values that cannot stand together.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
}

/// The names of all parameters, as a sentence lists them.
pub fn names() -> String {
    PARAMETERS.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(", ")
}

/// Reads a query string for the page, with or without its `?`.
///
/// # Errors
/// Every [`ParamError`] found, so that all can be shown at once.
pub fn parse(query: &str) -> Result<Params, Vec<ParamError>> {
    parse_for(query, is_in_browser, Vec::new())
}

/// Reads a query string for one who can run these clients, with or without its `?`, beside a list of targets.
///
/// # Errors
/// Every [`ParamError`] found, so that all can be shown at once.
pub fn parse_for(
    query: &str,
    can_run: fn(Client) -> bool,
    targets: Vec<NamedTarget>,
) -> Result<Params, Vec<ParamError>> {
    let (params, errors) = read(query, can_run, targets);
    if errors.is_empty() { Ok(params) } else { Err(errors) }
}

/// Reads a query string for the page as far as it can be read: what is wrong has its default, and is told.
pub fn parse_partly(query: &str) -> (Params, Vec<ParamError>) {
    read(query, is_in_browser, Vec::new())
}

fn is_in_browser(client: Client) -> bool {
    client.runtime().is_in_browser()
}

fn read(query: &str, can_run: fn(Client) -> bool, targets: Vec<NamedTarget>) -> (Params, Vec<ParamError>) {
    let query = query.strip_prefix('?').unwrap_or(query);
    // Wherever they stand: what else the link says goes before what a preset says, and a budget belongs to rounds=auto.
    let turn = |name: &str| match name {
        "preset" => 0,
        "budget" => 2,
        _ => 1,
    };
    let of_turn = |at| form_urlencoded::parse(query.as_bytes()).filter(move |(name, _)| turn(name) == at);
    let mut params = Params { scenario: Scenario { targets, ..Scenario::default() }, ..Params::default() };
    let mut errors = Vec::new();
    let mut seen: Vec<&'static str> = Vec::new();
    let (mut urls, mut labels, mut cold_urls) = (Vec::new(), Vec::new(), Vec::new());
    for (name, value) in (0..3).flat_map(of_turn) {
        let Some(parameter) = Parameter::named(&name) else {
            errors.push(ParamError::Unknown(shortened(&name)));
            continue;
        };
        let name = parameter.name;
        if !parameter.is_repeatable() && seen.contains(&name) {
            errors.push(ParamError::Repeated(name));
            continue;
        }
        seen.push(name);
        match name {
            "url" => urls.push(value.trim().to_owned()),
            "label" => labels.push(value.trim().to_owned()),
            "cold_url" => cold_urls.push(value.trim().to_owned()),
            _ => {}
        }
        if let Err(expected) = set(&mut params, parameter, &value, can_run) {
            // A slip in a header is no reason to show a secret.
            let value = if name == "header" { secrets::header_line(&value) } else { value.into_owned() };
            errors.push(ParamError::Bad { name, value: shortened(&value), expected });
        }
    }
    // Were rounds unreadable, that is the slip to tell.
    if errors.is_empty() && params.scenario.auto.is_none() && seen.contains(&"budget") {
        errors.push(ParamError::BudgetWithoutAuto);
    }
    if cold_urls.len() > urls.len().max(1) {
        errors.push(ParamError::Repeated("cold_url"));
    }
    if urls.len() > 1 && labels.len() <= urls.len() {
        labels.resize(urls.len(), String::new());
        let targets = labels.into_iter().zip(urls.iter().cloned());
        params.scenario.targets = targets.map(|(label, url)| NamedTarget::new(label, url)).collect();
        for (target, cold_url) in params.scenario.targets.iter_mut().zip(cold_urls) {
            target.cold_url = Some(cold_url).filter(|address| !address.is_empty());
        }
        params.scenario.target.cold_url = None;
        params.scenario.target.url = urls.swap_remove(0);
    } else if !labels.is_empty() {
        errors.push(ParamError::LabelWithoutUrl);
    }
    params.scenario.settle_targets();
    // Combined limits are checked on values that are each sound; otherwise one slip would be told twice.
    if errors.is_empty() {
        errors.extend(params.scenario.problems().into_iter().map(ParamError::from));
    }
    (params, errors)
}

/// Sets one parameter.
///
/// # Errors
/// What was expected, if the value cannot be read.
fn set(
    params: &mut Params,
    parameter: &Parameter,
    value: &str,
    can_run: fn(Client) -> bool,
) -> Result<(), Expected> {
    let Params { scenario, lang, autorun } = params;
    match parameter.name {
        "preset" => Preset::from_word(value).ok_or_else(|| parameter.expected.clone())?.apply(scenario),
        "lang" => *lang = Some(Language::from_word(value).ok_or_else(|| parameter.expected.clone())?),
        "autorun" => autorun.read(value, &parameter.expected)?,
        _ => {
            let clients = scenario.clients.clone();
            parameter.read(value, scenario)?;
            let mut chosen = scenario.clients.iter().map(|choice| choice.client);
            if let Some(outside) = chosen.find(|client| !can_run(*client)) {
                scenario.clients = clients;
                return Err(Expected::Client(ClientChoiceError::OutsideBrowser(outside.name())));
            }
        }
    }
    Ok(())
}

/// The language that a query string asks for, whatever else is wrong with it: in that language it is to be told.
pub fn language(query: &str) -> Option<Language> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let (_, word) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang")?;
    Language::from_word(&word)
}

/// Writes the query string that [`parse`] reads back, without its `?`. What equals the default is left out.
pub fn write(params: &Params) -> String {
    write_some(params, |_| true)
}

/// The same of some parameters alone, by name.
pub fn write_some(params: &Params, is_wanted: impl Fn(&'static str) -> bool) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for parameter in PARAMETERS.iter().filter(|parameter| is_wanted(parameter.name)) {
        let value = match parameter.name {
            "lang" => params.lang.map(|lang| lang.to_string()).unwrap_or_default(),
            "autorun" if params.autorun => true.to_string(),
            _ => parameter.write(&params.scenario),
        };
        // A budget's default is that of an auto run.
        let auto = (parameter.name == "budget").then(AutoBudget::default);
        let default = parameter.write(&Scenario { auto, ..Scenario::default() });
        let Scenario { targets, .. } = &params.scenario;
        let has_several = params.scenario.has_several_targets();
        if parameter.name == "url" && has_several {
            query.extend_pairs(
                targets.iter().flat_map(|target| [("url", &target.url), ("label", &target.label)]),
            );
        } else if parameter.name == "cold_url" && has_several {
            // Each belongs to the address at its place.
            let cold_urls = targets.iter().map(|target| target.cold_url.as_deref().unwrap_or_default());
            let last = cold_urls.clone().rposition(|address| !address.is_empty()).map_or(0, |last| last + 1);
            query.extend_pairs(cold_urls.take(last).map(|address| ("cold_url", address)));
        } else if parameter.is_repeatable() && parameter.name != "url" {
            query.extend_pairs(value.lines().map(|line| (parameter.name, line)));
        // A list with nothing chosen is no setting that a link could hold: reading it would refuse it.
        } else if !value.is_empty() && value != default {
            query.append_pair(parameter.name, &value);
        }
    }
    // Commas and colons are legal in a query and far easier to read.
    query.finish().replace("%2C", ",").replace("%3A", ":").replace("%2F", "/")
}

/// A value as an error message shows it: whole when short, cut with an ellipsis when long.
fn shortened(value: &str) -> String {
    const LONGEST: usize = 80;
    match value.char_indices().nth(LONGEST) {
        None => value.to_owned(),
        Some((end, _)) => format!("{}…", &value[..end]),
    }
}

#[cfg(test)]
mod tests;
