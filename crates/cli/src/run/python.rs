//! Python's clients beside the browser's: a worker that runs a round when the engine's schedule says so.

use std::io::{self, Write};
use std::time::Duration;

use anyhow::{anyhow, bail};
use clap::ValueEnum;
use fetchmark_core::gates::threshold::Threshold;
use fetchmark_core::report::validity::{Finding, FindingCode, Severity};
use fetchmark_core::report::{Report, RuntimeReport};
use fetchmark_core::run::native::{RoundAnswer, RoundOrder};
use fetchmark_core::scenario::Scenario;
use fetchmark_core::scenario::factors::Runtime;
use fetchmark_reference::{AbortHandle, Aborted, Installation, Worker, default_clients};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::timeout;

use super::progress::ProgressDisplay;

/// How long a round may take beyond the time-outs of its requests: making clients, and closing them.
const ROUND_OVERHEAD: Duration = Duration::from_secs(60);

/// The values of --with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum NativeClients {
    /// requests, httpx and aiohttp.
    Python,
}

/// Adds the default clients, unless some are chosen by name.
pub(crate) fn add(scenario: &mut Scenario) {
    if !is_wanted(scenario) {
        scenario.clients.extend(default_clients());
    }
}

/// Whether any client runs outside the browser.
pub(crate) fn is_wanted(scenario: &Scenario) -> bool {
    scenario.clients.iter().any(|choice| choice.client.runtime() == Runtime::Python)
}

fn client_names(scenario: &Scenario) -> Vec<String> {
    let outside = scenario.clients.iter().filter(|choice| choice.client.runtime() == Runtime::Python);
    outside.map(|choice| choice.client.name().to_owned()).collect()
}

/// Removes the rows that run outside the browser; whether any row is left.
fn remove(scenario: &mut Scenario) -> bool {
    scenario.clients.retain(|choice| choice.client.runtime() != Runtime::Python);
    !scenario.clients.is_empty()
}

/// Why rows outside the browser are missing, if they are.
#[derive(Debug, Default)]
pub(super) struct MissingRows(Option<String>);

impl MissingRows {
    /// As a validity finding.
    pub(super) fn add_to(self, report: &mut Report) {
        let missing = |detail| Finding::of_run(FindingCode::NativeMissing, Severity::Weakens, Some(detail));
        report.validity.extend(self.0.map(missing));
    }
}

/// A Python worker. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct PythonClients {
    /// `None` while it runs a round, and once it had to be ended.
    worker: Option<Worker>,
    abort_handle: AbortHandle,
    runtime: RuntimeReport,
}

impl PythonClients {
    /// Installs what is missing and starts a worker for these clients. `certificate` (PEM) is trusted beside the usual authorities;
    /// `has_proxy`: the environment names a proxy for the target.
    async fn start(
        clients: Vec<String>,
        certificate: Option<&str>,
        has_proxy: bool,
        progress: &ProgressDisplay,
    ) -> anyhow::Result<Self> {
        // Messages come from another thread.
        let (sender, mut messages) = tokio::sync::mpsc::unbounded_channel::<String>();
        let certificate = certificate.map(ToOwned::to_owned);
        let starting = spawn_blocking(move || {
            let installation = Installation::in_cache(|message| drop(sender.send(message.to_owned())))?;
            // Python reads it at its start: the file need not stay.
            let file = certificate.as_deref().map(certificate_file).transpose()?;
            Worker::start(&installation, file.as_ref().map(NamedTempFile::path), &clients)
        });
        while let Some(message) = messages.recv().await {
            progress.say(&message);
        }
        let worker = starting.await.map_err(join_error)??;
        let hello = worker.hello();
        if has_proxy && !hello.ignored_proxies.is_empty() {
            bail!(
                "Python's clients would bypass the proxy set in {}, and the browser might not: their results would not be \
                 comparable. Unset it, or measure without Python.",
                hello.ignored_proxies.join(", ")
            );
        }
        Ok(Self { abort_handle: worker.abort_handle(), runtime: hello.runtime(), worker: Some(worker) })
    }

    pub(super) fn runtime(&self) -> &RuntimeReport {
        &self.runtime
    }

    /// Ends the worker, even in the middle of a round.
    pub(super) fn abort(&self) {
        self.abort_handle.abort();
    }

    /// Runs a round. An error is a sentence for the engine, which ends the run with it.
    pub(super) async fn run_round(&mut self, order: RoundOrder) -> Result<RoundAnswer, String> {
        let Some(mut worker) = self.worker.take() else {
            return Err(Aborted.to_string());
        };
        // At a concurrency, requests wait for each other's time-outs.
        let turns = order.n.div_ceil(order.concurrency.max(1));
        let limit = Duration::from_millis(order.timeout_ms.into()) * turns + ROUND_OVERHEAD;
        let running = spawn_blocking(move || {
            let answer = worker.round(&order);
            (worker, answer)
        });
        match timeout(limit, running).await {
            Ok(Ok((worker, answer))) => {
                self.worker = Some(worker);
                answer.map_err(|error| error.to_string())
            }
            Ok(Err(error)) => Err(join_error(error).to_string()),
            Err(_elapsed) => {
                self.abort_handle.abort();
                Err(format!("Python's round did not end within {} s.", limit.as_secs()))
            }
        }
    }
}

fn certificate_file(pem: &str) -> anyhow::Result<NamedTempFile> {
    let failed = |error: io::Error| {
        anyhow!("There is no room for a temporary file: {error}. Check the folder for temporary files.")
    };
    let mut file = NamedTempFile::new().map_err(failed)?;
    file.write_all(pem.as_bytes()).map_err(failed)?;
    Ok(file)
}

/// The worker's thread panicked.
fn join_error(error: JoinError) -> anyhow::Error {
    anyhow!("The thread of the Python clients ended unexpectedly: {error}.")
}

/// Starts Python if the scenario has rows for it. If Python is missing, the run goes on without these rows, and the report says so.
///
/// # Errors
/// If no row would be left, or a threshold names one of the missing rows.
pub(super) async fn start_if_wanted(
    scenario: &mut Scenario,
    thresholds: &[Threshold],
    certificate: Option<&str>,
    has_proxy: bool,
    progress: &ProgressDisplay,
) -> anyhow::Result<(Option<PythonClients>, MissingRows)> {
    if !is_wanted(scenario) {
        return Ok((None, MissingRows::default()));
    }
    let error = match PythonClients::start(client_names(scenario), certificate, has_proxy, progress).await {
        Ok(outside) => return Ok((Some(outside), MissingRows::default())),
        Err(error) => error,
    };
    if !remove(scenario) {
        return Err(error);
    }
    let ids: Vec<String> = scenario.variants().into_iter().map(|variant| variant.id).collect();
    if thresholds.iter().any(|threshold| threshold.check_rows(&ids).is_err()) {
        return Err(error);
    }
    let notice = format!("{error} The browser's rows are measured without Python's.");
    progress.say(&notice);
    Ok((None, MissingRows(Some(notice))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_clients_are_added_unless_some_are_chosen() {
        let mut scenario = Scenario::default();
        add(&mut scenario);
        let with_python = scenario.clients.len();
        assert!(is_wanted(&scenario) && with_python > Scenario::default().clients.len());
        add(&mut scenario);
        assert_eq!(scenario.clients.len(), with_python);
        assert!(remove(&mut scenario));
        assert_eq!(scenario, Scenario::default());
        scenario.clients = vec!["aiohttp:reused".parse().unwrap()];
        assert!(!remove(&mut scenario));
    }
}
