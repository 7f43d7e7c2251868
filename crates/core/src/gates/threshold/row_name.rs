//! Rows as people name them.

use super::RowError;
use crate::scenario::{client::Client, factors::Thread, variant::AGAIN};
use std::fmt;

/// The last word of the id of a row on the page's thread that has a like in a worker.
const MAIN: &str = Thread::Main.word();

/// By this word the like is named, whose id does not have it.
const WORKER: &str = Thread::Worker.word();

/// A row's id, or some of its words with colons between them: `js-fetch`, `gloo-net:reused`, `gloo-net:cold`.
///
/// Words name every row that has all of them. The second row of an A/A pair is named only with its own word, `again`, so that
/// `gloo-net` stays one row. Where a row is measured on two threads, the words `worker` and `main` tell which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowName(String);

impl RowName {
    /// A name, if these are words: neither empty, nor with blanks or signs that thresholds use.
    pub fn new(name: &str) -> Option<Self> {
        let is_word = |word: &str| {
            !word.is_empty()
                && !word.chars().any(|c| c.is_whitespace() || c.is_control() || "<>=/".contains(c))
        };
        name.split(':').all(is_word).then(|| Self(name.to_owned()))
    }

    /// The places of the rows it names.
    pub(super) fn among<S: AsRef<str>>(&self, ids: &[S]) -> Result<Vec<usize>, RowError> {
        if let Some(exact) = ids.iter().position(|id| id.as_ref() == self.0) {
            return Ok(vec![exact]);
        }
        let names = |id: &str| {
            let mut words: Vec<&str> = id.split(':').collect();
            let on_page = format!("{id}:{MAIN}");
            if ids.iter().any(|other| other.as_ref() == on_page) {
                words.insert(0, WORKER);
            }
            let wants = |wanted: &str| self.0.split(':').any(|word| word == wanted);
            self.0.split(':').all(|word| words.contains(&word))
                && (words.last() != Some(&AGAIN) || wants(AGAIN))
        };
        let found: Vec<usize> = (0..ids.len()).filter(|at| names(ids[*at].as_ref())).collect();
        if found.is_empty() {
            return Err(RowError::Unknown { name: self.0.clone(), rows: listed(ids, 0..ids.len()) });
        }
        Ok(found)
    }

    /// Whether it is the label of one of several targets, which begins the ids of its rows.
    pub(super) fn is_target<S: AsRef<str>>(&self, ids: &[S]) -> bool {
        let first = |id: &S| id.as_ref().split(':').next() == Some(self.0.as_str());
        ids.iter().any(first) && Client::named(&self.0).is_err()
    }

    /// The place of the one row it names.
    pub(super) fn one_among<S: AsRef<str>>(&self, ids: &[S]) -> Result<usize, RowError> {
        match self.among(ids)?[..] {
            [one] => Ok(one),
            ref several => {
                let rows = listed(ids, several.iter().copied());
                Err(RowError::Several { name: self.0.clone(), rows })
            }
        }
    }
}

fn listed<S: AsRef<str>>(ids: &[S], places: impl Iterator<Item = usize>) -> String {
    places.map(|at| ids[at].as_ref()).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for RowName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
