//! The scenario as URL parameters: human-readable, strict, and written back as they are read.
//!
//! Every parameter is optional. An unknown name, a repeated one or a bad value is an error that names the
//! parameter; nothing is ignored and nothing is guessed.

mod duration;
mod expected;
mod language;

use crate::{
    request::{
        header::{self, Header},
        secrets,
        target::Method,
    },
    scenario::{
        client_choice::{ClientChoice, ClientChoiceError},
        factors::{Connection, Credentials, Lifecycle, Pacing, Runtime, Thread, position},
        limits::{
            BUDGET_MS_RANGE, LARGEST_SEED, MARGIN_RANGE, N_RANGE, RATE_RANGE, ROUNDS_RANGE, TIMEOUT_MS_RANGE,
            WARMUP_RANGE,
        },
        preset::Preset,
        settings::{AutoBudget, Scenario, ScenarioError},
    },
    stats::numbers::read_number,
};
use std::{ops::RangeInclusive, str::FromStr};

use duration::parse_duration;
pub use duration::write_duration;
pub use expected::Expected;
pub use language::Language;

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
    #[error("“{0}” is not a parameter. The parameters are {known}.", known = NAMES.join(", "))]
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
    /// Values that cannot stand together.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
}

/// Every parameter, in the order in which links are written.
pub const NAMES: &[&str] = &[
    "preset",
    "url",
    "cold_url",
    "clients",
    "lifecycle",
    "connection",
    "pacing",
    "n",
    "concurrency",
    "rate",
    "rounds",
    "budget",
    "warmup",
    "timeout",
    "method",
    "header",
    "body",
    "credentials",
    "thread",
    "aa",
    "margin",
    "seed",
    "lang",
    "autorun",
];

/// The parameter that may be given more than once: one header each.
const REPEATABLE: &str = "header";

/// Who runs what a query asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// The page alone, which runs the browser's clients.
    Page,
    /// The command line, which runs others beside it.
    Command,
}

/// Reads a query string for the page, with or without its `?`.
///
/// # Errors
/// Every [`ParamError`] found, so that all can be shown at once.
pub fn parse(query: &str) -> Result<Params, Vec<ParamError>> {
    parse_for(query, Runner::Page)
}

/// Reads a query string, with or without its `?`.
///
/// # Errors
/// Every [`ParamError`] found, so that all can be shown at once.
pub fn parse_for(query: &str, runner: Runner) -> Result<Params, Vec<ParamError>> {
    let (params, errors) = read(query, runner);
    if errors.is_empty() { Ok(params) } else { Err(errors) }
}

/// Reads a query string for the page as far as it can be read: what is wrong has its default, and is told.
pub fn parse_partly(query: &str) -> (Params, Vec<ParamError>) {
    read(query, Runner::Page)
}

fn read(query: &str, runner: Runner) -> (Params, Vec<ParamError>) {
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut params = Params::default();
    let mut errors = Vec::new();
    let mut seen: Vec<&'static str> = Vec::new();
    let mut budget_ms = None;
    // Wherever it stands, what else the link says goes before what a preset says.
    let preset = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "preset");
    if let Some(preset) = preset.and_then(|(_, word)| Preset::from_word(&word)) {
        preset.apply(&mut params.scenario);
    }
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some(name) = NAMES.iter().copied().find(|known| *known == name) else {
            errors.push(ParamError::Unknown(shortened(&name)));
            continue;
        };
        if name != REPEATABLE && seen.contains(&name) {
            errors.push(ParamError::Repeated(name));
            continue;
        }
        seen.push(name);
        let read = match name {
            // What it belongs to may stand after it.
            "budget" => read_duration(&value, BUDGET_MS_RANGE).map(|ms| budget_ms = Some(ms)),
            "clients" => clients(&value, runner).map(|clients| params.scenario.clients = clients),
            _ => set(&mut params, name, &value),
        };
        if let Err(expected) = read {
            // A slip in a header is no reason to show a secret.
            let value = if name == REPEATABLE { secrets::header_line(&value) } else { value.into_owned() };
            errors.push(ParamError::Bad { name, value: shortened(&value), expected });
        }
    }
    match (&mut params.scenario.auto, budget_ms) {
        (Some(auto), Some(ms)) => auto.budget_ms = ms,
        // Were rounds unreadable, that is the slip to tell.
        (None, Some(_)) if errors.is_empty() => errors.push(ParamError::BudgetWithoutAuto),
        _ => {}
    }
    // Combined limits are checked on values that are each sound; otherwise one slip would be told twice.
    if errors.is_empty() {
        errors.extend(params.scenario.problems().into_iter().map(ParamError::from));
    }
    (params, errors)
}

/// The language that a query string asks for, whatever else is wrong with it: in that language it is to be told.
pub fn language(query: &str) -> Option<Language> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let (_, word) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang")?;
    Language::from_word(&word)
}

/// Writes the query string that [`parse`] reads back, without its `?`. What equals the default is left out.
pub fn write(params: &Params) -> String {
    let default = Params::default();
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in NAMES {
        if *name == REPEATABLE {
            for (name, value) in &params.scenario.target.headers {
                query.append_pair(REPEATABLE, &header::write(name, value));
            }
            continue;
        }
        let value = get(params, name);
        // A list with nothing chosen is no setting that a link could hold: reading it would refuse it.
        if !value.is_empty() && value != get(&default, name) {
            query.append_pair(name, &value);
        }
    }
    // Commas and colons are legal in a query and far easier to read.
    query.finish().replace("%2C", ",").replace("%3A", ":").replace("%2F", "/")
}

/// Sets one parameter, whoever runs it.
///
/// # Errors
/// What was expected, if the value cannot be read; then nothing is changed.
fn set(params: &mut Params, name: &str, value: &str) -> Result<(), Expected> {
    let scenario = &mut params.scenario;
    match name {
        "clients" => scenario.clients = list(value)?,
        // It is applied before all others; here only its spelling is checked.
        "preset" => drop(word(value, Preset::ALL, Preset::WORDS)?),
        "url" => scenario.target.url = value.trim().to_owned(),
        "cold_url" => scenario.target.cold_url = Some(value.trim().to_owned()).filter(|url| !url.is_empty()),
        "lifecycle" => {
            scenario.lifecycle = words(value, Lifecycle::ALL, Lifecycle::WORDS)?;
        }
        "connection" => {
            scenario.connection = words(value, Connection::ALL, Connection::WORDS)?;
        }
        "pacing" => scenario.pacing = words(value, Pacing::ALL, Pacing::WORDS)?,
        "n" => scenario.n = whole(value, N_RANGE)?,
        "concurrency" => scenario.concurrency = list(value)?,
        "rate" => scenario.rate = number(value, RATE_RANGE)?,
        "rounds" if value == "auto" => scenario.auto = Some(AutoBudget::default()),
        "rounds" => {
            scenario.rounds = whole(value, ROUNDS_RANGE).map_err(|_| Expected::AutoOrWhole {
                low: (*ROUNDS_RANGE.start()).into(),
                high: (*ROUNDS_RANGE.end()).into(),
            })?;
            scenario.auto = None;
        }
        "warmup" => scenario.warmup = whole(value, WARMUP_RANGE)?,
        "timeout" => scenario.timeout_ms = read_duration(value, TIMEOUT_MS_RANGE)?,
        "method" => scenario.target.method = word(value, Method::ALL, Method::WORDS)?,
        REPEATABLE => {
            let Header(name, value) = value.parse()?;
            scenario.target.headers.push((name, value));
        }
        "body" => scenario.target.body = Some(value.to_owned()).filter(|body| !body.is_empty()),
        "credentials" => {
            scenario.target.credentials = word(value, Credentials::ALL, Credentials::WORDS)?;
        }
        "thread" => scenario.thread = words(value, Thread::ALL, Thread::WORDS)?,
        "aa" => scenario.aa = flag(value)?,
        "margin" => scenario.margin = number(value, MARGIN_RANGE)?,
        "seed" => {
            let expected = Expected::Whole { low: 0, high: LARGEST_SEED };
            scenario.seed = value.parse().ok().filter(|seed| *seed <= LARGEST_SEED).ok_or(expected)?;
        }
        "lang" => params.lang = Some(word(value, Language::ALL, Language::WORDS)?),
        "autorun" => params.autorun = flag(value)?,
        _ => {}
    }
    Ok(())
}

fn get(params: &Params, name: &str) -> String {
    let scenario = &params.scenario;
    match name {
        "url" => scenario.target.url.clone(),
        "cold_url" => scenario.target.cold_url.clone().unwrap_or_default(),
        "clients" => joined(&scenario.clients),
        "lifecycle" => joined(&scenario.lifecycle),
        "connection" => joined(&scenario.connection),
        "pacing" => joined(&scenario.pacing),
        "n" => scenario.n.to_string(),
        "concurrency" => joined(&scenario.concurrency),
        "rate" => scenario.rate.to_string(),
        "rounds" => scenario.auto.map_or_else(|| scenario.rounds.to_string(), |_| "auto".to_owned()),
        "budget" => write_duration(scenario.auto.unwrap_or_default().budget_ms),
        "warmup" => scenario.warmup.to_string(),
        "timeout" => write_duration(scenario.timeout_ms),
        "method" => scenario.target.method.to_string(),
        "body" => scenario.target.body.clone().unwrap_or_default(),
        "credentials" => scenario.target.credentials.to_string(),
        "thread" => joined(&scenario.thread),
        "aa" => scenario.aa.to_string(),
        "margin" => scenario.margin.to_string(),
        "seed" => scenario.seed.to_string(),
        "lang" => params.lang.map_or_else(String::new, |lang| lang.to_string()),
        "autorun" => params.autorun.to_string(),
        _ => String::new(),
    }
}

fn joined<T: ToString>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn list<T: FromStr<Err: Into<Expected>>>(value: &str) -> Result<Vec<T>, Expected> {
    value.split(',').map(|item| item.trim().parse().map_err(|error: T::Err| error.into())).collect()
}

/// Clients that can be run.
fn clients(value: &str, runner: Runner) -> Result<Vec<ClientChoice>, Expected> {
    let clients: Vec<ClientChoice> = list(value)?;
    if runner == Runner::Command {
        return Ok(clients);
    }
    match clients.iter().find(|choice| choice.client.runtime() != Runtime::Browser) {
        Some(outside) => Err(Expected::Client(ClientChoiceError::OutsideBrowser(outside.client.name()))),
        None => Ok(clients),
    }
}

fn word<T: Copy>(value: &str, all: &[T], spelled: &'static [&'static str]) -> Result<T, Expected> {
    let found = position(spelled, value).and_then(|place| all.get(place));
    found.copied().ok_or(Expected::OneOf(spelled))
}

fn words<T: Copy>(value: &str, all: &[T], spelled: &'static [&'static str]) -> Result<Vec<T>, Expected> {
    value.split(',').map(|item| word(item.trim(), all, spelled)).collect()
}

fn whole(value: &str, range: RangeInclusive<u32>) -> Result<u32, Expected> {
    let expected = Expected::Whole { low: (*range.start()).into(), high: (*range.end()).into() };
    value.parse().ok().filter(|number| range.contains(number)).ok_or(expected)
}

fn number(value: &str, range: RangeInclusive<f64>) -> Result<f64, Expected> {
    let expected = Expected::Number { low: *range.start(), high: *range.end() };
    read_number(value).filter(|number| range.contains(number)).ok_or(expected)
}

/// `autorun` and `autorun=true` are the same.
fn flag(value: &str) -> Result<bool, Expected> {
    match value {
        "" | "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Expected::Flag),
    }
}

/// Reads a time as links have it, in ms: `30s`, `1.5s`, `250ms` or `5m`.
///
/// # Errors
/// What was expected, if it is no time within these bounds.
pub fn read_duration(value: &str, range: RangeInclusive<u32>) -> Result<u32, Expected> {
    let expected = Expected::Duration { low_ms: *range.start(), high_ms: *range.end() };
    parse_duration(value).filter(|ms| range.contains(ms)).ok_or(expected)
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
