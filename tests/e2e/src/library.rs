//! The engine's library in a page without Leptos, beside a lab that tells what really happened.

use crate::{SetupError, browser::Browser, dist, folder::TemporaryFolder, page::Page, schema};
use fetchmark_core::{
    outside::RoundOrder, report::Report, sample_record::RoundSamples, target::Target,
    target_check::TargetCheck,
};
use fetchmark_lab::{Lab, LabConfig};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{fs, io, path::Path};

/// Calls one of the page's functions with these arguments.
const CALL: &str = "
    const [name, args, done] = arguments;
    globalThis[name](...args).then(done, (error) => done({ error: String(error) }));
";

/// A lab that serves the built page and the tests' own pages.
#[derive(Debug)]
pub struct Site {
    /// The lab.
    pub lab: Lab,
    // After the lab: what is served goes last.
    _root: TemporaryFolder,
}

/// What a run came to.
#[derive(Debug, Deserialize)]
pub struct Measured {
    /// The report; also that of a run that failed, if rounds were finished.
    pub report: Option<Report>,
    /// Every request of every round, where they were asked for.
    #[serde(default)]
    pub rounds: Vec<RoundSamples>,
    /// Every round that was run outside, where any was.
    #[serde(default)]
    pub orders: Vec<RoundOrder>,
    /// The sentence that says why there is no whole report.
    pub error: Option<String>,
    /// The sentence's code.
    pub code: Option<String>,
}

impl Site {
    /// Starts the lab with the page.
    ///
    /// # Errors
    /// [`SetupError`] if the page is not built, the files cannot be linked or the lab does not start.
    pub async fn start() -> Result<Self, SetupError> {
        Self::start_with(&[]).await
    }

    /// The same with files (name, content) in place of those that are built.
    ///
    /// # Errors
    /// As above.
    pub async fn start_with(files: &[(&str, &str)]) -> Result<Self, SetupError> {
        let failed = |source| SetupError::NotStarted { program: "the test's site", source };
        let root = TemporaryFolder::new(&format!("site-{}", crate::free_port()?)).map_err(failed)?;
        fill(&root, "", files)?;
        let config = LabConfig { page: Some(root.path().to_owned().into()), ..LabConfig::default() };
        let lab = Lab::start(config).await.map_err(|error| failed(std::io::Error::other(error)))?;
        Ok(Self { lab, _root: root })
    }

    /// The same, with a script of the page's own that runs before all others: a driver's sees objects of another kind in Firefox, and comes
    /// too late for what happens first.
    ///
    /// # Errors
    /// As above, and if the page's head is not as expected.
    pub async fn start_with_script(script: &str) -> Result<Self, SetupError> {
        const FIRST: &str = "<meta charset=\"utf-8\" />";
        let failed = |source| SetupError::NotStarted { program: "the test's site", source };
        let index = fs::read_to_string(dist()?.join("index.html")).map_err(failed)?;
        if !index.contains(FIRST) {
            return Err(failed(io::Error::other("index.html has no place for a script")));
        }
        let index = index.replacen(FIRST, &format!("{FIRST}<script src=first.js></script>"), 1);
        Self::start_with(&[("index.html", &index), ("first.js", script)]).await
    }

    /// Opens the library's page on the lab's h1 origin.
    ///
    /// # Errors
    /// [`SetupError`] if it does not come up.
    pub async fn open<'a>(&self, browser: &'a Browser) -> Result<Library<'a>, SetupError> {
        Library::open(browser, &self.lab.http_url()).await
    }
}

/// Links the built page and the tests' pages into `below` of a folder, and puts further files (name, content) there.
///
/// # Errors
/// [`SetupError`] if the page is not built or a file cannot be written.
pub(crate) fn fill(root: &TemporaryFolder, below: &str, files: &[(&str, &str)]) -> Result<(), SetupError> {
    let failed = |source| SetupError::NotStarted { program: "the test's site", source };
    root.link(&dist()?, below).map_err(failed)?;
    root.link(&Path::new(env!("CARGO_MANIFEST_DIR")).join("pages"), below).map_err(failed)?;
    for (name, content) in files {
        root.put(&Path::new(below).join(name).to_string_lossy(), content).map_err(failed)?;
    }
    Ok(())
}

/// The library's page, opened in a browser.
#[derive(Debug)]
pub struct Library<'a>(&'a Browser);

impl<'a> Library<'a> {
    /// Opens it on an origin that serves it.
    ///
    /// # Errors
    /// [`SetupError`] if it does not come up.
    pub async fn open(browser: &'a Browser, origin: &str) -> Result<Self, SetupError> {
        Page::open(browser, &format!("{origin}/library.html")).await?;
        Ok(Self(browser))
    }

    /// Runs a scenario, and keeps every request.
    ///
    /// # Errors
    /// [`SetupError`] if the browser fails.
    pub async fn measure(&self, scenario: Value) -> Result<Measured, SetupError> {
        self.call("measure", json!([scenario])).await
    }

    /// Runs a scenario and stops it once so many requests of a measured round (`{"requests": 5}`) or so many rounds
    /// (`{"rounds": 5}`) have ended.
    ///
    /// # Errors
    /// [`SetupError`] if the browser fails.
    pub async fn measure_and_stop(&self, scenario: Value, after: Value) -> Result<Measured, SetupError> {
        self.call("measureAndStop", json!([scenario, after])).await
    }

    /// Runs a scenario with Python rows, which the page itself runs as an outside would; with `dies`, the round of that number
    /// (from 0) fails.
    ///
    /// # Errors
    /// [`SetupError`] if the browser fails.
    pub async fn measure_beside(&self, scenario: Value, dies: Option<u32>) -> Result<Measured, SetupError> {
        let arguments = if let Some(dies) = dies { json!([scenario, dies]) } else { json!([scenario]) };
        self.call("measureBeside", arguments).await
    }

    /// Checks a target.
    ///
    /// # Errors
    /// [`SetupError`] if the browser fails, or there is no check.
    pub async fn check(&self, target: &Target) -> Result<TargetCheck, SetupError> {
        Ok(serde_json::from_value(self.check_for(target, 0).await?)?)
    }

    /// Checks a target for so many ms at most (0: as long as it takes), which must throw: its `{ name, code }`.
    ///
    /// # Errors
    /// [`SetupError`] if the browser fails.
    pub async fn check_for(&self, target: &Target, limit_ms: u32) -> Result<Value, SetupError> {
        let arguments = vec![json!("check"), json!([target, limit_ms])];
        Ok(self.0.client.execute_async(CALL, arguments).await?)
    }

    async fn call(&self, name: &str, arguments: Value) -> Result<Measured, SetupError> {
        let mut answer = self.0.client.execute_async(CALL, vec![json!(name), arguments]).await?;
        let report = answer.get_mut("report").map(Value::take).filter(|report| !report.is_null());
        let mut measured: Measured = serde_json::from_value(answer)?;
        measured.report = report.map(schema::report).transpose()?;
        Ok(measured)
    }
}

impl Measured {
    /// The report of a run that came to its end.
    ///
    /// # Errors
    /// The sentence of one that did not.
    pub fn whole(self) -> Result<(Report, Vec<RoundSamples>), String> {
        match (self.error, self.report) {
            (None, Some(report)) => Ok((report, self.rounds)),
            (error, _) => Err(error.unwrap_or_else(|| "there is neither report nor error".to_owned())),
        }
    }
}
