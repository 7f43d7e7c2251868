//! A static host that knows nothing of Fetchmark, the page under a sub-path.

use crate::site::fill;
use anyhow::Result;
use axum::Router;
use std::{io, net::SocketAddr, path::PathBuf};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinSet};
use tower_http::services::ServeDir;

const BELOW: &str = "fetchmark";

/// The server; it ends when this is dropped.
#[derive(Debug)]
pub struct StaticHost {
    address: SocketAddr,
    _server: JoinSet<io::Result<()>>,
    // After the server: what is served goes last.
    root: TempDir,
}

impl StaticHost {
    /// Serves the built page under `/fetchmark/`, with further files (name, content) beside it.
    pub async fn start(files: &[(&str, &str)]) -> Result<Self> {
        let root = tempfile::tempdir()?;
        fill(&root.path().join(BELOW), files)?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let files = Router::new().fallback_service(ServeDir::new(root.path()));
        let mut server = JoinSet::new();
        server.spawn(async { axum::serve(listener, files).await });
        Ok(Self { address, _server: server, root })
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.root.path().join(BELOW).join(name)
    }

    pub fn url(&self) -> String {
        format!("http://{}/{BELOW}/", self.address)
    }
}
