//! English.

use crate::words::{Side, Tag, Text, client_word};
use fetchmark_core::scenario::{
    factors::{Pacing, Thread},
    params::Language,
};

mod answer;
mod causes;
mod charts;
mod check;
mod export;
mod findings;
mod form;
mod headline;
mod kept;
mod problems;
mod refusal;
mod results;
mod run;
mod validity;

pub(crate) use refusal::refusal;

/// English.
pub static EN: Text = Text {
    speaks: Language::English,
    locale: "en",
    name: "Fetchmark",
    title: "Fetchmark: how fast is HTTP from this browser?",
    promise: "How fast is HTTP from this browser? Compare HTTP clients, reused or created for each request.",
    skip: "Skip to the form",
    language: "Language",
    form: form::FORM,
    built: form::built,
    request: form::REQUEST,
    options: form::OPTIONS,
    link_errors: form::LINK_ERRORS,
    check: check::CHECK,
    run: run::RUN,
    headline: headline::HEADLINE,
    answer: answer::ANSWER,
    lifecycles: results::LIFECYCLES,
    results: results::RESULTS,
    charts: charts::CHARTS,
    ranking: results::RANKING,
    validity: validity::VALIDITY,
    export: export::EXPORT,
    kept: kept::KEPT,
    comparison: kept::COMPARISON,
    tag_word,
    comma: ", ",
};

fn tag_word(tag: &Tag) -> String {
    match tag {
        Tag::Client(name, runtime) => client_word(name, *runtime, "Python"),
        Tag::Lifecycle(lifecycle) => lifecycle.word().to_owned(),
        Tag::Connection(connection) => format!("{connection} connections"),
        Tag::Pace { pacing: Pacing::Sequential, .. } => "sequential".to_owned(),
        Tag::Pace { pacing: Pacing::Concurrent, concurrency, .. } => format!("{concurrency} in flight"),
        Tag::Pace { pacing: Pacing::Rate, rate_per_second, .. } => {
            format!("{} per second", rate_per_second.unwrap_or_default())
        }
        Tag::Thread(Thread::Worker) => "in a worker".to_owned(),
        Tag::Thread(Thread::Main) => "on the main thread".to_owned(),
        Tag::Again => "again".to_owned(),
        Tag::Of(Side::Before) => "before".to_owned(),
        Tag::Of(Side::Now) => "now".to_owned(),
    }
}
