//! The addresses of the form: one, or several that are compared.

use crate::{
    form::model::form::Form,
    js,
    run::url_check::{self, CheckedUrl},
    text::UrlProblem,
};
use fetchmark_core::{
    request::target::{Target, cut_at_authority, is_numbered},
    scenario::{NamedTarget, Scenario, ScenarioError, factors::Connection},
};

impl Form {
    pub fn addresses(self) -> usize {
        self.with(|scenario| scenario.targets.len().max(1))
    }

    pub fn url(self) -> String {
        self.url_at(0)
    }

    pub fn url_at(self, at: usize) -> String {
        self.with(|scenario| match scenario.targets.get(at) {
            Some(target) => target.url.clone(),
            None => scenario.target.url.clone(),
        })
    }

    pub fn type_url(self, at: usize, typed: &str) {
        self.edit_setup(|setup| {
            let scenario = &mut setup.params.scenario;
            let url = match scenario.targets.get_mut(at) {
                Some(target) => &mut target.url,
                None => &mut scenario.target.url,
            };
            typed.trim().clone_into(url);
            setup.unsettled = Some(at);
            setup.settle_targets();
            if at == 0 {
                setup.forget_filled();
            }
        });
    }

    /// The person has stopped typing an address: what is wrong with it may be shown now.
    pub fn settle_url(self) {
        self.change(|setup| setup.unsettled = None);
    }

    /// What names its rows as typed, and what does so where nothing is typed.
    pub fn label(self, at: usize) -> (String, String) {
        let typed = self.read(|setup| setup.labels.get(at).cloned());
        let label = self.with(|scenario| scenario.targets.get(at).map(|target| target.label.clone()));
        (typed.unwrap_or_default(), label.unwrap_or_default())
    }

    pub fn type_label(self, at: usize, typed: &str) {
        self.edit_setup(|setup| {
            if let Some(label) = setup.labels.get_mut(at) {
                typed.trim().clone_into(label);
            }
            setup.settle_targets();
        });
    }

    pub fn add_address(self) {
        self.edit_setup(|setup| {
            let scenario = &mut setup.params.scenario;
            if scenario.targets.is_empty() {
                let Target { url, cold_url, .. } = &mut scenario.target;
                let first = NamedTarget { cold_url: cold_url.take(), ..NamedTarget::new("", url.clone()) };
                scenario.targets.push(first);
            }
            scenario.targets.push(NamedTarget::default());
            setup.labels.resize(scenario.targets.len(), String::new());
            setup.unsettled = Some(scenario.targets.len() - 1);
            setup.settle_targets();
        });
    }

    pub fn remove_address(self, at: usize) {
        self.edit_setup(|setup| {
            if at < setup.labels.len() {
                setup.params.scenario.targets.remove(at);
                setup.labels.remove(at);
            }
            setup.settle_targets();
            setup.fold_one_target();
        });
    }

    pub fn labels(self) -> Vec<String> {
        self.with(|scenario| scenario.targets.iter().map(|target| target.label.clone()).collect())
    }

    /// The labels of targets with settings that no field shows.
    pub fn with_own_settings(self) -> Vec<String> {
        self.with(|scenario| {
            let own = scenario.targets.iter().filter(|target| target.has_own_settings());
            own.map(|target| target.label.clone()).collect()
        })
    }

    pub fn cold_url(self, at: usize) -> String {
        self.with(|scenario| match scenario.targets.get(at) {
            Some(target) => target.cold_url.clone(),
            None => scenario.target.cold_url.clone(),
        })
        .unwrap_or_default()
    }

    pub fn type_cold_url(self, at: usize, typed: &str) {
        let typed = typed.trim();
        self.edit_setup(|setup| {
            *cold_url(&mut setup.params.scenario, at) = (!typed.is_empty()).then(|| typed.to_owned());
            setup.is_cold_filled = false;
        });
    }

    /// Fills in the address for cold connections that belongs to the default target.
    pub fn fill_cold_url(self, address: String) {
        self.edit_setup(|setup| {
            *cold_url(&mut setup.params.scenario, 0) = Some(address);
            setup.is_cold_filled = true;
        });
    }

    /// What is checked: the targets with their labels, without addresses for cold connections that are none.
    pub fn targets_to_check(self) -> Vec<(String, Target)> {
        let scenario = self.sound_scenario();
        let mut labels = scenario.targets.iter().map(|target| target.label.clone());
        let targets = scenario.all_targets().into_iter();
        targets.map(|target| (labels.next().unwrap_or_default(), target)).collect()
    }

    /// The settings without addresses for cold connections that are none.
    pub(super) fn sound_scenario(self) -> Scenario {
        let mut scenario = self.with(Scenario::clone);
        for at in 0..scenario.targets.len().max(1) {
            let address = cold_url(&mut scenario, at);
            *address = address.take().filter(|address| checked(address).is_ok());
        }
        scenario
    }

    /// The address checked; `None` where an empty one means the default.
    fn checked_url(self, at: usize) -> Option<Result<CheckedUrl, UrlProblem>> {
        match self.url_at(at) {
            url if !url.is_empty() => Some(checked(&url)),
            _ if at > 0 => Some(Err(UrlProblem::Missing)),
            _ => None,
        }
    }

    pub(super) fn checked_urls(self) -> Vec<Option<Result<CheckedUrl, UrlProblem>>> {
        (0..self.addresses()).map(|at| self.checked_url(at)).collect()
    }

    /// What is wrong with the address, once it is typed to its end.
    pub fn url_problem(self, at: usize) -> Option<UrlProblem> {
        let is_typed = self.read(|setup| setup.unsettled == Some(at));
        if is_typed { None } else { self.checked_url(at)?.err() }
    }

    pub fn label_problem(self, at: usize) -> Option<ScenarioError> {
        self.with(|scenario| {
            let label = &scenario.targets.get(at)?.label;
            let is_second = scenario.targets[..at].iter().any(|earlier| earlier.label == *label);
            scenario.problems().into_iter().find(|problem| match problem {
                ScenarioError::Label(of) => of == label,
                ScenarioError::SameLabel(of) => is_second && of == label,
                _ => false,
            })
        })
    }

    /// Whether cold connections are asked for and nothing forces them, or their address is none.
    pub fn is_cold_impossible(self, at: usize) -> bool {
        self.has_connection(Connection::Cold)
            && match self.cold_url(at).as_str() {
                "" => !is_numbered(cut_at_authority(&self.url_at(at)).1),
                address => checked(address).is_err(),
            }
    }

    pub fn is_any_cold_impossible(self) -> bool {
        (0..self.addresses()).any(|at| self.is_cold_impossible(at))
    }
}

fn checked(address: &str) -> Result<CheckedUrl, UrlProblem> {
    url_check::check(address, &js::base_uri())
}

fn cold_url(scenario: &mut Scenario, at: usize) -> &mut Option<String> {
    match scenario.targets.get_mut(at) {
        Some(target) => &mut target.cold_url,
        None => &mut scenario.target.cold_url,
    }
}
