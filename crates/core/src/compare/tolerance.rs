//! How many requests of two rows may have gone differently.

/// The share of requests that may have gone differently: a ratio of times is not off by much more than that.
pub(crate) const TOLERATED_SHARE: f64 = 0.01;

/// Whether a share is more than that: 0.07 - 0.06 is 0.01, though as floats it is a hair more.
pub(crate) fn is_beyond_tolerance(share: f64) -> bool {
    share > TOLERATED_SHARE + 1e-9
}
