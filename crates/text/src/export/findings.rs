//! What weakens or voids the numbers, in sentences.

use crate::{
    report::{Labels, numbers::count},
    words::Text,
};
use fetchmark_core::report::{
    Report,
    validity::{Finding, FindingCode},
};

/// How many rows a finding names before it counts them.
const MOST_NAMED: usize = 3;

/// A line for each finding; rows of which the same was found share one, which holds the sum of their counts.
pub(super) fn findings(report: &Report, labels: &Labels, text: &Text) -> Vec<String> {
    let mut groups: Vec<(Finding, Vec<String>)> = Vec::new();
    for finding in report.validity.iter().filter(|finding| !is_in_the_answer(finding)) {
        let is_same = |other: &Finding| {
            (other.code, other.severity, &other.detail) == (finding.code, finding.severity, &finding.detail)
                && other.variant.is_some() == finding.variant.is_some()
        };
        let row = finding.variant.as_deref().map(|id| name(report, labels, text, id));
        match groups.iter_mut().find(|(other, _)| row.is_some() && is_same(other)) {
            Some((sum, rows)) => {
                sum.count = sum.count.saturating_add(finding.count);
                rows.extend(row);
            }
            None => groups.push((finding.clone(), row.into_iter().collect())),
        }
    }
    groups.iter().map(|(finding, rows)| line(finding, rows, text)).collect()
}

/// Whether the answer says it already, and with more than the finding holds.
fn is_in_the_answer(finding: &Finding) -> bool {
    match finding.code {
        FindingCode::Stopped | FindingCode::Failures => true,
        FindingCode::EngineCrashed => finding.detail.is_none(),
        _ => false,
    }
}

/// The row's name, or its id where it is not among the rows: a run can end before a row has begun.
fn name(report: &Report, labels: &Labels, text: &Text, id: &str) -> String {
    let place = report.index_of(id);
    place.map_or_else(|| id.to_owned(), |place| labels.row(place, text))
}

fn line(finding: &Finding, rows: &[String], text: &Text) -> String {
    let severity = (text.validity.severity)(finding.severity);
    let sentence = (text.validity.finding)(finding, &count(finding.count));
    let mut line = match rows {
        [] => format!("{severity}: {sentence}"),
        [..] if rows.len() > MOST_NAMED => {
            format!("{severity}, {}: {sentence}", (text.validity.row_count)(&rows.len().to_string()))
        }
        [..] => format!("{severity}, “{}”: {sentence}", rows.join("”, “")),
    };
    if let Some(detail) = finding.detail.as_deref().filter(|detail| !detail.is_empty()) {
        line += &format!(" ({detail})");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EN, KO};
    use fetchmark_core::{
        report::{
            fixture::{self, A, B},
            validity::Severity,
        },
        scenario::factors::Lifecycle,
    };

    fn lines_of(found: &[(FindingCode, Option<&str>, u64, Option<&str>)], text: &Text) -> Vec<String> {
        let mut report = fixture::report(&[(A, &[1.0]), (B, &[1.0])]);
        report.variants[1].lifecycle = Lifecycle::Fresh;
        report.validity = found
            .iter()
            .map(|&(code, variant, count, detail)| Finding {
                code,
                severity: Severity::Weakens,
                variant: variant.map(str::to_owned),
                count,
                detail: detail.map(str::to_owned),
            })
            .collect();
        findings(&report, &Labels::of(&report.variants), text)
    }

    #[test]
    fn each_is_a_sentence_that_names_its_rows() {
        let found = [
            (FindingCode::WarmOpened, Some(A), 3, None),
            (FindingCode::Stopped, None, 0, None),
            (FindingCode::Failures, Some(A), 1, None),
            (FindingCode::TimesHidden, None, 0, None),
            (FindingCode::Redirects, Some(A), 1, None),
            (FindingCode::Redirects, Some(B), 2_000, None),
            (FindingCode::NativeMissing, None, 1, Some("python3 was not found")),
        ];
        let lines = lines_of(&found, &EN);
        assert!(lines[0].starts_with("weakens, “reused”: 3 requests opened a new connection"), "{lines:?}");
        assert_eq!(
            lines[1..],
            [
                "weakens: The target hides its timings from this page: it does not send the Timing-Allow-Origin header.",
                "weakens, “reused”, “fresh”: 2,001 requests were redirected. Measure the final URL instead.",
                "weakens: Variants that run outside the browser are missing. (python3 was not found)",
            ]
        );
        let korean = lines_of(&found[4..6], &KO);
        assert_eq!(
            korean,
            ["신뢰도 저하, “재사용”, “매번 생성”: 요청 2,001개가 리디렉션되었습니다. 최종 URL을 측정하세요."]
        );
    }

    #[test]
    fn many_rows_are_counted_and_details_kept_apart() {
        let ids = ["a", "b", "c", "d"];
        let all = ids.map(|id| (FindingCode::EntriesMissing, Some(id), 2, None));
        let lines = lines_of(&all, &EN);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].starts_with("weakens, 4 rows: 8 requests left no"), "{lines:?}");
        let apart = ["x", "y"].map(|detail| (FindingCode::Redirects, Some(A), 1, Some(detail)));
        assert_eq!(lines_of(&apart, &EN).len(), 2);
    }
}
