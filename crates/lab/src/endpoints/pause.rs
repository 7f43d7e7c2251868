//! A server that stands still for a moment, again and again, as one does that collects garbage: every request that arrives
//! meanwhile waits until it goes on. What a sender with a fixed rate then sees is known in advance: a share `lasts ÷ every` of the
//! requests waits, evenly spread from nothing to `lasts`.

use std::time::Duration;

/// When the lab stands still: for `lasts` at the beginning of every `every` since it started.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pause {
    every: Duration,
    lasts: Duration,
}

impl Pause {
    /// A pause of some of the time; `None` if it is none or all of it.
    pub(super) fn new(every_ms: f64, lasts_ms: f64) -> Option<Self> {
        let ms = |ms: f64| Duration::from_secs_f64(ms / 1_000.0);
        (0.0 < lasts_ms && lasts_ms < every_ms).then(|| Self { every: ms(every_ms), lasts: ms(lasts_ms) })
    }

    /// How long a request waits that arrives so long after the lab started.
    pub(super) fn left(&self, since_start: Duration) -> Duration {
        let every = self.every.as_nanos().max(1);
        // Below the length of a pause, which is a number of nanoseconds that fits.
        let into = Duration::from_nanos((since_start.as_nanos() % every) as u64);
        self.lasts.saturating_sub(into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_in_a_pause_waits_for_its_end() {
        let pause = Pause::new(100.0, 20.0).unwrap();
        let left = |ms| pause.left(Duration::from_millis(ms)).as_millis();
        assert_eq!([0, 5, 19, 20, 99, 100, 115, 1_010].map(left), [20, 15, 1, 0, 0, 20, 5, 10]);
    }

    #[test]
    fn a_pause_is_shorter_than_its_interval() {
        assert_eq!(
            [(100.0, 0.0), (100.0, 100.0), (0.0, 1.0)].map(|(every, lasts)| Pause::new(every, lasts)),
            [None; 3]
        );
    }
}
