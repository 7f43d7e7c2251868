//! Whether a lab has nothing to do.

use fetchmark_lab::Lab;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// The lab hears of a closed socket a moment after the browser closed it.
const HEARS_WITHIN: Duration = Duration::from_secs(5);

/// Between looks: looking without a pause would keep a core from what is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Whether no request is under way any more, within 5 s.
pub async fn is_at_rest(lab: &Lab) -> bool {
    let deadline = Instant::now() + HEARS_WITHIN;
    while lab.sockets().in_flight > 0 {
        if Instant::now() > deadline {
            return false;
        }
        sleep(LOOK_AGAIN).await;
    }
    true
}

/// Waits until the lab has had so many requests since it was last reset.
pub async fn requests_beyond(lab: &Lab, count: u64) {
    while lab.sockets().requests < count {
        sleep(LOOK_AGAIN).await;
    }
}
