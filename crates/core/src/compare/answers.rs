//! Whether rows were given the same answers: a client that is sent more takes longer, and is no slower for that.
//!
//! Servers choose answers by what a client sends (`Accept`, `Accept-Encoding`, `User-Agent`), and by how often they were asked.

use super::verdict::is_beyond_tolerance;
use crate::report::VariantReport;

/// Bodies differ if one is larger than the other by more than this many bytes,
const BYTES_APART: f64 = 256.0;

/// and by more than this factor.
const TIMES_APART: f64 = 1.1;

/// The mean length of the bodies that successful requests were given, decoded; `None` if none succeeded.
pub(crate) fn mean_body_bytes<'r>(rows: impl IntoIterator<Item = &'r VariantReport>) -> Option<f64> {
    let add = |(bytes, ok), row: &VariantReport| (bytes + row.body_bytes, ok + row.requests.ok);
    let (bytes, ok) = rows.into_iter().fold((0, 0), add);
    (ok > 0).then(|| bytes as f64 / ok as f64)
}

/// Whether two rows of a report were given different answers.
pub(super) fn differ(one: &VariantReport, other: &VariantReport) -> bool {
    let both = |of: fn(&VariantReport) -> Option<f64>| of(one).zip(of(other));
    let by_length = [mean_of_row, mean_encoded_bytes].map(both).into_iter().flatten();
    by_length.into_iter().any(|(one, other)| are_apart(one, other)) || have_other_statuses(one, other)
}

/// Whether successful answers of one have another status than those of the other: 200 and 204, for instance.
pub(super) fn have_other_statuses(one: &VariantReport, other: &VariantReport) -> bool {
    is_beyond_tolerance(share_of_other_statuses(one, other))
}

pub(crate) fn are_apart(one: f64, other: f64) -> bool {
    let (less, more) = (one.min(other), one.max(other));
    more - less > BYTES_APART && more > less * TIMES_APART
}

fn mean_of_row(row: &VariantReport) -> Option<f64> {
    mean_body_bytes([row])
}

/// The mean length before decoding; `None` where the browser does not show it of every answer.
fn mean_encoded_bytes(row: &VariantReport) -> Option<f64> {
    let answers: u64 = row.statuses.values().sum();
    let is_shown = row.unjoined == 0 && row.sizes.encoded_bytes > 0 && !row.protocols.contains_key("");
    (is_shown && answers > 0).then(|| row.sizes.encoded_bytes as f64 / answers as f64)
}

/// The share of successful requests whose status would have to change for both to have the same.
fn share_of_other_statuses(one: &VariantReport, other: &VariantReport) -> f64 {
    let share = |row: &VariantReport, status: u16| {
        let ok: u64 = row
            .statuses
            .iter()
            .filter(|(status, _)| (200..300).contains(*status))
            .map(|(_, count)| count)
            .sum();
        let count = row.statuses.get(&status).copied().unwrap_or_default();
        if ok == 0 { None } else { Some(count as f64 / ok as f64) }
    };
    let apart = (200..300).map(|status| Some((share(one, status)? - share(other, status)?).abs()));
    apart.sum::<Option<f64>>().map_or(0.0, |sum| sum / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::variant;

    fn row(body_bytes: u64, statuses: &[(u16, u64)]) -> VariantReport {
        VariantReport {
            body_bytes: 100 * body_bytes,
            statuses: statuses.iter().copied().collect(),
            ..variant("a", &[1.0])
        }
    }

    #[test]
    fn answers_of_other_lengths_and_statuses_differ() {
        let base = row(10_000, &[(200, 100)]);
        for (other, expected) in [
            (row(10_000, &[(200, 99), (204, 1)]), false),
            (row(10_900, &[(200, 100)]), false),
            (row(11_100, &[(200, 100)]), true),
            (row(0, &[(200, 100)]), true),
            (row(10_000, &[(200, 90), (203, 10)]), true),
            // Reports of before have no statuses.
            (row(10_000, &[]), false),
        ] {
            assert_eq!(
                (differ(&base, &other), differ(&other, &base)),
                (expected, expected),
                "{:?}",
                other.statuses
            );
        }
        // Twice as much of hardly anything is no other work.
        assert!(!differ(&row(100, &[]), &row(200, &[])));
    }

    #[test]
    fn what_was_compressed_differs_before_it_is_decoded() {
        let encoded = |bytes: u64, protocol: &str| {
            let mut row = row(50_000, &[(200, 100)]);
            row.sizes.encoded_bytes = 100 * bytes;
            row.protocols = [(protocol.to_owned(), 100)].into();
            row
        };
        assert!(differ(&encoded(50_000, "h2"), &encoded(8_000, "h2")));
        assert!(!differ(&encoded(8_000, "h2"), &encoded(8_100, "h2")));
        // Of some answers the browser hides it.
        assert!(!differ(&encoded(50_000, "h2"), &encoded(8_000, "")));
    }
}
