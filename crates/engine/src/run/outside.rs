//! Rounds that no browser runs: the order for one, and what its answer comes to.

use crate::run::{
    error::RunError,
    plan::{RoundPlan, RoundResult},
};
use fetchmark_core::{
    request::target::Target,
    run::native::{RoundAnswer, RoundOrder},
    scenario::variant::Variant,
};

/// What is to be done for a round of `variant`. `url` is absolute and may hold the counter.
pub fn order(target: &Target, url: String, variant: &Variant, plan: &RoundPlan) -> RoundOrder {
    RoundOrder {
        row: format!("{}:{}", variant.client.name(), variant.lifecycle),
        url,
        method: target.method,
        headers: target.headers.clone(),
        body: target.body.clone(),
        n: plan.n,
        first_serial: plan.first_serial,
        concurrency: variant.concurrency,
        timeout_ms: plan.timeout_ms as u32,
    }
}

/// The round that was answered (JSON).
///
/// # Errors
/// [`RunError::Outside`] if it is no answer to the order.
pub fn result(answer: &str, variant: &Variant, plan: &RoundPlan) -> Result<RoundResult, RunError> {
    let answer: RoundAnswer = serde_json::from_str(answer).map_err(|error| failed(variant, error))?;
    let (samples, info) =
        answer.samples(plan.n, plan.first_serial).map_err(|problem| failed(variant, problem))?;
    Ok(RoundResult {
        samples,
        wall_ms: answer.wall_ms,
        complete: true,
        long_tasks: 0,
        info: Some(info),
        entries: None,
        redirected_to: None,
        is_aged: false,
        tab: None,
    })
}

/// A round that was given up after Stop: nobody waits for its answer.
pub fn given_up() -> RoundResult {
    RoundResult {
        samples: Vec::new(),
        wall_ms: 0.0,
        complete: false,
        long_tasks: 0,
        info: Some(Vec::new()),
        entries: None,
        redirected_to: None,
        is_aged: false,
        tab: None,
    }
}

/// The outside did not run the round, for this reason.
pub fn failed(variant: &Variant, reason: impl ToString) -> RunError {
    // It stands inside a sentence.
    let reason = reason.to_string();
    let reason = reason.trim_end_matches('.').to_owned();
    RunError::Outside { client: variant.client.name().to_owned(), reason }
}
