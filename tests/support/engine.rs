//! A fake engine, which answers as a test asks for.

use super::measured;
use fetchmark_core::{
    report::Requests,
    request::target::{Method, Target},
    run::progress::{FinishedRound, Progress, Standing},
    scenario::Scenario,
    target_check::{CheckCode, CheckFinding, TargetCheck, Topic, server_lines::CheckContext},
};
use fetchmark_page::{
    engine::{CheckFuture, Engine, EngineReport, RunFuture, Watch},
    js, json,
    run::{failure::RunFailure, request::Request},
};
use js_sys::JSON;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use web_sys::AbortSignal;

/// A report of three rows, as an engine gives it.
pub const REPORT: &str = include_str!("report.json");

pub fn all_failed() -> String {
    REPORT
        .replace(r#""ok": 1000, "failed": 0"#, r#""ok": 0, "failed": 1000"#)
        .replace(r#""errors": {}"#, r#""errors": {"network": 1000}"#)
        .replace(r#""error_messages": {}"#, r#""error_messages": {"network": ["Failed to fetch"]}"#)
        .replace(r#""verdict": "inconclusive""#, r#""verdict": "refused""#)
        .replace(r#""reason_code": "interval-too-wide""#, r#""reason_code": "no-success""#)
}

#[derive(Clone)]
pub struct FakeEngine(Rc<State>);

struct State {
    answer: Answer,
    may_finish: Cell<bool>,
    runs: Cell<u32>,
    scenario: RefCell<String>,
}

enum Answer {
    Report(String),
    /// A report of what is asked for.
    Measured,
    Failure(String),
}

impl Default for FakeEngine {
    fn default() -> Self {
        Self::reporting(REPORT.to_owned())
    }
}

impl FakeEngine {
    /// Reports this at once.
    pub fn reporting(report: String) -> Self {
        Self::new(Answer::Report(report), true)
    }

    /// Reports what is asked for, at once ([`measured`]).
    pub fn measuring() -> Self {
        Self::new(Answer::Measured, true)
    }

    /// Reports once it may finish or is stopped.
    pub fn holding() -> Self {
        Self::new(Answer::Report(REPORT.to_owned()), false)
    }

    pub fn failing(sentence: &str) -> Self {
        Self::new(Answer::Failure(sentence.to_owned()), true)
    }

    fn new(answer: Answer, may_finish: bool) -> Self {
        Self(Rc::new(State {
            answer,
            may_finish: Cell::new(may_finish),
            runs: Cell::new(0),
            scenario: RefCell::default(),
        }))
    }

    pub fn finish(&self) {
        self.0.may_finish.set(true);
    }

    pub fn runs(&self) -> u32 {
        self.0.runs.get()
    }

    pub fn asked_for(&self) -> Scenario {
        serde_json::from_str(&self.last_scenario()).unwrap()
    }

    pub fn last_scenario(&self) -> String {
        self.0.scenario.borrow().clone()
    }
}

impl Engine for FakeEngine {
    fn run(&self, request: &Request, watch: Watch, signal: &AbortSignal) -> RunFuture {
        let (state, signal) = (self.0.clone(), signal.clone());
        let scenario = json::text(&json::write(request.scenario()));
        state.scenario.replace(scenario.clone());
        state.runs.set(state.runs.get() + 1);
        Box::pin(async move {
            (watch.on_progress)(progress());
            (watch.between_blocks)();
            while !state.may_finish.get() && !signal.aborted() {
                js::next_frame().await;
            }
            let report = match &state.answer {
                Answer::Report(report) => report.clone(),
                Answer::Measured => {
                    let scenario: Scenario = serde_json::from_str(&scenario).unwrap();
                    serde_json::to_string(&measured::report(&scenario)).unwrap()
                }
                Answer::Failure(sentence) => {
                    return Err(RunFailure::Engine {
                        code: "engine-crashed".to_owned(),
                        message: sentence.clone(),
                        partial: None,
                    });
                }
            };
            let report =
                if signal.aborted() { report.replace(r#""complete""#, r#""stopped""#) } else { report };
            EngineReport::read(JSON::parse(&report).unwrap())
                .map_err(|error| RunFailure::Unreadable(error.to_string()))
        })
    }

    fn check(&self, target: &Target, _: &AbortSignal) -> CheckFuture {
        let state = self.0.clone();
        let url = target.url.clone();
        Box::pin(async move {
            while !state.may_finish.get() {
                js::next_frame().await;
            }
            let target = Target::default();
            let context =
                CheckContext { origin: "http://page.example", is_cross_origin: true, target: &target };
            let finding =
                |topic, code| CheckFinding::new(topic, code).with("<img src=x>").with_lines_for(context);
            Ok(TargetCheck {
                url,
                method: Method::Get,
                cross_origin: true,
                requests: 2,
                findings: vec![
                    finding(Topic::Cors, CheckCode::CorsRefused),
                    finding(Topic::Redirects, CheckCode::Redirected),
                ],
            })
        })
    }

    fn warm_up(&self) {}
}

/// After the first block: the rows as they stand, in the scenario's order.
fn progress() -> Progress {
    let standing = |round_median_ms, failed| Standing {
        timed_rounds: 1,
        round_median_ms: Some(round_median_ms),
        round_interval_ms: None,
        requests: Requests::default().and(100 - failed, failed),
    };
    Progress {
        rounds_done: 4,
        rounds_total: 33,
        requests_done: 0,
        requests_total: 100,
        variant: 1,
        block: Some(0),
        elapsed_ms: 400.0,
        last_round: Some(FinishedRound { variant: 0, block: Some(0), wall_ms: 152.0, ok: 100, failed: 0 }),
        standings: vec![standing(152.0, 0), standing(90.5, 50), standing(140.0, 0)],
    }
}
