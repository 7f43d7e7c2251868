//! What is to be run, as the person is setting it up.

mod request;

use crate::{
    form::{choices, number_fields::NumberField},
    js,
    run::{
        request::Request,
        url_check::{self, CheckedUrl},
    },
    text::{FieldProblem, UrlProblem},
};
use fetchmark_core::{
    factors::{Connection, Pacing},
    language::Language,
    params::{ParamError, Params},
    preset::Preset,
    scenario::{Scenario, ScenarioError},
    target::{cut_at_authority, is_numbered},
};
use leptos::prelude::*;
use request::Typed;

/// Requests to someone else's server beyond which the page asks for care.
const MANY_REQUESTS: u64 = 1_000;

/// The form. Copies are the same form.
///
/// The settings are always the last ones that could be read; a field whose text cannot be read keeps its text and has a
/// problem.
#[derive(Clone, Copy)]
pub struct Form {
    setup: RwSignal<Setup>,
    /// Whether the whole form is shown beside a run or its report: the person edits it.
    pub is_unfolded: RwSignal<bool>,
}

struct Setup {
    params: Params,
    texts: [String; NumberField::ALL.len()],
    typed: Typed,
    is_url_settled: bool,
    is_edited: bool,
    /// Whether that is the language alone.
    is_only_reworded: bool,
    /// Whether the page filled in the address for cold connections: it belongs to the address measured then.
    is_cold_filled: bool,
    link_errors: Vec<ParamError>,
}

impl Setup {
    fn forget_filled(&mut self) {
        if std::mem::take(&mut self.is_cold_filled) {
            self.params.scenario.target.cold_url = None;
        }
    }
}

impl Form {
    /// The form as a link sets it, and what is wrong with the link.
    pub fn new(params: Params, link_errors: Vec<ParamError>) -> Self {
        let setup = Setup {
            texts: NumberField::ALL.map(|field| field.write(&params.scenario)),
            typed: Typed::of(&params.scenario.target),
            is_url_settled: !params.scenario.target.url.is_empty(),
            is_edited: false,
            is_only_reworded: false,
            is_cold_filled: false,
            params,
            link_errors,
        };
        Self { setup: RwSignal::new(setup), is_unfolded: RwSignal::new(false) }
    }

    /// The settings, for the link.
    pub fn params(self) -> Params {
        self.read(|setup| setup.params.clone())
    }

    /// Reads the settings, to show them.
    pub fn with<T>(self, read: impl FnOnce(&Scenario) -> T) -> T {
        self.read(|setup| read(&setup.params.scenario))
    }

    /// Changes the settings, as the person asks for.
    pub fn edit(self, change: impl FnOnce(&mut Scenario)) {
        self.edit_setup(|setup| change(&mut setup.params.scenario));
    }

    /// The settings, to run them.
    pub fn request(self) -> Request {
        let mut scenario = self.with(Scenario::clone);
        // An address whose field is not there would fail a run that does not need it.
        if !scenario.connection.contains(&Connection::Cold) {
            scenario.target = self.target_to_check();
        }
        Request::of(scenario)
    }

    /// Whether the settings are no longer those of the link the page was opened with.
    pub fn is_edited(self) -> bool {
        self.read(|setup| setup.is_edited)
    }

    /// Whether nothing but the language was changed.
    pub fn is_only_reworded(self) -> bool {
        self.read(|setup| setup.is_only_reworded)
    }

    /// What is wrong with the link; nothing once the form has written its own.
    pub fn link_errors(self) -> Vec<ParamError> {
        self.read(|setup| setup.link_errors.clone())
    }

    /// The settings are run as they are shown: what was wrong with the link is over.
    pub fn accept_link(self) {
        // Told without need, whoever follows the form would take it for edited.
        if !self.setup.with_untracked(|setup| setup.link_errors.is_empty()) {
            self.change(|setup| setup.link_errors.clear());
        }
    }

    /// Shows the settings of another step of the history, and what is wrong with them.
    pub fn go_to(self, params: Params, link_errors: Vec<ParamError>) {
        self.change(|setup| {
            setup.texts = NumberField::ALL.map(|field| field.write(&params.scenario));
            setup.typed.follow(&params.scenario.target);
            setup.is_url_settled = true;
            setup.params = params;
            setup.link_errors = link_errors;
            setup.is_edited = false;
            setup.is_only_reworded = false;
            setup.is_cold_filled = false;
        });
    }

    /// Shows a scenario that came from a script.
    pub fn show(self, scenario: Scenario) {
        self.change(|setup| {
            setup.texts = NumberField::ALL.map(|field| field.write(&scenario));
            setup.typed.follow(&scenario.target);
            setup.is_url_settled = true;
            setup.params.scenario = scenario;
        });
    }

    /// The address as typed.
    pub fn url(self) -> String {
        self.with(|scenario| scenario.target.url.clone())
    }

    /// Takes the address typed.
    pub fn type_url(self, typed: &str) {
        self.edit_setup(|setup| {
            typed.trim().clone_into(&mut setup.params.scenario.target.url);
            setup.is_url_settled = false;
            setup.forget_filled();
        });
    }

    /// The person has stopped typing the address: what is wrong with it may be told now.
    pub fn settle_url(self) {
        self.change(|setup| setup.is_url_settled = true);
    }

    /// The address checked; `None` when empty.
    pub fn checked_url(self) -> Option<Result<CheckedUrl, UrlProblem>> {
        let url = self.url();
        (!url.is_empty()).then(|| url_check::check(&url, &js::base_uri()))
    }

    /// What is wrong with the address, once it is typed to its end.
    pub fn url_problem(self) -> Option<UrlProblem> {
        self.read(|setup| setup.is_url_settled).then(|| self.checked_url()?.err()).flatten()
    }

    /// The text of a number field.
    pub fn text(self, field: NumberField) -> String {
        self.read(|setup| setup.texts[field as usize].clone())
    }

    /// Takes the text typed into a number field.
    pub fn type_number(self, field: NumberField, typed: String) {
        self.edit_setup(|setup| {
            // What cannot be read stays in the field and is told beside it.
            let _ = field.read(&typed, &mut setup.params.scenario);
            setup.texts[field as usize] = typed;
        });
    }

    /// What is wrong with a number field.
    pub fn number_problem(self, field: NumberField) -> Option<FieldProblem> {
        // Its field is not there, so that nobody could mend it.
        if field == NumberField::Rate && !self.with(|scenario| scenario.pacing.contains(&Pacing::Rate)) {
            return None;
        }
        field.read(&self.text(field), &mut Scenario::default()).err()
    }

    /// Whether requests are measured with this connection treatment.
    pub fn has_connection(self, connection: Connection) -> bool {
        self.with(|scenario| scenario.connection.contains(&connection))
    }

    /// What keeps the settings as a whole from being run, in the order in which it is found.
    pub fn scenario_problem(self) -> Option<ScenarioError> {
        self.with(|scenario| scenario.problems().into_iter().next())
    }

    /// The address for cold connections as typed.
    pub fn cold_url(self) -> String {
        self.with(|scenario| scenario.target.cold_url.clone().unwrap_or_default())
    }

    /// Takes the address typed for cold connections.
    pub fn type_cold_url(self, typed: &str) {
        let typed = typed.trim();
        self.edit_setup(|setup| {
            setup.params.scenario.target.cold_url = (!typed.is_empty()).then(|| typed.to_owned());
            setup.is_cold_filled = false;
        });
    }

    /// Fills in the address for cold connections that belongs to the default target.
    pub fn fill_cold_url(self, address: String) {
        self.edit_setup(|setup| {
            setup.params.scenario.target.cold_url = Some(address);
            setup.is_cold_filled = true;
        });
    }

    /// Whether cold connections are asked for and nothing forces them, or their address is none.
    pub fn is_cold_impossible(self) -> bool {
        self.has_connection(Connection::Cold)
            && match self.cold_url().as_str() {
                "" => !is_numbered(cut_at_authority(&self.url()).1),
                address => url_check::check(address, &js::base_uri()).is_err(),
            }
    }

    /// Puts the language into the link. A link that could not be read stays as it is, and what is wrong with it is still told.
    pub fn choose_language(self, language: Language) {
        self.change(|setup| {
            setup.params.lang = Some(language);
            setup.is_only_reworded |= !setup.is_edited;
            setup.is_edited |= setup.link_errors.is_empty();
        });
    }

    /// The preset that is set up, if it is one.
    pub fn preset(self) -> Option<Preset> {
        self.with(Preset::of)
    }

    /// Sets a preset up.
    pub fn choose_preset(self, preset: Preset) {
        self.edit_setup(|setup| {
            preset.apply(&mut setup.params.scenario);
            setup.forget_filled();
            setup.texts = NumberField::ALL.map(|field| field.write(&setup.params.scenario));
        });
    }

    /// Whether any variant is chosen.
    pub fn has_variants(self) -> bool {
        self.with(|scenario| !choices::chosen(scenario).is_empty())
    }

    /// Whether all that is typed can be run.
    pub fn can_run(self) -> bool {
        self.has_variants()
            && !matches!(self.checked_url(), Some(Err(_)))
            && !self.is_cold_impossible()
            && self.scenario_problem().is_none()
            && self.headers_problem().is_none()
            && NumberField::ALL.iter().all(|field| self.number_problem(*field).is_none())
    }

    /// Requests and host, when so many requests would go to someone else's server that its owner should know.
    pub fn large_run(self) -> Option<(u64, String)> {
        // Without an address it is the page's own host, which may be someone else's, too.
        let url = match self.checked_url() {
            Some(checked) => checked.ok()?,
            None => url_check::check(&js::base_uri(), "").ok()?,
        };
        // How many an auto run will send cannot be known, only that it may be many.
        let (requests, is_open) = self.with(|scenario| (scenario.total_requests(), scenario.auto.is_some()));
        ((is_open || requests > MANY_REQUESTS) && !url.is_local).then_some((requests, url.host))
    }

    /// Whether the address is one that a page loaded over https may not request.
    pub fn is_mixed_content(self) -> bool {
        let is_secure =
            js::window().and_then(|window| window.location().protocol().ok()).is_some_and(|p| p == "https:");
        is_secure && matches!(self.checked_url(), Some(Ok(url)) if url.is_insecure && !url.is_local)
    }

    fn read<T>(self, read: impl FnOnce(&Setup) -> T) -> T {
        self.setup.with(read)
    }

    /// A change by the person: the link is theirs from now on.
    fn edit_setup(self, change: impl FnOnce(&mut Setup)) {
        self.change(|setup| {
            change(setup);
            setup.is_edited = true;
            setup.is_only_reworded = false;
            setup.link_errors.clear();
        });
    }

    /// Nothing changes once the page is gone.
    fn change(self, change: impl FnOnce(&mut Setup)) {
        self.setup.try_update(change);
    }
}
