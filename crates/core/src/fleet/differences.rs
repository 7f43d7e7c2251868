//! What keeps two reports from being of one run.

use crate::{
    report::{Origin, Report},
    scenario::Scenario,
};

/// What they measured differently, in words; `None` if nothing. Browsers, and how many rounds each came to, may differ.
pub(super) fn difference(first: &Report, other: &Report) -> Option<String> {
    let rows = |report: &Report| report.variants.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    if rows(first) != rows(other) {
        return Some(format!("its rows are {}, and not {}", rows(other).join(", "), rows(first).join(", ")));
    }
    let (one, two) = (&first.scenario, &other.scenario);
    let addresses = |scenario: &Scenario| {
        scenario.all_targets().into_iter().map(|target| target.url).collect::<Vec<_>>().join(" ")
    };
    let origin = |report: &Report| report.environment.origin.unwrap_or(Origin::Page).word().to_owned();
    let settings = [
        ("the URL", addresses(one), addresses(two)),
        ("n", one.n.to_string(), two.n.to_string()),
        ("timeout", format!("{} ms", one.timeout_ms), format!("{} ms", two.timeout_ms)),
        ("margin", one.margin.to_string(), two.margin.to_string()),
        ("the origin of its document", origin(first), origin(other)),
        ("the Fetchmark version", first.fetchmark_version.clone(), other.fetchmark_version.clone()),
    ];
    let different = settings.into_iter().find(|(_, one, two)| one != two);
    if let Some((name, one, two)) = different {
        return Some(format!("{name} is {two}, and not {one}"));
    }
    let request = |scenario: &Scenario| {
        let targets = scenario.all_targets().into_iter();
        targets
            .map(|target| (target.method, target.headers, target.body, target.credentials))
            .collect::<Vec<_>>()
    };
    (request(one) != request(two)).then(|| "its method, headers, body or credentials are others".to_owned())
}
