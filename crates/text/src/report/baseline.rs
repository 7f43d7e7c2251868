use super::{
    labels::{Labels, in_words},
    numbers::{count, measure},
};
use crate::words::{Baseline, Text};
use fetchmark_core::{report::Report, scenario::factors::Pacing};

/// What the baseline did; `None` where no time of it counts.
pub fn baseline(report: &Report, labels: &Labels, text: &Text) -> Option<String> {
    let row = report.variants.first()?;
    let name = in_words(&labels.with_client(0, row), text);
    let ms = |value| format!("{} {}", measure(Some(value)), text.results.ms);
    // The rate sets how long a round takes.
    if row.pacing == Pacing::Rate {
        let [median, ..] = row.percentiles_ms();
        let ok = row.latency_ms.as_ref()?.count;
        return Some((text.answer.at_rate)(&name, &ms(median?), &count(ok)));
    }
    let timed = row.timed_requests();
    Some((text.answer.baseline)(&Baseline {
        n: count(report.scenario.n.into()),
        row: name,
        total: ms(row.round_median_ms?),
        rounds: count(row.timed_rounds()),
        per_second: row.requests_per_second.map(|per_second| measure(Some(per_second))),
        succeeded: timed.fail_often().then(|| (count(timed.ok), count(timed.issued))),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EN, KO};
    use fetchmark_core::report::fixture::{took, two_rows};

    #[test]
    fn at_a_rate_the_latency_is_given() {
        let mut report = two_rows();
        report.variants.iter_mut().for_each(|row| row.pacing = Pacing::Rate);
        let words = |report: &Report, text| baseline(report, &Labels::of(&report.variants), text);
        let english = words(&report, &EN).unwrap();
        assert_eq!(english, "js-fetch, reused: median latency 50.0 ms over 100 successful requests.");
        let korean = words(&report, &KO).unwrap();
        assert!(korean.ends_with(": 지연 시간 중앙값 50.0 ms(성공한 요청 100개)."), "{korean}");
        // Of one request there is no median.
        took(&mut report.variants[0], 1);
        assert_eq!(words(&report, &EN), None);
    }
}
