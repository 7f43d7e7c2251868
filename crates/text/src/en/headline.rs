//! The headline in English.

use crate::words::{Differs, HeadlineText};
use fetchmark_core::{
    compare::Verdict,
    report::headline::question::Question,
    scenario::factors::{Connection, Thread},
    stats::numbers::many,
};

pub(super) const HEADLINE: HeadlineText = HeadlineText {
    stopped: "Stopped early.",
    failed: "Ended early because of an error.",
    nothing_measured: "Nothing was measured.",
    all_voided: "No round counts: all were voided.",
    none_counts: "No round counts.",
    nothing_to_compare: "There is nothing to compare.",
    most_failed: |failed, ended| {
        format!("{failed} of {ended} requests failed; see why before you compare times.")
    },
    one_row: |n, total| format!("{} took {total}.", many(n, "request")),
    about,
    not_shown: |questions| {
        let between: Vec<&str> = questions.iter().copied().map(between).collect();
        format!("No difference shown between {}.", between.join(", or between "))
    },
    equivalent: |about, margin| format!("Equivalent, within ±{margin}: {about}."),
    not_comparable: |question| format!("{} could not be compared.", subject(question)),
    fastest: |client, others, range| match others {
        [other] => format!("{client} is faster than {other}: {other} takes {range} times as long."),
        _ => format!(
            "{client} is the fastest of {} clients: the others take {range} times as long.",
            others.len() + 1
        ),
    },
    differs,
    also: |verdict, each| format!("Also {verdict}: {}.", each.join(", ")),
    with_range: |name, range, share| format!("{name} ({range} times as long{})", in_some(share)),
    compared_with: |row| format!("Compared with “{row}”:"),
    range: |low, high| format!("{low} to {high}"),
    keep: "Keep the client.",
    depends: "It depends.",
    repetition: "On this machine, differences of that size mean little.",
};

fn about(question: Question) -> &'static str {
    match question {
        Question::Lifecycle => "reused and fresh clients",
        Question::Connection => "warm and cold connections",
        Question::Client => "clients",
        Question::Thread => "worker and main thread",
        Question::Pacing => "pacings",
        Question::Repetition => "the first row and its repetition",
        Question::Rows => "rows",
    }
}

/// After “between”.
fn between(question: Question) -> &'static str {
    match question {
        Question::Client => "one client and another",
        Question::Pacing => "one pacing and another",
        Question::Rows => "one row and another",
        _ => about(question),
    }
}

/// At the start of a sentence.
fn subject(question: Question) -> &'static str {
    match question {
        Question::Lifecycle => "Reused and fresh clients",
        Question::Connection => "Warm and cold connections",
        Question::Client => "The clients",
        Question::Thread => "Worker and main thread",
        Question::Pacing => "The pacings",
        Question::Repetition => "The first row and its repetition",
        Question::Rows => "The rows",
    }
}

fn in_some(share: Option<(usize, usize)>) -> String {
    share.map(|(some, all)| format!(" in {some} of {all} comparisons")).unwrap_or_default()
}

fn differs(told: &Differs<'_>) -> String {
    let Differs { question, verdict, candidate, baseline, labels, clients, range, .. } = told;
    let share = in_some(told.share);
    let of_client = |before: &str| match clients {
        _ if told.is_every_client => String::new(),
        [client] => format!("{before}{client}"),
        _ => String::new(),
    };
    let is = |subject: &str, other: &str| {
        format!("{subject} is {verdict} than {other}: it takes {range} times as long{share}.")
    };
    let are = |subject: &str, other: &str| {
        format!("{subject} are {verdict} than {other}: they take {range} times as long{share}.")
    };
    match question {
        // Of one client alone its name is news.
        Question::Lifecycle => match (clients, verdict) {
            ([client], Verdict::Slower) => {
                format!("A new {client} client for each request takes {range} times as long{share}.")
            }
            (_, Verdict::Slower) => {
                format!("A new client for each request takes {range} times as long{share}.")
            }
            ([client], _) => format!(
                "A new {client} client for each request is faster: it takes {range} times as long{share}."
            ),
            _ => format!("A new client for each request is faster: it takes {range} times as long{share}."),
        },
        Question::Connection => {
            let word = |connection| match connection {
                Connection::Warm => ("Warm", "warm"),
                Connection::Cold => ("Cold", "cold"),
            };
            let subject = format!("{} connections{}", word(candidate.connection).0, of_client(" with "));
            are(&subject, &format!("{} ones", word(baseline.connection).1))
        }
        Question::Thread => {
            let word = |thread| match thread {
                Some(Thread::Main) => ("The main thread", "the main thread"),
                _ => ("A worker", "a worker"),
            };
            is(&format!("{}{}", word(candidate.thread).0, of_client(" with ")), word(baseline.thread).1)
        }
        Question::Client => match clients {
            [client] => is(client, &baseline.client),
            [first @ .., last] if clients.len() <= 3 => {
                are(&format!("{} and {last}", first.join(", ")), &baseline.client)
            }
            _ => are(&format!("{} clients", clients.len()), &baseline.client),
        },
        Question::Repetition => is("The first row measured again", "the first time"),
        Question::Pacing | Question::Rows => is(&format!("“{}”", labels[0]), &format!("“{}”", labels[1])),
    }
}
