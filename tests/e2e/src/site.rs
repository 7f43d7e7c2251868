//! A lab that serves the built page and the tests' own pages, and tells what really happened.

use crate::{browser::Browser, dist, library::Library};
use anyhow::{Context, Result, ensure};
use fetchmark_core::{report::Report, samples::record::RoundSamples};
use fetchmark_lab::{Lab, LabConfig};
use serde_json::Value;
use std::{
    fs, io,
    os::unix::fs::symlink,
    path::Path,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::time::sleep;

/// The lab hears of a closed socket a moment after the browser closed it, on a busy machine much later.
const HEARS_WITHIN: Duration = Duration::from_secs(30);

/// Between looks: looking without a pause would keep a core from what is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// The lab with its page. It stops when this is dropped.
#[derive(Debug)]
pub struct Site {
    /// The lab.
    pub lab: Lab,
    // After the lab: what is served goes last.
    _root: TempDir,
}

impl Site {
    /// Starts the lab with the page.
    pub async fn start() -> Result<Self> {
        Self::start_with(&[]).await
    }

    /// The same with files (name, content) in place of those that are built.
    pub async fn start_with(files: &[(&str, &str)]) -> Result<Self> {
        Self::start_as(LabConfig::default(), files).await
    }

    /// The same, of a lab that is started like this.
    pub async fn start_as(config: LabConfig, files: &[(&str, &str)]) -> Result<Self> {
        let root = tempfile::tempdir()?;
        fill(root.path(), files)?;
        let page = Some(root.path().to_owned().into());
        Ok(Self { lab: Lab::start(LabConfig { page, ..config }).await?, _root: root })
    }

    /// The same, with a script of the page's own that runs before all others: a driver's sees objects of another kind in Firefox, and comes
    /// too late for what happens first.
    pub async fn start_with_script(script: &str) -> Result<Self> {
        const FIRST: &str = "<meta charset=\"utf-8\" />";
        let index = fs::read_to_string(dist()?.join("index.html"))?;
        ensure!(index.contains(FIRST), "index.html has no place for a script");
        let index = index.replacen(FIRST, &format!("{FIRST}<script src=first.js></script>"), 1);
        Self::start_with(&[("index.html", &index), ("first.js", script)]).await
    }

    /// The lab's origin over TLS.
    pub fn https_url(&self) -> Result<String> {
        self.lab.https_url().context("the lab has no TLS port")
    }

    /// Opens the library's page on the lab's h1 origin.
    pub async fn open<'a>(&self, browser: &'a Browser) -> Result<Library<'a>> {
        Library::open(browser, &self.lab.http_url()).await
    }

    /// Opens it and runs a scenario to its end, and keeps every request.
    pub async fn measure(&self, browser: &Browser, scenario: Value) -> Result<(Report, Vec<RoundSamples>)> {
        self.open(browser).await?.measure(scenario).await
    }

    /// Whether no request is under way any more, within 30 s.
    pub async fn is_at_rest(&self) -> bool {
        let deadline = Instant::now() + HEARS_WITHIN;
        while self.lab.sockets().in_flight > 0 {
            if Instant::now() > deadline {
                return false;
            }
            sleep(LOOK_AGAIN).await;
        }
        true
    }

    /// Waits until the lab has had so many requests since it was last reset.
    pub async fn requests_beyond(&self, count: u64) {
        while self.lab.sockets().requests < count {
            sleep(LOOK_AGAIN).await;
        }
    }
}

/// Links the built page and the tests' pages into a folder, and puts further files (name, content) there.
pub(crate) fn fill(root: &Path, files: &[(&str, &str)]) -> Result<()> {
    link(&dist()?, root)?;
    link(&Path::new(env!("CARGO_MANIFEST_DIR")).join("pages"), root)?;
    files.iter().try_for_each(|(name, content)| Ok(put(&root.join(name), content)?))
}

/// Puts every file of a folder into another one, by links.
pub fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            link(&entry.path(), &target)
        } else {
            symlink(entry.path(), target)
        }?;
    }
    Ok(())
}

/// Writes a file in place of a link. What was served in its place, a compressed sibling, goes.
pub fn put(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    for ending in ["", ".br", ".gz"] {
        match fs::remove_file(format!("{}{ending}", path.display())) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::write(path, content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_replaces_a_link_and_its_compressed_siblings() {
        let [from, to] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        fs::create_dir(from.path().join("below")).unwrap();
        for name in ["below/a.js", "below/a.js.br", "b.js"] {
            fs::write(from.path().join(name), "built").unwrap();
        }
        link(from.path(), to.path()).unwrap();
        put(&to.path().join("below/a.js"), "new").unwrap();
        let read = |folder: &TempDir, name: &str| fs::read_to_string(folder.path().join(name)).ok();
        let found = ["below/a.js", "below/a.js.br", "b.js"].map(|name| read(&to, name));
        assert_eq!(found, [Some("new".to_owned()), None, Some("built".to_owned())]);
        assert_eq!(read(&from, "below/a.js").as_deref(), Some("built"));
    }
}
