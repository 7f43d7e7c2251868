//! A static host that knows nothing of Fetchmark: Python's file server, the page under a sub-path.

use crate::{SetupError, browser::listening, dist, free_port};
use std::{path::PathBuf, process::Stdio};
use tokio::process::{Child, Command};

/// The server; it ends when this is dropped.
#[derive(Debug)]
pub struct StaticHost {
    port: u16,
    root: PathBuf,
    _server: Child,
}

impl StaticHost {
    /// Serves the built page under `/fetchmark/`.
    ///
    /// # Errors
    /// [`SetupError`] if the page is not built or Python does not start.
    pub async fn start() -> Result<Self, SetupError> {
        let port = free_port()?;
        let root = std::env::temp_dir().join(format!("fetchmark-static-{}-{port}", std::process::id()));
        let failed = |source| SetupError::NotStarted { program: "the static host", source };
        copy_folder(&dist()?, &root.join("fetchmark")).map_err(failed)?;
        let server = Command::new("python3")
            .args(["-m", "http.server", "--bind", "127.0.0.1", "--directory"])
            .arg(&root)
            .arg(port.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| SetupError::NotStarted { program: "python3", source })?;
        listening(port, "python3 -m http.server").await?;
        Ok(Self { port, root, _server: server })
    }

    /// The page's address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/fetchmark/", self.port)
    }
}

impl Drop for StaticHost {
    fn drop(&mut self) {
        // A left-over temporary folder harms nobody.
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
