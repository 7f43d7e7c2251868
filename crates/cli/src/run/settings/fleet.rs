//! In how many browsers to measure, where they are opened, and when they begin.

use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use fetchmark_core::scenario::Scenario;
use fetchmark_core::scenario::limits::{MAX_IN_FLIGHT, MAX_REQUESTS, MOST_SESSIONS};
use fetchmark_webdriver::Endpoint;
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::options::Settings;
use crate::run::proxy::{is_loopback, requested_urls};
use crate::run::python;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fleet {
    pub(crate) sessions: usize,
    /// How many must open.
    pub(crate) to_begin: usize,
    /// How many must be left.
    pub(crate) to_go_on: usize,
    pub(crate) lockstep: bool,
    /// When the first measured block begins, since 1970.
    pub(crate) start_at: Option<Duration>,
}

impl Fleet {
    /// Whether sessions wait for each other, or for a time.
    pub(crate) fn has_appointment(&self) -> bool {
        self.sessions > 1 || self.start_at.is_some()
    }
}

/// `page`: where the page is served already, if it is.
pub(super) fn read(
    settings: &Settings,
    scenario: &Scenario,
    page: Option<&Url>,
    problems: &mut Vec<String>,
) -> Fleet {
    let drivers = settings.webdriver.len();
    let sessions = settings.sessions.unwrap_or(drivers.max(1));
    let fleet = Fleet {
        sessions,
        to_begin: settings.min_sessions.unwrap_or(sessions),
        to_go_on: settings.min_sessions.unwrap_or(1),
        lockstep: settings.lockstep,
        start_at: start_at(settings.start_at.as_deref(), problems),
    };
    let mut refuse = |is_wrong: bool, problem: &str| {
        if is_wrong {
            problems.push(problem.to_owned());
        }
    };
    refuse(
        !(1..=MOST_SESSIONS).contains(&sessions),
        &format!("--sessions cannot be {sessions}. Give a number from 1 to {MOST_SESSIONS}."),
    );
    refuse(
        sessions < drivers,
        "There are more --webdriver than --sessions. Each opens at least one: leave --sessions out, or some --webdriver.",
    );
    refuse(
        !(1..=sessions).contains(&fleet.to_begin),
        &format!("--min-sessions cannot be {}. Give a number from 1 to that of --sessions.", fleet.to_begin),
    );
    refuse(
        fleet.lockstep && sessions == 1,
        "--lockstep is for several browsers. Add --sessions, or leave it out.",
    );
    refuse(
        fleet.has_appointment() && scenario.warmup == 0,
        "Browsers begin together after a warm-up round, and --warmup is 0. Leave it out, or --sessions and --start-at.",
    );
    let is_fleet = sessions > 1;
    refuse(
        is_fleet && scenario.auto.is_some(),
        "With --rounds auto each of several browsers would end when its own verdict is clear. Give --rounds a number.",
    );
    refuse(
        is_fleet && python::is_wanted(scenario),
        "Python's clients run once, on this machine, and not in each of several browsers. Leave them out, or --sessions.",
    );
    let (in_flight, requests) = load(scenario, sessions);
    let is_much = in_flight > u64::from(MAX_IN_FLIGHT) || requests > MAX_REQUESTS;
    if is_fleet && is_much && !settings.allow_load && is_of_others(settings, scenario, page) {
        problems.push(format!(
            "{sessions} browsers have up to {in_flight} requests in flight and send {requests}. All together may have {MAX_IN_FLIGHT} \
             and send {MAX_REQUESTS}, as one may: lower --concurrency (or --n, --rounds, --sessions), or add --allow-load if the server's \
             owner agrees."
        ));
    }
    fleet
}

/// Requests in flight at a time, and in all.
fn load(scenario: &Scenario, sessions: usize) -> (u64, u64) {
    let in_flight = scenario.variants().iter().map(|variant| variant.concurrency).max().unwrap_or_default();
    (u64::from(in_flight) * sessions as u64, scenario.total_requests() * sessions as u64)
}

/// Whether any request goes to another machine.
fn is_of_others(settings: &Settings, scenario: &Scenario, page: Option<&Url>) -> bool {
    let is_served_here = settings.bind.is_some() || settings.port.is_some();
    let Some(page) = page.cloned().or_else(|| Url::parse("http://localhost/").ok()) else { return true };
    let urls = scenario.all_targets().into_iter().flat_map(|target| requested_urls(&target, &page));
    urls.into_iter().any(|url| !(is_loopback(&url) || is_served_here && url.origin() == page.origin()))
}

fn start_at(text: Option<&str>, problems: &mut Vec<String>) -> Option<Duration> {
    let text = text?;
    let time = humantime::parse_rfc3339_weak(text).ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    match time {
        None => problems.push(format!(
            "--start-at cannot be “{text}”. Write a date and a time in UTC, such as 2026-12-01T09:30:00Z."
        )),
        Some(time) if SystemTime::now() > UNIX_EPOCH + time => {
            problems.push(format!("--start-at {text} has passed. Give a future time."));
        }
        Some(_) => {}
    }
    time
}

/// The WebDrivers of these addresses, each with the headers.
pub(super) fn endpoints(addresses: &[Url], headers: &[String], problems: &mut Vec<String>) -> Vec<Endpoint> {
    let mut map = HeaderMap::new();
    for line in headers {
        let header = line.split_once(':').and_then(|(name, value)| {
            let name = HeaderName::from_str(name.trim()).ok()?;
            let mut value = HeaderValue::from_str(value.trim()).ok()?;
            value.set_sensitive(true);
            Some((name, value))
        });
        match header {
            Some((name, value)) => drop(map.append(name, value)),
            // Without a colon all of it may be the secret.
            None => problems.push(format!(
                "--webdriver-header {}has no valid name or value. Write NAME: VALUE.",
                line.split_once(':').map_or_else(String::new, |(name, _)| format!("{} ", name.trim()))
            )),
        }
    }
    if addresses.is_empty() && !headers.is_empty() {
        problems.push("--webdriver-header is for --webdriver. Add it, or leave the header out.".to_owned());
    }
    addresses.iter().map(|address| Endpoint::new(address).with_headers(map.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::request::target::Target;
    use fetchmark_core::scenario::AutoBudget;

    fn problems(settings: &Settings, scenario: &Scenario) -> String {
        let mut problems = Vec::new();
        read(settings, scenario, None, &mut problems);
        problems.join(" ")
    }

    fn of(sessions: usize) -> Settings {
        Settings { sessions: Some(sessions), ..Settings::default() }
    }

    #[test]
    fn each_webdriver_has_a_session_unless_more_are_asked_for() {
        let webdriver = vec!["http://a/".to_owned(), "http://b/".to_owned()];
        let read = |settings: &Settings| read(settings, &Scenario::default(), None, &mut Vec::new());
        assert_eq!(read(&Settings::default()).sessions, 1);
        let two = Settings { webdriver, ..Settings::default() };
        assert_eq!((read(&two).sessions, read(&two).to_begin, read(&two).to_go_on), (2, 2, 1));
        let settings = Settings { sessions: Some(8), min_sessions: Some(6), ..two.clone() };
        assert_eq!((read(&settings).sessions, read(&settings).to_begin, read(&settings).to_go_on), (8, 6, 6));
        let too_few = Settings { sessions: Some(1), ..two };
        assert!(problems(&too_few, &Scenario::default()).contains("more --webdriver than --sessions"));
    }

    #[test]
    fn what_several_browsers_cannot_do_is_refused() {
        let scenario = Scenario::default();
        assert_eq!(problems(&of(4), &scenario), "");
        for (settings, expected) in [
            (of(0), "--sessions cannot be 0"),
            (Settings { min_sessions: Some(3), ..of(2) }, "--min-sessions cannot be 3"),
            (Settings { lockstep: true, ..of(1) }, "--lockstep is for several"),
            (Settings { start_at: Some("noon".to_owned()), ..of(1) }, "--start-at cannot be"),
            (Settings { start_at: Some("2020-01-01T00:00:00Z".to_owned()), ..of(1) }, "has passed"),
        ] {
            let problems = problems(&settings, &scenario);
            assert!(problems.contains(expected), "{problems}");
        }
        let elsewhere = Scenario {
            target: Target { url: "https://a.example/".to_owned(), ..Target::default() },
            ..scenario
        };
        let problem = problems(&of(4), &elsewhere);
        assert!(problem.contains("4 browsers have up to 400 requests in flight"), "{problem}");
        assert_eq!(problems(&Settings { allow_load: true, ..of(4) }, &elsewhere), "");
        let auto = Scenario { auto: Some(AutoBudget::default()), ..Scenario::default() };
        assert!(problems(&of(2), &auto).contains("--rounds auto") && problems(&of(1), &auto).is_empty());
        let cold = Scenario { warmup: 0, ..Scenario::default() };
        assert!(problems(&of(2), &cold).contains("--warmup is 0") && problems(&of(1), &cold).is_empty());
    }

    #[test]
    fn headers_for_a_webdriver_are_checked_and_not_repeated() {
        let address = [Url::parse("http://grid/").unwrap()];
        let problems = |addresses: &[Url], header: &str| {
            let mut problems = Vec::new();
            endpoints(addresses, &[header.to_owned()], &mut problems);
            problems.join(" ")
        };
        assert_eq!(problems(&address, "X-Token: s3cret"), "");
        let wrong = problems(&address, "X Token: s3cret");
        assert!(
            wrong.contains("--webdriver-header X Token has no valid") && !wrong.contains("s3cret"),
            "{wrong}"
        );
        assert!(!problems(&address, "Bearer s3cret").contains("Bearer"));
        assert!(problems(&[], "X-Token: s3cret").contains("is for --webdriver"));
    }
}
