//! Every parameter of a link: its name, what it may be, and which setting it is. A new one is an entry here.

use super::{expected::Expected, language::Language, value::Value};
use crate::{
    request::target::Method,
    scenario::{
        factors::{Connection, Credentials, Lifecycle, Pacing, Thread},
        limits::{LARGEST_SEED, MARGIN_RANGE, MAX_ROUNDS},
        preset::Preset,
        settings::{Scenario, ScenarioError},
    },
};

/// One parameter.
pub struct Parameter {
    /// Its name in links and settings files. The command line has hyphens in place of underscores.
    pub name: &'static str,
    /// What it may be; in a list, what each part may be.
    pub expected: Expected,
    /// Where the JSON of a scenario has it, such as `timeout_ms` or `target.url`; `None`: nowhere, it is of the link alone.
    pub field: Option<&'static str>,
    get: fn(&Scenario) -> Option<&dyn Value>,
    get_mut: fn(&mut Scenario) -> Option<&mut dyn Value>,
}

macro_rules! parameter {
    ($name:literal, $expected:expr, []) => {
        Parameter { name: $name, expected: $expected, field: None, get: |_| None, get_mut: |_| None }
    };
    ($name:literal, $expected:expr, [$first:ident?.$rest:ident]) => {
        Parameter {
            name: $name,
            expected: $expected,
            field: Some(concat!(stringify!($first), ".", stringify!($rest))),
            get: |scenario| scenario.$first.as_ref().map(|inner| &inner.$rest as &dyn Value),
            get_mut: |scenario| scenario.$first.as_mut().map(|inner| &mut inner.$rest as &mut dyn Value),
        }
    };
    ($name:literal, $expected:expr, [$first:ident $(. $rest:ident)*]) => {
        Parameter {
            name: $name,
            expected: $expected,
            field: Some(concat!(stringify!($first) $(, ".", stringify!($rest))*)),
            get: |scenario| Some(&scenario.$first $(. $rest)*),
            get_mut: |scenario| Some(&mut scenario.$first $(. $rest)*),
        }
    };
}

macro_rules! problem {
    ($scenario:ident, $expected:expr, []) => { None };
    ($scenario:ident, $expected:expr, [$first:ident?.$rest:ident]) => {
        $scenario.$first.as_ref().and_then(|inner| problem_of(&inner.$rest, stringify!($rest), &$expected))
    };
    ($scenario:ident, $expected:expr, [$first:ident $(. $rest:ident)*]) => {
        problem_of(&$scenario.$first $(. $rest)*, stringify!($first), &$expected)
    };
}

/// Declares the parameters: name, what it may be, and the setting in brackets.
macro_rules! parameters {
    ($(($name:literal, $expected:expr, $setting:tt)),+ $(,)?) => {
        /// Every parameter, in the order in which links are written.
        pub static PARAMETERS: &[Parameter] = &[$(parameter!($name, $expected, $setting)),+];

        /// What is wrong with each setting by itself. It is all that the engine needs of them: by way of the table, which holds how they are
        /// read and written, the engine would be 4 KB larger.
        pub(in crate::scenario) fn problems(scenario: &Scenario) -> Vec<ScenarioError> {
            [$(problem!(scenario, $expected, $setting)),+].into_iter().flatten().collect()
        }
    };
}

parameters![
    ("preset", Expected::OneOf(Preset::WORDS), []),
    ("url", Expected::Url, [target.url]),
    ("label", Expected::Text, []),
    ("cold_url", Expected::Url, [target.cold_url]),
    ("clients", Expected::Text, [clients]),
    ("lifecycle", Expected::OneOf(Lifecycle::WORDS), [lifecycle]),
    ("connection", Expected::OneOf(Connection::WORDS), [connection]),
    ("pacing", Expected::OneOf(Pacing::WORDS), [pacing]),
    ("n", Expected::Whole(1, 100_000), [n]),
    ("concurrency", Expected::Text, [concurrency]),
    ("rate", Expected::Number(0.1, 10_000.0), [rate]),
    ("rounds", Expected::AutoOrWhole(1, MAX_ROUNDS as u64), [rounds]),
    ("budget", Expected::Duration(1_000, 600_000), [auto?.budget_ms]),
    ("warmup", Expected::Whole(0, 100), [warmup]),
    ("timeout", Expected::Duration(1, 600_000), [timeout_ms]),
    ("method", Expected::OneOf(Method::WORDS), [target.method]),
    ("header", Expected::Text, [target.headers]),
    ("body", Expected::Text, [target.body]),
    ("credentials", Expected::OneOf(Credentials::WORDS), [target.credentials]),
    ("thread", Expected::OneOf(Thread::WORDS), [thread]),
    ("aa", Expected::Flag, [aa]),
    ("keep_going", Expected::Flag, [keep_going]),
    ("margin", Expected::Number(*MARGIN_RANGE.start(), *MARGIN_RANGE.end()), [margin]),
    ("seed", Expected::Whole(0, LARGEST_SEED), [seed]),
    ("lang", Expected::OneOf(Language::WORDS), []),
    ("autorun", Expected::Flag, []),
];

/// What `rounds` is in an auto run.
const AUTO: &str = "auto";

impl Parameter {
    /// The parameter of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        PARAMETERS.iter().find(|parameter| parameter.name == name)
    }

    /// Whether it may be given more than once: each header, and for each of several targets its own.
    pub fn is_repeatable(&self) -> bool {
        matches!(self.name, "url" | "label" | "cold_url" | "header")
    }

    /// Takes the value that the text means into the scenario.
    ///
    /// # Errors
    /// What was expected, if it means none; then nothing is changed.
    pub fn read(&self, text: &str, scenario: &mut Scenario) -> Result<(), Expected> {
        let is_rounds = matches!(self.expected, Expected::AutoOrWhole(..));
        if is_rounds && text == AUTO {
            scenario.auto.get_or_insert_default();
            return Ok(());
        }
        (self.get_mut)(scenario).map_or(Ok(()), |value| value.read(text, &self.expected))?;
        if is_rounds {
            scenario.auto = None;
        }
        Ok(())
    }

    /// The scenario's value, as [`Self::read`] reads it; headers stand in a line each.
    pub fn write(&self, scenario: &Scenario) -> String {
        match self.expected {
            Expected::AutoOrWhole(..) if scenario.auto.is_some() => AUTO.to_owned(),
            _ => (self.get)(scenario).map_or_else(String::new, |value| value.write(&self.expected)),
        }
    }
}

fn problem_of(value: &impl Value, field: &'static str, expected: &Expected) -> Option<ScenarioError> {
    if value.lacks_choice() {
        return Some(ScenarioError::Empty { field });
    }
    let (given, (low, high)) = (value.number()?, expected.bounds()?);
    // NaN is in no range, so the test is for being inside.
    (!(low..=high).contains(&given)).then_some(ScenarioError::OutOfRange { field, given, low, high })
}
