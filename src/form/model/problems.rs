//! What is wrong in the form, and what to warn of before a run.

use crate::{
    form::model::{choices, form::Form, number_fields::NumberField},
    js,
    run::url_check,
};
use fetchmark_core::{
    request::{
        header::{self, HeaderProblem},
        target::Target,
    },
    scenario::{
        Load, Scenario, ScenarioError,
        factors::{Connection, Pacing},
        params::Expected,
    },
};
use leptos::prelude::location;

/// Requests to someone else's server beyond which the page asks for care.
const MANY_REQUESTS: u64 = 1_000;

impl Form {
    pub fn number_problem(self, field: NumberField) -> Option<Expected> {
        // Its field is not there, so that nobody could mend it.
        if field == NumberField::Rate && !self.with(|scenario| scenario.pacing.contains(&Pacing::Rate)) {
            return None;
        }
        field.read(&self.text(field), &mut Scenario::default()).err()
    }

    /// What is wrong with the first line that is no header.
    pub fn headers_problem(self) -> Option<HeaderProblem> {
        self.read(|setup| header::read_lines(&setup.headers).err())
    }

    /// What is wrong with all of the settings together; what a field shows is mended first.
    pub fn scenario_problem(self) -> Option<ScenarioError> {
        let has_field = |problem: &ScenarioError| {
            matches!(problem, ScenarioError::Label(_) | ScenarioError::SameLabel(_))
        };
        self.with(|scenario| scenario.problems().into_iter().next()).filter(|problem| !has_field(problem))
    }

    pub fn has_variants(self) -> bool {
        self.with(|scenario| !choices::chosen(scenario).is_empty())
    }

    pub fn can_run(self) -> bool {
        self.has_variants()
            && self.are_addresses_sound()
            && !self.is_any_cold_impossible()
            && self.with(|scenario| scenario.problems().is_empty())
            && self.headers_problem().is_none()
            && NumberField::ALL.iter().all(|field| self.number_problem(*field).is_none())
    }

    /// Whose servers get how many requests, when these are so many that the owners should know.
    pub fn large_run(self) -> Option<Vec<Load>> {
        if !self.are_addresses_sound() {
            return None;
        }
        let hosts = |target: &Target| -> Vec<String> {
            // Without an address it is the page's own host, which may be someone else's, too.
            let base = js::base_uri();
            let url = if target.url.is_empty() { &base } else { &target.url };
            url_check::check(url, &base)
                .ok()
                .filter(|url| !url.is_local)
                .map(|url| url.host)
                .into_iter()
                .collect()
        };
        // How many an auto run will send cannot be known, only that it may be many.
        let (loads, is_open) = self.with(|scenario| (scenario.loads(hosts), scenario.auto.is_some()));
        let requests: u64 = loads.iter().map(|load| load.requests).sum();
        (!loads.is_empty() && (is_open || requests > MANY_REQUESTS)).then_some(loads)
    }

    /// Whether an address is one that a page loaded over https may not request.
    pub fn is_mixed_content(self) -> bool {
        let is_secure = location().protocol().is_ok_and(|protocol| protocol == "https:");
        let mut urls = self.checked_urls().into_iter();
        is_secure && urls.any(|url| matches!(url, Some(Ok(url)) if url.is_insecure && !url.is_local))
    }

    fn are_addresses_sound(self) -> bool {
        self.checked_urls().iter().all(|url| !matches!(url, Some(Err(_))))
    }

    /// Whether addresses and headers are such that a check can be made.
    pub fn can_be_checked(self) -> bool {
        // An address whose field is not there is left out.
        let is_cold_sound = !self.has_connection(Connection::Cold)
            || (0..self.addresses()).all(|at| {
                let address = self.cold_url(at);
                address.is_empty() || url_check::check(&address, &js::base_uri()).is_ok()
            });
        is_cold_sound && self.are_addresses_sound() && self.headers_problem().is_none()
    }
}
