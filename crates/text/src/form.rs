//! Words of the form.

use crate::{FieldProblem, UrlProblem};
use fetchmark_core::{preset::Preset, scenario::ScenarioError};

/// Words of the form.
pub struct What {
    /// Name of the form for assistive technology.
    pub title: &'static str,
    /// Label of the address field.
    pub url: &'static str,
    /// What an empty address field means, given the default target.
    pub url_hint: fn(&str) -> String,
    /// The same from a file, which has no default target.
    pub url_hint_file: &'static str,
    /// Label of the presets.
    pub presets: &'static str,
    /// A preset: its name, and the question it asks.
    pub preset: fn(Preset) -> (&'static str, &'static str),
    /// Label of the client chips.
    pub clients: &'static str,
    /// Label of one chip for assistive technology: client and lifecycle.
    pub chip: fn(&str, &str) -> String,
    /// The two lifecycles: reused, fresh.
    pub lifecycle: [&'static str; 2],
    /// Label of the connection treatments.
    pub connections: &'static str,
    /// The two treatments, warm and cold: a word, and what it means.
    pub connection: [(&'static str, &'static str); 2],
    /// Label of the pacings.
    pub pacings: &'static str,
    /// The three pacings: one after another, at once, at a rate.
    pub pacing: [&'static str; 3],
    /// Label of the rate.
    pub rate: &'static str,
    /// Label of the address for cold connections.
    pub cold_url: &'static str,
    /// What the address for cold connections may be.
    pub cold_hint: &'static str,
    /// Cold connections are asked for, and nothing forces them.
    pub cold_impossible: &'static str,
    /// Label of requests per round.
    pub n: &'static str,
    /// Label of rounds per variant.
    pub rounds: &'static str,
    /// Label of the in-flight choice.
    pub in_flight: &'static str,
    /// Choice: all at once.
    pub all_at_once: &'static str,
    /// Choice: at most so many.
    pub at_most: &'static str,
    /// Label of the number of lanes.
    pub lanes: &'static str,
    /// Summary of the folded options.
    pub more: &'static str,
    /// Summary of the explanation of the two factors.
    pub explain_title: &'static str,
    /// A number of requests that may be more.
    pub at_least: fn(&str) -> String,
    /// What a run will do: variants, rounds (`None` where the run finds out itself), requests in all.
    pub plan: fn(&str, Option<&str>, &str) -> String,
    /// The form in one line begins with this: how many variants.
    pub variants: fn(&str) -> String,
    /// It ends with this: requests in a round, rounds (`None` where the run finds out itself).
    pub requests_by_rounds: fn(&str, Option<&str>) -> String,
    /// Button: unfold the form.
    pub edit: &'static str,
    /// Warning before many requests go to someone else's server: requests, host.
    pub large_run: fn(&str, &str) -> String,
    /// Warning that a secure page cannot request an insecure address.
    pub mixed_content: &'static str,
    /// No variant is chosen.
    pub no_variant: &'static str,
    /// What is wrong with an address.
    pub url_problem: fn(&UrlProblem) -> String,
    /// What is wrong with a number.
    pub field_problem: fn(&FieldProblem) -> String,
    /// What is wrong with the settings as a whole.
    pub scenario_problem: fn(&ScenarioError) -> String,
}
