//! Rounds that Python in the tab runs: the order for one, and what its answer comes to.
//!
//! Python has a worker of its own, with an engine that serves there ([`crate::run::other_thread`]): it reads that worker's timing
//! entries and tells failures apart, as for every client. Only the loop itself is Python's, so that no step from one language into the
//! other lies between two requests.

use crate::run::plan::{RoundPlan, RoundResult};
use fetchmark_core::{
    request::target::{Method, Target},
    run::native::NativeSample,
    samples::{
        sample::{Outcome, OutcomeWord, Sample},
        whence::Whence,
    },
    scenario::{
        factors::{Credentials, Pacing},
        variant::Variant,
    },
};
use serde::{Deserialize, Serialize};

/// What Python is to do for a round.
#[derive(Debug, Serialize)]
pub(crate) struct Order<'a> {
    row: String,
    /// One for all requests, or one for each.
    addresses: Vec<String>,
    method: Method,
    headers: &'a [(String, String)],
    body: Option<&'a str>,
    credentials: Credentials,
    /// Whether headers of one's own make the browser ask permission first.
    cross_origin: bool,
    /// Whether it blocks Python.
    blocking: bool,
    n: u32,
    first_serial: u32,
    lanes: u32,
    timeout_ms: f64,
}

impl<'a> Order<'a> {
    pub(crate) fn new(
        target: &'a Target,
        addresses: Vec<String>,
        cross_origin: bool,
        variant: &Variant,
        plan: &RoundPlan,
    ) -> Self {
        Self {
            row: row(variant),
            addresses,
            method: target.method,
            headers: &target.headers,
            body: target.body.as_deref(),
            credentials: target.credentials,
            cross_origin,
            blocking: variant.client.info().blocking,
            n: plan.n,
            first_serial: plan.first_serial,
            lanes: if variant.pacing == Pacing::Sequential { 1 } else { variant.concurrency },
            timeout_ms: plan.timeout_ms,
        }
    }
}

/// The row as Python knows it: `pyodide-aiohttp:reused`.
pub(crate) fn row(variant: &Variant) -> String {
    format!("{}:{}", variant.client.name(), variant.lifecycle)
}

/// What it did: every request issued, in order, in ms since the round's start.
#[derive(Debug, Deserialize)]
struct Answer {
    /// When it began, in ms on the clock of Python's worker.
    began_ms: f64,
    samples: Vec<NativeSample>,
    /// Where the answer to the first request came from, where that is known.
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    is_aged: bool,
}

/// The round that was answered (JSON); `requested` is the address of its first request.
///
/// # Errors
/// If it is no answer to the order, why.
pub(crate) fn result(answer: &str, requested: &str, plan: &RoundPlan) -> Result<RoundResult, String> {
    let answer: Answer = serde_json::from_str(answer).map_err(|error| error.to_string())?;
    let read = answer.samples.iter().zip(plan.first_serial..);
    let samples: Vec<Sample> =
        read.map(|(one, index)| sample(one, index, answer.began_ms)).collect::<Result<_, _>>()?;
    if samples.len() > plan.n as usize {
        return Err(format!("it reports {} requests, but {} were asked for", samples.len(), plan.n));
    }
    let is_whole = samples.iter().all(|sample| sample.outcome != Outcome::Aborted);
    let whence = Whence::new(requested, answer.url.as_deref().unwrap_or_default(), answer.is_aged);
    Ok(RoundResult {
        complete: is_whole && samples.len() == plan.n as usize,
        wall_ms: answer.samples.iter().map(|sample| sample.ended_ms).fold(0.0, f64::max),
        samples,
        // Python holds its worker for as long as it computes, by design.
        long_tasks: 0,
        info: None,
        entries: None,
        redirected_to: whence.redirected_to,
        is_aged: whence.is_aged,
        tab: None,
    })
}

fn sample(from: &NativeSample, index: u32, began_ms: f64) -> Result<Sample, String> {
    let (called_ms, ended_ms) = (began_ms + from.called_ms, began_ms + from.ended_ms);
    if !(from.called_ms >= 0.0 && called_ms <= ended_ms && ended_ms.is_finite()) {
        return Err(format!(
            "request {index} cannot have been called at {called_ms} ms and ended at {ended_ms} ms"
        ));
    }
    let outcome = match (from.outcome, from.error) {
        (OutcomeWord::Ok, None) => Outcome::Ok,
        (OutcomeWord::Aborted, None) => Outcome::Aborted,
        (OutcomeWord::Failed, Some(class)) => {
            Outcome::Failed { class, message: from.message.clone().unwrap_or_default() }
        }
        _ => return Err(format!("request {index} neither succeeded nor failed with a known class of error")),
    };
    Ok(Sample {
        index,
        intended_ms: called_ms,
        called_ms,
        headers_ms: None,
        ended_ms,
        status: from.status,
        body_bytes: from.body_bytes,
        outcome,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::{samples::sample::ErrorClass, scenario::params};

    const OK: &str =
        r#"{"called_ms": 1.0, "ended_ms": 9.5, "status": 200, "body_bytes": 5, "outcome": "ok"}"#;
    const LATE: &str =
        r#"{"called_ms": 2, "ended_ms": 20, "outcome": "failed", "error": "timeout", "message": "No end"}"#;
    const ABORTED: &str = r#"{"called_ms": 3, "ended_ms": 4, "outcome": "aborted"}"#;

    fn plan(n: u32) -> RoundPlan {
        let scenario = params::parse(&format!("clients=pyodide-aiohttp&n={n}")).unwrap().scenario;
        RoundPlan::new(&scenario, &scenario.variants()[0], 40)
    }

    fn answered(samples: &str, n: u32) -> Result<RoundResult, String> {
        let answer = format!(
            r#"{{"began_ms": 100, "samples": [{samples}], "url": "http://a/there", "is_aged": true}}"#
        );
        result(&answer, "http://a/x#fm-40", &plan(n))
    }

    #[test]
    fn an_answer_becomes_a_round_on_the_clock_of_python_s_worker() {
        let round = answered(&format!("{OK}, {LATE}"), 2).unwrap();
        assert!(round.complete && round.is_aged && round.info.is_none());
        assert_eq!((round.wall_ms, round.redirected_to.as_deref()), (20.0, Some("http://a/there")));
        let [ok, late] = &round.samples[..] else { panic!("{round:?}") };
        assert_eq!((ok.index, ok.called_ms, ok.ended_ms, ok.status), (40, 101.0, 109.5, Some(200)));
        let class = ErrorClass::Timeout;
        assert_eq!((late.index, &late.outcome), (41, &Outcome::Failed { class, message: "No end".into() }));
    }

    #[test]
    fn a_round_cut_short_is_not_whole() {
        assert!(!answered(OK, 2).unwrap().complete);
        let aborted = answered(&format!("{OK}, {ABORTED}"), 2).unwrap();
        assert!(!aborted.complete && aborted.samples[1].outcome == Outcome::Aborted);
    }

    #[test]
    fn what_does_not_answer_the_order_is_refused() {
        assert!(answered(&format!("{OK}, {OK}"), 1).unwrap_err().contains("2 requests"));
        let backwards = r#"{"called_ms": 3, "ended_ms": 2, "outcome": "ok"}"#;
        assert!(answered(backwards, 1).unwrap_err().contains("cannot have been called"));
        let classless = r#"{"called_ms": 3, "ended_ms": 4, "outcome": "failed"}"#;
        assert!(answered(classless, 1).unwrap_err().contains("known class"));
    }

    #[test]
    fn an_order_has_what_python_needs() {
        let scenario = params::parse("url=/x&clients=pyodide-aiohttp:fresh,pyodide-requests:reused&n=7")
            .unwrap()
            .scenario;
        let target = Target { headers: vec![("A".into(), "b".into())], ..scenario.target.clone() };
        let orders: Vec<serde_json::Value> = scenario
            .variants()
            .iter()
            .map(|variant| {
                let plan = RoundPlan::new(&scenario, variant, 21);
                let order = Order::new(&target, vec!["http://a/x".into()], true, variant, &plan);
                serde_json::to_value(order).unwrap()
            })
            .collect();
        let expected = serde_json::json!({
            "row": "pyodide-aiohttp:fresh", "addresses": ["http://a/x"], "method": "GET", "headers": [["A", "b"]], "body": null,
            "credentials": "same-origin", "cross_origin": true, "blocking": false, "n": 7, "first_serial": 21, "lanes": 7,
            "timeout_ms": 30_000.0,
        });
        assert_eq!(orders[0], expected);
        assert_eq!((&orders[1]["blocking"], &orders[1]["lanes"]), (&true.into(), &1.into()));
    }
}
