//! What was done and need not be done again. The rule is make's: nothing that it was made of is newer than its beginning.

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::WalkDir;

/// A step that leaves a note when it is done.
pub(crate) struct Step {
    root: PathBuf,
    note: PathBuf,
    text: String,
}

impl Step {
    /// The step of this name, done as `how` says.
    pub(crate) fn new(workspace: &Workspace, name: &str, how: &str) -> Self {
        let root = workspace.root.clone();
        // Clones may share a target folder.
        let text = format!("{} with {how}", root.display());
        Self { root, note: workspace.target.join("xtask").join(name), text }
    }

    /// Whether it was done after all of its sources last changed.
    pub(crate) fn is_done<'a>(&self, sources: impl IntoIterator<Item = &'a str>) -> Result<bool> {
        if fs::read_to_string(&self.note).ok().as_ref() != Some(&self.text) {
            return Ok(false);
        }
        let done = self.note.metadata()?.modified()?;
        for source in sources {
            if changed(&self.root.join(source))? >= done {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Begins it: it is not done until [`Step::finish`] says so.
    pub(crate) fn begin(&self) -> Result<()> {
        fs::create_dir_all(self.note.with_file_name(""))?;
        fs::write(&self.note, "")?;
        Ok(fs::write(self.begun(), &self.text)?)
    }

    /// Notes that it is done. The note is as old as its beginning: what changed meanwhile is newer.
    pub(crate) fn finish(&self) -> Result<()> {
        Ok(fs::rename(self.begun(), &self.note)?)
    }

    fn begun(&self) -> PathBuf {
        self.note.with_extension("begun")
    }
}

/// When a file, or anything in a folder, last changed. A folder itself changes when a file is removed from it.
fn changed(path: &Path) -> Result<SystemTime> {
    let what = || format!("{} is among what xtask/src or Trunk.toml watch", path.display());
    let times = WalkDir::new(path).into_iter().map(|entry| Ok(entry?.metadata()?.modified()?));
    times.collect::<Result<Vec<_>>>().with_context(what)?.into_iter().max().with_context(what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const SOURCES: [&str; 2] = ["page.html", "src"];

    /// A clone that is a day old, whose step is done.
    fn clone(folder: &Path) -> Workspace {
        let workspace = Workspace::of_test(folder);
        fs::create_dir_all(folder.join("src/deep")).unwrap();
        for file in ["page.html", "src/deep/a.rs", "src/deep/b.rs"] {
            fs::write(folder.join(file), "").unwrap();
        }
        let yesterday = SystemTime::now() - Duration::from_secs(86_400);
        for path in ["page.html", "src", "src/deep", "src/deep/a.rs", "src/deep/b.rs"] {
            fs::File::open(folder.join(path)).unwrap().set_modified(yesterday).unwrap();
        }
        let step = Step::new(&workspace, "step", "so");
        step.begin().and_then(|()| step.finish()).unwrap();
        workspace
    }

    #[test]
    fn a_step_is_done_when_it_finished_in_the_same_clone() {
        let [folder, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let workspace = clone(folder.path());
        let is_done = |name, how| Step::new(&workspace, name, how).is_done(SOURCES).unwrap();
        assert!(is_done("step", "so") && !is_done("step", "otherwise") && !is_done("another step", "so"));
        let elsewhere = Workspace { target: workspace.target.clone(), ..clone(other.path()) };
        assert!(!Step::new(&elsewhere, "step", "so").is_done(SOURCES).unwrap());
        let again = Step::new(&workspace, "step", "so");
        again.begin().unwrap();
        assert!(!is_done("step", "so"));
        again.finish().unwrap();
        assert!(is_done("step", "so"));
    }

    #[test]
    fn what_changes_afterwards_or_meanwhile_is_not_in_it() {
        let changes: [fn(&Path) -> std::io::Result<()>; 4] = [
            |root| fs::write(root.join("page.html"), "new"),
            |root| fs::write(root.join("src/deep/a.rs"), "new"),
            |root| fs::write(root.join("src/deep/c.rs"), ""),
            |root| fs::remove_file(root.join("src/deep/b.rs")),
        ];
        for (nth, change) in changes.iter().enumerate() {
            for is_meanwhile in [false, true] {
                let folder = tempfile::tempdir().unwrap();
                let step = Step::new(&clone(folder.path()), "step", "so");
                if is_meanwhile {
                    step.begin().unwrap();
                }
                change(folder.path()).unwrap();
                if is_meanwhile {
                    step.finish().unwrap();
                }
                assert!(!step.is_done(SOURCES).unwrap(), "change {nth}, meanwhile: {is_meanwhile}");
            }
        }
    }

    #[test]
    fn a_source_that_is_gone_is_an_error_and_no_reason_to_skip() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = clone(folder.path());
        fs::remove_file(folder.path().join("page.html")).unwrap();
        let error = Step::new(&workspace, "step", "so").is_done(SOURCES).unwrap_err();
        assert!(format!("{error:#}").contains("page.html"), "{error:#}");
    }
}
