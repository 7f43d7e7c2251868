//! What can be said of candidate and baseline, and why.

use crate::scenario::factors::string_enum;
use serde::{Deserialize, Serialize};

/// Chance of a wrong verdict in the family of comparisons, and of an interval without the true ratio.
pub const ALPHA: f64 = 0.05;

/// The share of requests of two rows that may have gone differently: a ratio of times is not off by much more than that.
pub(crate) const TOLERATED_SHARE: f64 = 0.01;

/// Whether a share is more than that: 0.07 - 0.06 is 0.01, though as floats it is a hair more.
pub(crate) fn is_beyond_tolerance(share: f64) -> bool {
    share > TOLERATED_SHARE + 1e-9
}

string_enum! {
    /// What can be said of candidate and baseline.
    Verdict {
        /// The candidate takes less time.
        Faster = "faster",
        /// The candidate takes more time.
        Slower = "slower",
        /// Their times differ by less than the margin.
        Equivalent = "equivalent",
        /// The rounds do not tell.
        Inconclusive = "inconclusive",
        /// Comparing would mislead: what was asked for did not happen.
        Refused = "refused",
    }
}

string_enum! {
    /// Why the verdict is what it is.
    Reason {
        /// The difference is larger than chance explains.
        Difference = "difference",
        /// The whole interval lies inside the margin.
        WithinMargin = "within-margin",
        /// The interval holds both outcomes.
        IntervalTooWide = "interval-too-wide",
        /// A difference shows alone, and not after correcting for the number of comparisons.
        NotAfterCorrection = "not-after-correction",
        /// The interval lies inside the margin alone, and not after correcting for the number of comparisons.
        MarginNotAfterCorrection = "margin-not-after-correction",
        /// Fewer than two blocks hold a round of both.
        TooFewBlocks = "too-few-blocks",
        /// Fewer than two rounds of either report can be compared.
        TooFewRounds = "too-few-rounds",
        /// Their rounds hold different numbers of requests.
        RoundsDiffer = "rounds-differ",
        /// One of them was paced at a rate: its total time is set by the rate.
        PacedAtRate = "paced-at-rate",
        /// No request of one of them succeeded.
        NoSuccess = "no-success",
        /// Their failures differ, so their rounds did different work.
        FailuresDiffer = "failures-differ",
        /// Their answers differ in length or status, so their rounds did different work.
        AnswersDiffer = "answers-differ",
        /// Answers of one came from a cache.
        CachedAnswers = "cached-answers",
        /// Answers of one may have come from a cache or from a service worker, and nothing shows whether they did.
        CacheNotRuledOut = "cache-not-ruled-out",
        /// Cold was asked for, and connections were reused.
        ColdReused = "cold-reused",
        /// Cold was asked for, and nothing shows whether connections were new.
        ColdNotShown = "cold-not-shown",
        /// Rounds are too short for the clock's step.
        ClockTooCoarse = "clock-too-coarse",
        /// Their requests used different protocols.
        ProtocolChanged = "protocol-changed",
        /// HTTP/3 was asked for, and requests used another protocol.
        Http3NotUsed = "http3-not-used",
        /// Findings void more than half of the blocks.
        TooManyVoided = "too-many-voided",
    }
}

impl Reason {
    /// The reasons of these comparisons, each once, in the order of [`Self::ALL`].
    pub fn among(comparisons: &[Comparison]) -> Vec<Self> {
        let has = |reason: &Self| comparisons.iter().any(|one| one.reason_code == *reason);
        Self::ALL.iter().copied().filter(has).collect()
    }

    /// Whether more rounds could lift a refusal for this reason: its share of requests or blocks may shrink.
    pub fn may_pass(self) -> bool {
        matches!(
            self,
            Self::NoSuccess
                | Self::FailuresDiffer
                | Self::ProtocolChanged
                | Self::TooManyVoided
                | Self::ColdNotShown
        )
    }

    /// The reason as an English sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Difference => "The difference is larger than chance alone would explain.",
            Self::WithinMargin => "The whole interval lies within the equivalence margin.",
            Self::IntervalTooWide => "The interval is too wide; more rounds would narrow it.",
            Self::NotAfterCorrection => {
                "Not significant after correcting for multiple comparisons; more rounds may settle it."
            }
            Self::MarginNotAfterCorrection => {
                "Not equivalent after correcting for multiple comparisons; more rounds may settle it."
            }
            Self::TooFewBlocks => "Fewer than two blocks have a finished round of both. Run more rounds.",
            Self::TooFewRounds => "One of the reports has fewer than two usable rounds. Run more rounds.",
            Self::RoundsDiffer => {
                "Their rounds have different numbers of requests. Measure both with the same number."
            }
            Self::PacedAtRate => {
                "At a fixed rate, the rate determines the total time. Compare the percentiles."
            }
            Self::NoSuccess => {
                "One of them has no successful request. Find out why they failed, then measure again."
            }
            Self::FailuresDiffer => {
                "Their requests failed in different ways or numbers, so their rounds did different work. Find out why they failed, or reduce the requests in flight. (For xhr, xhr-sync and axios, a response that was cut off counts as no response.)"
            }
            Self::AnswersDiffer => {
                "Their responses differ in length or status, so their rounds did different work. Check how the server uses Accept, Accept-Encoding and User-Agent, and have it send the same to all clients."
            }
            Self::CachedAnswers => {
                "Responses came from a cache. Have the server send Cache-Control: no-store, or put {n} into the URL."
            }
            Self::CacheNotRuledOut => {
                "Responses may have come from a service worker or from the cache, which XMLHttpRequest cannot bypass for another origin; the browser does not show it. Measure without the service worker, have the server send Timing-Allow-Origin, or put {n} into the URL."
            }
            Self::ColdReused => {
                "Cold connections were requested, but connections were reused. Check the target to see how to force cold ones. If there are preflights, they may have opened the connections."
            }
            Self::ColdNotShown => {
                "Cold connections were requested, but it is unknown whether they were new. Have the server send Timing-Allow-Origin, and avoid redirects and service workers."
            }
            Self::ClockTooCoarse => {
                "A round is shorter than five steps of this browser's clock. Use more requests per round."
            }
            Self::ProtocolChanged => {
                "Their requests used different HTTP protocols. Measure again, or have the server offer only one."
            }
            Self::Http3NotUsed => {
                "HTTP/3 was requested, but the browser or the client used another protocol. See the findings; measure in a browser that speaks HTTP/3."
            }
            Self::TooManyVoided => {
                "More than half of the blocks have no usable pair of rounds: voided, or without a successful request. See the findings, then measure again."
            }
        }
    }
}

/// One comparison: candidate ÷ baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// The baseline's id.
    pub baseline: String,
    /// The candidate's id.
    pub candidate: String,
    /// Blocks compared; of two reports, the rounds of the one with fewer.
    pub blocks: u32,
    /// Geometric mean of the ratios of round times, trimmed from 8 blocks on; below 1 the candidate takes less
    /// time.
    pub ratio: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end of its 95 % interval.
    pub high: Option<f64>,
    /// The confidence that this one look gives the interval. More than 0.95 in an auto run, whose looks share the
    /// 5 %: with all of them together the interval is still one of 95 %.
    #[serde(default = "confidence_of_one_look")]
    pub confidence: f64,
    /// What can be said.
    pub verdict: Verdict,
    /// Why, as a code.
    pub reason_code: Reason,
    /// Why, as an English sentence.
    pub reason: String,
}

impl Comparison {
    /// Whether it is of these rows, by id.
    pub(crate) fn is_between(&self, baseline: &str, candidate: &str) -> bool {
        self.baseline == baseline && self.candidate == candidate
    }

    /// Ratio and the ends of its interval, where showing them does not mislead.
    pub fn shown(&self) -> Option<[f64; 3]> {
        let figures = [self.ratio?, self.low?, self.high?];
        (self.verdict != Verdict::Refused).then_some(figures)
    }
}

/// One target compared with the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetComparison {
    /// All rows together: the mean over rows of the log ratio of round times, block by block. Baseline and candidate are labels.
    pub overall: Comparison,
    /// Each row of the target ÷ the same row of the first, by id.
    pub rows: Vec<Comparison>,
}

impl TargetComparison {
    /// In how many rows the verdict is that of all together.
    pub fn rows_that_agree(&self) -> usize {
        self.rows_that_are(self.overall.verdict)
    }

    /// In how many rows the target is faster, or slower, though all together do not say so; both may be.
    pub fn rows_that_differ(&self) -> Vec<(Verdict, usize)> {
        let others =
            [Verdict::Faster, Verdict::Slower].into_iter().filter(|one| *one != self.overall.verdict);
        others.map(|one| (one, self.rows_that_are(one))).filter(|(_, rows)| *rows > 0).collect()
    }

    fn rows_that_are(&self, verdict: Verdict) -> usize {
        self.rows.iter().filter(|row| row.verdict == verdict).count()
    }
}

fn confidence_of_one_look() -> f64 {
    1.0 - ALPHA
}
