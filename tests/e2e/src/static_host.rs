//! A static host that knows nothing of Fetchmark: Python's file server, the page under a sub-path.

use crate::{SetupError, folder::TemporaryFolder, free_port, library::fill};
use std::{path::PathBuf, process::Stdio, time::Duration};
use tokio::{
    net::TcpStream,
    process::{Child, Command},
    time::{Instant, sleep},
};

/// The path that the page is under.
const BELOW: &str = "fetchmark";

/// The server; it ends when this is dropped.
#[derive(Debug)]
pub struct StaticHost {
    port: u16,
    _server: Child,
    // After the server: what is served goes last.
    root: TemporaryFolder,
}

impl StaticHost {
    /// Serves the built page under `/fetchmark/`.
    ///
    /// # Errors
    /// [`SetupError`] if the page is not built or Python does not start.
    pub async fn start() -> Result<Self, SetupError> {
        Self::start_with(&[]).await
    }

    /// The same with further files (name, content) beside the page.
    ///
    /// # Errors
    /// As above.
    pub async fn start_with(files: &[(&str, &str)]) -> Result<Self, SetupError> {
        let port = free_port()?;
        let failed = |source| SetupError::NotStarted { program: "the static host", source };
        let root = TemporaryFolder::new(&format!("static-{port}")).map_err(failed)?;
        fill(&root, BELOW, files)?;
        let server = Command::new("python3")
            .args(["-m", "http.server", "--bind", "127.0.0.1", "--directory"])
            .arg(root.path())
            .arg(port.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| SetupError::NotStarted { program: "python3", source })?;
        listening(port).await?;
        Ok(Self { port, _server: server, root })
    }

    /// The file of the page whose name begins like this; not what is compressed of it.
    ///
    /// # Errors
    /// [`SetupError`] if there is none.
    pub fn file(&self, beginning: &str) -> Result<PathBuf, SetupError> {
        let failed = |source| SetupError::NotStarted { program: "the static host", source };
        let found = std::fs::read_dir(self.root.path().join(BELOW)).map_err(failed)?.flatten();
        let is_it =
            |name: &str| name.starts_with(beginning) && !name.ends_with(".br") && !name.ends_with(".gz");
        let mut found = found.filter(|file| is_it(&file.file_name().to_string_lossy()));
        let missing = || failed(std::io::Error::other(format!("no {beginning}… in the built page")));
        Ok(found.next().ok_or_else(missing)?.path())
    }

    /// The page's address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/{BELOW}/", self.port)
    }
}

/// Waits until the server takes connections.
async fn listening(port: u16) -> Result<(), SetupError> {
    let deadline = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if Instant::now() > deadline {
            return Err(SetupError::NoAnswer("python3 -m http.server"));
        }
        // Another program's start gives no sign but its open port.
        sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
