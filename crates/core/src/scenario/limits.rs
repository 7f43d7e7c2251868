//! What one run may do at most, and what else than the table of parameters has to know of bounds.

use std::ops::RangeInclusive;

/// The most measured rounds per variant.
pub const MAX_ROUNDS: u32 = 1_000;
/// What the margin may be.
pub const MARGIN_RANGE: RangeInclusive<f64> = 0.001..=1.0;
/// The largest seed: the longest whole number that JavaScript holds.
pub const LARGEST_SEED: u64 = (1 << 53) - 1;
/// The most variants one scenario may hold.
pub const MAX_VARIANTS: usize = 64;
/// The most sessions whose reports may be merged into one.
pub const MOST_SESSIONS: usize = 1_000;
/// The most requests one run may make, warm-up included: care for other people's servers.
pub const MAX_REQUESTS: u64 = 2_000_000;
/// The most requests in flight at a time, whatever a scenario asks for. A renderer fails requests above 2,700
/// outstanding; this stays far below.
pub const MAX_IN_FLIGHT: u32 = 256;
