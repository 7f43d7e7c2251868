//! Opens the browsers of a run: all that were asked for, or at least as many as must open.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::pin::pin;
use std::time::Duration;

use anyhow::anyhow;
use fetchmark_core::report::session_id;
use fetchmark_webdriver::{Endpoint, Grid};
use futures::future::join_all;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, interval, sleep, sleep_until, timeout};

use crate::error::CliError;
use crate::run::driver::follow::KEEP_ALIVE;
use crate::run::driver::session::{Opening, Session};
use crate::run::progress::ProgressDisplay;
use crate::run::settings::plan::Plan;

/// After how long a session that is not open yet may be queued, which the user should know.
const QUEUED_AFTER: Duration = Duration::from_secs(5);
pub(super) const STATUS_LIMIT: Duration = Duration::from_secs(5);
/// How long sessions that were given up are waited for, to be closed.
const LATE_LIMIT: Duration = Duration::from_secs(15);
/// How long a call waits in the page for updates: for one browser, and for several, where Stop is to reach all within a second.
const PATIENCE: [Duration; 2] = [Duration::from_secs(2), Duration::from_millis(800)];

#[derive(Debug)]
pub(super) struct Member {
    /// From 1.
    pub(super) number: usize,
    pub(super) session: Session,
    /// The machine it is on; `None` where nobody asked.
    pub(super) node: Option<String>,
}

impl Member {
    pub(super) fn name(&self) -> String {
        name(self.number, self.node.as_deref())
    }

    /// The browser's name and version, as its driver gives them.
    fn browser(&self) -> String {
        let text = |name| self.session.client.capabilities().get(name).and_then(|value| value.as_str());
        format!("{} {}", text("browserName").unwrap_or_default(), text("browserVersion").unwrap_or_default())
    }
}

pub(super) fn name(number: usize, node: Option<&str>) -> String {
    let id = session_id(number);
    node.map_or_else(|| id.clone(), |node| format!("{id} ({node})"))
}

/// A session that measures nothing.
#[derive(Debug)]
pub(super) struct Missing {
    pub(super) name: String,
    pub(super) why: anyhow::Error,
}

/// The browsers that opened, and what closes those that open too late.
#[derive(Debug, Default)]
pub(super) struct Opened {
    pub(super) members: Vec<Member>,
    pub(super) missing: Vec<Missing>,
    late: Option<JoinHandle<Vec<anyhow::Error>>>,
}

impl Opened {
    /// Closes all; gives what could not be closed.
    pub(super) async fn close(self) -> Vec<anyhow::Error> {
        let closing = self.members.into_iter().map(|member| member.session.close());
        let mut errors: Vec<_> = join_all(closing).await.into_iter().filter_map(Result::err).collect();
        if let Some(late) = self.late {
            match timeout(LATE_LIMIT, late).await {
                Ok(closed) => errors.extend(closed.unwrap_or_default()),
                Err(_elapsed) => errors.push(anyhow!(
                    "A session that was asked for, and given up, may still open at the WebDriver: look there, or wait for its time-out."
                )),
            }
        }
        errors
    }
}

type Attempts = JoinSet<(usize, anyhow::Result<Session>)>;

/// Opens the sessions of a plan. On an error those that opened are in `opened`, too: they are to be closed.
pub(super) async fn open(
    plan: &Plan,
    opened: &mut Opened,
    progress: &ProgressDisplay,
    interrupted: impl Future<Output = ()>,
) -> Result<(), CliError> {
    let (wanted, minimum) = (plan.fleet.sessions, plan.fleet.to_begin);
    let mut interrupted = pin!(interrupted);
    tokio::select! {
        () = say_what_is_missing(plan, progress) => {}
        () = &mut interrupted => return Err(CliError::interrupted()),
    }
    let mut attempts = Attempts::new();
    let mut pending = BTreeMap::new();
    for number in 1..=wanted {
        let opening = Opening {
            browser: plan.browser,
            capabilities: plan.capabilities.clone(),
            webdriver: plan.webdrivers.iter().cycle().nth(number - 1).cloned(),
            patience: PATIENCE[usize::from(wanted > 1)],
        };
        pending.insert(number, opening.clone());
        attempts.spawn(async move { (number, opening.open().await) });
    }
    let deadline = Instant::now() + plan.start_within;
    let limit = plan.start_within.as_secs();
    let mut queued = pin!(sleep(QUEUED_AFTER));
    let mut signs_of_life = interval(KEEP_ALIVE);
    let mut is_queue_known = plan.webdrivers.is_empty();
    let mut stopped = None;
    while opened.members.len() + attempts.len() >= minimum {
        let attempt = tokio::select! {
            attempt = attempts.join_next() => attempt,
            () = sleep_until(deadline) => break,
            () = &mut interrupted => {
                stopped = Some(CliError::interrupted());
                break;
            }
            () = &mut queued, if !is_queue_known => {
                is_queue_known = true;
                let (what, them) = match opened.members.len() {
                    0 if wanted == 1 => ("The session".to_owned(), "it"),
                    0 => (format!("None of {wanted} sessions is open yet. They"), "one"),
                    count => (format!("{count} of {wanted} sessions are open. The others"), "one"),
                };
                progress.say(&format!(
                    "{what} may be queued: a busy grid opens {them} when a browser is free. Waiting for up to {limit} s (--start-within)."
                ));
                continue;
            }
            // Those that are open already wait, too. One that does not answer will be missed later.
            _ = signs_of_life.tick() => {
                let asking = join_all(opened.members.iter().map(|member| member.session.ping()));
                let _ = timeout(STATUS_LIMIT, asking).await;
                continue;
            }
        };
        match attempt {
            None => break,
            Some(Ok((number, Ok(session)))) => {
                pending.remove(&number);
                opened.members.push(Member { number, session, node: None });
                if wanted > 1 {
                    progress.say(&format!("{} of {wanted} sessions are open.", opened.members.len()));
                }
            }
            Some(Ok((number, Err(error)))) => {
                pending.remove(&number);
                opened.missing.push(Missing { name: name(number, None), why: error });
            }
            Some(Err(panic)) => {
                // What a grid has queued still opens, and is to be closed.
                opened.late = Some(tokio::spawn(close_when_open(attempts)));
                resume_unwind(panic.into_panic());
            }
        }
    }
    if plan.webdrivers.is_empty() {
        // A driver of our own ends with the task that waits for it.
        attempts.shutdown().await;
    } else if !attempts.is_empty() {
        opened.late = Some(tokio::spawn(close_when_open(attempts)));
    }
    if let Some(stopped) = stopped {
        return Err(stopped);
    }
    let waited = format!("no answer within {limit} s; --start-within gives a busy grid more time");
    let late = pending
        .iter()
        .map(|(number, opening)| Missing { name: name(*number, None), why: opening.failed(&waited) });
    opened.missing.extend(late);
    let count = opened.members.len();
    match opened.missing.first() {
        Some(_) if count < minimum && wanted == 1 => return Err(opened.missing.swap_remove(0).why.into()),
        Some(Missing { why, .. }) if count < minimum => {
            return Err(anyhow!(
                "{count} of {wanted} sessions opened, but {minimum} are needed (--min-sessions). {why}"
            )
            .into());
        }
        Some(Missing { why, .. }) => {
            let line = format!("{count} of {wanted} sessions opened. {why}");
            progress.warn(&plan.secrets.hide(&line));
        }
        None => {}
    }
    opened.members.sort_by_key(|member| member.number);
    let browsers = Vec::from_iter(BTreeSet::from_iter(opened.members.iter().map(Member::browser)));
    if browsers.len() > 1 {
        let browsers = browsers.join(", ");
        progress.say(&format!(
            "The sessions' browsers differ ({browsers}): look at the sessions' own rows, too."
        ));
    }
    Ok(())
}

/// Closes sessions that open after they were given up; gives what could not be closed.
async fn close_when_open(mut attempts: Attempts) -> Vec<anyhow::Error> {
    let mut errors = Vec::new();
    while let Some(attempt) = attempts.join_next().await {
        if let Ok((_, Ok(session))) = attempt {
            errors.extend(session.close().await.err());
        }
    }
    errors
}

/// Says at once if no node of a grid has the browser. It may still get one: some grids start nodes for what is queued.
async fn say_what_is_missing(plan: &Plan, progress: &ProgressDisplay) {
    let browser = plan.capabilities.get("browserName").and_then(|name| name.as_str()).unwrap_or_default();
    for endpoint in &plan.webdrivers {
        let grid = grid(endpoint).await;
        let browsers = grid.browsers();
        if !browsers.is_empty() && !browsers.contains(&browser) {
            progress.say(&format!(
                "No node of the grid at {endpoint} has {browser} now; they have {}. Waiting in case one is started.",
                browsers.join(", ")
            ));
        }
    }
}

pub(super) async fn find_nodes(plan: &Plan, members: &mut [Member]) {
    if plan.webdrivers.is_empty() {
        members.iter_mut().for_each(|member| member.node = Some("localhost".to_owned()));
        return;
    }
    for (at, endpoint) in plan.webdrivers.iter().enumerate() {
        let grid = grid(endpoint).await;
        for member in members.iter_mut().filter(|member| (member.number - 1) % plan.webdrivers.len() == at) {
            let node = grid.node_of(member.session.client.id()).map(str::to_owned);
            member.node = node;
        }
    }
}

async fn grid(endpoint: &Endpoint) -> Grid {
    let asked = timeout(STATUS_LIMIT, Grid::at(endpoint.clone())).await;
    asked.ok().and_then(Result::ok).unwrap_or_default()
}
