//! What is wrong with a scenario.

use super::{
    client::Client,
    factors::{Credentials, Pacing, Runtime, Thread},
    limits::{MAX_REQUESTS, MAX_ROUNDS, MAX_VARIANTS},
    params,
    settings::{AutoBudget, Scenario, ScenarioError},
    targets::{NamedTarget, is_label},
};
use crate::request::{header, secrets, target::Target};

impl Scenario {
    /// Everything that is wrong with it; empty when it can be run.
    pub fn problems(&self) -> Vec<ScenarioError> {
        let mut problems = params::problems(self);
        let (fewest, most) = (2, MAX_ROUNDS);
        if let Some(AutoBudget { min_blocks, .. }) = self.auto
            && !(fewest..=most).contains(&min_blocks)
        {
            let [given, low, high] = [min_blocks, fewest, most].map(f64::from);
            problems.push(ScenarioError::OutOfRange { field: "min_blocks", given, low, high });
        }
        problems.extend(self.list_problems());
        for problem in self.all_targets().iter().flat_map(|target| self.target_problems(target)) {
            // What they share is said once.
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        let in_browser = |client: Client| client.runtime() == Runtime::Browser;
        let blocks_the_page = |client: &Client| in_browser(*client) && client.info().blocking;
        let clients = || self.clients.iter().map(|choice| choice.client);
        if self.thread.contains(&Thread::Main)
            && !self.thread.contains(&Thread::Worker)
            && let Some(blocking) = clients().find(blocks_the_page)
        {
            problems.push(ScenarioError::WorkerOnly(blocking.name()));
        }
        if self.pacing.contains(&Pacing::Rate)
            && let Some(outside) = clients().find(|client| !in_browser(*client))
        {
            problems.push(ScenarioError::NoRate(outside.name()));
        }
        let is_repeated = |at: usize| self.thread[..at].contains(&self.thread[at]);
        if let Some(at) = (0..self.thread.len()).find(|at| is_repeated(*at)) {
            problems.push(ScenarioError::Duplicate(format!("thread={}", self.thread[at])));
            return problems;
        }
        problems.extend(self.variant_problems());
        problems
    }

    /// What is wrong with the targets as a list.
    fn list_problems(&self) -> Vec<ScenarioError> {
        let mut problems = Vec::new();
        for (at, target) in self.targets.iter().enumerate() {
            if !target.label.is_empty() && !is_label(&target.label) {
                problems.push(ScenarioError::Label(target.label.clone()));
            }
            if self.targets[..at]
                .iter()
                .any(|earlier| earlier.label == target.label && !target.label.is_empty())
            {
                problems.push(ScenarioError::SameLabel(target.label.clone()));
            }
        }
        let Target { url, cold_url, .. } = &self.target;
        let is_other = |first: &NamedTarget| {
            (!url.is_empty() && *url != first.url) || (cold_url.is_some() && *cold_url != first.cold_url)
        };
        if self.targets.first().is_some_and(is_other) {
            problems.push(ScenarioError::UrlBesideTargets);
        }
        problems
    }

    fn target_problems(&self, target: &Target) -> Vec<ScenarioError> {
        let mut problems = Vec::new();
        if target.body.is_some() && !target.method.takes_body() {
            problems.push(ScenarioError::BodyNotAllowed(target.method));
        }
        if target.body.as_deref().is_some_and(secrets::is_masked_body) {
            problems.push(ScenarioError::BodyNotKept);
        }
        let headers = target.headers.iter();
        problems.extend(headers.filter_map(|(name, value)| header::check(name, value).err()).map(Into::into));
        // XMLHttpRequest has no cache mode either.
        let cannot_omit = |client: &Client| client.runtime().is_in_browser() && !client.info().bypasses_cache;
        let clients = || self.clients.iter().map(|choice| choice.client);
        let unable: Vec<_> = clients().filter(cannot_omit).map(Client::name).collect();
        if target.credentials == Credentials::Omit && !unable.is_empty() {
            problems.push(ScenarioError::CannotOmit(unable.join(", ")));
        }
        let of_messages: Vec<_> =
            clients().filter(|client| client.info().messages).map(Client::name).collect();
        if !target.headers.is_empty() && !of_messages.is_empty() {
            problems.push(ScenarioError::NoHeaders(of_messages.join(", ")));
        }
        problems
    }

    fn variant_problems(&self) -> Vec<ScenarioError> {
        let mut problems = Vec::new();
        let variants = self.variants();
        if variants.len() > MAX_VARIANTS {
            problems.push(ScenarioError::TooManyVariants(variants.len()));
        }
        // A client that is chosen twice has several variants twice: one of them says it.
        let is_repeated = |at: &usize| variants[..*at].iter().any(|earlier| earlier.id == variants[*at].id);
        let repeated = (0..variants.len()).find(is_repeated);
        problems.extend(repeated.map(|at| ScenarioError::Duplicate(variants[at].id.clone())));
        if self.total_requests() > MAX_REQUESTS {
            problems.push(ScenarioError::TooManyRequests(self.total_requests()));
        }
        problems
    }
}
