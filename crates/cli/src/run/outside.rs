//! Python's clients beside the browser's: a worker that runs a round when the engine's schedule says so.

use std::io::Write;
use std::time::Duration;

use clap::ValueEnum;
use fetchmark_core::outside::{RoundAnswer, RoundOrder};
use fetchmark_core::report::{Report, Runtime, RuntimeReport};
use fetchmark_core::scenario::Scenario;
use fetchmark_core::threshold::Threshold;
use fetchmark_core::validity::{Finding, FindingCode, Severity};
use fetchmark_reference::{Ender, Installation, ReferenceError, Worker, usual_clients};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::timeout;

use super::error::RunError;
use super::show::Show;

/// What a round may take beyond the time-outs of its requests: making clients, and closing them.
const BEYOND: Duration = Duration::from_secs(60);

/// What measures beside the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Beside {
    /// requests, httpx and aiohttp.
    Python,
}

/// The rows that are measured beside the browser's: the usual ones, unless some are chosen by name.
pub(super) fn add(scenario: &mut Scenario) {
    if !is_wanted(scenario) {
        scenario.clients.extend(usual_clients());
    }
}

/// Whether any client runs outside the browser.
pub(super) fn is_wanted(scenario: &Scenario) -> bool {
    scenario.clients.iter().any(|choice| choice.client.runtime() == Runtime::Python)
}

/// The names of the clients that run outside the browser.
fn clients(scenario: &Scenario) -> Vec<String> {
    let outside = scenario.clients.iter().filter(|choice| choice.client.runtime() == Runtime::Python);
    outside.map(|choice| choice.client.name().to_owned()).collect()
}

/// Takes the rows out that run outside the browser; whether any row is left.
pub(super) fn leave_out(scenario: &mut Scenario) -> bool {
    scenario.clients.retain(|choice| choice.client.runtime() != Runtime::Python);
    !scenario.clients.is_empty()
}

/// What is to be known of the rows outside the browser: they are missing, or reach the target by another way.
#[derive(Debug, Default)]
pub(super) struct Notices(Vec<String>);

impl Notices {
    /// Puts them into a report.
    pub(super) fn put_into(self, report: &mut Report) {
        report.validity.extend(self.0.into_iter().map(|detail| Finding {
            code: FindingCode::OutsideMissing,
            severity: Severity::Weakens,
            variant: None,
            count: 1,
            detail: Some(detail),
        }));
    }
}

/// A Python worker. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Outside {
    /// Away while it runs a round; gone once it had to be ended.
    worker: Option<Worker>,
    ender: Ender,
    runtime: RuntimeReport,
}

impl Outside {
    /// Installs what is missing, says so before, and starts it, for these clients. `certificate` (PEM) is trusted beside the usual
    /// authorities; `has_proxy`: the environment names a proxy for the target.
    ///
    /// # Errors
    /// [`ReferenceError`] if Python or a package is missing and cannot be had.
    pub(super) async fn start(
        clients: Vec<String>,
        certificate: Option<&str>,
        has_proxy: bool,
        show: &Show,
    ) -> Result<Self, ReferenceError> {
        // What is told comes from another thread; it is a sentence or none.
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel::<String>();
        let certificate = certificate.map(ToOwned::to_owned);
        let starting = spawn_blocking(move || {
            let installation = Installation::in_cache(|sentence| drop(tell.send(sentence.to_owned())))?;
            // It is read at the start: the file need not stay.
            let file = certificate.as_deref().map(certificate_file).transpose()?;
            Worker::start(&installation, file.as_ref().map(NamedTempFile::path), &clients)
        });
        while let Some(sentence) = told.recv().await {
            show.say(&sentence);
        }
        let worker = starting.await.map_err(gone)??;
        let hello = worker.hello();
        if has_proxy && !hello.ignored_proxies.is_empty() {
            return Err(ReferenceError::Refused(format!(
                "Python's clients would go past the proxy that {} names, and the browser might not: what they measure would not \
                 compare. Unset it, or measure without Python.",
                hello.ignored_proxies.join(", ")
            )));
        }
        Ok(Self { ender: worker.ender(), runtime: hello.runtime(), worker: Some(worker) })
    }

    /// What a report says of it.
    pub(super) fn runtime(&self) -> &RuntimeReport {
        &self.runtime
    }

    /// What ends it, in the middle of a round, too.
    pub(super) fn ender(&self) -> Ender {
        self.ender.clone()
    }

    /// Runs a round. What it could not do is a sentence for the engine, which ends the run with it.
    pub(super) async fn round(&mut self, order: RoundOrder) -> Result<RoundAnswer, String> {
        let Some(mut worker) = self.worker.take() else {
            return Err(ReferenceError::Ended.to_string());
        };
        // In lanes, requests wait for each other's time-outs.
        let turns = order.n.div_ceil(order.concurrency.max(1));
        let limit = Duration::from_millis(order.timeout_ms.into()) * turns + BEYOND;
        let running = spawn_blocking(move || {
            let answer = worker.round(&order);
            (worker, answer)
        });
        match timeout(limit, running).await {
            Ok(Ok((worker, answer))) => {
                self.worker = Some(worker);
                answer.map_err(|error| error.to_string())
            }
            Ok(Err(error)) => Err(gone(error).to_string()),
            Err(_elapsed) => {
                self.ender.end();
                Err(format!("Python's round did not end within {} s.", limit.as_secs()))
            }
        }
    }
}

fn certificate_file(pem: &str) -> Result<NamedTempFile, ReferenceError> {
    let failed = |source| ReferenceError::Files { what: "written", path: std::env::temp_dir(), source };
    let mut file = NamedTempFile::new().map_err(failed)?;
    file.write_all(pem.as_bytes()).map_err(failed)?;
    Ok(file)
}

/// A thread that came to no end.
fn gone(error: JoinError) -> ReferenceError {
    ReferenceError::Unreadable(error.to_string())
}

/// Starts Python where the scenario wants it. Where it cannot be had, that is said, its rows are left out, and the report tells.
///
/// # Errors
/// [`RunError::Reference`] if no row would be left, or one that a threshold names.
pub(super) async fn start_if_wanted(
    scenario: &mut Scenario,
    thresholds: &[Threshold],
    certificate: Option<&str>,
    has_proxy: bool,
    show: &Show,
) -> Result<(Option<Outside>, Notices), RunError> {
    if !is_wanted(scenario) {
        return Ok((None, Notices::default()));
    }
    let error = match Outside::start(clients(scenario), certificate, has_proxy, show).await {
        Ok(outside) => return Ok((Some(outside), Notices::default())),
        Err(error) => error,
    };
    if !leave_out(scenario) {
        return Err(RunError::Reference(error));
    }
    let ids: Vec<String> = scenario.variants().into_iter().map(|variant| variant.id).collect();
    if thresholds.iter().any(|threshold| threshold.check_rows(&ids).is_err()) {
        return Err(RunError::Reference(error));
    }
    let notice = format!("{error} The browser's rows are measured without Python's.");
    show.say(&notice);
    Ok((None, Notices(vec![notice])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_rows_are_added_unless_some_are_chosen() {
        let mut scenario = Scenario::default();
        add(&mut scenario);
        let with_python = scenario.clients.len();
        assert!(is_wanted(&scenario) && with_python > Scenario::default().clients.len());
        add(&mut scenario);
        assert_eq!(scenario.clients.len(), with_python);
        assert!(leave_out(&mut scenario));
        assert_eq!(scenario, Scenario::default());
        scenario.clients = vec!["aiohttp:reused".parse().unwrap()];
        assert!(!leave_out(&mut scenario));
    }
}
