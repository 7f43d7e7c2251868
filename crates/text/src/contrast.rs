//! What two compared rows differ in, so that a sentence can name it in plain words.

use crate::{Labels, Text};
use fetchmark_core::{
    comparison::Comparison,
    factors::Lifecycle,
    report::{Report, VariantReport},
};

/// What a candidate does differently from the baseline.
#[derive(Clone, Debug, PartialEq)]
pub enum Contrast {
    /// The same client, built for each call against kept.
    Afresh {
        /// Its name.
        client: String,
    },
    /// The same client, kept against built for each call.
    Kept {
        /// Its name.
        client: String,
    },
    /// Two clients in the same lifecycle.
    Clients {
        /// The candidate's name.
        candidate: String,
        /// The baseline's name.
        baseline: String,
        /// Their lifecycle.
        lifecycle: Lifecycle,
    },
    /// Anything else, by row label.
    Rows {
        /// The candidate's label.
        candidate: String,
        /// The baseline's label.
        baseline: String,
    },
}

impl Contrast {
    /// What a comparison of a report's rows compares; these are the labels of all of them.
    pub fn of_comparison(comparison: &Comparison, report: &Report, labels: &Labels, text: &Text) -> Self {
        let found = |id: &str| {
            let index = report.index_of(id)?;
            Some((&report.variants[index], labels.row(index, text)))
        };
        let (candidate, baseline) = (&comparison.candidate, &comparison.baseline);
        match found(candidate).zip(found(baseline)) {
            Some((candidate, baseline)) => Self::of(candidate, baseline),
            None => Self::Rows { candidate: candidate.clone(), baseline: baseline.clone() },
        }
    }

    /// What tells `candidate` from `baseline`; the labels serve where no plainer words fit.
    pub fn of(
        (candidate, candidate_label): (&VariantReport, String),
        (baseline, baseline_label): (&VariantReport, String),
    ) -> Self {
        let same_setting = candidate.connection == baseline.connection
            && candidate.pacing == baseline.pacing
            && candidate.concurrency == baseline.concurrency
            && candidate.rate_per_second == baseline.rate_per_second
            && candidate
                .thread
                .zip(baseline.thread)
                .is_none_or(|(candidate, baseline)| candidate == baseline);
        let same_client = candidate.client == baseline.client;
        match (same_setting, same_client, candidate.lifecycle, baseline.lifecycle) {
            (true, true, Lifecycle::Fresh, Lifecycle::Reused) => {
                Self::Afresh { client: candidate.client.clone() }
            }
            (true, true, Lifecycle::Reused, Lifecycle::Fresh) => {
                Self::Kept { client: candidate.client.clone() }
            }
            (true, false, lifecycle, other) if lifecycle == other => Self::Clients {
                candidate: candidate.client.clone(),
                baseline: baseline.client.clone(),
                lifecycle,
            },
            _ => Self::Rows { candidate: candidate_label, baseline: baseline_label },
        }
    }
}
