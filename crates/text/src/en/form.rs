//! The form, in English.

use crate::{What, en::problems};
use fetchmark_core::{client::Client, factors::Lifecycle, numbers::many, preset::Preset};

/// The form.
pub(super) const WHAT: What = What {
    title: "What to measure",
    url: "URL to measure",
    url_hint: |target| format!("Default: {target}"),
    url_hint_file: "A page opened from a file has no default URL: enter one.",
    presets: "Presets",
    preset: |preset| match preset {
        Preset::Python => (
            "Reused or fresh",
            "Is it worth keeping the client? 100 requests, concurrent and sequential, as in the comparison of Python’s clients",
        ),
        Preset::WarmVsCold => {
            ("Warm or cold", "What does it cost to open a new connection for each request?")
        }
        Preset::Clients => {
            ("All clients", "Which client is fastest? Each reused, with six requests in flight")
        }
        Preset::Concurrency => {
            ("Concurrency", "How does the time change with 1, 2, 6, 16 and 64 requests in flight?")
        }
        Preset::Floor => {
            ("No network", "What do the clients themselves cost, when the browser answers without a network?")
        }
        Preset::Rate => (
            "Fixed rate",
            "How long does a request take at 50 requests per second, whether or not earlier ones have finished?",
        ),
    },
    clients: "Clients",
    chip: |client, lifecycle| format!("{client}, {lifecycle}"),
    lifecycle: ["reused", "fresh"],
    connections: "Connections",
    connection: [
        ("warm", "Requests may use a connection that is already open"),
        ("cold", "Each request opens a new connection"),
    ],
    pacings: "Pacing",
    pacing: ["sequential", "concurrent", "fixed rate"],
    rate: "Requests per second",
    cold_url: "URL for cold connections",
    cold_hint: "A URL that the server answers with “Connection: close” (on the lab: /lab/close), or one with {n} in its host. Leave it empty if the URL to measure has {n} in its host or port.",
    cold_impossible: "Cold connections cannot be forced with this URL: a page cannot ask the browser for a new connection. Enter a URL whose server closes the connection, or put {n} into the host.",
    n: "Requests",
    rounds: "Rounds",
    in_flight: "In flight",
    all_at_once: "All at once",
    at_most: "At most",
    lanes: "Maximum requests in flight",
    more: "More options",
    explain_title: "What these options mean",
    at_least: |requests| format!("at least {requests}"),
    plan: |variants, rounds, requests| {
        let rounds =
            rounds.map_or_else(|| "as many rounds as needed".to_owned(), |rounds| many(rounds, "round"));
        let (variants, requests) = (many(variants, "variant"), many(requests, "request"));
        format!("{variants}, {rounds} each, {requests} in total, warm-up included")
    },
    variants: |variants| many(variants, "variant"),
    requests_by_rounds: |requests, rounds| {
        let rounds =
            rounds.map_or_else(|| "as many rounds as needed".to_owned(), |rounds| many(rounds, "round"));
        format!("{} × {rounds}", many(requests, "request"))
    },
    edit: "Edit",
    large_run: |requests, host| {
        format!(
            "This run sends {requests} requests to {host}. Make sure that its owner agrees, or reduce requests or rounds."
        )
    },
    mixed_content: "This page was loaded over https, so the browser blocks requests to http URLs. Use an https URL, or open Fetchmark over http.",
    no_variant: "No client is selected. Select at least one.",
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
