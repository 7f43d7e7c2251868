//! Watching the page's sources.

use crate::inputs;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// An editor saves in several steps, a checkout writes many files: wait until it has been quiet this long.
const QUIET: Duration = Duration::from_millis(300);

/// Calls `changed` after sources below `root` changed and came to rest, as long as the watcher is kept.
pub(crate) fn start(root: &Path, changed: impl Fn() + Send + 'static) -> notify::Result<RecommendedWatcher> {
    watch(root, QUIET, changed)
}

fn watch(
    root: &Path,
    quiet: Duration,
    changed: impl Fn() + Send + 'static,
) -> notify::Result<RecommendedWatcher> {
    let (sender, events) = mpsc::channel();
    let below = root.to_path_buf();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| matters(&below, &event)) {
            // Fails only when nobody waits any more.
            let _ = sender.send(());
        }
    })?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in folders(root)? {
        watcher.watch(&folder, RecursiveMode::Recursive)?;
    }
    thread::spawn(move || {
        while events.recv().is_ok() {
            while events.recv_timeout(quiet) != Err(RecvTimeoutError::Timeout) {}
            changed();
        }
    });
    Ok(watcher)
}

/// The root's folders that hold sources; the others (target above all) would cost a watch for every folder in them.
fn folders(root: &Path) -> notify::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root).map_err(notify::Error::io)? {
        let entry = entry.map_err(notify::Error::io)?;
        if entry.path().is_dir() && inputs::is_input(Path::new(&entry.file_name())) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

fn matters(root: &Path, event: &notify::Event) -> bool {
    let read_only = matches!(event.kind, EventKind::Access(_));
    !read_only && event.paths.iter().any(|path| path.strip_prefix(root).is_ok_and(inputs::is_input))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn changes_are_reported_once_when_they_rest() {
        let root = std::env::temp_dir().join(format!("xtask-watch-{}", std::process::id()));
        fs::create_dir_all(root.join("src")).unwrap();
        fs::create_dir_all(root.join("target")).unwrap();
        let root = root.canonicalize().unwrap();
        let (sender, changes) = mpsc::channel();
        // Long enough for two writes on a busy disk to be one change.
        let quiet = Duration::from_secs(1);
        let watcher = watch(&root, quiet, move || sender.send(()).unwrap()).unwrap();
        fs::write(root.join("target/ignored"), "x").unwrap();
        assert!(changes.recv_timeout(quiet * 3).is_err());
        fs::write(root.join("src/a"), "x").unwrap();
        fs::write(root.join("src/b"), "x").unwrap();
        assert!(changes.recv_timeout(Duration::from_secs(10)).is_ok());
        assert!(changes.recv_timeout(quiet * 3).is_err());
        drop(watcher);
        fs::remove_dir_all(root).unwrap();
    }
}
