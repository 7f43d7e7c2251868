//! The words of one language, part by part.

use super::{
    answer::Answer,
    charts::Charts,
    check::Check,
    export::Export,
    form::{Form, LinkErrors, Options, Request},
    headline::HeadlineText,
    kept::{Comparison, Kept},
    results::{Lifecycles, Ranking, Results},
    run::Run,
    tag::Tag,
    validity::Validity,
};
use fetchmark_core::scenario::{client::Client, factors::Lifecycle, params::Language};

/// What the page says in one language.
pub struct Text {
    /// The language.
    pub speaks: Language,
    /// BCP 47 tag, for `lang` and for number formats.
    pub locale: &'static str,
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
    /// The form.
    pub form: Form,
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
    /// The charts.
    pub charts: Charts,
    /// The ranking.
    pub ranking: Ranking,
    /// The part that says how far to trust the numbers.
    pub validity: Validity,
    /// The part with links and files.
    pub export: Export,
    /// The reports kept and opened.
    pub kept: Kept,
    /// Two reports compared.
    pub comparison: Comparison,
    /// One factor of a row.
    pub tag_word: fn(&Tag) -> String,
    /// What stands between the parts of a list.
    pub comma: &'static str,
}
