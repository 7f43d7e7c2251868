//! What can be wrong with what was typed or opened.

use fetchmark_core::{
    export::ExportError,
    report::{link::LinkError, reading::ReportError},
    scenario::params::Language,
};

/// Why an address cannot be requested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlProblem {
    /// Not an address at all, or one of a kind that a page cannot request.
    NotAnAddress(String),
    /// A secret in it was not kept with the other settings.
    NotKept,
    /// It holds a user name or password, which browsers refuse in a page's requests.
    Credentials(String),
}

/// Why what was typed is not a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldProblem {
    /// A whole number in a range is needed.
    Whole {
        /// Smallest.
        low: u64,
        /// Largest.
        high: u64,
    },
    /// `auto`, or a whole number in a range, is needed.
    AutoOrWhole {
        /// Smallest.
        low: u32,
        /// Largest.
        high: u32,
    },
    /// A time in seconds is needed, up to so many.
    Seconds {
        /// Longest.
        high: u32,
    },
    /// A number in a range is needed.
    Number {
        /// Smallest.
        low: f64,
        /// Largest.
        high: f64,
    },
    /// `all`, or whole numbers separated by commas, are needed.
    InFlight {
        /// Largest.
        high: u32,
    },
}

/// Why a report cannot be opened, compared or exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportProblem {
    /// What is wrong with each of several files, by name; those that nothing is wrong with were opened.
    Files(Vec<(String, ReportProblem)>),
    /// A run is under way.
    Running,
    /// The file could not be read; the browser's own words.
    NotRead(String),
    /// The file is longer than any report.
    TooLong,
    /// What opens, compares and exports reports could not be loaded; the browser's own words.
    NoTools(String),
    /// It is refused ([`Refusal`]); the sentence in each language.
    Refused(Vec<(Language, String)>),
}

/// The sentence in this language.
pub(crate) fn said(sentences: &[(Language, String)], language: Language) -> String {
    let found = sentences.iter().find(|(of, _)| *of == language);
    found.map_or_else(String::new, |(_, sentence)| sentence.clone())
}

/// Why a report is not opened, compared, exported or packed into a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no report that can be read.
    Report(ReportError),
    /// It does not go into a link, or the link holds none.
    Link(LinkError),
    /// It cannot be written in another form.
    Export(ExportError),
}

impl From<ReportError> for Refusal {
    fn from(error: ReportError) -> Self {
        Self::Report(error)
    }
}

impl From<LinkError> for Refusal {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

impl From<ExportError> for Refusal {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}
