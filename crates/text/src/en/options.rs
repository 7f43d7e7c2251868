//! What is folded away in the form, and what is wrong with a link, in English.

use crate::{LinkErrors, Options};

/// Words of the options few people touch.
pub(super) const OPTIONS: Options = Options {
    margin: "Same within",
    thread: [
        ("In a worker", "Measures in a worker of its own, which the page’s own work does not disturb"),
        (
            "On the page’s thread",
            "Measures on the page’s own thread. With both chosen, every row that can be is measured on either, and they are compared",
        ),
    ],
    again: (
        "First variant twice",
        "Measures the first variant a second time: how far it differs from itself shows what can be told apart here",
    ),
    warmup: "Warm-up rounds",
    timeout: "Time-out",
    seconds: "s",
    seed: "Seed",
    from_link: "Also set by the link:",
    from_file: [
        "Opened from a file, this page reaches servers that let every origin read their answers (Access-Control-Allow-Origin: * or null), and no other files.",
        "What clients themselves cost can be measured without any server:",
    ],
    explain: &[
        "Reused: client and request are built before the round, and every call sends them again. Fresh: both are built anew for each call, as code does that makes a client inside a loop.",
        "Neither decides about connections. A browser keeps its pool of connections below the client, so a fresh client may well get a connection that is already open. Client and connection are two separate factors: the table shows, for each row, how many connections were new and how many were reused.",
        "Warm requests may use a connection that is open already, as most of an app’s do. Cold ones each open their own, as the first visit does; a browser does so only for a new host ({n}), or where the server closes.",
        "One after another: one request at a time. In flight together: so many lanes, each of which sends its next request when its last one has ended. At a fixed rate: each request has a time at which it is due, and one that had to wait counts from then.",
        "In a worker nothing that the page does disturbs measuring. On the page’s thread a client is measured as a page lives with it that fetches there; with both chosen, every row that can be is measured on either.",
        "Rounds: a number, or auto, which measures until every comparison is settled. Warm-up rounds come first and are not counted. First variant twice: how far it differs from itself shows what can be told apart here. Same within: how far from 1 a ratio may be and still count as the same. Seed: the same one gives the same order of rounds again.",
    ],
};

/// Words of what is wrong with a link.
pub(super) const LINK_ERRORS: LinkErrors = LinkErrors {
    title: "Part of this link cannot be read; the rest of it is set below",
    error: |error| error.to_string(),
};
