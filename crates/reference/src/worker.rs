use crate::{
    installation::{Installation, last_line},
    message::{Hello, PROTOCOL, Request, Response},
};
use anyhow::anyhow;
use fetchmark_core::run::native::{RoundAnswer, RoundOrder};
use std::{
    fmt::Display,
    io::{BufRead, BufReader, Read, Write},
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

/// [`AbortHandle::abort`] was called.
#[derive(Debug, thiserror::Error)]
#[error("The Python clients were ended.")]
pub struct Aborted;

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
    /// Ends the worker now. A round that it is running fails with [`Aborted`].
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
    /// If it does not start, is of another version, or lacks a package.
    pub fn start(
        installation: &Installation,
        trust: Option<&Path>,
        clients: &[String],
    ) -> anyhow::Result<Self> {
        let mut command = installation.command();
        let files = tempfile::Builder::new().prefix("fetchmark-").tempdir().map_err(|error| {
            anyhow!("The Python clients have no room for temporary files: {error}. Check the folder for temporary files.")
        })?;
        for name in ["TMPDIR", "TEMP", "TMP"] {
            command.env(name, files.path());
        }
        command.arg("worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(trust) = trust {
            command.arg("--trust").arg(trust);
        }
        let mut child = command.spawn().map_err(exited)?;
        let (Some(requests), Some(responses), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(exited("they have no input or output"));
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
                return Err(unreadable(format!(
                    "they use version {} of the protocol, not {PROTOCOL}",
                    hello.protocol
                )));
            }
            other => return Err(worker.unexpected(other)),
        }
        Ok(worker)
    }

    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Runs a round and waits for its end.
    ///
    /// # Errors
    /// If there was no round; failing requests are results.
    pub fn round(&mut self, order: &RoundOrder) -> anyhow::Result<RoundAnswer> {
        match self.send(Request::Round(order))? {
            Response::Round(answer) => Ok(answer),
            other => Err(self.unexpected(other)),
        }
    }

    pub fn abort_handle(&self) -> AbortHandle {
        self.process.clone()
    }

    fn send(&mut self, request: Request<'_>) -> anyhow::Result<Response> {
        let mut line = serde_json::to_string(&request).map_err(unreadable)?;
        line.push('\n');
        let mut response = String::new();
        let sent = self.requests.write_all(line.as_bytes());
        match sent.and_then(|()| self.responses.read_line(&mut response)) {
            Ok(1..) => serde_json::from_str(&response).map_err(unreadable),
            Ok(0) | Err(_) => Err(self.exit_reason()),
        }
    }

    fn unexpected(&self, response: Response) -> anyhow::Error {
        match response {
            Response::Error { code, message } if code == "package-missing" => {
                let folder = self.folder.display();
                anyhow!("{message} Remove {folder} and try again: it is then installed again.")
            }
            Response::Error { message, .. } => anyhow!(message),
            Response::Hello(_) | Response::Round(_) => unreadable("the answer belongs to another request"),
        }
    }

    fn exit_reason(&mut self) -> anyhow::Error {
        if self.process.0.aborted.load(Ordering::Relaxed) {
            return Aborted.into();
        }
        // It has closed its output; a process that lives on without one is of no use.
        self.process.abort();
        let stderr = self.stderr.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        match last_line(&String::from_utf8_lossy(&stderr)) {
            line if line.is_empty() => exited("they gave no reason"),
            line => exited(line),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.process.abort();
    }
}

fn exited(detail: impl Display) -> anyhow::Error {
    anyhow!("The Python clients ended unexpectedly: {detail}.")
}

fn unreadable(detail: impl Display) -> anyhow::Error {
    anyhow!("The answer of the Python clients cannot be read: {detail}.")
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
