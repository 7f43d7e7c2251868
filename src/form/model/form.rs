use crate::{
    form::model::{number_fields::NumberField, setup::Setup},
    run::request::Request,
};
use fetchmark_core::{
    request::{header, target::Method},
    scenario::{
        Scenario,
        factors::Connection,
        params::{Language, ParamError, Params},
        preset::Preset,
    },
};
use leptos::prelude::*;

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

impl Form {
    pub fn new(params: Params, link_errors: Vec<ParamError>) -> Self {
        Self { setup: RwSignal::new(Setup::of(params, link_errors)), is_unfolded: RwSignal::new(false) }
    }

    pub fn params(self) -> Params {
        self.read(|setup| setup.params.clone())
    }

    pub fn with<T>(self, read: impl FnOnce(&Scenario) -> T) -> T {
        self.read(|setup| read(&setup.params.scenario))
    }

    pub fn edit(self, change: impl FnOnce(&mut Scenario)) {
        self.edit_setup(|setup| change(&mut setup.params.scenario));
    }

    pub fn request(self) -> Request {
        // An address whose field is not there would fail a run that does not need it.
        let has_fields = self.has_connection(Connection::Cold);
        Request::of(if has_fields { self.with(Scenario::clone) } else { self.sound_scenario() })
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
        // A change without need would look like an edit to whatever follows the form.
        if !self.setup.with_untracked(|setup| setup.link_errors.is_empty()) {
            self.change(|setup| setup.link_errors.clear());
        }
    }

    /// Shows the settings of another step of the history, and what is wrong with them.
    pub fn go_to(self, params: Params, link_errors: Vec<ParamError>) {
        self.change(|setup| {
            let scenario = params.scenario.clone();
            setup.params = params;
            setup.replace(scenario);
            setup.link_errors = link_errors;
            setup.is_edited = false;
            setup.is_only_reworded = false;
            setup.is_cold_filled = false;
        });
    }

    pub fn show(self, scenario: Scenario) {
        self.change(|setup| setup.replace(scenario));
    }

    pub fn text(self, field: NumberField) -> String {
        self.read(|setup| setup.texts[field as usize].clone())
    }

    pub fn type_number(self, field: NumberField, typed: String) {
        self.edit_setup(|setup| {
            // What cannot be read stays in the field, with its error beside it.
            let _ = field.read(&typed, &mut setup.params.scenario);
            setup.texts[field as usize] = typed;
        });
    }

    pub fn has_connection(self, connection: Connection) -> bool {
        self.with(|scenario| scenario.connection.contains(&connection))
    }

    pub fn method(self) -> Method {
        self.with(|scenario| scenario.target.method)
    }

    pub fn choose_method(self, method: Method) {
        self.edit_setup(|setup| {
            setup.params.scenario.target.method = method;
            setup.settle_body();
        });
    }

    /// The headers as typed, one a line.
    pub fn headers(self) -> String {
        self.read(|setup| setup.headers.clone())
    }

    /// Takes the headers typed. What cannot be read stays in the field, with its error beside it.
    pub fn type_headers(self, typed: String) {
        self.edit_setup(|setup| {
            if let Ok(headers) = header::read_lines(&typed) {
                setup.params.scenario.target.headers = headers;
            }
            setup.headers = typed;
        });
    }

    /// The body as typed, whether or not the method takes one.
    pub fn body(self) -> String {
        self.read(|setup| setup.body.clone())
    }

    pub fn type_body(self, typed: String) {
        self.edit_setup(|setup| {
            setup.body = typed;
            setup.settle_body();
        });
    }

    /// Whether a body is typed that the method does not take.
    pub fn is_body_kept(self) -> bool {
        !self.method().takes_body() && !self.body().is_empty()
    }

    /// Puts the language into the link. A link that could not be read stays as it is, and what is wrong with it is still shown.
    pub fn choose_language(self, language: Language) {
        self.change(|setup| {
            setup.params.lang = Some(language);
            setup.is_only_reworded |= !setup.is_edited;
            setup.is_edited |= setup.link_errors.is_empty();
        });
    }

    pub fn preset(self) -> Option<Preset> {
        self.with(Preset::of)
    }

    pub fn choose_preset(self, preset: Preset) {
        self.edit_setup(|setup| {
            preset.apply(&mut setup.params.scenario);
            // One that needs no server has no list of them.
            setup.labels.truncate(setup.params.scenario.targets.len());
            setup.forget_filled();
            setup.rewrite_numbers();
        });
    }

    pub(super) fn read<T>(self, read: impl FnOnce(&Setup) -> T) -> T {
        self.setup.with(read)
    }

    /// A change by the person: the link is theirs from now on.
    pub(super) fn edit_setup(self, change: impl FnOnce(&mut Setup)) {
        self.change(|setup| {
            change(setup);
            setup.is_edited = true;
            setup.is_only_reworded = false;
            setup.link_errors.clear();
        });
    }

    /// Nothing changes once the page is gone.
    pub(super) fn change(self, change: impl FnOnce(&mut Setup)) {
        self.setup.try_update(change);
    }
}
