//! What a report can be written as.

use crate::{scenario::factors::string_enum, stats::histogram::HistogramError};

string_enum! {
    /// What a report can be written as.
    Format {
        /// The report itself, and whole.
        Json = "json",
        /// Comma-separated values, a line for each round.
        Csv = "csv",
        /// Sentences and a table, for a pull request.
        Markdown = "markdown",
        /// JUnit XML, a case for each gate.
        Junit = "junit",
        /// An HDR histogram log, a line for each row.
        Hdr = "hdr",
    }
}

impl Format {
    /// How names of such files end, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Junit => "xml",
            Self::Hdr => "hlog",
        }
    }

    /// The format of files whose names end so, without the dot.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.extension().eq_ignore_ascii_case(extension))
    }
}

/// A word that is no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a format. Write json, csv, markdown, junit or hdr.")]
pub struct UnknownFormat(pub String);

impl std::str::FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        Self::from_word(word).ok_or_else(|| UnknownFormat(word.to_owned()))
    }
}

/// Why a report cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// A library refused a value.
    #[error("The report cannot be written as {format}: {detail}.")]
    NotWritten {
        /// As what.
        format: Format,
        /// The library's own words.
        detail: String,
    },
    /// A row's histogram is damaged.
    #[error("The histogram of the row {row} cannot be read, so there is no log of it. {error}")]
    Histogram {
        /// The row's id.
        row: String,
        /// What is wrong with it.
        error: HistogramError,
    },
    /// The report does not say when it began in a way that can be read.
    #[error("The report's `started_at` is “{0}”, which is not a time like 2026-01-31T12:00:00.000Z.")]
    StartedAt(String),
    /// A comparison has no such form.
    #[error("A comparison cannot be written as {0}. Write json, csv, markdown or junit.")]
    NotOfComparisons(Format),
}

impl ExportError {
    /// A library refused a value, and says why.
    pub fn not_written(format: Format, detail: impl std::fmt::Display) -> Self {
        Self::NotWritten { format, detail: detail.to_string() }
    }
}
