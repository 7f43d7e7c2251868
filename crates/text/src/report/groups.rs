//! Comparisons with one verdict, in words.

use super::{
    labels::Labels,
    numbers::{percent, ratios},
};
use crate::words::Text;
use fetchmark_core::{
    compare::{Comparison, Reason, Verdict, VerdictGroup},
    report::Report,
};

/// The most rows of one verdict, or of one reason, that are named.
const MOST_NAMED: usize = 3;

/// A verdict in words; an equivalence with its margin.
pub fn verdict_within(verdict: Verdict, report: &Report, text: &Text) -> String {
    match verdict {
        Verdict::Equivalent => (text.answer.equivalent_within)(&percent(report.scenario.margin)),
        _ => (text.answer.verdict)(verdict).to_owned(),
    }
}

/// The rows of a group in one line. Where nothing is claimed the reason stands behind those that share it.
pub fn in_group(group: &VerdictGroup, report: &Report, labels: &Labels, text: &Text) -> String {
    let sentence = |(reason, of_one): (Option<Reason>, Vec<&Comparison>)| {
        let rows = named(&of_one, report, labels, text).join("; ");
        match reason.map(text.answer.reason) {
            Some(reason) => format!("{rows}. {reason}"),
            None => rows,
        }
    };
    by_reason(group).into_iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// A few rows with their figures, if they have some; of many how many there are, and their clients. The table names them all.
pub(crate) fn named(
    comparisons: &[&Comparison],
    report: &Report,
    labels: &Labels,
    text: &Text,
) -> Vec<String> {
    let rows = || comparisons.iter().filter_map(|one| Some((*one, report.index_of(&one.candidate)?)));
    if comparisons.len() > MOST_NAMED {
        let mut clients: Vec<&str> = Vec::new();
        for (_, row) in rows() {
            let client = report.variants[row].client.as_str();
            clients.extend(Some(client).filter(|client| !clients.contains(client)));
        }
        let many = (text.answer.many_rows)(&comparisons.len().to_string(), &clients.join(text.comma));
        return vec![match extremes(comparisons) {
            Some([least, most]) => format!("{many} {least}×–{most}×"),
            None => many,
        }];
    }
    let named = |(one, row): (&Comparison, usize)| match one.shown().map(ratios) {
        Some([ratio, low, high]) => format!("{} {ratio}× ({low}–{high})", labels.row(row, text)),
        None => labels.row(row, text),
    };
    rows().map(named).collect()
}

/// The least and the greatest ratio of comparisons that claim a difference.
fn extremes(comparisons: &[&Comparison]) -> Option<[String; 2]> {
    let is_claimed = |one: &Comparison| matches!(one.verdict, Verdict::Faster | Verdict::Slower);
    let figures = || comparisons.iter().filter(|one| is_claimed(one)).filter_map(|one| one.shown());
    let least = figures().min_by(|a, b| a[0].total_cmp(&b[0]))?;
    let most = figures().max_by(|a, b| a[0].total_cmp(&b[0]))?;
    Some([least, most].map(|figures| ratios(figures)[0].clone()))
}

/// The comparisons of a group; where nothing is claimed, by the reason.
pub(crate) fn by_reason(group: &VerdictGroup) -> Vec<(Option<Reason>, Vec<&Comparison>)> {
    if !matches!(group.verdict, Verdict::Inconclusive | Verdict::Refused) {
        return vec![(None, group.comparisons.iter().collect())];
    }
    let having =
        |reason| (Some(reason), group.comparisons.iter().filter(|one| one.reason_code == reason).collect());
    Reason::among(&group.comparisons).into_iter().map(having).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EN, KO};
    use fetchmark_core::{compare::by_verdict, report::fixture};

    #[test]
    fn many_rows_are_grouped_by_reason() {
        let mut report = fixture::report(&["a", "b", "c", "d", "e", "f"].map(|id| (id, &[1.0, 2.0][..])));
        for (one, reason) in report.comparisons.iter_mut().zip([Reason::FailuresDiffer, Reason::PacedAtRate])
        {
            (one.verdict, one.reason_code) = (Verdict::Refused, reason);
        }
        for one in &mut report.comparisons[2..] {
            (one.verdict, one.reason_code) = (Verdict::Refused, Reason::PacedAtRate);
        }
        for (index, row) in report.variants.iter_mut().enumerate() {
            row.client = if index % 2 == 0 { "ky" } else { "xhr" }.to_owned();
        }
        let words = |text: &Text| {
            let labels = Labels::of(&report.variants);
            in_group(&by_verdict(&report.comparisons)[0], &report, &labels, text)
        };
        let [rate, failures] = [Reason::PacedAtRate, Reason::FailuresDiffer].map(Reason::sentence);
        let english = words(&EN);
        assert!(english.contains(&format!("4 rows (ky, xhr). {rate}")), "{english}");
        assert!(english.contains(&format!("xhr. {failures}")), "{english}");
        let korean = words(&KO);
        assert!(korean.contains("행 4개(ky, xhr). "), "{korean}");

        for (index, one) in report.comparisons.iter_mut().enumerate() {
            let ratio = 1.5 + index as f64;
            one.verdict = Verdict::Slower;
            (one.ratio, one.low, one.high) = (Some(ratio), Some(ratio - 0.1), Some(ratio + 0.1));
        }
        let group = &by_verdict(&report.comparisons)[0];
        let words = in_group(group, &report, &Labels::of(&report.variants), &EN);
        assert_eq!(words, "5 rows (xhr, ky) 1.50×–5.50×");
    }
}
