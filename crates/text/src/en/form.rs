//! The form, in English.

use crate::{What, en::problems};
use fetchmark_core::{client::Client, factors::Lifecycle, numbers::many, preset::Preset};

/// The form.
pub(super) const WHAT: What = What {
    title: "What to measure",
    url: "Address to measure",
    url_hint: |target| format!("Empty: {target}"),
    url_hint_file: "A page opened from a file has no address of its own to measure: type one.",
    presets: "Questions",
    preset: |preset| match preset {
        Preset::Python => (
            "Build once or each time",
            "100 requests, at once and one after another, with the client reused and built afresh: the comparison of Python’s clients, in a browser",
        ),
        Preset::WarmVsCold => ("Warm or cold", "What does it cost to open a connection for every request?"),
        Preset::Clients => ("All clients", "Which client is fastest, each reused, six requests in flight?"),
        Preset::Concurrency => {
            ("Concurrency", "How does the time change with 1, 2, 6, 16 and 64 requests in flight?")
        }
        Preset::Floor => {
            ("No network", "What do clients themselves cost, where the browser answers without a network?")
        }
        Preset::Rate => (
            "Fixed rate",
            "How long do requests take that are sent 50 times a second, whether or not earlier ones ended?",
        ),
    },
    clients: "Clients",
    chip: |client, lifecycle| format!("{client}, {lifecycle}"),
    lifecycle: ["reused", "fresh"],
    connections: "Connections",
    connection: [
        ("warm", "The browser may reuse connections that are open"),
        ("cold", "Every request opens a connection of its own"),
    ],
    pacings: "Requests follow each other",
    pacing: ["one after another", "in flight together", "at a fixed rate"],
    rate: "Per second",
    cold_url: "Address for cold connections",
    cold_hint: "An address that the server answers with “Connection: close” (beside the lab: /lab/close), or one with {n} in its host. Empty: the address to measure, if it has {n} in its host or port.",
    cold_impossible: "Cold connections cannot be forced like this: a browser cannot be asked for a new connection. Give an address that closes its connection, or put {n} into the host.",
    n: "Requests",
    rounds: "Rounds",
    in_flight: "In flight",
    all_at_once: "All at once",
    at_most: "At most",
    lanes: "Requests in flight at most",
    more: "More options",
    explain_title: "What these choices mean, and what they do not",
    at_least: |requests| format!("at least {requests}"),
    plan: |variants, rounds, requests| {
        let rounds =
            rounds.map_or_else(|| "as many rounds as it takes".to_owned(), |rounds| many(rounds, "round"));
        let (variants, requests) = (many(variants, "variant"), many(requests, "request"));
        format!("{variants}, {rounds} each, {requests} in all, warm-up included")
    },
    variants: |variants| many(variants, "variant"),
    requests_by_rounds: |requests, rounds| {
        let rounds =
            rounds.map_or_else(|| "as many rounds as it takes".to_owned(), |rounds| many(rounds, "round"));
        format!("{} × {rounds}", many(requests, "request"))
    },
    edit: "Edit",
    large_run: |requests, host| {
        format!(
            "This run sends {requests} requests to {host}. Make sure its owner is fine with that, or lower requests or rounds."
        )
    },
    mixed_content: "This page was loaded over https, so browsers refuse its requests to http addresses. Use an https address, or open Fetchmark over http.",
    no_variant: "No client is chosen. Choose at least one.",
    url_problem: problems::url_problem,
    field_problem: problems::field_problem,
    scenario_problem: |problem| problem.to_string(),
};

/// What a client keeps, or builds for each call.
pub(super) fn built(client: Client, lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Reused => client.info().reused,
        Lifecycle::Fresh => client.info().fresh,
    }
}
