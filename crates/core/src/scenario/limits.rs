//! What a scenario may ask for at most, and what one run may do.

use std::ops::RangeInclusive;

/// What `n`, requests per round, may be.
pub const N_RANGE: RangeInclusive<u32> = 1..=100_000;
/// What `rounds`, measured rounds per variant, may be.
pub const ROUNDS_RANGE: RangeInclusive<u32> = 1..=1_000;
/// What `warmup`, discarded rounds per variant, may be.
pub const WARMUP_RANGE: RangeInclusive<u32> = 0..=100;
/// What the time-out of one request may be, in ms.
pub const TIMEOUT_MS_RANGE: RangeInclusive<u32> = 1..=600_000;
/// What the arrivals per second may be.
pub const RATE_RANGE: RangeInclusive<f64> = 0.1..=10_000.0;
/// What the margin may be.
pub const MARGIN_RANGE: RangeInclusive<f64> = 0.001..=1.0;
/// What the budget of an auto run may be, in ms.
pub const BUDGET_MS_RANGE: RangeInclusive<u32> = 1_000..=600_000;
/// The largest seed: the longest whole number that JavaScript holds.
pub const LARGEST_SEED: u64 = (1 << 53) - 1;
/// The most variants one scenario may hold.
pub const MAX_VARIANTS: usize = 64;
/// The most requests one run may make, warm-up included: care for other people's servers.
pub const MAX_REQUESTS: u64 = 2_000_000;
/// The most requests in flight at a time, whatever a scenario asks for. A renderer fails requests above 2,700
/// outstanding; this stays far below.
pub const MAX_IN_FLIGHT: u32 = 256;
