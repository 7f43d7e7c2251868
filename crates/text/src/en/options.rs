//! What is folded away in the form, and what is wrong with a link, in English.

use crate::{LinkErrors, Options};

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
        "A page opened from a file reaches only servers that allow every origin (Access-Control-Allow-Origin: * or null), and no other files.",
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
