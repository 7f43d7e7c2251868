//! Opens the browsers of a run: all that were asked for, or at least as many as must open.

use std::collections::BTreeSet;
use std::pin::pin;
use std::time::Duration;

use anyhow::anyhow;
use fetchmark_core::stats::numbers::many;
use fetchmark_webdriver::{Endpoint, Grid};
use futures::future::join_all;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::error::CliError;
use crate::run::driver::session::{Opening, Session};
use crate::run::progress::ProgressDisplay;
use crate::run::settings::plan::Plan;

/// After how long a session that is not open yet may be queued, which the user should know.
const QUEUED_AFTER: Duration = Duration::from_secs(5);
/// How long a WebDriver may take to say what its nodes do.
const STATUS_LIMIT: Duration = Duration::from_secs(5);
/// How long sessions that were given up are waited for, to be closed.
const LATE_LIMIT: Duration = Duration::from_secs(15);
/// How long a call waits in the page for updates: for one browser, and for several, where Stop is to reach all within a second.
const PATIENCE: [Duration; 2] = [Duration::from_secs(2), Duration::from_millis(800)];

/// A browser of the run.
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
    node.map_or_else(|| format!("session-{number}"), |node| format!("session-{number} ({node})"))
}

/// The browsers that opened, and what closes those that open too late.
#[derive(Debug, Default)]
pub(super) struct Opened {
    pub(super) members: Vec<Member>,
    late: Option<JoinHandle<()>>,
}

impl Opened {
    /// Closes all; gives what could not be closed.
    pub(super) async fn close(self) -> Vec<anyhow::Error> {
        let closing = self.members.into_iter().map(|member| member.session.close());
        let mut errors: Vec<_> = join_all(closing).await.into_iter().filter_map(Result::err).collect();
        if let Some(late) = self.late
            && timeout(LATE_LIMIT, late).await.is_err()
        {
            errors.push(anyhow!(
                "A session that was asked for, and given up, may still open at the WebDriver: look there, or wait for its time-out."
            ));
        }
        errors
    }
}

type Attempts = JoinSet<(usize, Opening, anyhow::Result<Session>)>;

/// Opens the sessions of a plan. On an error those that opened are in `opened`, too: they are to be closed.
pub(super) async fn open(
    plan: &Plan,
    opened: &mut Opened,
    progress: &ProgressDisplay,
    interrupted: impl Future<Output = ()>,
) -> Result<(), CliError> {
    let (wanted, minimum) = (plan.fleet.sessions, plan.fleet.to_begin);
    say_what_is_missing(plan, progress).await;
    let mut attempts = Attempts::new();
    for number in 1..=wanted {
        let opening = Opening {
            browser: plan.browser,
            capabilities: plan.capabilities.clone(),
            webdriver: plan.webdrivers.iter().cycle().nth(number - 1).cloned(),
            patience: PATIENCE[usize::from(wanted > 1)],
        };
        attempts.spawn(async move { (number, opening.clone(), opening.open().await) });
    }
    let deadline = Instant::now() + plan.start_within;
    let limit = plan.start_within.as_secs();
    let (mut interrupted, mut queued) = (pin!(interrupted), pin!(sleep(QUEUED_AFTER)));
    let (mut failure, mut is_queue_known) = (None, plan.webdrivers.is_empty());
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
        };
        match attempt {
            None => break,
            Some(Ok((number, _, Ok(session)))) => {
                opened.members.push(Member { number, session, node: None });
                if wanted > 1 {
                    progress.say(&format!("{} of {wanted} sessions are open.", opened.members.len()));
                }
            }
            Some(Ok((_, _, Err(error)))) => failure = Some(error),
            Some(Err(panic)) => failure = Some(panic.into()),
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
    let count = opened.members.len();
    if count < minimum {
        let failure = failure.unwrap_or_else(|| {
            let waited = format!("no answer within {limit} s; --start-within gives a busy grid more time");
            Opening {
                browser: plan.browser,
                capabilities: plan.capabilities.clone(),
                webdriver: plan.webdrivers.get(count % plan.webdrivers.len().max(1)).cloned(),
                patience: PATIENCE[0],
            }
            .failed(&waited)
        });
        return Err(if wanted == 1 {
            failure.into()
        } else {
            anyhow!("{count} of {wanted} sessions opened, and {minimum} must (--min-sessions). {failure}")
                .into()
        });
    }
    if count < wanted {
        progress.warn(&format!(
            "{} did not open: {count} measure.",
            many(&(wanted - count).to_string(), "session")
        ));
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

/// Closes sessions that open after they were given up.
async fn close_when_open(mut attempts: Attempts) {
    while let Some(attempt) = attempts.join_next().await {
        if let Ok((_, _, Ok(session))) = attempt {
            // Nobody is left to be told that it stays open but the WebDriver.
            let _ = session.close().await;
        }
    }
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

/// Finds out which machine each session runs on.
pub(super) async fn find_nodes(plan: &Plan, members: &mut [Member]) {
    if plan.webdrivers.is_empty() {
        members.iter_mut().for_each(|member| member.node = Some("localhost".to_owned()));
        return;
    }
    for (at, endpoint) in plan.webdrivers.iter().enumerate() {
        let grid = grid(endpoint).await;
        for member in members.iter_mut().filter(|member| (member.number - 1) % plan.webdrivers.len() == at) {
            let node = grid.node_of(member.session.client.id()).map(str::to_owned);
            // A driver that is no grid has all its browsers on its own machine.
            member.node = node.or_else(|| grid.browsers().is_empty().then(|| endpoint.to_string()));
        }
    }
}

async fn grid(endpoint: &Endpoint) -> Grid {
    let asked = timeout(STATUS_LIMIT, Grid::at(endpoint.clone())).await;
    asked.ok().and_then(Result::ok).unwrap_or_default()
}
