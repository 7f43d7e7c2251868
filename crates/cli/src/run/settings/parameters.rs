//! The page's parameters as options of the command and as settings of a file, made from core's table of them.

use std::collections::BTreeMap;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use fetchmark_core::scenario::Scenario;
use fetchmark_core::scenario::params::{Expected, PARAMETERS, Parameter};
use serde::{Deserialize, Serialize};

use super::value::TomlValue;

/// What the options are listed under.
pub(super) const WHAT: &str = "What to measure (the page's parameters)";

/// What `--help` says of each parameter that the command has: the others are of a page alone.
const HELP: &[(&str, &str)] = &[
    (
        "preset",
        "Preset settings: python, warm-vs-cold, clients, concurrency, floor, rate, deployments or protocols",
    ),
    (
        "url",
        "The URL to measure, or several to compare with the first; /lab/… or lab:/lab/… is the lab that runs beside the page, \
         lab-tls:/lab/… the same over TLS (HTTP/1.1), lab-h2:/lab/… over TLS with HTTP/2, lab-h3:/lab/… over HTTP/3. Without one: the lab's ping",
    ),
    ("label", "Names one of several URLs, in their order; default: its host"),
    ("cold_url", "URL that forces cold connections; for each of several URLs its own, in their order"),
    ("clients", "Clients with commas, such as gloo-net,js-fetch:reused"),
    ("lifecycle", "reused, fresh, or both with a comma"),
    ("connection", "warm, cold, or both with a comma"),
    ("pacing", "sequential, concurrent, rate, or several with commas"),
    ("n", "Requests per round"),
    ("concurrency", "Requests in flight, such as 6 or 1,6,all"),
    ("rate", "Arrivals per second where pacing is rate"),
    ("rounds", "Measured rounds, or auto"),
    ("budget", "Time of an auto run, such as 30s"),
    ("warmup", "Discarded rounds"),
    ("timeout", "Timeout of one request, such as 30s or 250ms"),
    ("method", "GET, HEAD, POST, …"),
    ("header", "'Name: value'; once for each header"),
    (
        "body",
        "Text to send; @FILE: what the file holds, byte for byte; - or @-: standard input; @@…: text that begins with @",
    ),
    ("credentials", "omit, same-origin or include"),
    ("thread", "worker, main, or both: worker,main"),
    ("aa", "Measure the first variant a second time"),
    ("keep_going", "Measure on where no request of the first block succeeded"),
    ("margin", "Equivalence margin, as a share"),
    ("seed", "The schedule's seed"),
];

/// The parameters that are given, by the names they have in links; a header may be given several times.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, TomlValue>")]
pub(crate) struct Parameters(pub(super) BTreeMap<&'static str, Vec<String>>);

impl Parameters {
    /// Names and values, in the order in which links have them.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let values = |parameter: &Parameter| self.0.get_key_value(parameter.name);
        let given = PARAMETERS.iter().filter_map(values);
        given.flat_map(|(name, values)| values.iter().map(|value| (*name, value.as_str())))
    }
}

/// The parameters that the command has, with their help.
fn of_command() -> impl Iterator<Item = (&'static Parameter, &'static str)> {
    HELP.iter().filter_map(|(name, help)| Some((Parameter::named(name)?, *help)))
}

/// What a settings file holds besides the command's own settings.
impl TryFrom<BTreeMap<String, TomlValue>> for Parameters {
    type Error = String;

    fn try_from(settings: BTreeMap<String, TomlValue>) -> Result<Self, String> {
        let read = |(name, value): (String, TomlValue)| {
            let known = of_command().find(|(parameter, _)| parameter.name == name);
            let (parameter, _) = known.ok_or_else(|| format!("unknown field `{name}`"))?;
            let values = if parameter.is_repeatable() { value.texts() } else { vec![value.text()] };
            Ok((parameter.name, values))
        };
        settings.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }
}

impl Args for Parameters {
    fn augment_args(command: Command) -> Command {
        let default = Scenario::default();
        command.args(of_command().map(|(parameter, help)| {
            let help = match parameter.write(&default).as_str() {
                "" | "false" => help.to_owned(),
                default => format!("{help} [default: {default}]"),
            };
            argument(parameter).help(help).help_heading(WHAT)
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn argument(parameter: &'static Parameter) -> Arg {
    let name = parameter.name;
    let argument = Arg::new(name).value_name(name.to_uppercase()).allow_negative_numbers(true);
    match name {
        "url" => return argument.num_args(0..).action(ArgAction::Append),
        "n" => argument.short('n'),
        "body" => argument.allow_hyphen_values(true),
        _ if parameter.is_repeatable() => argument.action(ArgAction::Append),
        _ if parameter.expected == Expected::Flag => {
            argument.num_args(0..=1).require_equals(true).default_missing_value("true")
        }
        _ => argument,
    }
    .long(name.replace('_', "-"))
    .aliases(name.contains('_').then_some(name))
}

impl FromArgMatches for Parameters {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |(parameter, _): (&'static Parameter, _)| {
            Some((parameter.name, matches.get_many(parameter.name)?.cloned().collect()))
        };
        Ok(Self(of_command().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.extend(Self::from_arg_matches(matches)?.0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_has_every_parameter_but_those_of_a_page_alone() {
        let without: Vec<_> = PARAMETERS
            .iter()
            .map(|parameter| parameter.name)
            .filter(|name| !HELP.iter().any(|(other, _)| other == name))
            .collect();
        assert_eq!((without, of_command().count()), (vec!["lang", "autorun"], HELP.len()));
    }
}
