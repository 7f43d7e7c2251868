//! Words of what is folded away in the form, and of what is wrong with a link.

use fetchmark_core::params::ParamError;

/// Words of the options few people touch.
pub struct Options {
    /// Label of the margin.
    pub margin: &'static str,
    /// Where measuring runs, each with what it means, in the order of `Thread::ALL`. With both, rows are measured on either.
    pub thread: [(&'static str, &'static str); 2],
    /// Toggle: measure the first variant twice; and what that means.
    pub again: (&'static str, &'static str),
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
    /// What a page from a file may reach; what leads over to the question that needs no network.
    pub from_file: [&'static str; 2],
    /// What the two factors are, in paragraphs.
    pub explain: &'static [&'static str],
}

/// Words of what is wrong with a link.
pub struct LinkErrors {
    /// Headline.
    pub title: &'static str,
    /// One of them.
    pub error: fn(&ParamError) -> String,
}
