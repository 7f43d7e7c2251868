//! Every sentence and word the page shows, one value of [`Text`] per language.
//!
//! A language is a complete [`Text`]: a string that is missing does not compile. Sentences that hold numbers or
//! names are functions, so that a language can order their parts as it needs. Numbers come in already written
//! for the reader's locale.

mod check;
mod en;
mod figures;
mod kept;
mod ko;
mod pictures;
mod request;

use crate::{
    answer::Contrast, fields::FieldProblem, labels::Tag, run_failure::RunFailure, url_check::UrlProblem,
};
use fetchmark_core::{
    comparison::{Reason, Verdict},
    label::Evidence,
    language::Language,
    params::ParamError,
    preset::Preset,
    sample::ErrorClass,
    timing::Phase,
    validity::{Finding, Severity},
};
use leptos::prelude::use_context;

pub use check::Check;
pub use en::EN;
pub use figures::{Baseline, Compared};
pub use kept::{ComparedReport, Comparison, Kept};
pub use ko::KO;
pub use pictures::Pictures;
pub use request::Request;

/// The language of the page, from the nearest context; English where none was given.
pub fn text() -> &'static Text {
    use_context::<&'static Text>().unwrap_or(&EN)
}

impl Text {
    /// The text in this language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &EN,
            Language::Korean => &KO,
        }
    }
}

/// One language.
pub struct Text {
    /// Which.
    pub speaks: Language,
    /// BCP 47 tag, for `lang` and for number formats.
    pub tag: &'static str,
    /// The language's own name.
    pub own_name: &'static str,
    /// The product's name.
    pub name: &'static str,
    /// The document's title.
    pub title: &'static str,
    /// What it does, in one line.
    pub promise: &'static str,
    /// The link past the header.
    pub skip: &'static str,
    /// Label of the choice of languages.
    pub language: &'static str,
    /// The part where a run is described.
    pub what: What,
    /// The request's own fields.
    pub request: Request,
    /// The target check.
    pub check: Check,
    /// The part where it runs.
    pub run: Run,
    /// The part that answers.
    pub answer: Answer,
    /// The table and the pictures.
    pub results: Results,
    /// Fresh against reused.
    pub lifecycles: Lifecycles,
    /// The pictures.
    pub pictures: Pictures,
    /// The part that says how far to trust the numbers.
    pub trust: Trust,
    /// The part with links and files.
    pub take_away: TakeAway,
    /// The reports kept and opened.
    pub kept: Kept,
    /// Two reports compared.
    pub comparison: Comparison,
    /// One factor of a row.
    pub tag_word: fn(&Tag) -> String,
    /// What stands between the parts of a list.
    pub comma: &'static str,
}

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
    /// What a page from a file may reach; what leads over to the question that needs no network.
    pub from_file: [&'static str; 2],
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
    /// Label of the margin.
    pub margin: &'static str,
    /// Toggle: measure on the page's own thread; and what that means.
    pub on_main: (&'static str, &'static str),
    /// Toggle: measure the first variant twice; and what that means.
    pub again: (&'static str, &'static str),
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
    /// Summary of the explanation of the two factors.
    pub explain_title: &'static str,
    /// Its paragraphs.
    pub explain: &'static [&'static str],
    /// Instead of a number of rounds, where the run finds out itself.
    pub as_needed: &'static str,
    /// A number of requests that may be more.
    pub at_least: fn(&str) -> String,
    /// What a run will do: variants, rounds, requests in all.
    pub plan: fn(&str, &str, &str) -> String,
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
    /// Headline over what is wrong with the link's parameters.
    pub param_errors: &'static str,
    /// One of them.
    pub param_error: fn(&ParamError) -> String,
}

/// Words of the run.
pub struct Run {
    /// The button, idle.
    pub run: &'static str,
    /// The button, after a run.
    pub again: &'static str,
    /// The button, running.
    pub stop: &'static str,
    /// The button, after Stop was pressed.
    pub stopping: &'static str,
    /// Name of the progress bar.
    pub progress: &'static str,
    /// Before the first progress.
    pub starting: &'static str,
    /// While warming up: the row's label.
    pub warming: fn(&str) -> String,
    /// While measuring: block, the row's label.
    pub measuring: fn(&str, &str) -> String,
    /// Time left, given as seconds.
    pub left: fn(&str) -> String,
    /// How many requests per second the last finished round made.
    pub pace: fn(&str) -> String,
    /// For screen readers now and then: percent done.
    pub announce: fn(&str) -> String,
    /// For screen readers when it is over.
    pub announce_done: &'static str,
    /// Why there is no report.
    pub failure: fn(&RunFailure) -> String,
    /// Headline over a failure.
    pub failed: &'static str,
    /// Caption of the live strip.
    pub strip: &'static str,
}

/// Words of the answer.
pub struct Answer {
    /// Headline.
    pub title: &'static str,
    /// What the baseline did: requests, row label, total time, rounds, per second.
    pub baseline: fn(&Baseline) -> String,
    /// A comparison with a ratio: contrast, ratio, low, high, verdict, reason, margin in percent.
    pub compared: fn(&Compared) -> String,
    /// A comparison without one.
    pub not_compared: fn(&Contrast, Reason) -> String,
    /// A reason as a sentence.
    pub reason: fn(Reason) -> &'static str,
    /// The verdict in a word.
    pub verdict: fn(Verdict) -> &'static str,
    /// Failures of one class: failed, issued, sentence of the class with the browser's message.
    pub failures: fn(&str, &str, &str) -> String,
    /// What a class of failure means, given the browser's own words.
    pub error_class: fn(ErrorClass, &str) -> String,
    /// The run was stopped: finished rounds.
    pub stopped: fn(&str) -> String,
    /// The run ended by itself before its end.
    pub ended_early: &'static str,
    /// Nothing was measured.
    pub nothing: &'static str,
    /// There is one variant only.
    pub nothing_to_compare: &'static str,
    /// What ratio and interval mean.
    pub how_to_read: &'static str,
}

/// Words of the table of fresh against reused.
pub struct Lifecycles {
    /// Headline of the table.
    pub title: &'static str,
    /// Its caption.
    pub caption: &'static str,
    /// Column: ratio with interval.
    pub ratio: &'static str,
}

/// Words of table and pictures.
pub struct Results {
    /// Headline of the table.
    pub title: &'static str,
    /// Caption: requests, rounds, what all rows have in common.
    pub caption: fn(&str, &str, &str) -> String,
    /// Column: the variant.
    pub variant: &'static str,
    /// Column: median total time for n requests.
    pub total: fn(&str) -> String,
    /// Column: requests per second.
    pub per_second: &'static str,
    /// Column group: latency of one request.
    pub latency: &'static str,
    /// Columns: percentiles.
    pub percentiles: [&'static str; 3],
    /// Column group: connections.
    pub connections: &'static str,
    /// Columns: new, reused, cached, unknown.
    pub labels: [&'static str; 4],
    /// Column: failures.
    pub failures: &'static str,
    /// Column: ratio with interval.
    pub ratio: &'static str,
    /// Instead of a ratio in the first row.
    pub baseline: &'static str,
    /// The unit of times in headers.
    pub ms: &'static str,
    /// Headline of the picture.
    pub rounds_title: &'static str,
    /// What the picture shows.
    pub rounds_caption: &'static str,
    /// How many rounds the picture leaves out, and why.
    pub rounds_left_out: fn(&str) -> String,
    /// The picture in words: row, shortest, median, longest.
    pub rounds_row: fn(&str, &str, &str, &str) -> String,
    /// Summary over the picture's table.
    pub rounds_table: &'static str,
    /// Column: block.
    pub block: &'static str,
    /// Headline of the picture of a request's parts.
    pub phases_title: &'static str,
    /// What the picture shows.
    pub phases_caption: &'static str,
    /// Summary over its table.
    pub phases_table: &'static str,
    /// Column: requests that show their parts.
    pub phases_count: &'static str,
    /// A part of a request.
    pub phase: fn(Phase) -> &'static str,
    /// A median.
    pub median: &'static str,
    /// Column: requests in flight.
    pub in_flight: &'static str,
}

/// Words of the trust part.
pub struct Trust {
    /// Headline.
    pub title: &'static str,
    /// There are no findings.
    pub nothing_found: &'static str,
    /// A finding: what it is, the row concerned, the count.
    pub finding: fn(&Finding, Option<&str>, &str) -> String,
    /// How much a finding matters, in a word.
    pub severity: fn(Severity) -> &'static str,
    /// Headline of the environment.
    pub environment: &'static str,
    /// Label of the browser.
    pub browser: &'static str,
    /// Label of processors.
    pub cores: &'static str,
    /// What ran clients outside the browser.
    pub beside: &'static str,
    /// The language and its runtime.
    pub python: &'static str,
    /// Label of isolation.
    pub isolated: &'static str,
    /// Isolated or not.
    pub isolated_values: [&'static str; 2],
    /// Label of the clock's step.
    pub timer: &'static str,
    /// Label of protocols.
    pub protocol: &'static str,
    /// A protocol the browser hides.
    pub hidden_protocol: &'static str,
    /// Label of the target.
    pub target: &'static str,
    /// Label of the evidence for connection labels.
    pub evidence: &'static str,
    /// One evidence.
    pub evidence_word: fn(Evidence) -> &'static str,
    /// Label of when and how long.
    pub started: &'static str,
    /// Something the browser does not say.
    pub unknown: &'static str,
    /// Label of requests: issued, ok, failed, aborted.
    pub requests: &'static str,
    /// Their counts: issued, ok, failed, aborted.
    pub request_counts: fn(&str, &str, &str, &str) -> String,
}

/// Words of the take-away part.
pub struct TakeAway {
    /// Headline.
    pub title: &'static str,
    /// Label of the link field.
    pub link: &'static str,
    /// Button: copy.
    pub copy: &'static str,
    /// After copying.
    pub copied: &'static str,
    /// When the browser did not allow it.
    pub not_copied: &'static str,
    /// Button: copy a link that holds the report.
    pub copy_with_report: &'static str,
    /// When the browser did not allow copying what stands in no field.
    pub not_allowed: &'static str,
    /// Button: download.
    pub download: &'static str,
    /// Button: download the rounds for programs.
    pub download_csv: &'static str,
    /// Button: download the latencies' histograms.
    pub download_hdr: &'static str,
    /// Button: copy sentences and table for a comment.
    pub copy_markdown: &'static str,
    /// Button: copy the table for a spreadsheet.
    pub copy_table: &'static str,
    /// What the file is.
    pub download_hint: &'static str,
}
