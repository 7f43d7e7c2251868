//! Python for the tab: Pyodide and the libraries, made once into a folder of the target, and put into dist/.

use crate::workspace::{Workspace, quietly, seconds, which};
use anyhow::{Context, Result};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};
use walkdir::WalkDir;
use xshell::cmd;

/// The npm package; its hash is in `reference/pyodide/assemble.py`.
const PACKAGE: &str = "pyodide@314.0.7";

/// What the folder is made of, besides that.
const SOURCES: [&str; 4] = [
    "reference/pyodide",
    "reference/python/fetchmark_reference",
    "reference/python/requirements.txt",
    "xtask/compress.mjs",
];

/// Written last.
const MANIFEST: &str = "manifest.json";

/// Puts it into dist/, with compressed siblings; makes it where it has not been made of these sources. Where it cannot be made, says so in a
/// sentence: the page works without it.
pub(crate) fn place(workspace: &Workspace) -> Result<()> {
    let (made, placed) = (folder(workspace)?, workspace.dist().join("engine/pyodide"));
    if !made.join(MANIFEST).is_file() {
        let started = Instant::now();
        if let Err(why) = make(workspace, &made) {
            println!("Python in the tab: left out, {why:#}. The page works without it.");
            return Ok(());
        }
        println!("Python in the tab: made in {}.", seconds(started));
    }
    let read = |folder: &Path| fs::read(folder.join(MANIFEST)).ok();
    if read(&placed) != read(&made) {
        workspace.sh.remove_path(&placed)?;
        fs::create_dir_all(&placed)?;
        for file in fs::read_dir(&made)? {
            let file = file?;
            // Another name for the same file, where a file can have two.
            let target = placed.join(file.file_name());
            fs::hard_link(file.path(), &target).or_else(|_| fs::copy(file.path(), &target).map(drop))?;
        }
    }
    Ok(())
}

/// Where it is made, named after all that it is made of.
fn folder(workspace: &Workspace) -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    PACKAGE.hash(&mut hasher);
    for source in SOURCES {
        for file in WalkDir::new(workspace.root.join(source)).sort_by_file_name() {
            let file = file?;
            let name = file.path().strip_prefix(&workspace.root)?;
            if file.file_type().is_file() && !name.components().any(|part| part.as_os_str() == "__pycache__")
            {
                name.hash(&mut hasher);
                fs::read(file.path())?.hash(&mut hasher);
            }
        }
    }
    Ok(workspace.target.join("pyodide").join(format!("{:016x}", hasher.finish())))
}

fn make(workspace: &Workspace, made: &Path) -> Result<()> {
    let sh = &workspace.sh;
    let python = python().context("for Python 3 was not found")?;
    quietly(cmd!(sh, "{python} -m pip --version")).ok().context("for Python has no pip")?;
    which("npm").context("for npm was not found")?;
    // Earlier ones are of other sources.
    sh.remove_path(made.with_file_name(""))?;
    let folder = tempfile::tempdir()?;
    let (packed, unfinished) = (folder.path().join("packed"), folder.path().join("made"));
    fs::create_dir(&packed)?;
    quietly(cmd!(sh, "npm pack --silent {PACKAGE} --pack-destination {packed}"))?;
    let package = fs::read_dir(&packed)?.next().context("for npm packed nothing")??.path();
    let script = workspace.root.join("reference/pyodide/assemble.py");
    quietly(cmd!(sh, "{python} {script} {package} {unfinished}"))?;
    quietly(cmd!(sh, "node xtask/compress.mjs {unfinished}"))?;
    fs::create_dir_all(made)?;
    let is_last = |name: &Path| name.ends_with(MANIFEST);
    let mut files: Vec<PathBuf> =
        fs::read_dir(&unfinished)?.map(|file| Ok(file?.path())).collect::<Result<_>>()?;
    files.sort_by_key(|file| is_last(file));
    for file in files {
        fs::copy(&file, made.join(file.file_name().unwrap_or_default()))?;
    }
    Ok(())
}

/// The first Python 3 on the PATH, or the one that is named as for CPython's rows.
fn python() -> Option<String> {
    let named = env::var("FETCHMARK_PYTHON").ok().filter(|name| !name.is_empty());
    named.or_else(|| ["python3", "python"].into_iter().find(|name| which(name).is_some()).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_is_made_of_names_its_folder() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace::of_test(root.path());
        for source in SOURCES {
            let file = root.path().join(source);
            let file = if file.extension().is_some() { file } else { file.join("a.py") };
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, source).unwrap();
        }
        let before = folder(&workspace).unwrap();
        assert_eq!(folder(&workspace).unwrap(), before);
        let compiled = root.path().join("reference/pyodide/__pycache__");
        fs::create_dir(&compiled).unwrap();
        fs::write(compiled.join("a.pyc"), "").unwrap();
        assert_eq!(folder(&workspace).unwrap(), before, "what Python leaves behind is no source");
        fs::write(root.path().join("reference/pyodide/a.py"), "new").unwrap();
        assert_ne!(folder(&workspace).unwrap(), before);
    }
}
