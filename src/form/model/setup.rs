//! What the form holds: the settings, and what is typed where that is not the setting itself.

use crate::form::model::number_fields::NumberField;
use fetchmark_core::{
    request::{header, target::Target},
    scenario::{
        Scenario,
        params::{ParamError, Params},
    },
};

pub(super) struct Setup {
    /// The settings: always the last ones that could be read.
    pub(super) params: Params,
    pub(super) texts: [String; NumberField::ALL.len()],
    /// The headers as typed, one a line.
    pub(super) headers: String,
    /// The body as typed. It is kept while the method takes none, so that choosing another method loses nothing.
    pub(super) body: String,
    /// The label of each of several targets as typed; empty where its address names it.
    pub(super) labels: Vec<String>,
    pub(super) unsettled: Option<usize>,
    /// Whether the settings are no longer those of the link.
    pub(super) is_edited: bool,
    /// Whether that is the language alone.
    pub(super) is_only_reworded: bool,
    /// Whether the page filled in the address for cold connections: it belongs to the address measured then.
    pub(super) is_cold_filled: bool,
    pub(super) link_errors: Vec<ParamError>,
}

impl Setup {
    pub(super) fn of(params: Params, link_errors: Vec<ParamError>) -> Self {
        let scenario = params.scenario.clone();
        let mut setup = Self {
            texts: texts_of(&scenario),
            headers: String::new(),
            body: String::new(),
            labels: Vec::new(),
            unsettled: None,
            is_edited: false,
            is_only_reworded: false,
            is_cold_filled: false,
            params,
            link_errors,
        };
        setup.replace(scenario);
        setup
    }

    /// Settings that come in place of these. A body that is merely not sent stays.
    pub(super) fn replace(&mut self, scenario: Scenario) {
        self.labels = typed_labels(&scenario);
        self.unsettled = None;
        self.params.scenario = scenario;
        self.fold_one_target();
        self.settle_targets();
        self.rewrite_numbers();
        self.show_request();
    }

    /// Shows the headers and the body of the settings once they are others.
    pub(super) fn show_request(&mut self) {
        let Target { headers, body, method, .. } = &self.params.scenario.target;
        self.headers = header::write_lines(headers);
        match body {
            Some(body) => self.body.clone_from(body),
            None if method.takes_body() => self.body.clear(),
            None => {}
        }
    }

    /// Shows the numbers of the settings once they are others.
    pub(super) fn rewrite_numbers(&mut self) {
        self.texts = texts_of(&self.params.scenario);
    }

    /// The typed body is the request's where the method takes one.
    pub(super) fn settle_body(&mut self) {
        let target = &mut self.params.scenario.target;
        let is_sent = target.method.takes_body() && !self.body.is_empty();
        target.body = is_sent.then(|| self.body.clone());
    }

    /// Names the targets as typed, or else by their addresses.
    pub(super) fn settle_targets(&mut self) {
        let scenario = &mut self.params.scenario;
        for (target, typed) in scenario.targets.iter_mut().zip(&self.labels) {
            target.label.clone_from(typed);
        }
        if let Some(first) = scenario.targets.first() {
            scenario.target.url.clone_from(&first.url);
        }
        scenario.settle_targets();
    }

    /// A list of one target is that target: all its settings have fields.
    pub(super) fn fold_one_target(&mut self) {
        let scenario = &mut self.params.scenario;
        if scenario.targets.len() == 1 {
            scenario.target = scenario.all_targets().remove(0);
            scenario.targets.clear();
            self.labels.clear();
            self.show_request();
        }
    }

    /// Takes out the address for cold connections that the page filled in.
    pub(super) fn forget_filled(&mut self) {
        if std::mem::take(&mut self.is_cold_filled) {
            let Scenario { target, targets, .. } = &mut self.params.scenario;
            target.cold_url = None;
            targets.first_mut().into_iter().for_each(|first| first.cold_url = None);
        }
    }
}

fn texts_of(scenario: &Scenario) -> [String; NumberField::ALL.len()] {
    NumberField::ALL.map(|field| field.write(scenario))
}

/// The labels of targets as a person would have typed them: none where it is the one that the address gives.
fn typed_labels(scenario: &Scenario) -> Vec<String> {
    let mut unnamed = scenario.clone();
    unnamed.targets.iter_mut().for_each(|target| target.label.clear());
    unnamed.settle_targets();
    let pairs = scenario.targets.iter().zip(unnamed.targets);
    pairs
        .map(|(given, made)| if given.label == made.label { String::new() } else { given.label.clone() })
        .collect()
}
