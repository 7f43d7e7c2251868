//! What was done and need not be done again. The rule is make's: nothing that it was made of is newer than its beginning.

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A step that has begun.
pub(crate) struct Done {
    root: PathBuf,
    note: PathBuf,
    begun: SystemTime,
}

/// So coarse may be the times of files: what changed as the step began counts as changed since.
const COARSE: Duration = Duration::from_secs(1);

impl Done {
    /// Whether a step was done, as `how` says, after all of its sources last changed.
    pub(crate) fn is_current<'a>(
        workspace: &Workspace,
        step: &str,
        how: &str,
        sources: impl IntoIterator<Item = &'a str>,
    ) -> Result<bool> {
        let note = note(workspace, step);
        if fs::read_to_string(&note).ok() != Some(text(&workspace.root, how)) {
            return Ok(false);
        }
        let done = note.metadata()?.modified()?;
        for source in sources {
            if changed(&workspace.root.join(source))? >= done {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Begins a step: it is not done until [`Done::finish`] says so.
    pub(crate) fn begin(workspace: &Workspace, step: &str) -> Result<Self> {
        let note = note(workspace, step);
        workspace.sh.write_file(&note, "")?;
        Ok(Self { root: workspace.root.clone(), note, begun: SystemTime::now() - COARSE })
    }

    /// Notes that the step is done, as `how` says. What changed while it ran is newer than the note.
    pub(crate) fn finish(self, how: &str) -> Result<()> {
        fs::write(&self.note, text(&self.root, how))?;
        Ok(fs::File::open(&self.note)?.set_modified(self.begun)?)
    }
}

fn note(workspace: &Workspace, step: &str) -> PathBuf {
    workspace.target.join("xtask").join(step)
}

/// Clones may share a target folder.
fn text(root: &Path, how: &str) -> String {
    format!("{} with {how}", root.display())
}

/// When a file, or anything in a folder, last changed. A folder itself changes when a file is removed from it.
fn changed(path: &Path) -> Result<SystemTime> {
    let what = || format!("{} is among what xtask/src or Trunk.toml watch", path.display());
    let mut newest = path.metadata().with_context(what)?.modified()?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            newest = newest.max(changed(&entry?.path())?);
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        Done::begin(&workspace, "step").unwrap().finish("so").unwrap();
        workspace
    }

    fn is_current(workspace: &Workspace, how: &str) -> bool {
        Done::is_current(workspace, "step", how, SOURCES).unwrap()
    }

    #[test]
    fn a_step_is_done_when_it_has_finished_in_the_same_way_and_clone() {
        let [folder, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let workspace = clone(folder.path());
        assert!(is_current(&workspace, "so") && !is_current(&workspace, "otherwise"));
        assert!(!Done::is_current(&workspace, "another step", "so", SOURCES).unwrap());
        let target = workspace.target.clone();
        assert!(!is_current(&Workspace { target, ..clone(other.path()) }, "so"));
        let again = Done::begin(&workspace, "step").unwrap();
        assert!(!is_current(&workspace, "so"));
        again.finish("so").unwrap();
        assert!(is_current(&workspace, "so"));
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
                let workspace = clone(folder.path());
                let step = is_meanwhile.then(|| Done::begin(&workspace, "step").unwrap());
                change(folder.path()).unwrap();
                step.map_or(Ok(()), |step| step.finish("so")).unwrap();
                assert!(!is_current(&workspace, "so"), "change {nth}, meanwhile: {is_meanwhile}");
            }
        }
    }

    #[test]
    fn a_source_that_is_gone_is_an_error_and_no_reason_to_skip() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = clone(folder.path());
        fs::remove_file(folder.path().join("page.html")).unwrap();
        let error = Done::is_current(&workspace, "step", "so", SOURCES).unwrap_err();
        assert!(format!("{error:#}").contains("page.html"), "{error:#}");
    }
}
