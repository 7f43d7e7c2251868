//! Settings that were kept without their secrets.

use super::settings::Scenario;
use crate::request::{secrets, target::Target};

impl Scenario {
    /// Settings that were kept without their secrets, with those of others that have the same names. What targets share goes to all of them: a
    /// server that is not among the others' gets none, and neither does any beside it.
    #[must_use]
    pub fn restored(&self, from: &Self) -> Self {
        let known = from.all_targets();
        let alike = |target: &Target| known.iter().find(|other| secrets::are_on_one_server(target, other));
        let Some(sources) = self.all_targets().iter().map(alike).collect::<Option<Vec<_>>>() else {
            return self.clone();
        };
        let targets = self.targets.iter().zip(sources).map(|(target, from)| target.restored(from));
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
        // Of one of them alone, too.
        let alone = Scenario { targets: Vec::new(), ..typed.clone() };
        assert_eq!(alone.masked().restored(&typed), alone);
        let other = urls("https://a.example/?token=T1111", "https://c.example/").masked();
        assert_eq!(other.restored(&typed), other);
    }
}
