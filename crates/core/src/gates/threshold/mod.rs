//! Thresholds: what a run's figures must keep to.
//!
//! ```text
//! threshold = [row " "] figure operator limit      p95<200ms    gloo-net:reused p95<=0.2s    failed==0
//!           | row "/" row operator limit           gloo-net/js-fetch<1.05
//!           | target "/" target operator limit     production/staging<=1.1
//! ```
//!
//! A figure without a row must keep to the limit in every row. A ratio is that of round times, the first row's divided by the second's. Blanks
//! may stand around operators and the slash. `docs/thresholds.md` lists the figures, and says how they are judged.

mod error;
mod judge;
mod operator;
mod parse;
mod row_name;

pub use error::{RowError, ThresholdError, ThresholdProblem};
pub use operator::Operator;
pub use row_name::RowName;

use super::metric::Metric;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// One threshold. Read with [`str::parse`], written as it is read, judged with [`Threshold::judge`].
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    subject: Subject,
    operator: Operator,
    /// In the figure's [`Unit`]; of a ratio, a plain number.
    limit: f64,
}

#[derive(Clone, Debug, PartialEq)]
enum Subject {
    /// A figure of each row, or of those that are named.
    Figure { row: Option<RowName>, metric: Metric },
    /// The ratio of the round times of two rows, or of two targets.
    Ratio { candidate: RowName, baseline: RowName },
}

impl Threshold {
    /// Whether the rows it names are among those of a run, given by id, so that a slip shows before anything is measured.
    ///
    /// # Errors
    /// [`RowError`] if it names a row that is not among them, or where it needs one row, several.
    pub fn check_rows<S: AsRef<str>>(&self, ids: &[S]) -> Result<(), RowError> {
        match &self.subject {
            Subject::Figure { row: None, .. } => Ok(()),
            Subject::Figure { row: Some(row), .. } => row.among(ids).map(drop),
            Subject::Ratio { candidate, baseline } if candidate.is_target(ids) && baseline.is_target(ids) => {
                Ok(())
            }
            Subject::Ratio { candidate, baseline } => {
                let (candidate, baseline) = (candidate.one_among(ids)?, baseline.one_among(ids)?);
                let is_same = candidate == baseline;
                if is_same { Err(RowError::Same(ids[baseline].as_ref().to_owned())) } else { Ok(()) }
            }
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match &self.subject {
            Subject::Figure { row, metric } => {
                if let Some(row) = row {
                    write!(formatter, "{row} ")?;
                }
                write!(formatter, "{metric}")?;
                metric.unit().sign()
            }
            Subject::Ratio { candidate, baseline } => {
                write!(formatter, "{candidate}/{baseline}")?;
                ""
            }
        };
        write!(formatter, "{}{}{unit}", self.operator, self.limit)
    }
}

impl Serialize for Threshold {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Threshold {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests;
