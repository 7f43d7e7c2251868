//! What the comparisons that answer a question say together.

use crate::{
    compare::{Comparison, Reason, Verdict},
    report::{Report, VariantReport, headline::question::Question},
    stats::order::order_by,
};

/// What is claimed.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// Targets compared with the first, in order.
    Targets(Vec<TargetEffect>),
    /// One client is faster than every other one it was measured beside.
    Fastest {
        /// Its name.
        client: String,
        /// The others compared with it, client by client: all slower.
        others: Vec<Effect>,
    },
    /// Some are faster or slower than what they are compared with; one of the lists may be empty.
    Differs {
        /// The strongest first.
        faster: Vec<Effect>,
        /// The strongest first.
        slower: Vec<Effect>,
    },
    /// Every comparison lies inside the margin.
    Equivalent {
        /// As in the scenario: 0.05 is ±5 %.
        margin: f64,
    },
    /// No comparison shows a difference, and not all of them are equivalent.
    NotShown,
    /// Nothing could be compared.
    NotComparable {
        /// Why, each reason once.
        reasons: Vec<Reason>,
    },
}

impl Claim {
    /// Whether it says that something is faster or slower.
    pub fn is_difference(&self) -> bool {
        match self {
            Self::Fastest { .. } | Self::Differs { .. } => true,
            Self::Targets(targets) => {
                targets.iter().any(|one| matches!(one.overall.verdict, Verdict::Faster | Verdict::Slower))
            }
            Self::Equivalent { .. } | Self::NotShown | Self::NotComparable { .. } => false,
        }
    }

    /// What the comparisons that answer a question say; `None` if there are none.
    pub(super) fn of(question: Question, comparisons: &[Comparison], report: &Report) -> Option<Self> {
        let [faster, slower] =
            [Verdict::Faster, Verdict::Slower].map(|verdict| effects(question, comparisons, verdict, report));
        let all_are = |verdict| comparisons.iter().all(|one| one.verdict == verdict);
        Some(if comparisons.is_empty() {
            return None;
        } else if !faster.is_empty() || !slower.is_empty() {
            Self::Differs { faster, slower }
        } else if all_are(Verdict::Equivalent) {
            Self::Equivalent { margin: report.scenario.margin }
        } else if all_are(Verdict::Refused) {
            Self::NotComparable { reasons: Reason::among(comparisons) }
        } else {
            Self::NotShown
        })
    }
}

/// What all rows of a target say together.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetEffect {
    /// Its label ÷ the first target's.
    pub overall: Comparison,
    /// In how many rows the verdict is the same,
    pub agreeing: usize,
    /// of so many.
    pub rows: usize,
    /// In how many it is faster, or slower, though all together do not say so.
    pub differing: Vec<(Verdict, usize)>,
}

/// Comparisons with one verdict, faster or slower, of one client, one pacing or one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Never none; those with the same baseline and in the same conditions.
    pub comparisons: Vec<Comparison>,
    /// The lowest end of their intervals.
    pub low: f64,
    /// The highest end of their intervals.
    pub high: f64,
    /// How many comparisons there are of this client, pacing or row. Where it is more, the others say something else.
    pub among: usize,
}

impl Effect {
    /// Of comparisons that have figures.
    fn of(comparisons: Vec<Comparison>, among: usize) -> Option<Self> {
        let low = comparisons.iter().filter_map(|one| one.low).reduce(f64::min)?;
        let high = comparisons.iter().filter_map(|one| one.high).reduce(f64::max)?;
        Some(Self { comparisons, low, high, among })
    }

    /// Whether every comparison of this client, pacing or row says so. If not, it holds for these rows alone.
    pub fn is_always(&self) -> bool {
        self.comparisons.len() == self.among
    }

    /// How far the end of its range that is nearer to 1 is from there, on the log scale.
    fn strength(&self) -> f64 {
        self.low.ln().abs().min(self.high.ln().abs())
    }
}

/// Ranges are joined if together they are no wider than this.
const ONE_RANGE: f64 = 2.0;

/// The comparisons with this verdict by what they are about, the strongest first.
pub(super) fn effects(
    question: Question,
    comparisons: &[Comparison],
    verdict: Verdict,
    report: &Report,
) -> Vec<Effect> {
    let subjects = subjects(question, comparisons, report);
    let effects: Vec<Effect> = subjects
        .iter()
        .filter_map(|of_one| {
            let having: Vec<Comparison> =
                of_one.iter().filter(|one| one.verdict == verdict).map(|one| (*one).clone()).collect();
            Effect::of(having, of_one.len())
        })
        .collect();
    let strongest_first = order_by(effects.len(), |at| [-effects[at].strength(), 0.0]);
    let effects: Vec<Effect> = strongest_first.into_iter().map(|at| effects[at].clone()).collect();
    // Clients that all lose about as much by a fresh client, or a cold connection, have one range.
    let is_one_by_one = matches!(question, Question::Client | Question::Pacing | Question::Rows);
    if !is_one_by_one && effects.len() == subjects.len() && effects.iter().all(Effect::is_always) {
        let all = Effect::of(comparisons.to_vec(), comparisons.len());
        if let Some(all) = all.filter(|all| all.high <= ONE_RANGE * all.low) {
            return vec![all];
        }
    }
    effects
}

/// The comparisons by what they are about: the candidate's pacing, the row itself, or the candidate's client.
fn subjects<'c>(
    question: Question,
    comparisons: &'c [Comparison],
    report: &Report,
) -> Vec<Vec<&'c Comparison>> {
    let row = |one: &Comparison| report.row(&one.candidate);
    let same = |one: &VariantReport, other: &VariantReport| {
        let by = match question {
            Question::Pacing | Question::Rows => question,
            _ => Question::Client,
        };
        !by.separates(one, other)
    };
    let mut subjects: Vec<Vec<&Comparison>> = Vec::new();
    for one in comparisons {
        let known = subjects.iter_mut().find(|of_one| {
            let first = of_one.first().and_then(|first| row(first));
            first.zip(row(one)).is_some_and(|(first, this)| same(first, this))
        });
        match known {
            Some(of_one) => of_one.push(one),
            None => subjects.push(vec![one]),
        }
    }
    subjects
}
