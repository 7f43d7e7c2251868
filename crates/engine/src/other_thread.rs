//! Rounds that another thread measures: the order for one, how it is carried out there, and what comes back.
//!
//! One engine makes the run, in a worker. Where rows are to be measured on the page's own thread, too, a second engine serves there:
//! it makes no run of its own, and answers each order with a round and the timing entries of its own global. A round's times
//! are all of one clock, and are held to no other round's.

use crate::{
    platform::{Clock, Host, Rounds, Timeline},
    round::{RoundPlan, RoundResult},
    run::{RunError, World, round_with_entries},
    stop::Stop,
};
use fetchmark_core::{scenario::Scenario, variant::Variant};
use serde::{Deserialize, Serialize};

/// One round of a scenario that both threads know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadOrder {
    /// The row's id.
    pub variant: String,
    /// Serial number of the first request.
    pub first_serial: u32,
}

/// What is to be done for a round of `variant`.
pub fn order(variant: &Variant, plan: &RoundPlan) -> ThreadOrder {
    ThreadOrder { variant: variant.id.clone(), first_serial: plan.first_serial }
}

/// Runs the round that was ordered (JSON), with its entries.
///
/// # Errors
/// [`RunError::OtherThread`] if it is no order for this scenario; what keeps a round from being run.
pub async fn carry_out<R: Rounds, K: Clock, T: Timeline, H: Host>(
    order: &str,
    scenario: &Scenario,
    world: &World<'_, R, K, T, H>,
    stop: &Stop,
    tick: impl Fn(u32),
) -> Result<RoundResult, RunError> {
    let order: ThreadOrder = serde_json::from_str(order).map_err(failed)?;
    let variant = scenario.variants().into_iter().find(|variant| variant.id == order.variant);
    let variant = variant.ok_or_else(|| failed(format!("there is no row {}", order.variant)))?;
    let plan = RoundPlan::new(scenario, &variant, order.first_serial);
    round_with_entries(world, &variant, &plan, stop, tick).await
}

/// The round that was answered (JSON).
///
/// # Errors
/// [`RunError::OtherThread`] if it is none.
pub fn result(answer: &str) -> Result<RoundResult, RunError> {
    serde_json::from_str(answer).map_err(failed)
}

/// The other thread did not run the round, for this reason.
pub fn failed(reason: impl ToString) -> RunError {
    RunError::OtherThread(reason.to_string())
}
