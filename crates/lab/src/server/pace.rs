//! When what is sent over the emulated network arrives: half a round trip later, and later than that where the connection has not
//! opened its window yet or the link is full.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::distance::Distance;

/// A segment of TCP on an ordinary network, in bytes.
const SEGMENT: usize = 1_460;
/// What a connection sends in its first round trip, in segments: <https://www.rfc-editor.org/rfc/rfc6928>.
const FIRST_SEGMENTS: usize = 10;

/// The direction of a link that all connections share: until when it is busy.
#[derive(Debug, Clone)]
pub(crate) struct Link(Arc<Mutex<Instant>>);

impl Link {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    /// When bytes that are ready at a moment have left, one after another with those of other connections.
    fn carry(&self, ready: Instant, bytes: usize, bits_per_second: u64) -> Instant {
        let takes = Duration::from_secs_f64(bytes as f64 * 8.0 / bits_per_second as f64);
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *free = ready.max(*free) + takes;
        *free
    }
}

/// One direction of a connection over the emulated network.
#[derive(Debug)]
pub(crate) struct Pace {
    distance: Distance,
    link: Link,
    /// Nothing leaves before.
    earliest: Instant,
    window: Option<Window>,
}

impl Pace {
    pub(crate) fn new(distance: Distance, link: Link, earliest: Instant) -> Self {
        Self { distance, link, earliest, window: distance.slow_start.then(Window::default) }
    }

    /// When bytes sent now arrive, piece by piece; pieces arrive in order.
    pub(crate) fn arrivals(&mut self, now: Instant, bytes: usize) -> Vec<(Instant, usize)> {
        let is_plain = self.window.is_none() && self.distance.bandwidth.is_none();
        let piece = if is_plain { bytes } else { SEGMENT };
        let mut arrivals = Vec::with_capacity(bytes.div_ceil(piece.max(1)));
        let mut left = bytes;
        while left > 0 {
            let size = left.min(piece);
            arrivals.push((self.arrival(now, size), size));
            left -= size;
        }
        arrivals
    }

    /// When what has no bytes arrives: the end of the stream.
    pub(crate) fn end(&self, now: Instant) -> Instant {
        now.max(self.earliest) + self.distance.rtt / 2
    }

    fn arrival(&mut self, now: Instant, size: usize) -> Instant {
        let mut leaves = now.max(self.earliest);
        if let Some(window) = &mut self.window {
            leaves = window.open_for(leaves, size);
        }
        if let Some(bits_per_second) = self.distance.bandwidth {
            leaves = self.link.carry(leaves, size, bits_per_second);
        }
        if let Some(window) = &mut self.window {
            window.sent(leaves + self.distance.rtt, size);
        }
        // The end, and what comes after, may not overtake this.
        self.earliest = leaves;
        leaves + self.distance.rtt / 2
    }
}

/// The congestion window of TCP in slow start: what is acknowledged makes it larger by as much.
#[derive(Debug)]
struct Window {
    size: usize,
    in_flight: usize,
    /// When what was sent will be acknowledged.
    acknowledged: VecDeque<(Instant, usize)>,
}

impl Default for Window {
    fn default() -> Self {
        Self { size: FIRST_SEGMENTS * SEGMENT, in_flight: 0, acknowledged: VecDeque::new() }
    }
}

impl Window {
    /// When there is room for so many bytes.
    fn open_for(&mut self, mut ready: Instant, bytes: usize) -> Instant {
        while let Some(&(at, acknowledged)) = self.acknowledged.front() {
            if at > ready && self.in_flight + bytes <= self.size {
                break;
            }
            ready = ready.max(at);
            self.acknowledged.pop_front();
            self.in_flight -= acknowledged;
            self.size += acknowledged;
        }
        ready
    }

    fn sent(&mut self, acknowledged: Instant, bytes: usize) {
        self.in_flight += bytes;
        self.acknowledged.push_back((acknowledged, bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RTT: Duration = Duration::from_millis(100);

    fn pace(slow_start: bool, bandwidth: Option<u64>, start: Instant) -> Pace {
        Pace::new(Distance { rtt: RTT, slow_start, bandwidth }, Link::new(), start)
    }

    fn last(pace: &mut Pace, now: Instant, bytes: usize) -> Duration {
        pace.arrivals(now, bytes).last().map_or(Duration::ZERO, |(at, _)| *at - now)
    }

    #[test]
    fn without_a_model_all_arrives_half_a_round_trip_later() {
        let now = Instant::now();
        let mut pace = pace(false, None, now);
        assert_eq!(pace.arrivals(now, 10_000_000), [(now + RTT / 2, 10_000_000)]);
        assert_eq!(pace.end(now), now + RTT / 2);
        assert_eq!(pace.arrivals(now, 0), []);
    }

    #[test]
    fn nothing_leaves_before_the_connection_is_open() {
        let now = Instant::now();
        let mut pace = pace(false, None, now + RTT);
        assert_eq!(last(&mut pace, now, 1), RTT + RTT / 2);
    }

    #[test]
    fn the_window_doubles_each_round_trip() {
        let now = Instant::now();
        let first = FIRST_SEGMENTS * SEGMENT;
        // 10 segments in the first round trip, 20 in the second, 40 in the third.
        for (bytes, round_trips) in
            [(first, 0), (first + 1, 1), (3 * first, 1), (3 * first + 1, 2), (7 * first, 2)]
        {
            let took = last(&mut pace(true, None, now), now, bytes);
            assert_eq!(took, RTT * round_trips + RTT / 2, "{bytes}");
        }
        // What was acknowledged long ago has opened the window.
        let mut used = pace(true, None, now);
        last(&mut used, now, 3 * first);
        assert_eq!(last(&mut used, now + RTT * 9, 4 * first), RTT / 2);
    }

    #[test]
    fn a_link_carries_one_byte_after_another_for_all_connections() {
        let now = Instant::now();
        let distance = Distance { rtt: RTT, slow_start: false, bandwidth: Some(8_000_000) };
        let link = Link(Arc::new(Mutex::new(now)));
        let [mut one, mut two] = [(); 2].map(|()| Pace::new(distance, link.clone(), now));
        // A million bytes a second.
        assert_eq!(last(&mut one, now, 1_460).as_micros(), 51_460);
        assert_eq!(last(&mut two, now, 1_460).as_micros(), 52_920);
    }
}
