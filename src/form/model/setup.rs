//! What the form holds: the settings, and what is typed where that is not the setting itself.

use crate::form::model::number_fields::NumberField;
use fetchmark_core::{
    request::{header, target::Target},
    scenario::{
        Scenario,
        params::{ParamError, Params},
    },
};

/// What the form holds.
pub(super) struct Setup {
    /// The settings: always the last ones that could be read.
    pub(super) params: Params,
    /// The text of each number field.
    pub(super) texts: [String; NumberField::ALL.len()],
    /// The headers as typed, one a line.
    pub(super) headers: String,
    /// The body as typed. It is kept while the method takes none, so that choosing another method loses nothing.
    pub(super) body: String,
    pub(super) is_url_settled: bool,
    /// Whether the settings are no longer those of the link.
    pub(super) is_edited: bool,
    /// Whether that is the language alone.
    pub(super) is_only_reworded: bool,
    /// Whether the page filled in the address for cold connections: it belongs to the address measured then.
    pub(super) is_cold_filled: bool,
    pub(super) link_errors: Vec<ParamError>,
}

impl Setup {
    /// The form as a link sets it.
    pub(super) fn of(params: Params, link_errors: Vec<ParamError>) -> Self {
        let target = &params.scenario.target;
        Self {
            texts: texts_of(&params.scenario),
            headers: header::write_lines(&target.headers),
            body: target.body.clone().unwrap_or_default(),
            is_url_settled: !target.url.is_empty(),
            is_edited: false,
            is_only_reworded: false,
            is_cold_filled: false,
            params,
            link_errors,
        }
    }

    /// Settings that come in place of these. A body that is merely not sent stays.
    pub(super) fn replace(&mut self, scenario: Scenario) {
        let Target { headers, body, method, .. } = &scenario.target;
        self.texts = texts_of(&scenario);
        self.headers = header::write_lines(headers);
        match body {
            Some(body) => self.body.clone_from(body),
            None if method.takes_body() => self.body.clear(),
            None => {}
        }
        self.is_url_settled = true;
        self.params.scenario = scenario;
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

    /// Takes out the address for cold connections that the page filled in.
    pub(super) fn forget_filled(&mut self) {
        if std::mem::take(&mut self.is_cold_filled) {
            self.params.scenario.target.cold_url = None;
        }
    }
}

fn texts_of(scenario: &Scenario) -> [String; NumberField::ALL.len()] {
    NumberField::ALL.map(|field| field.write(scenario))
}
