//! Fresh against reused as a table of its own, in both languages.

use super::{
    figures::measure,
    sentences::figures,
    words::{self, factors},
};
use crate::{
    factors::Thread,
    language::Language::{self, English, Korean},
    report::{Report, Runtime, VariantReport},
};

/// A table that stands below the answer's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifecycles {
    /// What it tells.
    pub title: String,
    /// Its heads.
    pub heads: Vec<String>,
    /// Its rows; the first cell of each is a name, the last a verdict, the others are figures.
    pub rows: Vec<Vec<String>>,
}

impl Lifecycles {
    /// The report's; `None` if its own comparisons say as much.
    pub(super) fn of(report: &Report, language: Language) -> Option<Self> {
        if report.lifecycles.is_empty() {
            return None;
        }
        let row_of = |id: &str| report.variants.iter().find(|row| row.id == id);
        let rows = report.lifecycles.iter().filter_map(|compared| {
            let (reused, fresh) = (row_of(&compared.baseline)?, row_of(&compared.candidate)?);
            let ratio = match figures(compared) {
                Some([ratio, low, high]) => format!("{ratio} ({low}–{high})"),
                None => super::figures::NONE.to_owned(),
            };
            let verdict = words::verdict(language, compared.verdict).to_owned();
            let [reused_ms, fresh_ms] = [reused, fresh].map(|row| measure(row.round_median_ms));
            Some(vec![name(reused, language), reused_ms, fresh_ms, ratio, verdict])
        });
        let (title, heads) = match language {
            English => (
                "Fresh ÷ reused, client by client:",
                ["Client", "Reused (ms)", "Fresh (ms)", "Fresh ÷ reused", "Fresh is"],
            ),
            Korean => (
                "클라이언트별 매번 생성 ÷ 재사용:",
                ["클라이언트", "재사용 (ms)", "매번 생성 (ms)", "매번 생성 ÷ 재사용", "매번 생성은"],
            ),
        };
        Some(Self { title: title.to_owned(), heads: heads.map(str::to_owned).to_vec(), rows: rows.collect() })
    }
}

/// What both have in common. Python's clients have connections of their own, which go with the lifecycle.
fn name(reused: &VariantReport, language: Language) -> String {
    let [client, _, connection, pace, thread] = factors(reused, language);
    let mut names = match reused.runtime {
        Runtime::Browser => vec![client, connection, pace],
        Runtime::Python => vec![client, pace],
    };
    names.extend((reused.thread == Some(Thread::Main)).then_some(thread));
    names.join(", ")
}
