mod outside_rounds;
mod python_in_the_tab;
mod targets;

use super::*;
use crate::run::{
    fake::{FakeClient, FakeClock, Fate, NoTimeline},
    other_thread::{self, ThreadOrder},
    outside,
    plan::RoundResult,
    round::run_round,
    stop::{Stopper, stop_pair},
};
use fetchmark_core::{
    report::Environment,
    run::progress::Standing,
    samples::record::RoundSamples,
    scenario::{
        AutoBudget,
        factors::{Lifecycle, Pacing, Thread},
    },
};
use futures::FutureExt;
use std::cell::{Cell, RefCell};

/// Fresh clients take 20 ms, reused ones 10; with noise, up to twice that, differently in each round; a second target half as long
/// again. What runs outside the browser answers as [`answer`] says.
#[derive(Clone)]
struct FakeRounds {
    clock: FakeClock,
    target: Target,
    /// What another tab knows of the run if it measures the second target: its rounds are ordered and answered in text.
    in_tab: Option<Scenario>,
}

#[derive(Clone, Copy, PartialEq)]
enum Target {
    Steady,
    Noisy,
    Failing,
    /// A second target fails, the first does not.
    SecondFailing,
    /// There is no Python in the tab.
    WithoutPython,
}

/// How long Python takes to load, in ms.
const LOADING_MS: f64 = 5_000.0;

impl Rounds for FakeRounds {
    async fn load(&self, variant: &Variant) -> Result<(), RunError> {
        if variant.client.runtime() == Runtime::Pyodide {
            self.clock.sleep(LOADING_MS).await;
            if self.target == Target::WithoutPython {
                return Err(RunError::NoPython("not-arrived: python.zip".to_owned()));
            }
        }
        Ok(())
    }

    async fn prepare(&self, variant: &Variant, plan: &RoundPlan, _: &Stop) -> Result<u32, RunError> {
        Ok(if self.tab_of(variant).is_some() { 0 } else { plan.requests_before })
    }

    async fn run(
        &self,
        variant: &Variant,
        plan: &RoundPlan,
        stop: &Stop,
        tick: &dyn Fn(u32),
    ) -> Result<RoundResult, RunError> {
        if let Some(scenario) = self.tab_of(variant) {
            return self.run_in_tab(scenario, variant, plan, stop).boxed_local().await;
        }
        if !variant.client.runtime().is_in_browser() {
            let answer = async {
                self.clock.sleep(30.0).await;
                outside::result(&answer(plan, variant.lifecycle), variant, plan)
            };
            let stopped = stop.requested();
            pin_mut!(answer, stopped);
            return match future::select(answer, stopped).await {
                Either::Left((result, _)) => result,
                Either::Right(_) => Ok(outside::given_up()),
            };
        }
        let noise =
            if self.target == Target::Noisy { f64::from(plan.first_serial * 79 % 101) / 101.0 } else { 0.0 };
        let is_second = variant.target == 1;
        let ms = if variant.lifecycle == Lifecycle::Fresh { 20.0 } else { 10.0 }
            * (1.0 + noise)
            * if is_second { 1.5 } else { 1.0 };
        let fails = self.target == Target::Failing || (self.target == Target::SecondFailing && is_second);
        let status = if fails { 500 } else { 200 };
        let client = FakeClient::new(&self.clock, move |_| Fate::Status(status, ms));
        Ok(run_round(&client, &self.clock, plan, stop, tick).await)
    }
}

/// The first request of a round in the other tab whose page is hidden meanwhile.
const HIDDEN_FROM: u32 = 1_200;

impl FakeRounds {
    fn tab_of(&self, variant: &Variant) -> Option<&Scenario> {
        self.in_tab.as_ref().filter(|_| variant.target == 1)
    }

    async fn run_in_tab(
        &self,
        scenario: &Scenario,
        variant: &Variant,
        plan: &RoundPlan,
        stop: &Stop,
    ) -> Result<RoundResult, RunError> {
        let (rounds, host) = (Self { in_tab: None, ..self.clone() }, FakeHost::default());
        host.hidden.set(plan.first_serial == HIDDEN_FROM);
        let world = World { rounds: &rounds, clock: &self.clock, timeline: &NoTimeline, host: &host };
        let order = ThreadOrder::Round(variant.id.clone(), plan.first_serial, plan.requests_before);
        let result = other_thread::carry_out(&text(&order)?, scenario, &world, true, stop, &|_| {}).await?;
        other_thread::result(&text(&result)?)
    }
}

fn text(value: &impl serde::Serialize) -> Result<String, RunError> {
    serde_json::to_string(value).map_err(other_thread::failed)
}

/// 30 ms; on one connection, or on one for each request. The outside dies when its round from serial number 1000 on is due.
fn answer(plan: &RoundPlan, lifecycle: Lifecycle) -> String {
    if (1_000..2_000).contains(&plan.first_serial) && plan.n == 7 {
        return "{}".into();
    }
    let sample = |place: u32| {
        let serial = plan.first_serial + place + 1;
        let connection =
            if lifecycle == Lifecycle::Reused { format!("0-{serial}") } else { format!("{serial}-1") };
        format!(
            r#"{{"called_ms":0,"ended_ms":30,"status":200,"body_bytes":5,"outcome":"ok","connection":"{connection}"}}"#
        )
    };
    let samples: Vec<_> = (0..plan.n).map(sample).collect();
    format!(r#"{{"wall_ms":30,"samples":[{}]}}"#, samples.join(","))
}

#[derive(Default)]
struct FakeHost {
    progress: RefCell<Vec<Progress>>,
    checkpoints: RefCell<Vec<Report>>,
    samples: Cell<usize>,
    pauses: Cell<u32>,
    /// The pause that does not end by itself; 0: none.
    never_after: Cell<u32>,
    hidden: Cell<bool>,
    stopper: RefCell<Option<(Stopper, u32)>>,
}

impl Host for FakeHost {
    fn progress(&self, progress: &Progress) {
        if let Some((stopper, after)) = &*self.stopper.borrow()
            && progress.rounds_done >= *after
        {
            stopper.stop();
        }
        self.progress.borrow_mut().push(progress.clone());
    }

    fn checkpoint(&self, report: &Report) {
        self.checkpoints.borrow_mut().push(report.clone());
    }

    async fn between_blocks(&self) {
        self.pauses.set(self.pauses.get() + 1);
        if self.pauses.get() == self.never_after.get() {
            future::pending::<()>().await;
        }
    }

    fn wants_samples(&self) -> bool {
        true
    }

    fn samples(&self, round: &RoundSamples) {
        self.samples.set(self.samples.get() + round.samples.len());
    }

    fn was_hidden(&self) -> bool {
        self.hidden.get()
    }

    fn shares_answers(&self, _: &Variant) -> bool {
        false
    }

    fn may_be_cached(&self, _: &Variant) -> bool {
        false
    }

    fn known_before(&self) -> Vec<Finding> {
        Vec::new()
    }

    fn environment(&self) -> Environment {
        Environment::default()
    }

    fn iso_time(&self) -> String {
        "2026-01-01T00:00:00.000Z".into()
    }
}

struct Fake {
    clock: FakeClock,
    rounds: FakeRounds,
    host: FakeHost,
}

impl Fake {
    fn world(&self) -> World<'_, FakeRounds, FakeClock, NoTimeline, FakeHost> {
        World { rounds: &self.rounds, clock: &self.clock, timeline: &NoTimeline, host: &self.host }
    }
}

fn in_fake<T: 'static>(target: Target, go: impl AsyncFnOnce(Fake) -> T + 'static) -> T {
    let clock = FakeClock::default();
    let rounds = FakeRounds { clock: clock.clone(), target, in_tab: None };
    let fake = Fake { clock: clock.clone(), rounds, host: FakeHost::default() };
    clock.run(async move { go(fake).await })
}

fn run_fake(
    scenario: Scenario,
    stop_after: Option<u32>,
) -> (Result<Report, RunError>, Vec<Progress>, Vec<Report>) {
    run_on(Target::Steady, scenario, stop_after)
}

fn run_on(
    target: Target,
    scenario: Scenario,
    stop_after: Option<u32>,
) -> (Result<Report, RunError>, Vec<Progress>, Vec<Report>) {
    in_fake(target, async move |fake| {
        let (stopper, stop) = stop_pair();
        // Without a stopper the sender must live as long as the run.
        *fake.host.stopper.borrow_mut() = Some((stopper, stop_after.unwrap_or(u32::MAX)));
        let result = run(&scenario, fake.world(), &stop).await;
        (result, fake.host.progress.into_inner(), fake.host.checkpoints.into_inner())
    })
}

#[test]
fn a_run_ends_where_no_request_of_the_first_block_succeeds() {
    let report = |keep_going| {
        let scenario = Scenario { n: 5, keep_going, ..Scenario::default() };
        run_on(Target::Failing, scenario, None).0.unwrap()
    };
    let issued = |report: &Report| report.variants.iter().map(|row| row.requests.issued).collect::<Vec<_>>();
    let codes = |report: &Report| report.validity.iter().map(|found| found.code).collect::<Vec<_>>();
    let ended = report(false);
    assert_eq!((ended.ending, issued(&ended)), (Ending::Complete, vec![5; 3]));
    assert!(codes(&ended).contains(&FindingCode::NothingSucceeded));
    let stopped = run_on(Target::Failing, Scenario { n: 5, ..Scenario::default() }, Some(5)).0.unwrap();
    assert_eq!(stopped.ending, Ending::Stopped);
    assert!(!codes(&stopped).contains(&FindingCode::NothingSucceeded), "Stop ended it");
    let whole = report(true);
    assert_eq!(issued(&whole), [50; 3]);
    assert!(!codes(&whole).contains(&FindingCode::NothingSucceeded));
}

#[test]
fn every_round_runs_and_the_planted_ratio_is_found() {
    let (report, progress, checkpoints) = run_fake(Scenario::default(), None);
    let report = report.unwrap();
    assert_eq!(report.ending, Ending::Complete);
    for row in &report.variants {
        let blocks: Vec<u32> = row.rounds.iter().map(|round| round.block).collect();
        assert_eq!(blocks, (0..10).collect::<Vec<_>>());
        assert_eq!((row.requests.issued, row.requests.ok, row.warmup.requests.issued), (1_000, 1_000, 100));
    }
    // Rounds follow each other, whichever row they are of.
    let mut spans: Vec<(f64, f64)> = report
        .variants
        .iter()
        .flat_map(|row| &row.rounds)
        .map(|round| (round.start_ms.unwrap(), round.start_ms.unwrap() + round.wall_ms))
        .collect();
    spans.sort_by(|one, other| one.0.total_cmp(&other.0));
    assert!(spans[0].0 > 0.0 && spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{spans:?}");
    assert_eq!(report.comparisons[0].ratio.map(|ratio| (ratio * 1e9).round() / 1e9), Some(2.0));
    assert_eq!(report.comparisons[0].verdict.word(), "slower");
    assert_eq!(report.comparisons[1].verdict.word(), "equivalent");
    let last = progress.last().unwrap();
    assert_eq!((last.rounds_done, last.rounds_total, last.fraction()), (33, 33, 1.0));
    assert!(progress.windows(2).all(|pair| pair[0].fraction() <= pair[1].fraction()));
    assert_eq!(checkpoints.len(), 45, "one before the first round, one after each, one after each block");
    let standings: Vec<_> = progress
        .iter()
        .map(|progress| &progress.standings)
        .filter(|standings| !standings.is_empty())
        .collect();
    assert_eq!(standings.len(), 11, "after each block, the warm-up included");
    assert_eq!(*standings[0], [Standing::default(); 3]);
    assert_eq!(last.standings, report.variants.iter().map(Standing::from).collect::<Vec<_>>());
}

#[test]
fn what_the_headline_rests_on_is_as_new_as_the_last_block() {
    let pacing = vec![Pacing::Concurrent, Pacing::Sequential];
    let (report, _, checkpoints) = run_fake(Scenario { pacing, ..Scenario::default() }, None);
    let of_last = &checkpoints.last().unwrap().references;
    assert!(!of_last.is_empty() && *of_last == report.unwrap().references);
}

/// The report of a run that is stopped after 40 ms, and when it ended.
fn stopped_after_40_ms(scenario: Scenario) -> (Result<Report, RunError>, f64) {
    in_fake(Target::Steady, async move |fake| {
        let (stopper, stop) = stop_pair();
        let running = run(&scenario, fake.world(), &stop);
        let stopping = async {
            fake.clock.sleep(40.0).await;
            stopper.stop();
        };
        let (report, ()) = future::join(running, stopping).await;
        (report, fake.clock.now_ms())
    })
}

/// What one round on the other thread comes to, ordered and answered in text.
fn on_the_other_thread(change: impl FnOnce(String) -> String + 'static) -> Result<RoundResult, RunError> {
    in_fake(Target::Steady, async move |fake| {
        let (_stopper, stop) = stop_pair();
        let scenario = Scenario { n: 7, thread: Thread::ALL.to_vec(), ..Scenario::default() };
        let variant = scenario.variants().swap_remove(1);
        assert_eq!(variant.thread, Some(Thread::Main));
        let order = change(text(&ThreadOrder::Round(variant.id, 300, 0))?);
        let result = other_thread::carry_out(&order, &scenario, &fake.world(), false, &stop, &|_| {}).await?;
        let entries = result.as_ref().map(|result| &result.entries);
        assert_eq!(entries, Some(&Some(vec![])), "what its timeline has is read there");
        let answered = other_thread::result(&text(&result)?)?;
        assert_eq!(Some(&answered), result.as_ref());
        Ok(answered)
    })
}

#[test]
fn a_round_on_the_other_thread_comes_back_whole() {
    let result = on_the_other_thread(|order| order).unwrap();
    assert_eq!((result.samples.len(), result.samples[0].index, result.complete), (7, 300, true));
    assert_eq!(result.wall_ms, 10.0);
    let unknown = on_the_other_thread(|order| order.replace("gloo-net", "ky")).unwrap_err();
    assert!(unknown.to_string().contains("there is no row ky:reused"), "{unknown}");
    assert!(matches!(on_the_other_thread(|_| "{".into()), Err(RunError::OtherThread(_))));
    for no_round in ["[]", "null"] {
        assert!(matches!(other_thread::result(no_round), Err(RunError::OtherThread(_))), "{no_round}");
    }
}

#[test]
fn an_auto_run_ends_when_every_comparison_is_resolved() {
    let auto = Some(AutoBudget::default());
    let (report, progress, checkpoints) = run_fake(Scenario { auto, ..Scenario::default() }, None);
    let report = report.unwrap();
    assert_eq!(report.ending, Ending::Complete);
    assert!(report.variants.iter().all(|row| row.rounds.len() == 5));
    let verdicts: Vec<_> = report.comparisons.iter().map(|comparison| comparison.verdict.word()).collect();
    assert_eq!(verdicts, ["slower", "equivalent"]);
    // One look, very early in the budget: it spends little, and says so.
    assert!(report.comparisons.iter().all(|comparison| comparison.confidence > 0.99));
    let last = progress.last().unwrap();
    assert_eq!((last.rounds_done, last.rounds_total, last.fraction()), (18, 18, 1.0));
    assert_eq!(checkpoints.last().unwrap().comparisons[0].confidence, 0.95);
}

#[test]
fn an_auto_run_that_resolves_nothing_ends_with_its_budget() {
    let scenario = |auto| Scenario { auto: Some(auto), margin: 0.001, n: 1, ..Scenario::default() };
    let rounds = |auto, stop_after| {
        let (report, progress, _) = run_on(Target::Noisy, scenario(auto), stop_after);
        (report.unwrap(), progress)
    };
    let (report, progress) = rounds(AutoBudget { budget_ms: 2_000, min_blocks: 5 }, None);
    // A block takes 60 ms on average.
    let blocks = report.variants[0].rounds.len();
    assert!((25..=35).contains(&blocks), "{blocks}");
    assert!(report.duration_ms <= 2_000.0 && report.ending == Ending::Complete);
    assert_eq!(progress.last().unwrap().fraction(), 1.0);
    // From the first round on the time left is what the budget leaves, within a block or two of rounds that differ.
    let first = progress.iter().find(|progress| progress.rounds_done > 0).unwrap();
    let left_ms = first.left_ms().unwrap();
    assert!((1_500.0..=2_000.0).contains(&left_ms) && first.elapsed_ms < 60.0, "{left_ms} ms, {first:?}");
    assert!(report.comparisons[1].confidence > 0.95, "{report:?}");
    // The fewest blocks are measured even where the budget has no room for them.
    let (report, _) = rounds(AutoBudget { budget_ms: 1_000, min_blocks: 40 }, None);
    assert_eq!((report.variants[0].rounds.len(), report.comparisons[1].confidence), (40, 0.95));
    // Stopped between two looks: what is left of the level is spent on what there is.
    let (report, _) = rounds(AutoBudget { budget_ms: 2_000, min_blocks: 5 }, Some(3 * 8));
    assert_eq!(report.ending, Ending::Stopped);
    assert!((0.95..0.97).contains(&report.comparisons[1].confidence));
}

#[test]
fn stop_keeps_the_finished_rounds() {
    let (report, _, _) = run_fake(Scenario::default(), Some(9));
    let report = report.unwrap();
    assert_eq!(report.ending, Ending::Stopped);
    let finished: usize = report.variants.iter().map(|row| row.rounds.len()).sum();
    assert_eq!(finished, 6);
    assert!(report.variants.iter().all(|row| row.requests.adds_up()));
}

#[test]
fn what_cannot_be_run_says_so_and_sends_nothing() {
    let (result, progress, _) = run_fake(Scenario { n: 0, ..Scenario::default() }, None);
    let error = result.unwrap_err();
    assert_eq!(error.code(), "bad-scenario");
    assert!(error.to_string().starts_with("n is 0."));
    assert!(progress.is_empty());
}

#[test]
fn between_blocks_the_host_may_look_and_stop_ends_its_look() {
    let (report, pauses) = in_fake(Target::Steady, async |fake| {
        let (stopper, stop) = stop_pair();
        fake.host.never_after.set(4);
        let scenario = Scenario::default();
        let stopping = async {
            fake.clock.sleep(1e6).await;
            stopper.stop();
        };
        let (report, ()) = future::join(run(&scenario, fake.world(), &stop), stopping).await;
        (report.unwrap(), fake.host.pauses.get())
    });
    // One pause before each block but the first, which is the warm-up; the fourth lasts until Stop.
    assert_eq!((report.ending, pauses), (Ending::Stopped, 4));
    assert!(report.variants.iter().all(|row| row.rounds.len() == 3));
    assert!(report.duration_ms >= 1e6);
}
