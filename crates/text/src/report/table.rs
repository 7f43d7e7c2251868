//! A table as plain text.

/// A table with what it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it tells.
    pub title: String,
    /// Its heads.
    pub heads: Vec<String>,
    /// Its rows; the first cell of each is a name.
    pub rows: Vec<Vec<String>>,
}
