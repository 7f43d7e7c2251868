//! How much is simulated, and on how many threads.

use std::{panic::resume_unwind, thread};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Simulated runs per cell.
    pub(crate) runs: u32,
    /// The seed all others follow from.
    pub(crate) seed: u64,
}

impl Plan {
    /// Computes each cell on a thread and with a seed of its own, so threads change nothing.
    pub(crate) fn run<C: Sync, R: Send>(&self, cells: &[C], compute: impl Fn(&C, u64) -> R + Sync) -> Vec<R> {
        let of_one =
            &|(at, cell): (u64, &C)| compute(cell, self.seed.wrapping_mul(1_000_003).wrapping_add(at));
        thread::scope(|scope| {
            let running: Vec<_> = (0..).zip(cells).map(|cell| scope.spawn(move || of_one(cell))).collect();
            running.into_iter().map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        })
    }
}
