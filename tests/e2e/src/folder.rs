//! A temporary folder: of files to serve, or of what a browser writes.

use std::{
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

/// The folder; it goes when this is dropped.
#[derive(Debug)]
pub struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// An empty folder of this process, told from its others by `name`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(name: &str) -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("fetchmark-{name}-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Puts every file of a folder into it, as `below`, by links; an empty `below` is the folder itself.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn link(&self, from: &Path, below: &str) -> io::Result<()> {
        link(&from.canonicalize()?, &self.0.join(below))
    }

    /// Removes every file whose name ends like this.
    ///
    /// # Errors
    /// When a folder cannot be read or a file not removed.
    pub fn remove_all(&self, ending: &str) -> io::Result<()> {
        remove_all(&self.0, ending)
    }
}

impl TemporaryFolder {
    /// Writes a file in place of a link. What was served in its place, a compressed sibling, goes.
    ///
    /// # Errors
    /// When it cannot be written, or a sibling not removed.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> io::Result<()> {
        let path = self.0.join(name);
        for ending in ["", ".br", ".gz"] {
            let mut sibling = path.clone().into_os_string();
            sibling.push(ending);
            match fs::remove_file(sibling) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        fs::write(path, content)
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // A left-over temporary folder harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            link(&entry.path(), &target)?;
        } else {
            symlink(entry.path(), target)?;
        }
    }
    Ok(())
}

fn remove_all(folder: &Path, ending: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_all(&entry.path(), ending)?;
        } else if entry.file_name().to_string_lossy().ends_with(ending) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_holds_what_the_folder_held_and_goes() {
        let folder = TemporaryFolder::new("folder-test").unwrap();
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        folder.link(&sources, "below").unwrap();
        assert!(folder.path().join("below/lib.rs").is_file() && folder.path().join("below/bench").is_dir());
        folder.remove_all(".rs").unwrap();
        assert!(!folder.path().join("below/lib.rs").exists() && folder.path().join("below/bench").is_dir());
        let path = folder.path().to_owned();
        drop(folder);
        assert!(!path.exists());
    }
}
