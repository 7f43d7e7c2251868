//! What JavaScript sees of the engine. `js/host.js` is its only caller.

use crate::{
    browser::{
        check,
        clock::BrowserClock,
        host::{BrowserHost, Hooks, json},
        request,
        resolved::ResolvedTarget,
        timeline::BrowserTimelines,
    },
    clients::{BrowserRounds, Place},
    run::{
        blocks::{World, run},
        error::RunError,
        other_thread,
        stop::{Stop, Stopper, stop_pair},
    },
};
use fetchmark_core::{
    report::{Report, RuntimeReport},
    request::target::Target,
    scenario::{
        Scenario, ScenarioError,
        factors::{Connection, Thread},
    },
    target_check::TargetCheck,
};
use js_sys::{Error, Function, Promise, Reflect};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// One engine makes one run at a time.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Engine(Rc<Inner>);

#[derive(Debug, Default)]
pub(crate) struct Inner {
    stopper: RefCell<Option<Stopper>>,
    hidden: Cell<bool>,
    was_hidden: Cell<bool>,
}

#[wasm_bindgen]
impl Engine {
    /// An idle engine.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs a scenario (JSON) whose URL is resolved against `base`, for a page at `page`. `hooks` receives its events as
    /// JSON, `load` loads a client's module by name. Resolves with the report as JSON.
    ///
    /// Rejects with an `Error` whose `code` is that of [`RunError::code`].
    pub fn run(&self, scenario: String, base: String, page: String, hooks: Hooks, load: Function) -> Promise {
        let call = Call { scenario, base, page, hooks, load };
        self.stoppable(async move |inner, stop| Ok(json(&inner.run_scenario(&call, stop).await?).into()))
    }

    /// Measures rounds of a scenario that another engine runs, from the place where this one is: on the `page`'s thread, in another `tab`,
    /// or in the worker of `python`. `hooks` is asked for orders until it has no more, and is handed what came of each. The other arguments are those of [`Engine::run`]. Resolves when there are
    /// no more.
    ///
    /// Rejects as [`Engine::run`] does.
    pub fn serve(
        &self,
        scenario: String,
        base: String,
        page: String,
        place: String,
        hooks: Hooks,
        load: Function,
    ) -> Promise {
        let call = Call { scenario, base, page, hooks, load };
        self.stoppable(async move |inner, stop| {
            inner.serve_scenario(&call, &place, stop).await.map(|()| JsValue::UNDEFINED)
        })
    }

    /// Checks a target (JSON) with a few harmless requests, its URL resolved against `base`, for a page at `page`. Counters in its
    /// hosts begin with `hosts_from`.
    /// Resolves with a [`TargetCheck`] as JSON.
    ///
    /// Rejects as [`Engine::run`] does.
    #[wasm_bindgen(js_name = checkTarget)]
    pub fn check_target(&self, target: String, base: String, page: String, hosts_from: f64) -> Promise {
        future_to_promise(async move {
            let result = check_target(&target, &base, &page, hosts_from as u64).await;
            result.map(|check| JsValue::from(json(&check))).map_err(|error| thrown(&error))
        })
    }

    /// Stops the run in progress; finished rounds stay.
    pub fn stop(&self) {
        if let Some(stopper) = &*self.0.stopper.borrow() {
            stopper.stop();
        }
    }

    /// Tells whether the page is hidden now.
    #[wasm_bindgen(js_name = setHidden)]
    pub fn set_hidden(&self, hidden: bool) {
        self.0.hidden.set(hidden);
        self.0.was_hidden.set(self.0.was_hidden.get() || hidden);
    }
}

impl Engine {
    /// Does something that [`Engine::stop`] ends.
    fn stoppable(
        &self,
        go: impl AsyncFnOnce(&Inner, &Stop) -> Result<JsValue, RunError> + 'static,
    ) -> Promise {
        // Made before anything waits, so that a Stop that follows at once takes effect.
        let (stopper, stop) = stop_pair();
        *self.0.stopper.borrow_mut() = Some(stopper);
        let inner = Rc::clone(&self.0);
        future_to_promise(async move {
            let result = go(&inner, &stop).await;
            inner.stopper.take();
            result.map_err(|error| thrown(&error))
        })
    }
}

impl Inner {
    pub(crate) async fn run_scenario(&self, call: &Call, stop: &Stop) -> Result<Report, RunError> {
        let scenario = read(&call.scenario)?;
        // Once addresses are resolved, a second one beside the list would no longer show.
        let clash = scenario.problems().into_iter().find(|one| *one == ScenarioError::UrlBesideTargets);
        if let Some(clash) = clash {
            return Err(RunError::Scenario(vec![clash]));
        }
        let here = Place::On(leading_thread(&scenario));
        let runtimes = runtimes(&call.hooks, &scenario)?;
        let go = async |scenario: &Scenario, world: BrowserWorld<'_>| run(scenario, world, stop).await;
        self.in_world(call, scenario, here, &runtimes, go).await
    }

    async fn serve_scenario(&self, call: &Call, place: &str, stop: &Stop) -> Result<(), RunError> {
        let in_tab = place == "tab";
        let hooks = &call.hooks;
        let go = async |scenario: &Scenario, world: BrowserWorld<'_>| {
            // A promise that is rejected holds no order either.
            while let Some(order) =
                JsFuture::from(hooks.next_order()).await.ok().and_then(|order| order.as_string())
            {
                let tick = |ended| hooks.tick(ended);
                let result = other_thread::carry_out(&order, scenario, &world, in_tab, stop, &tick).await?;
                hooks.answer(&json(&result));
            }
            Ok(())
        };
        // Whoever makes the run has what no browser runs.
        let scenario = read(&call.scenario)?;
        let here = match place {
            "tab" => Place::On(leading_thread(&scenario)),
            "python" => Place::InPython,
            _ => Place::On(Thread::Main),
        };
        self.in_world(call, scenario, here, &[], go).await
    }

    /// Does something with a scenario whose addresses are resolved, in the world as this browser is.
    async fn in_world<T>(
        &self,
        call: &Call,
        mut scenario: Scenario,
        here: Place,
        runtimes: &[RuntimeReport],
        go: impl AsyncFnOnce(&Scenario, BrowserWorld<'_>) -> Result<T, RunError>,
    ) -> Result<T, RunError> {
        let targets = resolve_targets(call, &mut scenario)?;
        let clock = BrowserClock::new();
        let timeline = BrowserTimelines::new(&clock, &targets);
        let host = BrowserHost {
            hooks: &call.hooks,
            targets: &targets,
            runtimes,
            any_cold: scenario.connection.contains(&Connection::Cold),
            hidden: &self.hidden,
            was_hidden: &self.was_hidden,
        };
        let rounds = BrowserRounds::new(&targets, &clock, here, &call.hooks, &call.load);
        let world = World { rounds: &rounds, clock: &clock, timeline: &timeline, host: &host };
        go(&scenario, world).await
    }
}

type BrowserWorld<'a> =
    World<'a, BrowserRounds<'a>, BrowserClock, BrowserTimelines<'a, BrowserClock>, BrowserHost<'a>>;

pub(crate) struct Call {
    /// As JSON.
    pub(crate) scenario: String,
    pub(crate) base: String,
    pub(crate) page: String,
    pub(crate) hooks: Hooks,
    pub(crate) load: Function,
}

fn read(scenario: &str) -> Result<Scenario, RunError> {
    let mut scenario: Scenario =
        serde_json::from_str(scenario).map_err(|error| RunError::Unreadable(error.to_string()))?;
    scenario.settle_targets();
    Ok(scenario)
}

/// Where both threads of a page measure, the one that has the other's rows measured.
fn leading_thread(scenario: &Scenario) -> Thread {
    if scenario.thread.contains(&Thread::Worker) { Thread::Worker } else { Thread::Main }
}

/// Every target with its addresses resolved, which the scenario then has as the report shows them.
fn resolve_targets(call: &Call, scenario: &mut Scenario) -> Result<Vec<ResolvedTarget>, RunError> {
    let Call { base, page, hooks, .. } = call;
    let hosts_from = hooks.hosts_from().unwrap_or_default() as u64;
    let elsewhere = hooks.elsewhere().unwrap_or_default();
    let wants_cold = scenario.connection.contains(&Connection::Cold);
    let mut targets = Vec::new();
    for (at, target) in (0..).zip(scenario.all_targets()) {
        let resolved = ResolvedTarget::new(target, base, page, hosts_from)?;
        if wants_cold && !resolved.can_be_cold() {
            return Err(RunError::ColdNotForceable);
        }
        request::build(&resolved.target, resolved.url.plain())?;
        let Target { url, cold_url, .. } = &resolved.target;
        if let Some(named) = scenario.targets.get_mut(at as usize) {
            named.url.clone_from(url);
            named.cold_url.clone_from(cold_url);
        }
        if at == 0 {
            scenario.target.url.clone_from(url);
            scenario.target.cold_url.clone_from(cold_url);
        }
        targets.push(if elsewhere.contains(&at) { resolved.elsewhere() } else { resolved });
    }
    Ok(targets)
}

/// What runs the scenario's clients outside the browser.
fn runtimes(hooks: &Hooks, scenario: &Scenario) -> Result<Vec<RuntimeReport>, RunError> {
    let outside = scenario.clients.iter().map(|choice| choice.client).find(|c| !c.runtime().is_in_browser());
    match (hooks.runtimes(), outside) {
        (Some(json), Some(_)) => {
            serde_json::from_str(&json).map_err(|error| RunError::Unreadable(error.to_string()))
        }
        (None, Some(client)) => Err(RunError::NobodyOutside(client.name())),
        (_, None) => Ok(Vec::new()),
    }
}

async fn check_target(
    target: &str,
    base: &str,
    page: &str,
    hosts_from: u64,
) -> Result<TargetCheck, RunError> {
    let target: Target =
        serde_json::from_str(target).map_err(|error| RunError::Unreadable(error.to_string()))?;
    let resolved = ResolvedTarget::new(target.clone(), base, page, hosts_from)?;
    check::check(&target, resolved.destinations()).await
}

fn thrown(error: &RunError) -> JsValue {
    let js = Error::new(&error.to_string());
    // Setting a property of a new object does not fail; were it to, the sentence still arrives.
    let _ = Reflect::set(&js, &"code".into(), &error.code().into());
    js.into()
}
