//! Settings that were kept without their secrets.

use super::settings::Scenario;
use crate::request::{secrets, target::Target};

impl Scenario {
    /// Settings that were kept without their secrets, with those of others that have the same names. What targets share goes to all of them: a
    /// server that is not among the others' gets none, and neither does any beside it.
    #[must_use]
    pub fn restored(&self, from: &Self) -> Self {
        let known = from.all_targets();
        let label = |scenario: &Self, at: usize| scenario.targets.get(at).map(|target| target.label.clone());
        // Of several on one server the one with the same label, or else in the same place.
        let alike = |(at, target): (usize, &Target)| {
            let is_alike = |other: &&usize| secrets::are_on_one_server(target, &known[**other]);
            let places: Vec<usize> = (0..known.len()).collect();
            let alike: Vec<&usize> = places.iter().filter(is_alike).collect();
            let named = alike.iter().find(|other| label(from, ***other) == label(self, at));
            let found = named.or(alike.iter().find(|other| ***other == at)).or(alike.first())?;
            // What it had in place of a shared secret is not in a link: the shared one is not its own.
            let had_own = from.targets.get(**found).is_some_and(|target| target.headers.is_some());
            let has_own = self.targets.get(at).is_some_and(|target| target.headers.is_some());
            (has_own || !had_own).then(|| known[**found].clone())
        };
        let Some(sources) = self.all_targets().iter().enumerate().map(alike).collect::<Option<Vec<_>>>()
        else {
            return self.clone();
        };
        let targets = self.targets.iter().zip(sources).map(|(target, from)| target.restored(&from));
        Self {
            target: secrets::restored(&self.target, &from.target),
            targets: targets.collect(),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{NamedTarget, Scenario};

    #[test]
    fn secrets_come_back_where_every_server_had_them() {
        let urls = |a: &str, b: &str| {
            let targets = vec![NamedTarget::new("a", a), NamedTarget::new("b", b)];
            let mut scenario = Scenario { targets, ..Scenario::default() };
            scenario.settle_targets();
            scenario.target.headers = vec![("X-Api-Key".into(), "K4444".into())];
            scenario
        };
        let typed = urls("https://a.example/?token=T1111", "https://b.example/?token=T2222");
        assert_eq!(typed.masked().restored(&typed), typed);
        // Each its own, on one server too.
        let both = urls("https://a.example/1?token=T1111", "https://a.example/2?token=T2222");
        assert_eq!(both.masked().restored(&both), both);
        // A target that had another header in place of the shared secret does not get that.
        let mut own = typed.clone();
        own.targets[1].headers = Some(Vec::new());
        let link = Scenario { targets: typed.masked().targets, ..own.masked() };
        assert_eq!(link.restored(&own), link);
        // Of one of them alone, too.
        let alone = Scenario { targets: Vec::new(), ..typed.clone() };
        assert_eq!(alone.masked().restored(&typed), alone);
        let other = urls("https://a.example/?token=T1111", "https://c.example/").masked();
        assert_eq!(other.restored(&typed), other);
    }
}
