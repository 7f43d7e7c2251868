//! Which rows stand together, in which order, and how long their bars are.

use crate::text::{Labels, Row, Tag};
use fetchmark_core::{
    compare::{Comparison, Verdict},
    run::progress::Standing,
    stats::order::{ascending, order_by},
};

/// A bar longer than this many times the middle one runs off: one extreme row must not squash the others.
const MOST_TIMES_MIDDLE: f64 = 6.0;

/// The right end is this many times the longest dot, so that half of it is not cut off.
const DOT_ROOM: f64 = 1.03;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Fastest first.
    Time,
    /// Smallest ratio to the baseline first.
    Ratio,
    /// As the run was described.
    Given,
}

impl Order {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Time, Self::Ratio, Self::Given];
}

/// Rows that share a level of the factor that groups them.
pub struct Group {
    /// The level; `None` where nothing groups the rows.
    pub level: Option<Tag>,
    /// Their places in the report.
    pub rows: Vec<usize>,
}

impl Group {
    /// What tells a row from the others of the group. One that nothing tells from them, or only that it is there twice, is called by its client.
    pub fn tags(&self, place: usize, labels: &Labels, row: &Row) -> Vec<Tag> {
        let rest = labels.rows[place].iter().filter(|tag| Some(*tag) != self.level.as_ref());
        let mut tags: Vec<Tag> = rest.cloned().collect();
        if tags.iter().all(|tag| *tag == Tag::Again) {
            tags.insert(0, Tag::Client(row.client.clone(), row.runtime));
        }
        tags
    }
}

/// The rows by pacing if they differ in that, else by connection, else by thread; one group where each row would be a group of its own.
pub fn groups(labels: &Labels) -> Vec<Group> {
    let factors: [fn(&Tag) -> bool; 3] = [
        |tag| matches!(tag, Tag::Pace { .. }),
        |tag| matches!(tag, Tag::Connection(_)),
        |tag| matches!(tag, Tag::Thread(_)),
    ];
    let by = |is_level: fn(&Tag) -> bool| {
        let mut groups: Vec<Group> = Vec::new();
        for (row, tags) in labels.rows.iter().enumerate() {
            let level = Some(tags.iter().find(|tag| is_level(tag))?.clone());
            match groups.iter_mut().find(|group| group.level == level) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { level, rows: vec![row] }),
            }
        }
        (groups.len() < labels.rows.len()).then_some(groups)
    };
    factors
        .into_iter()
        .find_map(by)
        .unwrap_or_else(|| vec![Group { level: None, rows: (0..labels.rows.len()).collect() }])
}

/// The rows in this order. Behind them come those without a figure, those that cannot be compared, and those of which many requests
/// failed: their times are no better for being short.
pub fn ordered<'c>(
    rows: &[usize],
    order: Order,
    baseline: usize,
    standings: &[Standing],
    compared: impl Fn(usize) -> Option<&'c Comparison>,
) -> Vec<usize> {
    let key = |place: usize| {
        let row = rows[place];
        let Standing { round_median_ms, requests, .. } = standings.get(row).copied().unwrap_or_default();
        let comparison = compared(row);
        let figure = match order {
            Order::Given => Some(0.0),
            Order::Time => round_median_ms,
            // It is not compared with itself.
            Order::Ratio if row == baseline => Some(1.0),
            Order::Ratio => comparison.and_then(Comparison::shown).map(|[ratio, ..]| ratio),
        };
        let is_refused = comparison.is_some_and(|comparison| comparison.verdict == Verdict::Refused);
        let behind = if requests.fail_often() {
            3.0
        } else if is_refused {
            2.0
        } else if figure.is_none() {
            1.0
        } else {
            0.0
        };
        [behind, figure.unwrap_or(f64::INFINITY)]
    };
    order_by(rows.len(), key).into_iter().map(|place| rows[place]).collect()
}

/// The time at the right end of the bars, in ms: the end of the longest bar, interval or dot that does not run off.
pub fn top_ms(standings: &[Standing], dots: impl Fn(usize) -> Vec<f64>) -> f64 {
    let time = |(row, standing): (usize, &Standing)| {
        let median = standing.round_median_ms?;
        let high = standing.round_interval_ms.map_or(median, |(_, high)| high);
        Some((median, dots(row).into_iter().map(|ms| DOT_ROOM * ms).fold(high, f64::max)))
    };
    top(&standings.iter().enumerate().filter_map(time).collect::<Vec<_>>())
}

/// The same of medians, each with the high end of its interval.
fn top(times: &[(f64, f64)]) -> f64 {
    let medians = ascending(&times.iter().map(|(median, _)| *median).collect::<Vec<_>>());
    let Some(middle) = medians.get(medians.len().saturating_sub(1) / 2) else { return 0.0 };
    let most = middle * MOST_TIMES_MIDDLE;
    let ends = times.iter().filter(|(median, _)| *median <= most).map(|(median, end)| median.max(*end));
    ends.fold(0.0, f64::max).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::report::Requests;

    #[test]
    fn the_fastest_is_first_and_what_has_no_sound_time_last() {
        let standing = |round_median_ms, failed| Standing {
            round_median_ms,
            requests: Requests::default().and(100 - failed, failed),
            ..Standing::default()
        };
        let standings = [(Some(2.0), 0), (None, 0), (Some(0.5), 50), (Some(1.0), 0)]
            .map(|(median, failed)| standing(median, failed));
        // The fifth row has no standing yet.
        assert_eq!(ordered(&[0, 1, 2, 3, 4], Order::Time, 0, &standings, |_| None), [3, 0, 1, 4, 2]);
    }

    #[test]
    fn one_extreme_row_does_not_squash_the_others() {
        let at = |median: f64| (median, 1.1 * median);
        assert_eq!(top(&[at(100.0), at(150.0), at(3_000.0)]), 165.0);
        // Six times as long is still shown beside the others, and so is what is short.
        assert_eq!(top(&[at(150.0), at(160.0), at(900.0), at(10.0)]), 900.0);
        // A wide interval does not squash them either.
        assert_eq!(top(&[at(100.0), (100.0, 5_000.0)]), 600.0);
        assert_eq!(top(&[]), 0.0);
    }
}
