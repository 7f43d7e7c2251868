//! What is wrong in the form, and what to warn of before a run.

use crate::{
    form::model::{choices, form::Form, number_fields::NumberField},
    js,
    run::url_check::{self, CheckedUrl},
    text::UrlProblem,
};
use fetchmark_core::{
    request::{
        header::{self, HeaderProblem},
        target::{cut_at_authority, is_numbered},
    },
    scenario::{
        Scenario, ScenarioError,
        factors::{Connection, Pacing},
        params::Expected,
    },
};
use leptos::prelude::location;

/// Requests to someone else's server beyond which the page asks for care.
const MANY_REQUESTS: u64 = 1_000;

impl Form {
    /// The address checked; `None` when empty.
    fn checked_url(self) -> Option<Result<CheckedUrl, UrlProblem>> {
        let url = self.url();
        (!url.is_empty()).then(|| url_check::check(&url, &js::base_uri()))
    }

    /// What is wrong with the address, once it is typed to its end.
    pub fn url_problem(self) -> Option<UrlProblem> {
        self.read(|setup| setup.is_url_settled).then(|| self.checked_url()?.err()).flatten()
    }

    /// What is wrong with a number field.
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

    pub fn scenario_problem(self) -> Option<ScenarioError> {
        self.with(|scenario| scenario.problems().into_iter().next())
    }

    /// Whether cold connections are asked for and nothing forces them, or their address is none.
    pub fn is_cold_impossible(self) -> bool {
        self.has_connection(Connection::Cold)
            && match self.cold_url().as_str() {
                "" => !is_numbered(cut_at_authority(&self.url()).1),
                address => url_check::check(address, &js::base_uri()).is_err(),
            }
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
        let is_secure = location().protocol().is_ok_and(|protocol| protocol == "https:");
        is_secure && matches!(self.checked_url(), Some(Ok(url)) if url.is_insecure && !url.is_local)
    }

    /// Whether addresses and headers are such that a check can be made.
    pub fn can_be_checked(self) -> bool {
        // An address whose field is not there is left out.
        let is_cold_sound = self.cold_url().is_empty()
            || !self.has_connection(Connection::Cold)
            || url_check::check(&self.cold_url(), &js::base_uri()).is_ok();
        is_cold_sound && !matches!(self.checked_url(), Some(Err(_))) && self.headers_problem().is_none()
    }
}
