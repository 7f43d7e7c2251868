//! Which Resource Timing entry belongs to which request.
//!
//! No API joins a fetch to its entry (w3c/resource-timing #102). In this order, and never by "the last entry with
//! this name":
//! 1. the unique fragment the request carried (`#fm-17`), where the browser keeps it in the entry's name;
//! 2. interval containment: the entry lies between the call and its end. Requests are called one after another on
//!    one thread, so when every remaining request has an entry, the order of starts is the order of calls. When
//!    some have none, only an entry that fits exactly one request is joined.
//!
//! What fits nowhere stays unjoined, and is counted.

use crate::{sample::Sample, timing::TimingEntry};
use std::collections::HashMap;

/// What a request's URL fragment begins with.
pub const FRAGMENT: &str = "#fm-";

/// The index of the entry that belongs to each sample, in the samples' order.
///
/// `tolerance_ms` is the step of the clock: two time stamps that near may be in either order.
pub fn join(samples: &[Sample], entries: &[TimingEntry], tolerance_ms: f64) -> Vec<Option<usize>> {
    let mut joiner = Joiner {
        samples,
        entries,
        tolerance_ms,
        entry_of: vec![None; samples.len()],
        taken: vec![false; entries.len()],
    };
    joiner.by_fragment();
    joiner.by_containment();
    joiner.entry_of
}

struct Joiner<'a> {
    samples: &'a [Sample],
    entries: &'a [TimingEntry],
    tolerance_ms: f64,
    entry_of: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Joiner<'_> {
    fn take(&mut self, sample: usize, entry: usize) {
        self.entry_of[sample] = Some(entry);
        self.taken[entry] = true;
    }

    /// Keys that occur once on each side are joined.
    fn by_key<K: std::hash::Hash + Eq>(
        &mut self,
        sample_key: impl Fn(&Sample) -> Option<K>,
        entry_key: impl Fn(&TimingEntry) -> Option<K>,
    ) {
        let mut entry_with: HashMap<K, Option<usize>> = HashMap::new();
        for entry in self.free_entries() {
            if let Some(key) = entry_key(&self.entries[entry]) {
                entry_with.entry(key).and_modify(|only| *only = None).or_insert(Some(entry));
            }
        }
        let mut pairs = Vec::new();
        for sample in self.free_samples() {
            if let Some(key) = sample_key(&self.samples[sample])
                && let Some(only) = entry_with.get_mut(&key)
                && let Some(entry) = only.take()
            {
                pairs.push((sample, entry));
            }
        }
        for (sample, entry) in pairs {
            self.take(sample, entry);
        }
    }

    fn by_fragment(&mut self) {
        self.by_key(|sample| Some(sample.index), |entry| fragment_index(&entry.name));
    }

    fn by_containment(&mut self) {
        let mut samples = self.free_samples();
        let mut entries: Vec<usize> = self
            .free_entries()
            .into_iter()
            .filter(|entry| fragment_index(&self.entries[*entry].name).is_none())
            .collect();
        if samples.len() == entries.len() {
            samples.sort_unstable_by(|a, b| {
                let (a, b) = (&self.samples[*a], &self.samples[*b]);
                a.called_ms.total_cmp(&b.called_ms).then(a.index.cmp(&b.index))
            });
            entries.sort_unstable_by(|a, b| {
                let (a, b) = (&self.entries[*a], &self.entries[*b]);
                a.start_ms.total_cmp(&b.start_ms).then(a.response_end_ms.total_cmp(&b.response_end_ms))
            });
            self.order_ties_by_end(&samples, &mut entries);
            if samples.iter().zip(&entries).all(|(sample, entry)| self.contains(*sample, *entry)) {
                for (sample, entry) in samples.into_iter().zip(entries) {
                    self.take(sample, entry);
                }
                return;
            }
        }
        self.by_unique_containment();
    }

    /// Entries that start within one clock step of each other are given to their samples by the order of ends.
    fn order_ties_by_end(&self, samples: &[usize], entries: &mut [usize]) {
        let mut from = 0;
        while from < entries.len() {
            let first = self.entries[entries[from]].start_ms;
            let tied = entries[from..]
                .iter()
                .take_while(|entry| self.entries[**entry].start_ms - first <= self.tolerance_ms)
                .count();
            let group = from..from + tied;
            let mut by_end: Vec<usize> = group.clone().collect();
            by_end.sort_unstable_by(|a, b| {
                self.samples[samples[*a]].ended_ms.total_cmp(&self.samples[samples[*b]].ended_ms)
            });
            let mut ends: Vec<usize> = entries[group].to_vec();
            ends.sort_unstable_by(|a, b| {
                self.entries[*a].response_end_ms.total_cmp(&self.entries[*b].response_end_ms)
            });
            for (place, entry) in by_end.into_iter().zip(ends) {
                entries[place] = entry;
            }
            from += tied;
        }
    }

    /// Joins entry and sample where each fits only the other; what that settles may settle more.
    fn by_unique_containment(&mut self) {
        loop {
            let samples = self.free_samples();
            let entries: Vec<usize> = self
                .free_entries()
                .into_iter()
                .filter(|entry| fragment_index(&self.entries[*entry].name).is_none())
                .collect();
            let pairs: Vec<(usize, usize)> = entries
                .iter()
                .filter_map(|entry| {
                    let sample = only(samples.iter().filter(|sample| self.contains(**sample, *entry)))?;
                    only(entries.iter().filter(|other| self.contains(*sample, **other)))?;
                    Some((*sample, *entry))
                })
                .collect();
            if pairs.is_empty() {
                return;
            }
            for (sample, entry) in pairs {
                self.take(sample, entry);
            }
        }
    }

    fn contains(&self, sample: usize, entry: usize) -> bool {
        let (sample, entry) = (&self.samples[sample], &self.entries[entry]);
        sample.called_ms <= entry.start_ms + self.tolerance_ms
            && entry.response_end_ms <= sample.ended_ms + self.tolerance_ms
    }

    fn free_samples(&self) -> Vec<usize> {
        (0..self.samples.len()).filter(|sample| self.entry_of[*sample].is_none()).collect()
    }

    fn free_entries(&self) -> Vec<usize> {
        (0..self.entries.len()).filter(|entry| !self.taken[*entry]).collect()
    }
}

fn fragment_index(name: &str) -> Option<u32> {
    name.rsplit_once(FRAGMENT)?.1.parse().ok()
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Outcome;
    use proptest::prelude::*;

    fn sample(index: u32, called_ms: f64, ended_ms: f64) -> Sample {
        Sample {
            index,
            intended_ms: called_ms,
            called_ms,
            ended_ms,
            status: Some(200),
            body_bytes: 5,
            outcome: Outcome::Ok,
        }
    }

    fn entry(name: &str, start_ms: f64, response_end_ms: f64) -> TimingEntry {
        TimingEntry {
            name: name.into(),
            start_ms,
            fetch_start_ms: start_ms,
            response_end_ms,
            ..TimingEntry::default()
        }
    }

    #[test]
    fn fragments_join_whatever_the_order() {
        let samples = [sample(0, 0.0, 9.0), sample(1, 0.0, 9.0), sample(2, 0.0, 9.0)];
        let entries = [entry("/a#fm-2", 1.0, 8.0), entry("/a#fm-0", 1.0, 8.0)];
        assert_eq!(join(&samples, &entries, 0.1), [Some(1), None, Some(0)]);
    }

    #[test]
    fn a_fragment_seen_twice_joins_neither() {
        let samples = [sample(0, 0.0, 9.0)];
        let entries = [entry("/a#fm-0", 1.0, 8.0), entry("/a#fm-0", 2.0, 8.0)];
        assert_eq!(join(&samples, &entries, 0.1), [None]);
    }

    #[test]
    fn containment_follows_the_order_of_calls_and_breaks_ties_by_the_end() {
        // Two calls within one clock step; the second ended first.
        let samples = [sample(0, 1.0, 9.0), sample(1, 1.0, 5.0), sample(2, 3.0, 7.0)];
        let entries = [entry("/a", 1.0, 4.9), entry("/a", 3.0, 6.8), entry("/a", 1.0, 8.8)];
        assert_eq!(join(&samples, &entries, 0.1), [Some(2), Some(0), Some(1)]);
    }

    #[test]
    fn a_missing_entry_leaves_doubt_unjoined_rather_than_shifting_all() {
        // Overlapping requests, one entry short: nothing tells which is missing.
        let samples = [sample(0, 1.0, 9.0), sample(1, 1.1, 9.0)];
        assert_eq!(join(&samples, &[entry("/a", 1.2, 8.0)], 0.1), [None, None]);
        // One after the other, the entry fits only the second.
        let samples = [sample(0, 1.0, 2.0), sample(1, 3.0, 4.0)];
        assert_eq!(join(&samples, &[entry("/a", 3.1, 3.9)], 0.1), [None, Some(0)]);
    }

    proptest! {
        #[test]
        fn no_entry_is_joined_twice_and_truth_is_found(
            gaps in prop::collection::vec((1.0_f64..5.0, 1.0_f64..50.0), 1..40), keep_fragments: bool,
        ) {
            let mut now = 0.0;
            let mut samples = Vec::new();
            let mut entries = Vec::new();
            for (index, (gap, length)) in gaps.iter().enumerate() {
                now += gap;
                samples.push(sample(index as u32, now, now + length + 0.4));
                let name = if keep_fragments { format!("/a#fm-{index}") } else { "/a".to_owned() };
                entries.push(entry(&name, now + 0.2, now + length));
            }
            // Entries arrive in the order of their ends.
            let mut order: Vec<usize> = (0..entries.len()).collect();
            order.sort_unstable_by(|a, b| entries[*a].response_end_ms.total_cmp(&entries[*b].response_end_ms));
            let arrived: Vec<_> = order.iter().map(|index| entries[*index].clone()).collect();
            for (index, joined) in join(&samples, &arrived, 0.1).into_iter().enumerate() {
                prop_assert_eq!(joined.map(|entry| order[entry]), Some(index));
            }
        }
    }
}
