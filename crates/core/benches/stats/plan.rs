//! How much is simulated, and on how many threads.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Simulated runs per cell.
    pub(crate) runs: u32,
    /// The seed all others follow from.
    pub(crate) seed: u64,
}

impl Plan {
    /// Computes every cell, on all processors; each with a seed of its own, so threads change nothing.
    pub(crate) fn run<C: Sync, R: Send>(&self, cells: &[C], compute: impl Fn(&C, u64) -> R + Sync) -> Vec<R> {
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(cells.len()));
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(cell) = cells.get(at) else { return };
                        let result = compute(cell, self.seed.wrapping_mul(1_000_003).wrapping_add(at as u64));
                        if let Ok(mut done) = done.lock() {
                            done.push((at, result));
                        }
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_default();
        done.sort_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, result)| result).collect()
    }
}
