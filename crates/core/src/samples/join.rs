//! Which Resource Timing entry belongs to which request.
//!
//! No API joins a fetch to its entry (w3c/resource-timing #102). In this order, and never by "the last entry with
//! this name":
//! 1. the unique fragment the request carried (`#fm-17`), where the browser keeps it in the entry's name;
//! 2. interval containment: the entry lies between the call and its end, and its body has the length that the client
//!    delivered. Requests are called one after another on one thread, so when every request of a stretch of time has
//!    an entry, the order of starts is the order of calls; so it is of those that were answered and the entries that show
//!    times, where others timed out or failed. When some have none, only an entry that fits exactly one request is joined. A stretch ends where no request is in flight, so that a doubt stays where it arose.
//!
//! What fits nowhere stays unjoined, and is counted.

use crate::{
    map::Map,
    samples::{Sample, TimingEntry},
    stats::order::order_by,
};

/// The longest stretch in which entries are tried on requests one by one: the work grows with its third power. Doubts in
/// longer ones stay doubts.
const LONGEST_SEARCH: usize = 256;

/// What a request's URL fragment begins with.
pub const FRAGMENT: &str = "#fm-";

/// The entry that belongs to a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joined {
    /// Its index.
    pub entry: usize,
    /// Whether another request started and ended within the same clock steps, so that their entries may be each other's:
    /// sums over both are right, what is said of one of them may be true of the other.
    pub tied: bool,
}

/// The entry that belongs to each sample, in the samples' order.
///
/// `tolerance_ms` is the step of the clock: two time stamps that near may be in either order.
pub fn join(samples: &[Sample], entries: &[TimingEntry], tolerance_ms: f64) -> Vec<Option<Joined>> {
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
    entry_of: Vec<Option<Joined>>,
    taken: Vec<bool>,
}

impl Joiner<'_> {
    fn take(&mut self, sample: usize, entry: usize, tied: bool) {
        self.entry_of[sample] = Some(Joined { entry, tied });
        self.taken[entry] = true;
    }

    /// Joins those whose fragment occurs once on each side.
    fn by_fragment(&mut self) {
        let mut entry_of = Map::<u32, Option<usize>>::default();
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(index) = fragment_index(&entry.name) {
                entry_of.entry(index).and_modify(|only| *only = None).or_insert(Some(at));
            }
        }
        for (at, sample) in self.samples.iter().enumerate() {
            if let Some(entry) = entry_of.get_mut(&sample.index).and_then(Option::take)
                && self.is_of_one_answer(at, entry)
            {
                self.take(at, entry, false);
            }
        }
    }

    fn by_containment(&mut self) {
        let samples: Vec<usize> =
            (0..self.samples.len()).filter(|sample| self.entry_of[*sample].is_none()).collect();
        let is_free =
            |entry: &usize| !self.taken[*entry] && fragment_index(&self.entries[*entry].name).is_none();
        let entries: Vec<usize> = (0..self.entries.len()).filter(is_free).collect();
        let samples = in_order(&samples, |sample| {
            let sample = &self.samples[sample];
            [sample.called_ms, f64::from(sample.index)]
        });
        let entries = in_order(&entries, |entry| {
            let entry = &self.entries[entry];
            [entry.start_ms, entry.response_end_ms]
        });
        for (samples, entries) in self.stretches(&samples, &entries) {
            self.join_stretch(samples, entries);
        }
    }

    /// Cuts both, in order of time, where no request is in flight.
    fn stretches<'s>(&self, samples: &'s [usize], entries: &'s [usize]) -> Vec<(&'s [usize], &'s [usize])> {
        let mut stretches = Vec::new();
        let (mut first_sample, mut first_entry) = (0, 0);
        let mut quiet_from = f64::NEG_INFINITY;
        for at in 0..=samples.len() {
            let called_ms = samples.get(at).map(|sample| self.samples[*sample].called_ms);
            // Time stamps that are within one step of each other may be in either order: no cut there.
            let cut = called_ms.is_none_or(|called| called > quiet_from + 2.0 * self.tolerance_ms);
            if cut && at > first_sample {
                let ends_before = called_ms.map_or(f64::INFINITY, |called| called - self.tolerance_ms);
                let length = entries[first_entry..]
                    .partition_point(|entry| self.entries[*entry].start_ms < ends_before);
                let end = first_entry + length;
                stretches.push((&samples[first_sample..at], &entries[first_entry..end]));
                (first_sample, first_entry) = (at, end);
            }
            if let Some(sample) = samples.get(at) {
                quiet_from = quiet_from.max(self.samples[*sample].ended_ms);
            }
        }
        stretches
    }

    fn join_stretch(&mut self, samples: &[usize], entries: &[usize]) {
        if self.join_in_order(samples, entries) {
            return;
        }
        // What got no answer may have an entry without times, and may have none. Where answers show theirs, these are theirs.
        let answered: Vec<usize> =
            samples.iter().copied().filter(|sample| self.samples[*sample].status.is_some()).collect();
        let shown: Vec<usize> =
            entries.iter().copied().filter(|entry| self.entries[*entry].is_detailed()).collect();
        if answered.len() < samples.len() && self.join_in_order(&answered, &shown) {
            return;
        }
        if samples.len().max(entries.len()) <= LONGEST_SEARCH {
            self.by_unique_containment(samples, entries);
        }
    }

    /// Joins in the order of calls and starts, where every request has an entry that fits; says whether it did.
    fn join_in_order(&mut self, samples: &[usize], entries: &[usize]) -> bool {
        if samples.len() != entries.len() {
            return false;
        }
        let mut ordered = entries.to_vec();
        let tied = self.order_ties_by_end(samples, &mut ordered);
        let fit = samples.iter().zip(&ordered).all(|(sample, entry)| self.fits(*sample, *entry));
        if fit {
            for ((sample, entry), tied) in samples.iter().zip(ordered).zip(tied) {
                self.take(*sample, entry, tied);
            }
        }
        fit
    }

    /// Entries that start within one clock step of each other are given to their samples by the order of ends. Says which
    /// samples are tied in that, too.
    fn order_ties_by_end(&self, samples: &[usize], entries: &mut [usize]) -> Vec<bool> {
        let mut tied_in_both = vec![false; samples.len()];
        let mut from = 0;
        while from < entries.len() {
            let first = self.entries[entries[from]].start_ms;
            let tied = entries[from..]
                .iter()
                .take_while(|entry| self.entries[**entry].start_ms - first <= self.tolerance_ms)
                .count();
            let group = from..from + tied;
            let places: Vec<usize> = group.clone().collect();
            let by_end = in_order(&places, |place| [self.samples[samples[place]].ended_ms, 0.0]);
            let ends = in_order(&entries[group], |entry| [self.entries[entry].response_end_ms, 0.0]);
            for pair in by_end.windows(2) {
                let [one, other] = [pair[0], pair[1]].map(|place| &self.samples[samples[place]]);
                // Bodies of different length tell them apart.
                if other.ended_ms - one.ended_ms <= self.tolerance_ms && one.body_bytes == other.body_bytes {
                    (tied_in_both[pair[0]], tied_in_both[pair[1]]) = (true, true);
                }
            }
            for (place, entry) in by_end.into_iter().zip(ends) {
                entries[place] = entry;
            }
            from += tied;
        }
        tied_in_both
    }

    /// Joins entry and sample where each fits only the other; what that settles may settle more.
    fn by_unique_containment(&mut self, samples: &[usize], entries: &[usize]) {
        loop {
            let samples: Vec<usize> =
                samples.iter().copied().filter(|sample| self.entry_of[*sample].is_none()).collect();
            let entries: Vec<usize> = entries.iter().copied().filter(|entry| !self.taken[*entry]).collect();
            let pairs: Vec<(usize, usize)> = entries
                .iter()
                .filter_map(|entry| {
                    let sample = only(samples.iter().filter(|sample| self.fits(**sample, *entry)))?;
                    only(entries.iter().filter(|other| self.fits(*sample, **other)))?;
                    Some((*sample, *entry))
                })
                .collect();
            if pairs.is_empty() {
                return;
            }
            for (sample, entry) in pairs {
                self.take(sample, entry, false);
            }
        }
    }

    /// Whether the entry lies within the call and may be of the same answer.
    fn fits(&self, sample: usize, entry: usize) -> bool {
        let (call, times) = (&self.samples[sample], &self.entries[entry]);
        call.called_ms <= times.start_ms + self.tolerance_ms
            && times.response_end_ms <= call.ended_ms + self.tolerance_ms
            && self.is_of_one_answer(sample, entry)
    }

    /// Whether the entry tells of as many body bytes as the client delivered. Firefox, in a worker, gives a redirected
    /// request the entry of its first redirect, which has no body: such an entry would say that the answer came long
    /// before it did.
    fn is_of_one_answer(&self, sample: usize, entry: usize) -> bool {
        let (delivered, entry) = (self.samples[sample].body_bytes, &self.entries[entry]);
        // Where the browser hides the sizes, all of them are zero.
        let is_told = entry.decoded_bytes > 0 || entry.transfer_bytes > 0;
        delivered == 0 || !is_told || delivered == entry.decoded_bytes
    }
}

fn fragment_index(name: &str) -> Option<u32> {
    name.rsplit_once(FRAGMENT)?.1.parse().ok()
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

/// Places in the order of their keys.
fn in_order(places: &[usize], keys: impl Fn(usize) -> [f64; 2]) -> Vec<usize> {
    order_by(places.len(), |at| keys(places[at])).into_iter().map(|at| places[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::sample;
    use proptest::prelude::*;

    fn joined(samples: &[Sample], entries: &[TimingEntry]) -> Vec<Option<usize>> {
        join(samples, entries, 0.1).into_iter().map(|joined| joined.map(|joined| joined.entry)).collect()
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
        assert_eq!(joined(&samples, &entries), [Some(1), None, Some(0)]);
    }

    #[test]
    fn a_fragment_seen_twice_joins_neither() {
        let samples = [sample(0, 0.0, 9.0)];
        let entries = [entry("/a#fm-0", 1.0, 8.0), entry("/a#fm-0", 2.0, 8.0)];
        assert_eq!(joined(&samples, &entries), [None]);
    }

    #[test]
    fn containment_follows_the_calls_and_breaks_ties_by_the_end() {
        // Two calls within one clock step; the second ended first.
        let samples = [sample(0, 1.0, 9.0), sample(1, 1.0, 5.0), sample(2, 3.0, 7.0)];
        let entries = [entry("/a", 1.0, 4.9), entry("/a", 3.0, 6.8), entry("/a", 1.0, 8.8)];
        assert_eq!(joined(&samples, &entries), [Some(2), Some(0), Some(1)]);
    }

    #[test]
    fn a_missing_entry_shifts_no_other() {
        // Overlapping requests, one entry short: nothing tells which is missing.
        let samples = [sample(0, 1.0, 9.0), sample(1, 1.1, 9.0)];
        assert_eq!(joined(&samples, &[entry("/a", 1.2, 8.0)]), [None, None]);
        // One after the other, the entry fits only the second.
        let samples = [sample(0, 1.0, 2.0), sample(1, 3.0, 4.0)];
        assert_eq!(joined(&samples, &[entry("/a", 3.1, 3.9)]), [None, Some(0)]);
    }

    #[test]
    fn a_missing_entry_does_no_harm_beyond_its_stretch() {
        // Two pairs of overlapping requests, then nothing in flight between them; the first pair lacks an entry.
        let samples =
            [sample(0, 1.0, 9.0), sample(1, 1.1, 9.0), sample(2, 20.0, 29.0), sample(3, 21.0, 29.5)];
        let entries = [entry("/a", 1.2, 8.0), entry("/a", 20.1, 28.0), entry("/a", 21.1, 28.5)];
        assert_eq!(joined(&samples, &entries), [None, None, Some(1), Some(2)]);
    }

    #[test]
    fn what_timed_out_takes_no_answer_s_entry() {
        let late = |index, called_ms| Sample {
            status: None,
            body_bytes: 0,
            ..sample(index, called_ms, called_ms + 250.0)
        };
        let shown = |start_ms: f64, end_ms: f64| TimingEntry {
            request_start_ms: start_ms + 0.1,
            response_start_ms: end_ms - 0.1,
            ..entry("/a", start_ms, end_ms)
        };
        let samples = [late(0, 0.0), sample(1, 1.0, 31.0), sample(2, 2.0, 32.0), late(3, 3.0)];
        // The browser has an entry of one of the two that timed out.
        let entries = [entry("/a", 0.1, 249.0), shown(1.1, 30.0), shown(2.1, 31.0)];
        assert_eq!(joined(&samples, &entries)[1..3], [Some(1), Some(2)]);
        // With one that shows no end too few or too many, nothing tells which is whose.
        assert_eq!(joined(&samples, &entries[..2])[1..3], [None, None]);
    }

    #[test]
    fn bodies_of_different_length_are_not_joined() {
        let sized = |entry: TimingEntry, decoded_bytes| TimingEntry { decoded_bytes, ..entry };
        let samples = [sample(0, 1.0, 9.0), Sample { body_bytes: 7, ..sample(1, 1.0, 9.0) }];
        // By their ends alone the entries would be swapped.
        let entries = [sized(entry("/a", 1.0, 8.0), 7), sized(entry("/a", 1.0, 8.5), 5)];
        assert_eq!(joined(&samples, &entries), [Some(1), Some(0)]);
        let neither = [sized(entry("/a", 1.0, 8.0), 6), sized(entry("/a", 1.0, 8.5), 6)];
        assert_eq!(joined(&samples, &neither), [None, None]);
    }

    #[test]
    fn an_entry_without_a_body_is_not_that_of_an_answer_with_one() {
        let first_hop = TimingEntry { transfer_bytes: 300, ..entry("/a#fm-0", 1.0, 2.0) };
        assert_eq!(joined(&[sample(0, 0.5, 9.0)], &[first_hop]), [None]);
    }

    #[test]
    fn a_doubt_among_very_many_ends_soon() {
        let samples: Vec<Sample> = (0..50_000).map(|index| sample(index, 1.0, 9.0)).collect();
        let entries: Vec<TimingEntry> = (1..50_000).map(|_| entry("/a", 1.0, 9.0)).collect();
        assert!(joined(&samples, &entries).iter().all(Option::is_none));
    }

    #[test]
    fn requests_that_no_clock_tells_apart_are_tied() {
        let samples = [sample(0, 1.0, 9.0), sample(1, 1.0, 9.0), sample(2, 1.0, 9.5)];
        let entries = [entry("/a", 1.0, 8.0), entry("/a", 1.0, 8.0), entry("/a", 1.0, 9.3)];
        let tied: Vec<bool> =
            join(&samples, &entries, 0.1).iter().map(|joined| joined.unwrap().tied).collect();
        assert_eq!(tied, [true, true, false]);
    }

    proptest! {
        #![proptest_config(crate::report::fixture::same_each_time(256))]

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
            for (index, found) in joined(&samples, &arrived).into_iter().enumerate() {
                prop_assert_eq!(found.map(|entry| order[entry]), Some(index));
            }
        }
    }
}
