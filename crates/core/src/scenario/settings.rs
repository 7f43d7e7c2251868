//! A scenario: everything one run needs to know.

use crate::{
    request::{
        header::HeaderProblem,
        secrets::{self, Secrets},
        target::Target,
    },
    scenario::{
        client::Client,
        client_choice::ClientChoice,
        concurrency::Concurrency,
        factors::{Connection, Lifecycle, Pacing, Runtime, Thread},
        limits::{MAX_IN_FLIGHT, MAX_REQUESTS, MAX_ROUNDS, MAX_VARIANTS},
        one_or_more,
        targets::{NamedTarget, labels},
        variant::{AGAIN, Variant},
    },
};
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use std::ops::RangeInclusive;

#[cfg(test)]
mod tests;

/// What an auto run may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AutoBudget {
    /// Time of the whole run, warm-up included, in ms. No block is begun that would not fit.
    pub budget_ms: u32,
    /// Blocks measured in any case, even beyond the budget: with fewer nothing can be said.
    pub min_blocks: u32,
}

impl Default for AutoBudget {
    fn default() -> Self {
        Self { budget_ms: 30_000, min_blocks: 5 }
    }
}

/// Everything one run needs to know. As JSON every field may be left out, and a list with one value may be that value; an unknown
/// field is an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// What is requested; of several `targets`, what they share.
    pub target: Target,
    /// Several targets: each is compared with the first. Empty: `target` alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<NamedTarget>,
    /// The clients compared; the first variant is the baseline of every comparison.
    #[serde(deserialize_with = "one_or_more::deserialize")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "one_or_more::schema::<ClientChoice>"))]
    pub clients: Vec<ClientChoice>,
    /// The lifecycles of the clients that do not name their own.
    #[serde(deserialize_with = "one_or_more::deserialize")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "one_or_more::schema::<Lifecycle>"))]
    pub lifecycle: Vec<Lifecycle>,
    /// The connection treatments.
    #[serde(deserialize_with = "one_or_more::deserialize")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "one_or_more::schema::<Connection>"))]
    pub connection: Vec<Connection>,
    /// The pacings.
    #[serde(deserialize_with = "one_or_more::deserialize")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "one_or_more::schema::<Pacing>"))]
    pub pacing: Vec<Pacing>,
    /// Requests per round.
    pub n: u32,
    /// Requests in flight, one variant each, where pacing is concurrent.
    #[serde(deserialize_with = "one_or_more::deserialize")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "one_or_more::schema::<Concurrency>"))]
    pub concurrency: Vec<Concurrency>,
    /// Arrivals per second, where pacing is rate.
    pub rate: f64,
    /// Measured rounds per variant; in an auto run, after how many it may end where there is nothing to resolve.
    pub rounds: u32,
    /// Measure until every comparison is resolved or a budget is spent; `None`: a fixed number of rounds.
    pub auto: Option<AutoBudget>,
    /// Discarded rounds per variant before the first measured one.
    pub warmup: u32,
    /// Time-out of one request, in ms.
    pub timeout_ms: u32,
    /// Where measuring runs; with both, every variant that can is a row on either.
    #[serde(deserialize_with = "one_or_more::deserialize")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "one_or_more::schema::<Thread>"))]
    pub thread: Vec<Thread>,
    /// Adds the first variant a second time: its comparison with itself shows what this machine can resolve.
    pub aa: bool,
    /// Measures on where no request of the first measured block succeeded; otherwise the run ends there.
    pub keep_going: bool,
    /// Seed of the schedule.
    #[serde(deserialize_with = "whole")]
    pub seed: u64,
    /// Ratios nearer to 1 than this count as equivalent: 0.05 is ±5 %.
    pub margin: f64,
}

/// A whole number, also one beyond 2^53, which JavaScript has as a float.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let number = f64::deserialize(deserializer)?;
    if number.fract() == 0.0 && (0.0..=u64::MAX as f64).contains(&number) {
        Ok(number as u64)
    } else {
        Err(D::Error::custom(format!("invalid value: {number}, expected a whole number of at least 0")))
    }
}

impl Default for Scenario {
    fn default() -> Self {
        let choice =
            |name, lifecycle| Client::named(name).ok().map(|client| ClientChoice { client, lifecycle });
        Self {
            target: Target::default(),
            targets: Vec::new(),
            clients: [choice("gloo-net", None), choice("js-fetch", Some(Lifecycle::Reused))]
                .into_iter()
                .flatten()
                .collect(),
            lifecycle: Lifecycle::ALL.to_vec(),
            connection: vec![Connection::Warm],
            pacing: vec![Pacing::Concurrent],
            n: 100,
            concurrency: vec![Concurrency::All],
            rate: 50.0,
            rounds: 10,
            auto: None,
            warmup: 1,
            timeout_ms: 30_000,
            thread: vec![Thread::Worker],
            aa: false,
            keep_going: false,
            seed: 1,
            margin: 0.05,
        }
    }
}

/// Why a scenario cannot be run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScenarioError {
    /// A number out of its range.
    #[error("{field} is {given}. It must be from {low} to {high}.")]
    OutOfRange {
        /// The field's name, as in links.
        field: &'static str,
        /// What was given.
        given: f64,
        /// Smallest value allowed.
        low: f64,
        /// Largest value allowed.
        high: f64,
    },
    /// A list with nothing in it.
    #[error("{field} is empty. Choose at least one.")]
    Empty {
        /// The field's name, as in links.
        field: &'static str,
    },
    /// The same variant twice.
    #[error("{0} is chosen twice. Choose it once; to compare a variant with itself, add aa.")]
    Duplicate(String),
    /// More variants than [`MAX_VARIANTS`].
    #[error("This makes {0} variants. At most {MAX_VARIANTS} can be compared in one run.")]
    TooManyVariants(usize),
    /// More requests than [`MAX_REQUESTS`].
    #[error(
        "This makes {0} requests. One run makes at most {MAX_REQUESTS}: lower n, rounds or the number of variants."
    )]
    TooManyRequests(u64),
    /// A blocking client on the page's own thread, where browsers do not let it wait.
    #[error("{0} blocks its thread, so it can only run in a worker. Choose thread=worker, or leave it out.")]
    WorkerOnly(&'static str),
    /// A client that is not paced at a rate.
    #[error(
        "{0} runs in Python, where Fetchmark sends requests one after another or concurrently, not at a rate. \
         Leave rate out of the pacing, or that client out of the list."
    )]
    NoRate(&'static str),
    /// Clients made of XMLHttpRequest, which has no credentials mode without any; by name.
    #[error(
        "XMLHttpRequest cannot omit credentials, and so {0} cannot. Choose same-origin, which sends none to another origin, or leave \
         those clients out."
    )]
    CannotOmit(String),
    /// Headers for clients of messages, which have none; by name.
    #[error("{0} sends messages, which have no headers. Leave the headers out, or those clients.")]
    NoHeaders(String),
    /// A body of which a part was not kept.
    #[error("A value in the body was not kept with the other settings. Write it again in place of •••.")]
    BodyNotKept,
    /// A label that cannot name rows.
    #[error(
        "“{0}” cannot be a label. Write one word of at most 40 characters without / : , < > =, which is no client and no other word \
         that rows are named by."
    )]
    Label(String),
    /// Two targets with one label.
    #[error("Two targets have the label “{0}”. Give each its own.")]
    SameLabel(String),
    /// An address beside a list of targets.
    #[error(
        "There is a list of targets and another URL (url or cold_url) beside it. Put every address into the list, or leave the list out."
    )]
    UrlBesideTargets,
    /// A body with a method that has none.
    #[error("A {0} request cannot carry a body. Choose POST, PUT or PATCH, or leave the body out.")]
    BodyNotAllowed(crate::request::target::Method),
    /// A header that a page may not send.
    #[error(transparent)]
    Header(#[from] HeaderProblem),
}

impl Scenario {
    /// Whether several targets are compared.
    pub fn has_several_targets(&self) -> bool {
        self.targets.len() > 1
    }

    /// Every target with all its settings, in order; the first is the one the others are compared with.
    pub fn all_targets(&self) -> Vec<Target> {
        if self.targets.is_empty() {
            return vec![self.target.clone()];
        }
        self.targets.iter().map(|one| one.with_shared(&self.target)).collect()
    }

    /// The target with this label; without one, the first.
    pub fn target_labelled(&self, label: Option<&str>) -> Target {
        let named = self.targets.iter().find(|one| label.is_none_or(|label| one.label == label));
        named.map_or_else(|| self.target.clone(), |one| one.with_shared(&self.target))
    }

    /// The address; of several targets those of all, each behind its label.
    pub fn named_addresses(&self) -> Vec<String> {
        if !self.has_several_targets() {
            return self.all_targets().into_iter().map(|target| target.url).collect();
        }
        self.targets.iter().map(|one| format!("{}: {}", one.label, one.url)).collect()
    }

    /// Names targets that have no label, and gives `target` the address of the first: it is what is shown where there is room for one.
    pub fn settle_targets(&mut self) {
        let labels = labels(&self.targets);
        for (target, label) in self.targets.iter_mut().zip(labels) {
            target.label = label;
        }
        if let Some(first) = self.targets.first()
            && self.target.url.is_empty()
        {
            self.target.url.clone_from(&first.url);
        }
    }

    /// The secrets of what is requested.
    pub fn secrets(&self) -> Secrets {
        let mut targets = self.all_targets();
        targets.push(self.target.clone());
        Secrets::of_all(&targets)
    }

    /// The scenario without them.
    #[must_use]
    pub fn masked(&self) -> Self {
        let targets = self.targets.iter().map(NamedTarget::masked).collect();
        Self { target: secrets::target(&self.target), targets, ..self.clone() }
    }

    /// The variants, in table order, target by target; the first of a target is the baseline of the others.
    pub fn variants(&self) -> Vec<Variant> {
        let alike = self.variants_of_a_target();
        if !self.has_several_targets() {
            return alike;
        }
        let of_target = |(target, NamedTarget { label, .. }): (usize, &NamedTarget)| {
            // One pair is enough to show what the machine can resolve.
            let measured = alike.iter().filter(|variant| target == 0 || !variant.is_repetition());
            let row = |variant: &Variant| {
                let id = format!("{label}:{}", variant.id);
                Variant { id, target, label: Some(label.clone()), ..variant.clone() }
            };
            measured.map(row).collect::<Vec<_>>()
        };
        self.targets.iter().enumerate().flat_map(of_target).collect()
    }

    fn variants_of_a_target(&self) -> Vec<Variant> {
        let mut variants = Vec::new();
        for choice in &self.clients {
            let own = choice.lifecycle.map(|lifecycle| vec![lifecycle]);
            for &lifecycle in own.as_ref().unwrap_or(&self.lifecycle) {
                let own = choice.client.own_connection(lifecycle).map(|connection| vec![connection]);
                for &connection in own.as_ref().unwrap_or(&self.connection) {
                    for &pacing in &self.pacing {
                        self.push_paced(&mut variants, choice.client, lifecycle, connection, pacing);
                    }
                }
            }
        }
        if self.aa
            && let Some(first) = variants.first().cloned()
        {
            let id = format!("{}:{AGAIN}", first.id);
            variants.push(Variant { id, ..first });
        }
        variants
    }

    fn push_paced(
        &self,
        variants: &mut Vec<Variant>,
        client: Client,
        lifecycle: Lifecycle,
        connection: Connection,
        pacing: Pacing,
    ) {
        let paced_as = if client.info().blocking { Pacing::Sequential } else { pacing };
        let mut push = |in_flight, rate| {
            for thread in self.threads_of(client) {
                let variant = Variant::new(client, lifecycle, connection, paced_as, in_flight, rate);
                let variant = variant.on(thread, self.thread.len() > 1);
                // A blocking client is sequential under every pacing: one row of it is enough.
                if !(client.info().blocking && variants.iter().any(|other| other.id == variant.id)) {
                    variants.push(variant);
                }
            }
        };
        match paced_as {
            Pacing::Sequential => push(1, None),
            Pacing::Concurrent => {
                self.concurrency.iter().for_each(|lanes| push(lanes.in_flight(self.n), None));
            }
            Pacing::Rate => push(MAX_IN_FLIGHT, Some(self.rate)),
        }
    }

    /// The threads that a client is measured on. What no browser runs is on none, Python in the tab in a worker, and what blocks its thread is in the worker alone, if
    /// there is one.
    fn threads_of(&self, client: Client) -> Vec<Option<Thread>> {
        match client.runtime() {
            Runtime::Python => return vec![None],
            // It has a worker of its own, whatever thread the others are on.
            Runtime::Pyodide => return vec![Some(Thread::Worker)],
            Runtime::Browser => {}
        }
        let in_worker = client.info().blocking && self.thread.contains(&Thread::Worker);
        let is_there = |thread: &Thread| !in_worker || *thread == Thread::Worker;
        self.thread.iter().copied().filter(is_there).map(Some).collect()
    }

    /// Requests the whole run makes, warm-up included; an auto run makes at least these.
    pub fn total_requests(&self) -> u64 {
        self.requests_per_block() * (u64::from(*self.blocks().start()) + u64::from(self.warmup))
    }

    /// The fewest and the most measured blocks of the run: one number twice, unless it is an auto run.
    pub fn blocks(&self) -> RangeInclusive<u32> {
        let Some(auto) = self.auto else { return self.rounds..=self.rounds };
        let affordable = (MAX_REQUESTS / self.requests_per_block().max(1)).saturating_sub(self.warmup.into());
        let most = affordable.min(MAX_ROUNDS.into()) as u32;
        auto.min_blocks..=most.max(auto.min_blocks)
    }

    fn requests_per_block(&self) -> u64 {
        self.variants().len() as u64 * u64::from(self.n)
    }
}
