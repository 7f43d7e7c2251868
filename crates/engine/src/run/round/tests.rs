use super::*;
use crate::run::{
    fake::{FakeClient, FakeClock, Fate},
    stop::{Stopper, stop_pair},
};
use std::rc::Rc;

const PLAN: RoundPlan = RoundPlan {
    n: 10,
    first_serial: 100,
    pace: Pace::Concurrent(3),
    timeout_ms: 1_000.0,
    requests_before: 0,
};

fn run(plan: RoundPlan, fate: impl Fn(u32) -> Fate + 'static) -> (RoundResult, u32) {
    run_stopped(plan, fate, |_, _| {})
}

fn run_stopped(
    plan: RoundPlan,
    fate: impl Fn(u32) -> Fate + 'static,
    tick: impl Fn(&Stopper, u32) + 'static,
) -> (RoundResult, u32) {
    let clock = FakeClock::default();
    let client = Rc::new(FakeClient::new(&clock, fate));
    let (stopper, stop) = stop_pair();
    let (in_task, task_clock) = (Rc::clone(&client), clock.clone());
    let result = clock.run(async move {
        run_round(&*in_task, &task_clock, &plan, &stop, &|done| tick(&stopper, done)).await
    });
    assert_eq!(client.in_flight.get(), 0, "a request was left running");
    (result, client.most_in_flight.get())
}

#[test]
fn lanes_bound_what_is_in_flight_and_the_wall_time_adds_up() {
    let (result, most) = run(PLAN, |_| Fate::Status(200, 10.0));
    assert_eq!((result.samples.len(), most, result.complete), (10, 3, true));
    // 10 requests in 3 lanes are 4 turns of 10 ms.
    assert_eq!(result.wall_ms, 40.0);
    assert!(result.samples.iter().all(|sample| sample.outcome == Outcome::Ok && sample.latency_ms() == 10.0));
    assert_eq!(
        result.samples.iter().map(|sample| sample.index).collect::<Vec<_>>(),
        (100..110).collect::<Vec<_>>()
    );
}

#[test]
fn more_lanes_than_requests_and_one_lane() {
    let (result, most) = run(RoundPlan { pace: Pace::Concurrent(256), ..PLAN }, |_| Fate::Status(200, 10.0));
    assert_eq!((most, result.wall_ms), (10, 10.0));
    let (result, most) = run(RoundPlan { pace: Pace::Concurrent(1), ..PLAN }, |_| Fate::Status(200, 10.0));
    assert_eq!((most, result.wall_ms), (1, 100.0));
}

#[test]
fn outcomes_follow_status_and_stage() {
    let failure = |status| Failure { status, message: "Failed to fetch".into(), timed_out: false };
    let (result, _) = run(RoundPlan { n: 4, ..PLAN }, move |place| match place {
        0 => Fate::Status(200, 1.0),
        1 => Fate::Status(503, 1.0),
        2 => Fate::Fail(failure(None), 1.0),
        _ => Fate::Fail(failure(Some(200)), 1.0),
    });
    let classes: Vec<_> = result
        .samples
        .iter()
        .map(|sample| match &sample.outcome {
            Outcome::Failed { class, .. } => Some(*class),
            _ => None,
        })
        .collect();
    let expected =
        [None, Some(ErrorClass::Http5xx), Some(ErrorClass::Network), Some(ErrorClass::BodyCutShort)];
    assert_eq!(classes, expected);
    assert!(result.complete);
}

#[test]
fn a_stalling_request_times_out_on_time_and_the_others_go_on() {
    let plan = RoundPlan { timeout_ms: 77.0, ..PLAN };
    let (result, _) = run(plan, |place| if place == 4 { Fate::Stall } else { Fate::Status(200, 10.0) });
    let stalled = &result.samples[4];
    assert!(matches!(stalled.outcome, Outcome::Failed { class: ErrorClass::Timeout, .. }));
    assert_eq!(stalled.latency_ms(), 77.0);
    assert_eq!(result.samples.iter().filter(|sample| sample.outcome == Outcome::Ok).count(), 9);
    assert!(result.complete);
}

#[test]
fn a_time_out_shorter_than_a_tick_holds_for_every_request() {
    let plan = RoundPlan { pace: Pace::Concurrent(1), timeout_ms: 10.0, ..PLAN };
    // Each would end after the time-out and before the watch's next look, were that not sooner.
    let (result, _) = run(plan, |_| Fate::Status(200, 30.0));
    assert!(result.samples.iter().all(|sample| sample.latency_ms() == 10.0));
    assert!(
        result
            .samples
            .iter()
            .all(|sample| { matches!(sample.outcome, Outcome::Failed { class: ErrorClass::Timeout, .. }) })
    );
}

#[test]
fn a_call_begins_when_the_client_says_so() {
    let clock = FakeClock::default();
    let began = vec![3.0, 0.0, 4.0];
    let mut client = FakeClient::new(&clock, |_| Fate::Status(200, 10.0));
    client.began = Some(began);
    let (_stopper, stop) = stop_pair();
    let (task_clock, plan) = (clock.clone(), RoundPlan { n: 3, ..PLAN });
    let result = clock.run(async move { run_round(&client, &task_clock, &plan, &stop, &|_| {}).await });
    // The second never said so: what the round noted stands.
    let times: Vec<_> =
        result.samples.iter().map(|sample| (sample.intended_ms, sample.latency_ms())).collect();
    assert_eq!(times, [(3.0, 7.0), (0.0, 10.0), (4.0, 6.0)]);
    assert_eq!(result.wall_ms, 10.0);
}

#[test]
fn a_cancelled_answer_has_no_status() {
    let failure = Failure::in_body(200, "AbortError".into());
    let call = |cancelled, result| Call { due_ms: None, called_ms: 0.0, cancelled, end: Some((9.0, result)) };
    let status = |call| sample(call, 0, 5.0).unwrap().status;
    assert_eq!(status(call(Some(Cancelled::TimedOut), Err(failure.clone()))), None);
    assert_eq!(status(call(Some(Cancelled::Stopped), Err(failure.clone()))), None);
    assert_eq!(status(call(None, Err(failure))), Some(200));
    let answer = Answer { status: 200, headers_ms: None, body_bytes: 1, info: None };
    assert_eq!(status(call(Some(Cancelled::TimedOut), Ok(answer))), Some(200));
}

#[test]
fn stop_aborts_what_is_in_flight_and_issues_no_more() {
    let (result, _) = run_stopped(
        RoundPlan { timeout_ms: 60_000.0, ..PLAN },
        |place| if place < 2 { Fate::Status(200, 10.0) } else { Fate::Stall },
        |stopper, done| {
            assert_eq!(done, 2);
            stopper.stop();
        },
    );
    assert!(!result.complete);
    let aborted = result.samples.iter().filter(|sample| sample.outcome == Outcome::Aborted).count();
    assert_eq!((result.samples.len(), aborted), (5, 3));
}

#[test]
fn a_run_stopped_before_it_began_issues_nothing() {
    let clock = FakeClock::default();
    let client = FakeClient::new(&clock, |_| Fate::Stall);
    let (stopper, stop) = stop_pair();
    stopper.stop();
    let task_clock = clock.clone();
    let result = clock.run(async move { run_round(&client, &task_clock, &PLAN, &stop, &|_| {}).await });
    assert_eq!((result.samples.len(), result.wall_ms, result.complete), (0, 0.0, false));
}

#[test]
fn a_rate_keeps_its_intended_times_through_a_stall() {
    let pace = Pace::Rate { per_second: 100.0, in_flight: 1 };
    // With one request in flight at most, the first one's 35 ms delay those due at 10, 20 and 30 ms.
    let fate = |place| Fate::Status(200, if place == 0 { 35.0 } else { 1.0 });
    let (result, _) = run(RoundPlan { n: 5, pace, ..PLAN }, fate);
    let latencies: Vec<f64> = result.samples.iter().map(Sample::latency_ms).collect();
    assert_eq!(latencies, [35.0, 26.0, 17.0, 8.0, 1.0]);
    assert_eq!(result.samples[1].called_ms - result.samples[1].intended_ms, 25.0);
}

#[test]
fn a_rate_is_not_slowed_by_slow_answers() {
    let pace = Pace::Rate { per_second: 100.0, in_flight: 256 };
    let (result, most) = run(RoundPlan { pace, ..PLAN }, |_| Fate::Status(200, 500.0));
    assert_eq!((most, result.wall_ms), (10, 590.0));
}
