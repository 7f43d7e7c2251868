//! What was done and need not be done again. The rule is make's: nothing that it was made of is newer than its beginning.

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A step that has begun.
pub(crate) struct Done {
    root: PathBuf,
    begun: PathBuf,
    note: PathBuf,
}

impl Done {
    /// Whether a step was done, as `how` says, after all of its sources last changed.
    pub(crate) fn is_current<'a>(
        workspace: &Workspace,
        step: &str,
        how: &str,
        sources: impl IntoIterator<Item = &'a str>,
    ) -> Result<bool> {
        let (root, note) = (&workspace.root, note(workspace, step));
        if fs::read_to_string(&note).ok() != Some(text(root, how)) {
            return Ok(false);
        }
        let done = note.metadata()?.modified()?;
        for source in sources {
            if changed(&root.join(source))? >= done {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Begins a step: it is not done until [`Done::finish`] says so.
    pub(crate) fn begin(workspace: &Workspace, step: &str) -> Result<Self> {
        let note = note(workspace, step);
        workspace.sh.remove_path(&note)?;
        let begun = note.with_extension("begun");
        workspace.sh.write_file(&begun, "")?;
        Ok(Self { root: workspace.root.clone(), begun, note })
    }

    /// Notes that the step is done, as `how` says.
    pub(crate) fn finish(self, how: &str) -> Result<()> {
        // What changed while the step ran is newer than it.
        let begun = self.begun.metadata()?.modified()?;
        fs::write(&self.begun, text(&self.root, how))?;
        fs::File::open(&self.begun)?.set_modified(begun)?;
        Ok(fs::rename(self.begun, self.note)?)
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
