//! Every sentence that a person reads, on the page, in the terminal and in exports: per language one value of [`Text`].
//!
//! A language is complete: a string that is missing does not compile. Sentences that hold numbers or
//! names are functions, so that a language can order their parts as it needs. Numbers come in already written
//! for the reader's locale.

mod check;
mod en;
pub mod export;
mod figures;
mod form;
mod groups;
mod headline;
mod kept;
mod ko;
mod labels;
mod numbers;
mod options;
mod pictures;
mod problem;
mod ranking;
mod request;

use fetchmark_core::{
    client::Client,
    comparison::{Reason, Verdict},
    factors::Lifecycle,
    failure_cause::Cause,
    gate::GateOutcome,
    label::Evidence,
    language::Language,
    scenario::ScenarioError,
    timing::Phase,
    validity::{Finding, Severity},
};

pub use check::Check;
pub use en::EN;
pub use figures::Baseline;
pub use form::What;
pub use groups::{in_group, verdict_within};
pub use headline::{Differs, HeadlineText, HeadlineWords, headline};
pub use kept::{ComparedReport, Comparison, Kept};
pub use ko::KO;
pub use labels::{Labels, Row, Side, Tag, in_words};
pub use options::{LinkErrors, Options};
pub use pictures::Pictures;
pub use problem::{FieldProblem, ReportProblem, UrlProblem};
pub use ranking::Ranking;
pub use request::Request;

/// The words of a language.
pub fn in_language(language: Language) -> &'static Text {
    match language {
        Language::English => &EN,
        Language::Korean => &KO,
    }
}

/// What the page says in one language.
pub struct Text {
    /// Which.
    pub speaks: Language,
    /// BCP 47 tag, for `lang` and for number formats.
    pub tag: &'static str,
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
    /// What a client keeps, or builds for each call.
    pub built: fn(Client, Lifecycle) -> &'static str,
    /// The request's own fields.
    pub request: Request,
    /// The options few people touch.
    pub options: Options,
    /// What is wrong with a link.
    pub link_errors: LinkErrors,
    /// The target check.
    pub check: Check,
    /// The part where it runs.
    pub run: Run,
    /// The part that answers.
    pub answer: Answer,
    /// The headline above it.
    pub headline: HeadlineText,
    /// The table and the pictures.
    pub results: Results,
    /// Fresh against reused.
    pub lifecycles: Lifecycles,
    /// The pictures.
    pub pictures: Pictures,
    /// The ranking.
    pub ranking: Ranking,
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

/// Words of the run.
pub struct Run {
    /// The button: idle.
    pub run: &'static str,
    /// The same after a run.
    pub again: &'static str,
    /// Running.
    pub stop: &'static str,
    /// After Stop was pressed.
    pub stopping: &'static str,
    /// Name of the progress bar.
    pub progress: &'static str,
    /// Before the first progress.
    pub starting: &'static str,
    /// While warming up: the row's label.
    pub warming: fn(&str) -> String,
    /// While measuring, where nobody knows how many blocks there will be: block, the row's label.
    pub measuring: fn(&str, &str) -> String,
    /// While measuring: block, how many there are, the row's label.
    pub measuring_of: fn(&str, &str, &str) -> String,
    /// Time left, given as seconds.
    pub left: fn(&str) -> String,
    /// How many requests per second the last finished round made.
    pub pace: fn(&str) -> String,
    /// How many it makes, before any round has finished.
    pub pace_so_far: fn(&str) -> String,
    /// For screen readers now and then: percent done.
    pub announce: fn(&str) -> String,
    /// For screen readers when it is over.
    pub announce_done: &'static str,
    /// Why there is no report.
    pub failures: Failures,
    /// Headline over a failure.
    pub failed: &'static str,
    /// Caption of the live strip.
    pub strip: &'static str,
}

/// Why a run gave no report.
pub struct Failures {
    /// One run at a time.
    pub already_running: &'static str,
    /// The link holds parameters that cannot be read.
    pub bad_link: &'static str,
    /// What was asked for cannot be run.
    pub bad_scenario: fn(&[ScenarioError]) -> String,
    /// What a script asked for is no scenario: what is wrong with it.
    pub unreadable_scenario: fn(&str) -> String,
    /// A page from a file has no target of its own.
    pub no_target: &'static str,
    /// The measuring engine could not be loaded: the browser's own words.
    pub not_loaded: fn(&str) -> String,
    /// The engine's report could not be read: what is wrong with it.
    pub unreadable: fn(&str) -> String,
    /// The engine says itself what went wrong: its code, its sentence.
    pub engine: fn(&str, &str) -> String,
}

/// Words of the answer.
pub struct Answer {
    /// What the baseline did: requests, row label, total time, rounds, per second.
    pub baseline: fn(&Baseline) -> String,
    /// Rows of one verdict that are too many to name: how many, their clients.
    pub many_rows: fn(&str, &str) -> String,
    /// A reason as a sentence.
    pub reason: fn(Reason) -> &'static str,
    /// The verdict in a word.
    pub verdict: fn(Verdict) -> &'static str,
    /// Equivalent within a margin, in percent.
    pub equivalent_within: fn(&str) -> String,
    /// Failures of one class: failed, issued, sentence of the class with the browser's message.
    pub failures: fn(&str, &str, &str) -> String,
    /// Failures of one row: its label, failed, issued, how many of each class.
    pub row_failures: fn(&str, &str, &str, &str) -> String,
    /// Why requests failed, and what to do.
    pub cause: fn(Cause) -> String,
    /// The run was stopped: finished rounds.
    pub stopped: fn(&str) -> String,
    /// The run ended by itself before its end.
    pub ended_early: &'static str,
    /// Nothing was measured.
    pub nothing: &'static str,
    /// A row of which no round was finished: its label.
    pub no_round: fn(&str) -> String,
    /// A row whose rounds were all left out: its label.
    pub no_timed_round: fn(&str) -> String,
    /// Whether a threshold held, in a word.
    pub gate: fn(GateOutcome) -> &'static str,
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
    /// Added to the caption where every round was left out.
    pub no_timed_rounds: &'static str,
    /// Before the buttons that order the rows, where rows are cards.
    pub order: &'static str,
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
    /// A finding: what it is, the count.
    pub finding: fn(&Finding, &str) -> String,
    /// So many rows of which the same was found.
    pub row_count: fn(&str) -> String,
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
    /// So many processors.
    pub core_count: fn(u32) -> String,
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
    /// Box to tick: what is secret, too.
    pub with_secrets: &'static str,
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
