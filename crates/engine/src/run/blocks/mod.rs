//! A run: warm-up, then blocks of rounds in the schedule's order, into a report.

use crate::run::{
    error::RunError,
    plan::{InTab, RoundPlan, RoundResult},
    platform::{Clock, Host, Rounds, Timeline},
    pool::Pool,
    stop::Stop,
};
use fetchmark_core::{
    compare::Comparison,
    report::{
        Ending, Report, headline,
        validity::{Finding, FindingCode, Severity},
    },
    run::{
        progress::{FinishedRound, Progress},
        recorder::{Recorder, Round},
        schedule::Schedule,
        stopping::{Auto, Decision},
    },
    samples::{sample::Outcome, whence::Whence},
    scenario::{Scenario, factors::Runtime, variant::Variant},
};
use futures::{
    future::{self, Either},
    pin_mut,
};

/// The world a run takes place in.
#[derive(Debug)]
pub struct World<'a, R, K, T, H> {
    /// Runs rounds.
    pub rounds: &'a R,
    /// Tells the time.
    pub clock: &'a K,
    /// Records requests.
    pub timeline: &'a T,
    /// Receives progress and reports.
    pub host: &'a H,
}

/// Runs a scenario until it is done or `stop` is requested.
///
/// # Errors
/// [`RunError`] if it cannot be run at all; failing requests are not errors but results.
pub async fn run<R: Rounds, K: Clock, T: Timeline, H: Host>(
    scenario: &Scenario,
    world: World<'_, R, K, T, H>,
    stop: &Stop,
) -> Result<Report, RunError> {
    let problems = scenario.problems();
    if !problems.is_empty() {
        return Err(RunError::Scenario(problems));
    }
    let mut run = Run::begin(scenario.clone(), world)?;
    run.world.host.checkpoint(&run.report(Ending::Stopped)?);
    if let Some(why) = run.load(stop).await? {
        run = run.without_python(why)?;
    }
    let scenario = &run.scenario.clone();
    let mut auto = Auto::new(scenario);
    let mut schedule = Schedule::new(run.variants.len(), scenario.seed);
    let blocks = (0..scenario.warmup).map(|_| None).chain((0..*scenario.blocks().end()).map(Some));
    'blocks: for (nth, block) in blocks.enumerate() {
        if nth > 0 {
            run.pause(stop).await?;
        }
        for variant in schedule.next_block() {
            if stop.is_requested() {
                break 'blocks;
            }
            run.round(variant, block, stop).await?;
            if let Some(auto) = &auto {
                run.expect(auto);
            }
        }
        run.refer()?;
        run.world.host.checkpoint(&run.report(Ending::Stopped)?);
        if block == Some(0)
            && run.blocks_planned > 1
            && !run.succeeded
            && !scenario.keep_going
            && !stop.is_requested()
        {
            // More of the same would only burden the target.
            run.recorder.add_known(vec![Finding::of_run(
                FindingCode::NothingSucceeded,
                Severity::Note,
                None,
            )]);
            run.blocks_planned = 1;
            break;
        }
        if let (Some(auto), Some(block)) = (&mut auto, block)
            && run.is_enough(auto, block + 1)?
        {
            break;
        }
    }
    run.refer()?;
    run.report_standings()?;
    run.report(if stop.is_requested() { Ending::Stopped } else { Ending::Complete })
}

struct Run<'a, R, K, T, H> {
    scenario: Scenario,
    variants: Vec<Variant>,
    pool: Pool,
    recorder: Recorder,
    started_ms: f64,
    started_at: String,
    next_serial: u32,
    rounds_done: u32,
    /// Measured blocks; in an auto run as many as the budget is expected to allow, or as there may be while that is not known.
    blocks_planned: u32,
    last_round: Option<FinishedRound>,
    /// Whether any request of a measured block has.
    succeeded: bool,
    /// What the headline rests on besides the report's own comparisons, as of the last block: more of them than are worth the time after
    /// each round.
    references: Vec<Comparison>,
    world: World<'a, R, K, T, H>,
}

impl<'a, R: Rounds, K: Clock, T: Timeline, H: Host> Run<'a, R, K, T, H> {
    /// A run of which nothing is measured yet.
    fn begin(scenario: Scenario, world: World<'a, R, K, T, H>) -> Result<Self, RunError> {
        // Whatever happened before the run is not its business.
        let _ = world.host.was_hidden();
        let mut recorder = Recorder::new(scenario.clone(), world.clock.step_ms())?;
        recorder.add_known(world.host.known_before());
        recorder.set_browser(&world.host.environment().user_agent);
        Ok(Self {
            variants: scenario.variants(),
            pool: Pool::new(&scenario.all_targets()),
            recorder,
            started_ms: world.clock.now_ms(),
            started_at: world.host.iso_time(),
            next_serial: 0,
            rounds_done: 0,
            blocks_planned: *scenario.blocks().end(),
            last_round: None,
            succeeded: false,
            references: Vec::new(),
            scenario,
            world,
        })
    }

    /// The same without the rows of Python in the tab, which could not be loaded: the others are measured, and the report says so.
    fn without_python(self, why: RunError) -> Result<Self, RunError> {
        let Self { mut scenario, world, .. } = self;
        scenario.clients.retain(|choice| choice.client.runtime() != Runtime::Pyodide);
        if scenario.clients.is_empty() {
            return Err(why);
        }
        let detail = match why {
            RunError::NoPython(detail) => detail,
            other => other.to_string(),
        };
        let mut run = Self::begin(scenario, world)?;
        let missing = Finding::of_run(FindingCode::PythonMissing, Severity::Weakens, Some(detail));
        run.recorder.add_known(vec![missing]);
        run.world.host.checkpoint(&run.report(Ending::Stopped)?);
        Ok(run)
    }

    /// Loads every client, until Stop is requested. Gives why Python in the tab could not be, where it could not.
    async fn load(&mut self, stop: &Stop) -> Result<Option<RunError>, RunError> {
        let (mut loaded, mut missing, mut has_python) = (Vec::new(), None, false);
        for variant in &self.variants {
            // Each target may be measured in a tab of its own.
            let what = (variant.client, variant.thread, variant.target);
            if stop.is_requested() {
                break;
            }
            let is_python = variant.client.runtime() == Runtime::Pyodide;
            has_python |= is_python;
            if !(loaded.contains(&what) || is_python && missing.is_some()) {
                let (loading, stopped) = (self.world.rounds.load(variant), stop.requested());
                pin_mut!(loading, stopped);
                match future::select(loading, stopped).await {
                    Either::Left((Err(why), _)) if is_python => missing = Some(why),
                    Either::Left((result, _)) => result?,
                    Either::Right(_) => {}
                }
                loaded.push(what);
            }
        }
        if has_python {
            // It takes seconds: they are no part of what is measured, and of no time that measuring may take.
            self.started_ms = self.world.clock.now_ms();
            self.started_at = self.world.host.iso_time();
            let _ = self.world.host.was_hidden();
        }
        Ok(missing)
    }

    async fn round(&mut self, index: usize, block: Option<u32>, stop: &Stop) -> Result<(), RunError> {
        let Some(variant) = self.variants.get(index).cloned() else { return Ok(()) };
        let requests_before = self.pool.requests_before(&variant);
        let plan =
            RoundPlan { requests_before, ..RoundPlan::new(&self.scenario, &variant, self.next_serial) };
        self.next_serial += plan.n;
        self.report_progress(0, plan.n, index, block);
        let draining_requests = self.world.rounds.prepare(&variant, &plan, stop).await?;
        let tick = |done| self.report_progress(done, plan.n, index, block);
        // The run's own clock: that of another thread or tab, or of Python, counts from elsewhere.
        let start_ms = self.world.clock.now_ms() - self.started_ms;
        let result = round_with_entries(&self.world, &variant, &plan, stop, &tick).await?;
        let is_outside = variant.client.runtime() == Runtime::Python;
        let (complete, tab) = (result.complete, result.tab);
        if let Some(tab) = tab {
            self.recorder.add_clock(tab.timer_step_ms);
        }
        let count = |wanted: fn(&Outcome) -> bool| {
            result.samples.iter().filter(|sample| wanted(&sample.outcome)).count() as u32
        };
        self.succeeded |= block.is_some() && count(|outcome| *outcome == Outcome::Ok) > 0;
        if complete {
            self.rounds_done += 1;
            self.last_round = Some(FinishedRound {
                variant: index,
                block,
                wall_ms: result.wall_ms,
                ok: count(|outcome| *outcome == Outcome::Ok),
                failed: count(|outcome| matches!(outcome, Outcome::Failed { .. })),
            });
        }
        if is_outside && !complete {
            // Nobody waited for it after Stop.
            self.recorder.add_known(vec![Finding::of_run(FindingCode::EndedByForce, Severity::Note, None)]);
        }
        let round = Round {
            variant: index,
            block,
            start_ms: Some(start_ms),
            complete,
            wall_ms: result.wall_ms,
            samples: result.samples,
            entries: result.entries.unwrap_or_default(),
            info: result.info,
            whence: Whence { redirected_to: result.redirected_to, is_aged: result.is_aged },
            voided: self.what_voids(&variant, tab),
            may_be_cached: self.world.host.may_be_cached(&variant),
            draining_requests: draining_requests + tab.map_or(0, |tab| tab.draining_requests),
            // A client that blocks its thread holds it by design.
            long_tasks: if variant.client.info().blocking { 0 } else { result.long_tasks },
        };
        if self.world.host.wants_samples() {
            self.world.host.samples(&self.recorder.add_with_samples(&round));
        } else {
            self.recorder.add(&round);
        }
        self.world.host.checkpoint(&self.report(Ending::Stopped)?);
        Ok(())
    }

    /// Lets the host look at what there is before the next block; Stop ends the look.
    async fn pause(&self, stop: &Stop) -> Result<(), RunError> {
        self.report_standings()?;
        let (looking, stopped) = (self.world.host.between_blocks(), stop.requested());
        pin_mut!(looking, stopped);
        future::select(looking, stopped).await;
        Ok(())
    }

    fn what_voids(&self, variant: &Variant, tab: Option<InTab>) -> Option<FindingCode> {
        // Asked in any case: what happened in this round is not the next one's business.
        let was_hidden = self.world.host.was_hidden();
        let was_hidden = tab.map_or(was_hidden, |tab| tab.was_hidden);
        if !variant.client.runtime().is_in_browser() {
            return None;
        }
        if was_hidden {
            return Some(FindingCode::TabHidden);
        }
        self.world.host.shares_answers(variant).then_some(FindingCode::SharedAnswers)
    }

    /// After a round: what the budget will allow at the pace so far.
    fn expect(&mut self, auto: &Auto) {
        let done = f64::from(self.rounds_done) / self.variants.len() as f64;
        self.blocks_planned = auto.blocks_expected(done, self.world.clock.now_ms() - self.started_ms);
    }

    /// Whether an auto run ends after this many blocks; sets the level at which the next report compares.
    fn is_enough(&mut self, auto: &mut Auto, blocks: u32) -> Result<bool, RunError> {
        let elapsed_ms = self.world.clock.now_ms() - self.started_ms;
        if let Some(look) = auto.after_block(blocks, elapsed_ms) {
            self.recorder.set_alpha(look.alpha);
            let Report { mut comparisons, targets, .. } = self.report(Ending::Complete)?;
            // What the rows of a target say one by one is not waited for.
            comparisons.extend(targets.into_iter().map(|target| target.overall));
            if look.decide(&comparisons, self.scenario.margin) != Decision::Continue {
                self.blocks_planned = blocks;
                return Ok(true);
            }
        }
        self.recorder.set_alpha(auto.alpha_left());
        // What ends from here on without a look reports at the level that is left.
        self.world.host.checkpoint(&self.report(Ending::Stopped)?);
        Ok(false)
    }

    fn report_progress(&self, requests_done: u32, requests_total: u32, variant: usize, block: Option<u32>) {
        self.world.host.progress(&self.progress(requests_done, requests_total, variant, block));
    }

    /// Between two blocks, and when all rounds that will be are done.
    fn report_standings(&self) -> Result<(), RunError> {
        if let Some(FinishedRound { variant, block, .. }) = self.last_round {
            let standings = self.recorder.standings()?;
            self.world.host.progress(&Progress { standings, ..self.progress(0, 0, variant, block) });
        }
        Ok(())
    }

    fn progress(
        &self,
        requests_done: u32,
        requests_total: u32,
        variant: usize,
        block: Option<u32>,
    ) -> Progress {
        let rounds = self.scenario.warmup + self.blocks_planned;
        Progress {
            rounds_done: self.rounds_done,
            rounds_total: rounds * self.variants.len() as u32,
            requests_done,
            requests_total,
            variant,
            block,
            elapsed_ms: self.world.clock.now_ms() - self.started_ms,
            last_round: self.last_round,
            standings: Vec::new(),
        }
    }

    fn report(&self, ending: Ending) -> Result<Report, RunError> {
        let duration_ms = self.world.clock.now_ms() - self.started_ms;
        let environment = self.world.host.environment();
        let report = self.recorder.report(environment, self.started_at.clone(), duration_ms, ending)?;
        Ok(Report { references: self.references.clone(), ..report })
    }

    /// Compares what the headline rests on.
    fn refer(&mut self) -> Result<(), RunError> {
        self.references = headline::references(&self.report(Ending::Stopped)?);
        Ok(())
    }
}

/// Has a round run, and reads the timing entries that belong to it: here, unless whoever ran it has done so, or has none.
pub(crate) async fn round_with_entries<R: Rounds, K: Clock, T: Timeline, H: Host>(
    world: &World<'_, R, K, T, H>,
    variant: &Variant,
    plan: &RoundPlan,
    stop: &Stop,
    tick: &dyn Fn(u32),
) -> Result<RoundResult, RunError> {
    world.timeline.begin_round(variant, plan.n);
    let result = world.rounds.run(variant, plan, stop, tick).await?;
    // After Stop nothing is read: that would take its time, and a round cut short is not compared.
    let is_cut_short = stop.is_requested() && !result.complete;
    if result.info.is_some() || result.entries.is_some() || is_cut_short {
        return Ok(result);
    }
    let answered = result.samples.iter().filter(|sample| sample.status.is_some()).count();
    let (waiting, stopped) =
        (world.timeline.entries(variant, answered, result.samples.len()), stop.requested());
    pin_mut!(waiting, stopped);
    Ok(match future::select(waiting, stopped).await {
        Either::Left((entries, _)) => RoundResult { entries: Some(entries), ..result },
        // Nothing shows what a round without its entries did: it is not compared.
        Either::Right(_) => RoundResult { complete: false, ..result },
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
