//! What a sender at a fixed rate must see of a target that stands still now and then, from theory.

/// Standing still for `pause_ms` out of every `every_ms`, as `/lab/delay?pause_every=…&pause_ms=…` does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stalls {
    /// From the beginning of one pause to that of the next, in ms.
    pub every_ms: f64,
    /// How long a pause lasts, in ms.
    pub pause_ms: f64,
}

impl Stalls {
    /// Where the lab stands still like that; otherwise it answers after 1 ms.
    pub fn path(&self) -> String {
        format!("/lab/delay/1?pause_every={}&pause_ms={}", self.every_ms, self.pause_ms)
    }

    /// The time waited for a pause to end, in ms, that this share (0 to 1) of requests does not exceed. Requests that are due
    /// evenly meet a pause in a share `pause ÷ every` of cases, and then wait for what is left of it: evenly from 0 to its
    /// length.
    pub fn wait_ms(&self, share: f64) -> f64 {
        let undisturbed = 1.0 - self.pause_ms / self.every_ms;
        (share - undisturbed).max(0.0) * self.every_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_waits_evenly() {
        let stalls = Stalls { every_ms: 1_000.0, pause_ms: 200.0 };
        let waits = [0.5, 0.8, 0.9, 0.95, 1.0].map(|share| stalls.wait_ms(share).round());
        assert_eq!(waits, [0.0, 0.0, 100.0, 150.0, 200.0]);
        assert_eq!(stalls.path(), "/lab/delay/1?pause_every=1000&pause_ms=200");
    }
}
