//! What is to be run, as the person is setting it up.

use crate::{
    choices,
    fields::{FieldProblem, NumberField},
    js,
    request::Request,
    run_failure::RunFailure,
    url_check::{self, CheckedUrl, UrlProblem},
};
use fetchmark_core::{client::Client, factors::Lifecycle, params::Params, scenario::Scenario};
use leptos::prelude::*;

/// Requests to someone else's server beyond which the page asks for care.
const MANY_REQUESTS: u64 = 1_000;

/// The form, as signals. Copies are the same form.
///
/// `params` always holds the last settings that can be read; a field whose text cannot be read keeps its text and
/// has a problem.
#[derive(Clone, Copy)]
pub struct Form {
    params: RwSignal<Params>,
    texts: [RwSignal<String>; NumberField::ALL.len()],
    is_url_settled: RwSignal<bool>,
    edits: RwSignal<u32>,
}

impl Form {
    /// The form as a link sets it.
    pub fn new(params: Params) -> Self {
        let texts = NumberField::ALL.map(|field| RwSignal::new(field.write(&params.scenario)));
        Self {
            is_url_settled: RwSignal::new(!params.scenario.target.url.is_empty()),
            params: RwSignal::new(params),
            texts,
            edits: RwSignal::new(0),
        }
    }

    /// The settings, for the link.
    pub fn params(self) -> Params {
        self.params.get()
    }

    /// The settings, to show them.
    pub fn scenario(self) -> Scenario {
        self.params.with(|params| params.scenario.clone())
    }

    /// The settings, to run them.
    ///
    /// # Errors
    /// A [`RunFailure`] if they cannot be handed to the engine.
    pub fn request(self) -> Result<Request, RunFailure> {
        Request::of(self.scenario())
    }

    /// How often the person changed something.
    pub fn edits(self) -> u32 {
        self.edits.get()
    }

    /// Shows a scenario that came from a script.
    pub fn show(self, scenario: Scenario) {
        for field in NumberField::ALL {
            self.text(field).set(field.write(&scenario));
        }
        self.is_url_settled.set(true);
        self.params.update(|params| params.scenario = scenario);
    }

    /// The address as typed.
    pub fn url(self) -> String {
        self.params.with(|params| params.scenario.target.url.clone())
    }

    /// Takes the address typed.
    pub fn type_url(self, typed: &str) {
        self.edit(|scenario| typed.trim().clone_into(&mut scenario.target.url));
        self.is_url_settled.set(false);
    }

    /// The person has stopped typing the address: what is wrong with it may be told now.
    pub fn settle_url(self) {
        self.is_url_settled.set(true);
    }

    /// The address checked; `None` when empty.
    pub fn checked_url(self) -> Option<Result<CheckedUrl, UrlProblem>> {
        let url = self.url();
        (!url.is_empty()).then(|| url_check::check(&url, &js::base_uri()))
    }

    /// What is wrong with the address, once it is typed to its end.
    pub fn url_problem(self) -> Option<UrlProblem> {
        self.is_url_settled.get().then(|| self.checked_url()?.err()).flatten()
    }

    /// The text of a number field.
    pub fn text(self, field: NumberField) -> RwSignal<String> {
        self.texts[field as usize]
    }

    /// Takes the text typed into a number field.
    pub fn type_number(self, field: NumberField, typed: String) {
        self.edit(|scenario| {
            // What cannot be read stays in the field and is told beside it.
            let _ = field.read(&typed, scenario);
        });
        self.text(field).set(typed);
    }

    /// What is wrong with a number field.
    pub fn number_problem(self, field: NumberField) -> Option<FieldProblem> {
        self.text(field).with(|typed| field.read(typed, &mut Scenario::default()).err())
    }

    /// Whether this client is chosen in this lifecycle.
    pub fn is_chosen(self, client: Client, lifecycle: Lifecycle) -> bool {
        self.params.with(|params| choices::chosen(&params.scenario).contains(&(client, lifecycle)))
    }

    /// Chooses a client in a lifecycle, or no longer.
    pub fn toggle(self, client: Client, lifecycle: Lifecycle) {
        self.edit(|scenario| choices::toggle(scenario, client, lifecycle));
    }

    /// Whether any variant is chosen.
    pub fn has_variants(self) -> bool {
        self.params.with(|params| !params.scenario.variants().is_empty())
    }

    /// Whether all that is typed can be run.
    pub fn can_run(self) -> bool {
        self.has_variants()
            && !matches!(self.checked_url(), Some(Err(_)))
            && NumberField::ALL.iter().all(|field| self.number_problem(*field).is_none())
    }

    /// Requests and host, when so many requests would go to someone else's server that its owner should know.
    pub fn large_run(self) -> Option<(u64, String)> {
        let url = self.checked_url()?.ok()?;
        let own = js::window()?.location().origin().ok()?;
        let requests = self.params.with(|params| params.scenario.total_requests());
        (requests > MANY_REQUESTS && !url.is_local && url.origin != own).then_some((requests, url.host))
    }

    /// Whether the address is one that a page loaded over https may not request.
    pub fn is_mixed_content(self) -> bool {
        let is_secure = js::window().and_then(|window| window.location().protocol().ok()).is_some_and(|p| p == "https:");
        is_secure && matches!(self.checked_url(), Some(Ok(url)) if url.is_insecure && !url.is_local)
    }

    fn edit(self, change: impl FnOnce(&mut Scenario)) {
        self.params.update(|params| change(&mut params.scenario));
        self.edits.update(|edits| *edits += 1);
    }
}
