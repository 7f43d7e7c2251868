//! The Python package, carried within the program: an installed `fetchmark` has no repository beside it.

use anyhow::anyhow;
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::Path,
};

macro_rules! package {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../../reference/python/fetchmark_reference/", $path)))),+]
    };
}

/// The package's files: path and content.
pub(crate) const PACKAGE: &[(&str, &str)] = package!(
    "__init__.py",
    "__main__.py",
    "address.py",
    "order.py",
    "outcome.py",
    "rounds.py",
    "surroundings.py",
    "worker.py",
    "clients/__init__.py",
    "clients/aiohttp_async.py",
    "clients/httpx_async.py",
    "clients/httpx_shared.py",
    "clients/httpx_sync.py",
    "clients/requests_sync.py",
);

pub(crate) const NAME: &str = "fetchmark_reference";

/// What pip installs: versions and their hashes.
pub(crate) const LOCK: &str = include_str!("../../../reference/python/requirements.txt");

pub(crate) fn write_package(folder: &Path) -> anyhow::Result<()> {
    for (path, content) in PACKAGE {
        write(&folder.join(NAME).join(path), content)?;
    }
    Ok(())
}

/// Writes a file, and the folders it is in.
pub(crate) fn write(path: &Path, content: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, content))
        .map_err(|error| file_error("written", path, &error))
}

/// A file or folder of the installation that could not be `done` (written, locked, …).
pub(crate) fn file_error(done: &str, path: &Path, error: &io::Error) -> anyhow::Error {
    let path = path.display();
    anyhow!("{path} could not be {done} ({error}). Make room there, or remove that folder and try again.")
}

/// Changes when anything that is installed does. It may also change with the compiler's version, which costs an installation.
pub(crate) fn fingerprint(python: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (PACKAGE, LOCK, python).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(folder: &Path, from: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{from}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                below(&entry.path(), &format!("{name}/"), found);
            } else if name.ends_with(".py") {
                found.push(name);
            }
        }
    }

    #[test]
    fn every_file_of_the_package_is_carried() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference/python").join(NAME);
        let mut found = Vec::new();
        below(&package, "", &mut found);
        found.sort();
        let mut carried: Vec<_> = PACKAGE.iter().map(|(path, _)| (*path).to_owned()).collect();
        carried.sort();
        assert_eq!(carried, found);
    }

    #[test]
    fn the_lock_pins_every_package_by_hash_and_names_no_host() {
        for name in ["requests==", "httpx==", "aiohttp=="] {
            assert!(LOCK.lines().any(|line| line.starts_with(name)), "{name}");
        }
        let packages = LOCK.lines().filter(|line| line.contains("==")).count();
        assert!(LOCK.matches("--hash=sha256:").count() >= packages);
        assert!(!LOCK.contains("://") && !LOCK.contains("--index"), "the lock names a host");
    }

    #[test]
    fn another_python_is_another_installation() {
        assert_ne!(fingerprint("3.11.7"), fingerprint("3.12.1"));
        assert_eq!(fingerprint("3.11.7"), fingerprint("3.11.7"));
    }
}
