//! The clients, one file each, behind [`crate::run::platform::Client`].
//!
//! Those compiled into the engine are here; the others are ES modules in `js/clients/`, run by [`module`].

mod any;
mod build;
mod calls;
mod gloo_net;
mod kept;
mod message;
mod module;
mod other_tab;
mod other_thread;
mod outside;
mod promise;
mod pyodide;
mod web_sys;
mod websocket;

use crate::{
    browser::{
        burst,
        clock::BrowserClock,
        diagnosis::{diagnose, waits_for_login},
        host::Hooks,
        request,
        resolved::ResolvedTarget,
        url::Addresses,
    },
    run::{
        diagnosis::Diagnosis,
        error::RunError,
        plan::{RoundPlan, RoundResult},
        platform::Rounds,
        pyodide::Order,
        round::run_round,
        stop::Stop,
    },
};
use any::AnyClient;
use build::Build;
use calls::Calls;
use fetchmark_core::samples::sample::SampleInfo;
use fetchmark_core::scenario::{
    client::Home,
    factors::{Connection, Runtime, Thread},
    variant::Variant,
};
use futures::future;
use js_sys::Function;
use std::pin::pin;

pub(crate) struct BrowserRounds<'a> {
    targets: &'a [ResolvedTarget],
    known: Vec<Known>,
    clock: &'a BrowserClock,
    /// Where this is: rows of elsewhere are measured there.
    here: Place,
    /// Asked to run what no browser runs, or another thread.
    hooks: &'a Hooks,
    /// JavaScript's `(name) => Promise<module>`.
    load: &'a Function,
}

/// Where an engine runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a thread of the page.
    On(Thread),
    /// In the worker that Python has for itself.
    InPython,
}

/// What rounds so far showed of a target.
#[derive(Default)]
struct Known {
    /// What network failures turned out to be.
    diagnosis: Diagnosis,
    /// The same for cold variants, whose address may be another.
    cold_diagnosis: Diagnosis,
}

impl<'a> BrowserRounds<'a> {
    pub(crate) fn new(
        targets: &'a [ResolvedTarget],
        clock: &'a BrowserClock,
        here: Place,
        hooks: &'a Hooks,
        load: &'a Function,
    ) -> Self {
        let known = targets.iter().map(|_| Known::default()).collect();
        Self { targets, known, clock, here, hooks, load }
    }

    fn is_in_other_tab(&self, variant: &Variant) -> bool {
        self.targets[variant.target].is_elsewhere && variant.client.runtime().is_in_browser()
    }

    fn is_on_other_thread(&self, variant: &Variant) -> bool {
        variant.thread.is_some_and(|thread| Place::On(thread) != self.here)
    }

    /// The same result, with its failures told apart as far as that is possible.
    async fn diagnosed(&self, mut result: RoundResult, variant: &Variant, stop: &Stop) -> RoundResult {
        if !stop.is_requested() {
            let (resolved, known) = (&self.targets[variant.target], &self.known[variant.target]);
            let diagnosis = match variant.connection {
                Connection::Warm => &known.diagnosis,
                Connection::Cold => &known.cold_diagnosis,
            };
            let (target, destinations) = (&resolved.target, resolved.destinations());
            let ask = async || diagnose(target, &destinations, variant.connection).await.0;
            let ask_login = async || waits_for_login(target, &destinations, variant.connection).await;
            let asking = async {
                diagnosis.tell_apart(&mut result, ask).await;
                diagnosis.find_login(&mut result, ask_login).await;
            };
            // Stop waits for no answer: what failed is then a network error.
            let _ = future::select(pin!(asking), pin!(stop.requested())).await;
        }
        result
    }
}

impl Rounds for BrowserRounds<'_> {
    async fn load(&self, variant: &Variant) -> Result<(), RunError> {
        if self.is_in_other_tab(variant) {
            return other_tab::load(self.hooks, variant).await;
        }
        if variant.client.runtime() == Runtime::Pyodide {
            return match self.here {
                Place::InPython => pyodide::load_here(self.load, variant).await,
                Place::On(_) => pyodide::load(self.hooks, variant).await,
            };
        }
        if self.is_on_other_thread(variant) {
            return other_thread::load(self.hooks, variant).await;
        }
        let info = variant.client.info();
        match info.home {
            Home::Module => module::import(info.name, self.load).await.map(drop),
            Home::GlooNet | Home::WebSys | Home::WebSocket | Home::Pyodide | Home::Python => Ok(()),
        }
    }

    async fn prepare(&self, variant: &Variant, plan: &RoundPlan, stop: &Stop) -> Result<u32, RunError> {
        if self.is_in_other_tab(variant) {
            return Ok(0);
        }
        let resolved = &self.targets[variant.target];
        let url = resolved.destinations().of(variant.connection).plain();
        let RoundPlan { requests_before, timeout_ms, .. } = *plan;
        burst::send(&resolved.target, url, requests_before, self.clock, timeout_ms, stop).await
    }

    async fn run(
        &self,
        variant: &Variant,
        plan: &RoundPlan,
        stop: &Stop,
        tick: &dyn Fn(u32),
    ) -> Result<RoundResult, RunError> {
        let info = variant.client.info();
        let resolved = &self.targets[variant.target];
        let (target, destinations) = (&resolved.target, resolved.destinations());
        if info.home == Home::Python {
            let url = destinations.of(Connection::Warm).template();
            return outside::run(self.hooks, target, url, variant, plan, stop).await;
        }
        if self.is_in_other_tab(variant) {
            return other_tab::run(self.hooks, variant, plan, stop).await;
        }
        if info.home == Home::Pyodide && self.here != Place::InPython {
            return pyodide::run(self.hooks, self.clock, variant, plan, stop, tick).await;
        }
        if info.home != Home::Pyodide && self.is_on_other_thread(variant) {
            return other_thread::run(self.hooks, variant, plan, tick).await;
        }
        // A client of messages opens connections by itself.
        let connection = if info.messages { Connection::Warm } else { variant.connection };
        let url = destinations.of(connection);
        let addresses = if info.messages {
            // One address, so that one connection can be kept.
            Addresses::Same { address: url.plain().to_owned(), n: plan.n }
        } else {
            url.addresses(connection, plan.first_serial, plan.n)?
        };
        let cross_origin = destinations.is_cross_origin(connection);
        if info.home == Home::Pyodide {
            let requested = addresses.of(0).to_owned();
            let order = Order::new(target, addresses.different(), cross_origin, variant, plan);
            let result = pyodide::run_here(self.load, &order, &requested, variant, plan, stop, tick).await?;
            return Ok(self.diagnosed(result, variant, stop).await);
        }
        let build = Build {
            target,
            url: url.plain(),
            own_address_each: url.is_own_each(connection),
            cross_origin,
            lifecycle: variant.lifecycle,
            timeout_ms: plan.timeout_ms,
            calls: Calls::new(addresses, variant.concurrency).map_err(request::refused)?,
        };
        let client = match info.home {
            Home::GlooNet => AnyClient::GlooNet(gloo_net::GlooNet::new(build)?),
            Home::WebSys => AnyClient::WebSys(web_sys::WebSys::new(build)?),
            Home::WebSocket => AnyClient::WebSocket(websocket::WebSocket::new(build)),
            // Python's were run above.
            Home::Module | Home::Pyodide | Home::Python => {
                AnyClient::Module(module::Module::load(info, self.load, build).await?)
            }
        };
        let result = run_round(&client, self.clock, plan, stop, tick).await;
        // What a request by fetch meets says nothing of messages, and nothing but answers tells of their connections.
        if info.messages {
            let info = result.info.unwrap_or_else(|| vec![SampleInfo::default(); result.samples.len()]);
            return Ok(RoundResult { info: Some(info), ..result });
        }
        Ok(self.diagnosed(result, variant, stop).await)
    }
}
