//! Several targets in one run.

use crate::{
    request::{
        secrets,
        target::{Method, Target, cut_at_authority, host_of},
    },
    scenario::{
        client::Client,
        factors::{Connection, Credentials, Lifecycle, Pacing, Thread},
        variant::AGAIN,
    },
};
use serde::{Deserialize, Serialize};

/// The longest label, in characters: it begins the id of every row.
const LONGEST_LABEL: usize = 40;

/// One of several targets. What it does not say itself is as in the scenario's `target`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct NamedTarget {
    /// Names its rows. Empty: one made from its address ([`super::Scenario::settle_targets`]).
    pub label: String,
    /// As [`Target::url`].
    pub url: String,
    /// As [`Target::cold_url`]; it is shared with no other target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cold_url: Option<String>,
    /// Its own method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// Its own headers, in place of all shared ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Vec<(String, String)>>,
    /// Its own body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Its own credentials mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
}

impl NamedTarget {
    /// A target that shares everything but its address.
    pub fn new(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self { label: label.into(), url: url.into(), ..Self::default() }
    }

    /// Whether it says more than its addresses and its label, which a link cannot hold.
    pub fn has_own_settings(&self) -> bool {
        let Self { label, url, cold_url, .. } = self;
        *self != Self { cold_url: cold_url.clone(), ..Self::new(label.clone(), url.clone()) }
    }

    /// The target without its own secrets.
    pub(super) fn masked(&self) -> Self {
        self.with(secrets::target(&self.with_shared(&Target::default())))
    }

    /// The target with the secrets of another on the same server.
    pub(super) fn restored(&self, from: &Target) -> Self {
        self.with(secrets::restored(&self.with_shared(&Target::default()), from))
    }

    fn with(&self, own: Target) -> Self {
        Self {
            url: own.url,
            cold_url: own.cold_url,
            headers: self.headers.is_some().then_some(own.headers),
            body: own.body,
            ..self.clone()
        }
    }

    pub(super) fn with_shared(&self, shared: &Target) -> Target {
        Target {
            url: self.url.clone(),
            cold_url: self.cold_url.clone(),
            method: self.method.unwrap_or(shared.method),
            headers: self.headers.as_ref().unwrap_or(&shared.headers).clone(),
            body: self.body.as_ref().or(shared.body.as_ref()).cloned(),
            credentials: self.credentials.unwrap_or(shared.credentials),
        }
    }
}

/// The labels given, and for the others the host of the address, or host and port, or the place in the list: the shortest that tells
/// all targets apart.
pub(super) fn labels(targets: &[NamedTarget]) -> Vec<String> {
    let authority = |target: &NamedTarget| cut_at_authority(&target.url).1.to_owned();
    let as_label = |text: &str| -> String {
        // Without Unicode's tables: the engine is loaded by everybody.
        let is_kept = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let label: String = text.chars().map(|c| if is_kept(c) { c } else { '-' }).collect();
        label.trim_matches('-').to_owned()
    };
    let with = |make: &dyn Fn(usize, &NamedTarget) -> String| -> Vec<String> {
        let label = |(at, target): (usize, &NamedTarget)| match target.label.as_str() {
            "" => make(at, target),
            label => label.to_owned(),
        };
        targets.iter().enumerate().map(label).collect()
    };
    let are_sound = |labels: &Vec<String>| {
        (0..labels.len()).all(|at| is_label(&labels[at]) && !labels[..at].contains(&labels[at]))
    };
    let by_host = with(&|_, target| as_label(host_of(&authority(target))));
    let by_authority = with(&|_, target| as_label(&authority(target)));
    let by_place = with(&|at, _| format!("target-{}", at + 1));
    [by_host, by_authority].into_iter().find(are_sound).unwrap_or(by_place)
}

/// Whether rows can be named by it: it is neither a word that rows have anyway, nor holds what separates words.
pub(super) fn is_label(label: &str) -> bool {
    let words = [Lifecycle::WORDS, Connection::WORDS, Pacing::WORDS, Thread::WORDS].concat();
    let is_sign = |c: char| c.is_whitespace() || c.is_control() || "<>=/:,".contains(c);
    !label.is_empty()
        && label.chars().count() <= LONGEST_LABEL
        && !label.contains(is_sign)
        && !words.contains(&label)
        && label != AGAIN
        && Client::named(label).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Scenario, ScenarioError};

    fn of(targets: &[(&str, &str)]) -> Scenario {
        let targets = targets.iter().map(|(label, url)| NamedTarget::new(*label, *url)).collect();
        let mut scenario = Scenario { targets, ..Scenario::default() };
        scenario.settle_targets();
        scenario
    }

    #[test]
    fn targets_without_a_label_are_named_by_their_address() {
        for (targets, expected) in [
            ([("", "https://a.example/x"), ("", "https://b.example/x")], ["a.example", "b.example"]),
            (
                [("", "http://127.0.0.1:81/x"), ("", "http://127.0.0.1:82/x")],
                ["127.0.0.1-81", "127.0.0.1-82"],
            ),
            ([("", "/a"), ("", "/b")], ["target-1", "target-2"]),
            ([("", "https://a.example/x"), ("new", "https://a.example/y")], ["a.example", "new"]),
            ([("", "http://[::1]:81/"), ("", "http://[::2]:81/")], ["1", "2"]),
        ] {
            let scenario = of(&targets);
            let labels = [0, 1].map(|at| scenario.targets[at].label.clone());
            assert_eq!(labels, expected);
            assert_eq!(scenario.problems(), []);
            assert_eq!(scenario.target.url, targets[0].1);
        }
    }

    #[test]
    fn labels_that_cannot_name_rows_are_refused() {
        for label in ["a b", "a/b", "a:b", "a<b", "fresh", "gloo-net", "again", "main", &"x".repeat(41)] {
            let problems = of(&[(label, "/a"), ("b", "/b")]).problems();
            assert_eq!(problems, [ScenarioError::Label(label.to_owned())]);
        }
        let problems = of(&[("a", "/a"), ("a", "/b")]).problems();
        assert!(problems.contains(&ScenarioError::SameLabel("a".to_owned())), "{problems:?}");
        let two = of(&[("a", "/a"), ("b", "/b")]);
        let beside = |set: fn(&mut Scenario)| {
            let mut scenario = two.clone();
            set(&mut scenario);
            scenario.problems()
        };
        assert_eq!(beside(|one| "/c".clone_into(&mut one.target.url)), [ScenarioError::UrlBesideTargets]);
        assert_eq!(beside(|one| one.target.cold_url = Some("/c".into())), [ScenarioError::UrlBesideTargets]);
    }

    #[test]
    fn what_a_target_does_not_say_itself_is_shared() {
        let json = r#"{"target": {"method": "POST", "body": "x", "headers": [["A", "1"]], "cold_url": "/cold"},
            "targets": [{"label": "a", "url": "/a"}, {"label": "b", "url": "/b", "method": "PUT", "headers": []}]}"#;
        let scenario: Scenario = serde_json::from_str(json).unwrap();
        let [a, b] = &scenario.all_targets()[..] else { panic!("two targets") };
        assert_eq!(
            (a.url.as_str(), a.method, a.headers.len(), a.body.as_deref()),
            ("/a", Method::Post, 1, Some("x"))
        );
        assert_eq!(
            (b.url.as_str(), b.method, b.headers.len(), b.body.as_deref()),
            ("/b", Method::Put, 0, Some("x"))
        );
        assert!(a.cold_url.is_none() && scenario.targets[1].has_own_settings());
        let back: Scenario = serde_json::from_str(&serde_json::to_string(&scenario).unwrap()).unwrap();
        assert_eq!(back, scenario);
    }

    #[test]
    fn no_target_keeps_its_secrets() {
        let mut scenario =
            of(&[("a", "https://a.example/?token=T1111"), ("b", "https://me:P2222@b.example/")]);
        scenario.targets[1].headers = Some(vec![("Authorization".into(), "Bearer H3333".into())]);
        scenario.target.headers = vec![("X-Api-Key".into(), "K4444".into())];
        let json = serde_json::to_string(&scenario.masked()).unwrap();
        assert!(!["T1111", "P2222", "H3333", "K4444"].iter().any(|secret| json.contains(secret)), "{json}");
        assert_eq!(scenario.secrets().hide("T1111 me:P2222 H3333 K4444"), "••• ••• ••• •••");
    }

    #[test]
    fn every_row_is_measured_on_every_target() {
        let mut scenario = of(&[("a", "/a"), ("b", "/b")]);
        scenario.aa = true;
        let rows: Vec<_> = scenario.variants().into_iter().map(|row| (row.target, row.id)).collect();
        let ids = ["gloo-net:reused", "gloo-net:fresh", "js-fetch:reused"]
            .map(|id| format!("{id}:warm:concurrent-100"));
        let mut expected: Vec<_> = ids.iter().map(|id| (0, format!("a:{id}"))).collect();
        expected.push((0, format!("a:{}:again", ids[0])));
        expected.extend(ids.iter().map(|id| (1, format!("b:{id}"))));
        assert_eq!(rows, expected);
        // One target in a list is one target.
        let alone = of(&[("a", "/a")]);
        assert_eq!(alone.variants(), Scenario::default().variants());
        assert_eq!(alone.all_targets()[0].url, "/a");
    }
}
