//! Rounds that another thread or another tab measures: the order for one, how it is carried out there, and what comes back.
//!
//! One engine makes the run, in a worker. Where rows are to be measured on the page's own thread, too, a second engine serves there,
//! and one more in the tab of each further origin: they make no run of their own, load clients, and answer orders with rounds and the
//! timing entries of their own global. A round's times are all of one clock, and are held to no other round's.

use crate::run::{
    blocks::{World, round_with_entries},
    error::RunError,
    plan::{InTab, RoundPlan, RoundResult},
    platform::{Clock, Host, Rounds, Timeline},
    stop::Stop,
};
use fetchmark_core::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// What is to be done for a row, by its id, of a scenario that both threads know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThreadOrder {
    /// Load its client.
    Load(String),
    /// Run a round of it whose first request has this serial number, after so many requests that nobody measures.
    Round(String, u32, u32),
}

/// Carries an order (JSON) out: a round with its entries, if one was ordered. `in_tab`: the order comes from another tab.
///
/// # Errors
/// [`RunError::OtherThread`] if it is no order for this scenario; what keeps the client from being loaded or a round from being run.
pub async fn carry_out<R: Rounds, K: Clock, T: Timeline, H: Host>(
    order: &str,
    scenario: &Scenario,
    world: &World<'_, R, K, T, H>,
    in_tab: bool,
    stop: &Stop,
    tick: &dyn Fn(u32),
) -> Result<Option<RoundResult>, RunError> {
    let row = |id: &str| {
        let found = scenario.variants().into_iter().find(|variant| variant.id == id);
        found.ok_or_else(|| failed(format!("there is no row {id}")))
    };
    match serde_json::from_str(order).map_err(failed)? {
        ThreadOrder::Load(id) => world.rounds.load(&row(&id)?).await.map(|()| None),
        ThreadOrder::Round(id, first_serial, requests_before) => {
            let variant = row(&id)?;
            let plan = RoundPlan { requests_before, ..RoundPlan::new(scenario, &variant, first_serial) };
            // Whatever happened between two rounds is not this one's business.
            let _ = world.host.was_hidden();
            let draining_requests = world.rounds.prepare(&variant, &plan, stop).await?;
            let result = round_with_entries(world, &variant, &plan, stop, tick).await?;
            let (was_hidden, timer_step_ms) = (world.host.was_hidden(), world.clock.step_ms());
            let tab = in_tab.then_some(InTab { was_hidden, draining_requests, timer_step_ms });
            Ok(Some(RoundResult { tab, ..result }))
        }
    }
}

/// The round that was answered (JSON).
///
/// # Errors
/// [`RunError::OtherThread`] if there is none.
pub fn result(answer: &str) -> Result<RoundResult, RunError> {
    serde_json::from_str(answer).map_err(failed)
}

/// The other thread did not run the round, for this reason.
pub fn failed(reason: impl ToString) -> RunError {
    RunError::OtherThread(reason.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::samples::{
        sample::{ErrorClass, Outcome, Sample, SampleInfo},
        timing::{ServerConnection, TimingEntry},
    };

    #[test]
    fn a_round_goes_over_and_comes_back_as_it_was() {
        let sample = |index, status, outcome| Sample {
            index,
            intended_ms: 1.5,
            called_ms: 1.625,
            headers_ms: None,
            ended_ms: 9.125,
            status,
            body_bytes: 5,
            outcome,
        };
        let cut_short =
            Outcome::Failed { class: ErrorClass::BodyCutShort, message: "“network error”".into() };
        let entry = TimingEntry {
            name: "http://localhost/lab/ping#fm-7".into(),
            start_ms: 1.75,
            response_end_ms: 9.0,
            protocol: "h2".into(),
            transfer_bytes: u64::from(u32::MAX) + 1,
            server_connection: Some(ServerConnection { socket: 3, nth: 2 }),
            ..TimingEntry::default()
        };
        let round = RoundResult {
            samples: vec![
                sample(7, Some(200), Outcome::Ok),
                sample(8, Some(200), cut_short),
                sample(9, None, Outcome::Aborted),
            ],
            wall_ms: 7.625,
            complete: false,
            long_tasks: 2,
            info: Some(vec![SampleInfo {
                connection: Some(ServerConnection { socket: 4, nth: 1 }),
                protocol: "websocket".into(),
                redirected: false,
            }]),
            entries: Some(vec![entry]),
            redirected_to: Some("http://localhost/there".into()),
            is_aged: true,
            tab: Some(InTab { was_hidden: true, draining_requests: 9, timer_step_ms: 0.1 }),
        };
        let text = serde_json::to_string(&Some(&round)).map_err(super::failed);
        assert_eq!(text.and_then(|text| result(&text)), Ok(round));
    }
}
