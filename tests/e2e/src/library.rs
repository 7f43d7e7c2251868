//! The engine's library in a page without Leptos.

use crate::{browser::Browser, page::Page, schema};
use anyhow::{Context, Result, bail};
use fetchmark_core::{
    report::{Report, validity::FindingCode},
    request::target::Target,
    samples::record::RoundSamples,
    target_check::TargetCheck,
};
use serde::Deserialize;
use serde_json::{Value, json};

const CALL: &str = "
    const [name, args, done] = arguments;
    globalThis[name](...args).then(done, (error) => done({ error: String(error) }));
";

#[derive(Debug, Deserialize)]
pub struct Measured {
    /// The report; also that of a run that failed, if rounds were finished.
    pub report: Option<Report>,
    /// Every request of every round, where they were asked for.
    #[serde(default)]
    pub rounds: Vec<RoundSamples>,
    /// The sentence that says why there is no whole report.
    pub error: Option<String>,
    pub code: Option<String>,
}

#[derive(Debug)]
pub struct Library<'a>(&'a Browser);

impl<'a> Library<'a> {
    pub async fn open(browser: &'a Browser, origin: &str) -> Result<Self> {
        Page::open(browser, &format!("{}/library.html", origin.trim_end_matches('/'))).await?;
        Ok(Self(browser))
    }

    /// Runs a scenario to its end, and keeps every request.
    pub async fn measure(&self, scenario: Value) -> Result<(Report, Vec<RoundSamples>)> {
        self.try_to_measure(scenario).await?.whole()
    }

    /// Runs a scenario that may fail.
    pub async fn try_to_measure(&self, scenario: Value) -> Result<Measured> {
        self.call("measure", json!([scenario])).await
    }

    /// Runs a scenario and stops it once so many requests of a measured round (`{"requests": 5}`) or so many rounds
    /// (`{"rounds": 5}`) have ended.
    pub async fn measure_and_stop(&self, scenario: Value, after: Value) -> Result<Report> {
        Ok(self.call("measureAndStop", json!([scenario, after])).await?.whole()?.0)
    }

    pub async fn check(&self, target: &Target) -> Result<TargetCheck> {
        Ok(serde_json::from_value(self.check_for(target, 0).await?)?)
    }

    /// Checks a target for so many ms at most (0: as long as it takes), which must throw: its `{ name, code }`.
    pub async fn check_for(&self, target: &Target, limit_ms: u32) -> Result<Value> {
        let arguments = vec![json!("check"), json!([target, limit_ms])];
        Ok(self.0.client.execute_async(CALL, arguments).await?)
    }

    async fn call(&self, name: &str, arguments: Value) -> Result<Measured> {
        let mut answer = self.0.client.execute_async(CALL, vec![json!(name), arguments]).await?;
        let report = answer.get_mut("report").map(Value::take).filter(|report| !report.is_null());
        let mut measured: Measured = serde_json::from_value(answer)?;
        measured.report = report.map(schema::report).transpose()?;
        Ok(measured)
    }
}

impl Measured {
    /// The report of a run that came to its end; an error of one that did not.
    pub fn whole(self) -> Result<(Report, Vec<RoundSamples>)> {
        match self.error {
            None => Ok((self.report.context("there is neither report nor error")?, self.rounds)),
            Some(error) => bail!(error),
        }
    }
}

pub fn finds(report: &Report, code: FindingCode) -> bool {
    report.validity.iter().any(|finding| finding.code == code)
}

/// The requests of all rows, warm-up included.
pub fn issued(report: &Report) -> u64 {
    report.variants.iter().map(|row| row.requests.issued + row.warmup.requests.issued).sum()
}

/// Each row made so many requests, and none failed.
pub fn assert_ok(report: &Report, requests: u64) {
    for row in &report.variants {
        let counts = [row.requests.issued, row.requests.ok, row.requests.failed, row.requests.aborted];
        assert_eq!(counts, [requests, requests, 0, 0], "{}: {:?}", row.id, row.error_messages);
    }
}
