//! In how many browsers to measure, where they are opened, and when they begin.

use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use fetchmark_core::fleet::MOST_SESSIONS;
use fetchmark_core::request::secrets;
use fetchmark_core::scenario::Scenario;
use fetchmark_core::scenario::limits::{MAX_IN_FLIGHT, MAX_REQUESTS};
use fetchmark_webdriver::Endpoint;
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::options::Settings;
use crate::run::python;

/// The sessions of a run.
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

pub(super) fn read(settings: &Settings, scenario: &Scenario, problems: &mut Vec<String>) -> Fleet {
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
    if is_fleet && !settings.allow_load && (in_flight > u64::from(MAX_IN_FLIGHT) || requests > MAX_REQUESTS) {
        problems.push(format!(
            "{sessions} browsers have up to {in_flight} requests in flight and send {requests}. All together may have {MAX_IN_FLIGHT} \
             and send {MAX_REQUESTS}, as one may: lower --concurrency, --n, --rounds or --sessions, or add --allow-load if the server's \
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

fn start_at(text: Option<&str>, problems: &mut Vec<String>) -> Option<Duration> {
    let text = text?;
    let time = humantime::parse_rfc3339_weak(text).ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    match time {
        None => problems.push(format!(
            "--start-at cannot be “{text}”. Write a date and a time in UTC, such as 2026-12-01T09:30:00Z."
        )),
        Some(time) if SystemTime::now() > UNIX_EPOCH + time => {
            problems.push(format!("--start-at {text} is over. Give a time to come."));
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
            None => problems.push(format!(
                "--webdriver-header cannot be “{}”. Write NAME: VALUE.",
                secrets::header_line(line)
            )),
        }
    }
    if addresses.is_empty() && !headers.is_empty() {
        problems.push("--webdriver-header is for --webdriver. Add it, or leave the header out.".to_owned());
    }
    addresses.iter().map(|address| Endpoint::new(address).with_headers(map.clone())).collect()
}
