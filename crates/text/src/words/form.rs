//! Words of the form.

use super::problem::{FieldProblem, UrlProblem};
use fetchmark_core::{
    request::header::HeaderProblem,
    scenario::{ScenarioError, factors::Credentials, params::ParamError, preset::Preset},
};

/// Words of the form.
pub struct Form {
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

/// Words of the request's own fields.
pub struct Request {
    /// Name of the group.
    pub title: &'static str,
    /// Label of the method.
    pub method: &'static str,
    /// Label of the headers.
    pub headers: &'static str,
    /// How headers are written.
    pub headers_hint: &'static str,
    /// What is wrong with a header.
    pub header_problem: fn(&HeaderProblem) -> String,
    /// Label of the body.
    pub body: &'static str,
    /// How a body is sent.
    pub body_hint: &'static str,
    /// A body is typed that this method does not take.
    pub body_kept: fn(&str) -> String,
    /// Label of the credentials mode.
    pub credentials_title: &'static str,
    /// A credentials mode: its name, and what it means.
    pub credentials: fn(Credentials) -> (&'static str, &'static str),
}

/// Words of the options few people touch.
pub struct Options {
    /// Label of the margin.
    pub margin: &'static str,
    /// Where measuring runs, each with what it means, in the order of `Thread::ALL`. With both, rows are measured on either.
    pub thread: [(&'static str, &'static str); 2],
    /// Toggle: measure the first variant twice; and what that means.
    pub again: (&'static str, &'static str),
    /// Label of warm-up rounds.
    pub warmup: &'static str,
    /// Label of the time-out.
    pub timeout: &'static str,
    /// Unit of the time-out.
    pub seconds: &'static str,
    /// Label of the seed.
    pub seed: &'static str,
    /// Settings that came with the link and have no field of their own.
    pub from_link: &'static str,
    /// What a page from a file may reach; what leads over to the question that needs no network.
    pub from_file: [&'static str; 2],
    /// What the two factors are, in paragraphs.
    pub explain: &'static [&'static str],
}

/// Words of what is wrong with a link.
pub struct LinkErrors {
    /// Headline.
    pub title: &'static str,
    /// One of them.
    pub error: fn(&ParamError) -> String,
}
