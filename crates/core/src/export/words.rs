//! The words of a table for people, in both languages.

use crate::{
    comparison::Verdict,
    factors::{Connection, Lifecycle, Pacing, Thread},
    language::Language::{self, English, Korean},
    report::VariantReport,
};

/// The heads of the table, for rounds of so many requests.
pub(super) fn heads(language: Language, n: &str) -> Vec<String> {
    let (total, others) = match language {
        English => (
            ["Variant".to_owned(), format!("Total for {n} (ms)")],
            [
                "Requests per second",
                "p50 (ms)",
                "p95 (ms)",
                "p99 (ms)",
                "Connections new",
                "Connections reused",
                "Connections cached",
                "Connections unknown",
                "Failures",
                "Ratio to first row",
            ],
        ),
        Korean => (
            ["변형".to_owned(), format!("요청 {n}개 전체 (ms)")],
            [
                "초당 요청 수",
                "p50 (ms)",
                "p95 (ms)",
                "p99 (ms)",
                "연결: 새 연결",
                "연결: 재사용",
                "연결: 캐시",
                "연결: 알 수 없음",
                "실패",
                "첫 행 대비 배율",
            ],
        ),
    };
    total.into_iter().chain(others.map(str::to_owned)).collect()
}

pub(super) fn baseline(language: Language) -> &'static str {
    match language {
        English => "baseline",
        Korean => "기준",
    }
}

pub(super) fn verdict(language: Language, verdict: Verdict) -> &'static str {
    match (language, verdict) {
        (English, Verdict::Faster) => "faster",
        (English, Verdict::Slower) => "slower",
        (English, Verdict::Equivalent) => "the same",
        (English, Verdict::Inconclusive) => "not shown",
        (English, Verdict::Refused) => "not compared",
        (Korean, Verdict::Faster) => "더 빠름",
        (Korean, Verdict::Slower) => "더 느림",
        (Korean, Verdict::Equivalent) => "같음",
        (Korean, Verdict::Inconclusive) => "판정 못 함",
        (Korean, Verdict::Refused) => "비교 안 함",
    }
}

/// What tells rows apart, and what they have in common.
pub(super) struct Names {
    /// A name for each row, never empty.
    pub(super) rows: Vec<String>,
    /// What all have in common; empty if nothing.
    pub(super) common: String,
}

impl Names {
    /// The names of these rows.
    pub(super) fn of(rows: &[VariantReport], language: Language) -> Self {
        let mut factors: Vec<[String; 5]> = rows.iter().map(|row| factors(row, language)).collect();
        // Where all are in a worker, as usual, nothing needs to be said.
        if rows.iter().all(|row| row.thread != Some(Thread::Main)) {
            factors.iter_mut().for_each(|[.., thread]| thread.clear());
        }
        let Some(first) = factors.first() else { return Self { rows: Vec::new(), common: String::new() } };
        let mut differs = [0, 1, 2, 3, 4].map(|place| factors.iter().any(|row| row[place] != first[place]));
        // Rows that are all alike (one row, or a row and its repetition) are still called by something.
        if !differs.contains(&true) {
            differs[..2].fill(true);
        }
        let chosen = |row: &[String; 5], wanted: bool| -> Vec<String> {
            let words =
                row.iter().zip(differs).filter(|(word, differs)| *differs == wanted && !word.is_empty());
            words.map(|(word, _)| word.clone()).collect()
        };
        let name = |(row, factors): (&VariantReport, &[String; 5])| {
            let again = match language {
                English => "again",
                Korean => "한 번 더",
            };
            let mut words = chosen(factors, true);
            // Core marks the second row of an A/A pair in its id, and nowhere else.
            words.extend(row.id.ends_with(":again").then(|| again.to_owned()));
            words.join(", ")
        };
        Self { rows: rows.iter().zip(&factors).map(name).collect(), common: chosen(first, false).join(", ") }
    }
}

pub(super) fn factors(row: &VariantReport, language: Language) -> [String; 5] {
    let lifecycle = match (language, row.lifecycle) {
        (English, lifecycle) => lifecycle.word(),
        (Korean, Lifecycle::Reused) => "재사용",
        (Korean, Lifecycle::Fresh) => "매번 생성",
    };
    let connection = match (language, row.connection) {
        (English, Connection::Warm) => "warm connections",
        (English, Connection::Cold) => "cold connections",
        (Korean, Connection::Warm) => "웜 연결",
        (Korean, Connection::Cold) => "콜드 연결",
    };
    let (lanes, rate) = (row.concurrency, row.rate_per_second.unwrap_or_default());
    let pace = match (language, row.pacing) {
        (English, Pacing::Sequential) => "one after another".to_owned(),
        (English, Pacing::Concurrent) => format!("up to {lanes} at once"),
        (English, Pacing::Rate) => format!("{rate} per second"),
        (Korean, Pacing::Sequential) => "하나씩 차례로".to_owned(),
        (Korean, Pacing::Concurrent) => format!("동시에 최대 {lanes}개"),
        (Korean, Pacing::Rate) => format!("초당 {rate}개"),
    };
    let thread = match (language, row.thread) {
        (_, None) => "",
        (English, Some(Thread::Worker)) => "in a worker",
        (English, Some(Thread::Main)) => "on the page’s thread",
        (Korean, Some(Thread::Worker)) => "워커에서",
        (Korean, Some(Thread::Main)) => "페이지 스레드에서",
    };
    [row.client.clone(), lifecycle.to_owned(), connection.to_owned(), pace, thread.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::variant;

    #[test]
    fn a_thread_is_named_where_it_differs_or_is_the_page_s() {
        let on = |thread| VariantReport { thread: Some(thread), ..variant("a", &[1.0]) };
        let (worker, main) = (on(Thread::Worker), on(Thread::Main));
        let names = |rows: &[&VariantReport], language| {
            let names = Names::of(&rows.iter().map(|row| (*row).clone()).collect::<Vec<_>>(), language);
            (names.rows.join(" / "), names.common)
        };
        let common = "js-fetch, reused, warm connections, up to 100 at once";
        assert_eq!(
            names(&[&worker, &main], English),
            ("in a worker / on the page’s thread".to_owned(), common.to_owned())
        );
        let of_one = |row| names(&[row], English);
        assert_eq!(of_one(&worker).1, "warm connections, up to 100 at once");
        assert_eq!(of_one(&main).1, "warm connections, up to 100 at once, on the page’s thread");
        assert_eq!(names(&[&worker, &main], Korean).0, "워커에서 / 페이지 스레드에서");
    }
}
