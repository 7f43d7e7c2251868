//! A short value that changes when files, tools or options change.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// The fingerprint of some bytes.
///
/// The standard hash may differ between compiler versions; then something is done again that need not be. Nobody
/// gains by forging it.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The fingerprint of files (their names and contents, below `root`) and of facts beside them.
pub(crate) fn of_files(root: &Path, files: &[PathBuf], facts: &[String]) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    facts.hash(&mut hasher);
    for file in files {
        file.hash(&mut hasher);
        std::fs::read(root.join(file))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-fingerprint-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn content_name_and_facts_each_count() {
        let root = folder("counts");
        fs::write(root.join("a"), "one").unwrap();
        fs::write(root.join("b"), "one").unwrap();
        let of = |name: &str, fact: &str| of_files(&root, &[name.into()], &[fact.to_owned()]).unwrap();
        let before = of("a", "release");
        assert_eq!(before, of("a", "release"));
        assert_ne!(before, of("b", "release"));
        assert_ne!(before, of("a", "dev"));
        fs::write(root.join("a"), "two").unwrap();
        assert_ne!(before, of("a", "release"));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let root = folder("missing");
        assert!(of_files(&root, &["gone".into()], &[]).is_err());
        fs::remove_dir_all(root).unwrap();
    }
}
