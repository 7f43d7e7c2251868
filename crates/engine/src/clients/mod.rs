//! The clients, one file each, behind [`crate::platform::Client`].
//!
//! Those compiled into the engine are here; the others are ES modules in `js/clients/`, run by [`module`].

mod calls;
mod gloo_net;
mod module;

use crate::{
    browser::{clock::BrowserClock, diagnosis::Diagnosis, url::TargetUrl},
    platform::{Client, Rounds},
    round::{RoundPlan, RoundResult, run_round},
    run::RunError,
    stop::Stop,
};
use calls::Calls;
use fetchmark_core::{client::Home, factors::Lifecycle, target::Target, variant::Variant};
use js_sys::Function;

/// What a client needs to be built for one round.
pub(crate) struct Build<'a> {
    target: &'a Target,
    url: &'a TargetUrl,
    lifecycle: Lifecycle,
    calls: Calls,
}

/// Runs rounds with real clients.
pub(crate) struct BrowserRounds<'a> {
    pub(crate) target: &'a Target,
    pub(crate) url: &'a TargetUrl,
    pub(crate) page: &'a str,
    pub(crate) clock: &'a BrowserClock,
    /// JavaScript's `(name) => Promise<module>`.
    pub(crate) load: &'a Function,
    /// What network failures turned out to be, asked once a run.
    pub(crate) diagnosis: &'a Diagnosis,
}

impl BrowserRounds<'_> {
    async fn with(
        &self,
        client: impl Client,
        plan: &RoundPlan,
        stop: &Stop,
        tick: impl Fn(u32),
    ) -> RoundResult {
        let mut result = run_round(&client, self.clock, plan, stop, tick).await;
        self.diagnosis.tell_apart(&mut result, self.url, self.page).await;
        result
    }
}

impl Rounds for BrowserRounds<'_> {
    async fn run(
        &self,
        variant: &Variant,
        plan: &RoundPlan,
        stop: &Stop,
        tick: impl Fn(u32),
    ) -> Result<RoundResult, RunError> {
        let calls = Calls::new(self.url.addresses(plan.first_serial, plan.n));
        let build = Build { target: self.target, url: self.url, lifecycle: variant.lifecycle, calls };
        let info = variant.client.info();
        match info.home {
            Home::Engine => Ok(self.with(gloo_net::GlooNet::new(build)?, plan, stop, tick).await),
            Home::Module => {
                let client = module::Module::load(info.name, self.load, build).await?;
                Ok(self.with(client, plan, stop, tick).await)
            }
        }
    }
}
