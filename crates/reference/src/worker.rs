//! A running worker process.

use crate::{
    error::ReferenceError,
    installation::{Installation, last_line},
    message::{Hello, PROTOCOL, Request, Response},
};
use fetchmark_core::outside::{RoundAnswer, RoundOrder};
use std::{
    env,
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};
use tempfile::TempDir;

/// How much of the worker's error output is kept, in bytes.
const STDERR_KEPT: usize = 4_096;

/// A worker: it keeps its reused clients, and their connections, for as long as it lives. Dropping it ends it.
#[derive(Debug)]
pub struct Worker {
    process: AbortHandle,
    requests: ChildStdin,
    responses: BufReader<ChildStdout>,
    stderr: Option<JoinHandle<Vec<u8>>>,
    hello: Hello,
    folder: PathBuf,
}

/// Ends a worker from anywhere, even in the middle of a round.
#[derive(Clone, Debug)]
pub struct AbortHandle(Arc<Process>);

#[derive(Debug)]
struct Process {
    child: Mutex<Child>,
    aborted: AtomicBool,
    /// Where it writes its temporary files: it is ended from outside and removes none itself.
    _files: TempDir,
}

impl AbortHandle {
    /// Ends the worker now. A round that it is running fails with [`ReferenceError::Aborted`].
    pub fn abort(&self) {
        self.0.aborted.store(true, Ordering::Relaxed);
        let mut child = self.0.child.lock().unwrap_or_else(PoisonError::into_inner);
        // Fails only if it has ended already.
        let _ = child.kill();
        let _ = child.wait();
    }
}

impl Worker {
    /// Starts one for these clients, or for any if none is named. `trust` is a PEM file with a certificate to accept beside the usual
    /// authorities, such as the lab's.
    ///
    /// # Errors
    /// [`ReferenceError::Files`] without room for its temporary files, [`ReferenceError::Exited`] if it does not start, [`ReferenceError::Unreadable`] if it is another version.
    pub fn start(
        installation: &Installation,
        trust: Option<&Path>,
        clients: &[String],
    ) -> Result<Self, ReferenceError> {
        let mut command = installation.command();
        let failed = |source| ReferenceError::Files { what: "made", path: env::temp_dir(), source };
        let files = tempfile::Builder::new().prefix("fetchmark-").tempdir().map_err(failed)?;
        for name in ["TMPDIR", "TEMP", "TMP"] {
            command.env(name, files.path());
        }
        command.arg("worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(trust) = trust {
            command.arg("--trust").arg(trust);
        }
        let exited = |error: io::Error| ReferenceError::Exited { detail: error.to_string() };
        let mut child = command.spawn().map_err(exited)?;
        let (Some(requests), Some(responses), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(ReferenceError::Exited { detail: "it has no input or output".to_owned() });
        };
        let mut worker = Self {
            process: AbortHandle(Arc::new(Process {
                child: Mutex::new(child),
                aborted: AtomicBool::new(false),
                _files: files,
            })),
            requests,
            responses: BufReader::new(responses),
            stderr: Some(thread::spawn(move || tail(errors))),
            hello: Hello::default(),
            folder: installation.folder().to_owned(),
        };
        match worker.send(Request::Hello { clients })? {
            Response::Hello(hello) if hello.protocol == PROTOCOL => worker.hello = hello,
            Response::Hello(hello) => {
                let detail = format!("they use version {} of the protocol, not {PROTOCOL}", hello.protocol);
                return Err(ReferenceError::Unreadable(detail));
            }
            other => return Err(worker.unexpected(other)),
        }
        Ok(worker)
    }

    /// What it says of itself.
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Runs a round and waits for its end.
    ///
    /// # Errors
    /// [`ReferenceError`] if there was no round; failing requests are results.
    pub fn round(&mut self, order: &RoundOrder) -> Result<RoundAnswer, ReferenceError> {
        match self.send(Request::Round(order))? {
            Response::Round(answer) => Ok(answer),
            other => Err(self.unexpected(other)),
        }
    }

    /// A handle that ends it from elsewhere.
    pub fn abort_handle(&self) -> AbortHandle {
        self.process.clone()
    }

    fn send(&mut self, request: Request<'_>) -> Result<Response, ReferenceError> {
        let unreadable = |error: serde_json::Error| ReferenceError::Unreadable(error.to_string());
        let mut line = serde_json::to_string(&request).map_err(unreadable)?;
        line.push('\n');
        let mut response = String::new();
        let sent = self.requests.write_all(line.as_bytes());
        match sent.and_then(|()| self.responses.read_line(&mut response)) {
            Ok(1..) => serde_json::from_str(&response).map_err(unreadable),
            Ok(0) | Err(_) => Err(self.exit_reason()),
        }
    }

    fn unexpected(&self, response: Response) -> ReferenceError {
        match response {
            Response::Error { code, message } if code == "package-missing" => {
                ReferenceError::PackageMissing { message, folder: self.folder.clone() }
            }
            Response::Error { message, .. } => ReferenceError::Refused(message),
            Response::Hello(_) | Response::Round(_) => {
                ReferenceError::Unreadable("the answer belongs to another request".to_owned())
            }
        }
    }

    fn exit_reason(&mut self) -> ReferenceError {
        if self.process.0.aborted.load(Ordering::Relaxed) {
            return ReferenceError::Aborted;
        }
        // It has closed its output; a process that lives on without one is of no use.
        self.process.abort();
        let stderr = self.stderr.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        let detail = match last_line(&String::from_utf8_lossy(&stderr)) {
            line if line.is_empty() => "they gave no reason".to_owned(),
            line => line,
        };
        ReferenceError::Exited { detail }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.process.abort();
    }
}

/// Reads to the end, and keeps the last of it.
fn tail(mut source: impl Read) -> Vec<u8> {
    let (mut kept, mut piece) = (Vec::new(), [0; 1_024]);
    // A pipe that breaks has ended.
    while let Ok(read @ 1..) = source.read(&mut piece) {
        kept.extend_from_slice(&piece[..read]);
        kept.drain(..kept.len().saturating_sub(STDERR_KEPT));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_the_error_output_is_kept() {
        let long = "x".repeat(STDERR_KEPT) + "the end";
        let kept = tail(long.as_bytes());
        assert_eq!(kept.len(), STDERR_KEPT);
        assert!(kept.ends_with(b"the end"));
    }
}
