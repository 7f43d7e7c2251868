//! The form, in English.

use super::problems;
use crate::words::{Form, LinkErrors, Options, Request};
use fetchmark_core::{
    scenario::{
        client::Client,
        factors::{Credentials, Lifecycle},
        preset::Preset,
    },
    stats::numbers::many,
};

/// The form.
pub(super) const FORM: Form = Form {
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

/// The request's own fields.
pub(super) const REQUEST: Request = Request {
    title: "Request",
    method: "Method",
    headers: "Headers",
    headers_hint: "One per line, for example Accept: application/json. For another origin, most headers make the browser ask the server first (a preflight).",
    header_problem: ToString::to_string,
    body: "Body",
    body_hint: "Sent as text/plain unless you set a Content-Type header.",
    body_kept: |method| {
        format!(
            "{method} requests have no body. This text is kept for other methods; it is not sent and not in the link."
        )
    },
    credentials_title: "Cookies and logins",
    credentials: |credentials| match credentials {
        Credentials::Omit => ("never (omit)", "Cookies and logins are never sent."),
        Credentials::SameOrigin => {
            ("to this page’s origin (same-origin)", "Sent only to the page’s own origin.")
        }
        Credentials::Include => (
            "always (include)",
            "Sent to other origins, too. These must allow this page’s origin by name, not with *.",
        ),
    },
};

/// Words of the options few people touch.
pub(super) const OPTIONS: Options = Options {
    margin: "Equivalence margin",
    thread: [
        ("In a worker", "Measures in a worker of its own, undisturbed by the page"),
        (
            "On the main thread",
            "Measures on the page’s main thread. With both selected, variants that can run on either are measured on both and compared",
        ),
    ],
    again: (
        "First variant twice",
        "Measures the first variant a second time (A/A). How far it differs from itself shows which differences can be detected here",
    ),
    warmup: "Warm-up rounds",
    timeout: "Timeout",
    seconds: "s",
    seed: "Seed",
    from_link: "Also set by the link:",
    from_file: [
        "A page opened from a file can only reach servers that allow every origin (Access-Control-Allow-Origin: * or null), and it cannot read other files.",
        "What the clients themselves cost can be measured without a server:",
    ],
    explain: &[
        "Reused: client and request are created before the round, and every call sends them again. Fresh: both are created for each call, as in code that makes a client inside a loop.",
        "Neither decides about connections. A browser pools connections below the client, so a fresh client may well get an open connection. Client and connection are two separate factors: the table shows how many connections of each row were new and how many were reused.",
        "Warm requests may use an open connection, as most requests of an app do. Cold requests each open a new one, as a first visit does. A browser does that only for a new host ({n}), or when the server closes connections.",
        "Sequential: one request at a time. Concurrent: as many requests in flight as set; when one ends, the next is sent. Fixed rate: each request has a time at which it is due, and latency is counted from then.",
        "In a worker, nothing that the page does disturbs the measurement. On the main thread, a client is measured as an app uses it there. With both selected, variants that can run on either are measured on both.",
        "Rounds: a number, or auto, which measures until every comparison is settled. Warm-up rounds come first and are discarded. First variant twice: how far it differs from itself shows which differences can be detected here. Equivalence margin: how far a ratio may be from 1 and still count as equivalent. Seed: the same seed gives the same order of rounds.",
    ],
};

/// Words of what is wrong with a link.
pub(super) const LINK_ERRORS: LinkErrors = LinkErrors {
    title: "Part of this link cannot be read; the rest is set below",
    error: |error| error.to_string(),
};
