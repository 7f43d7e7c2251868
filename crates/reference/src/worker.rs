//! A running worker process.

use crate::{
    error::ReferenceError,
    installation::{Installation, last_line},
    message::{Answer, Hello, PROTOCOL, Question},
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

/// What is kept of what the worker writes to its error output, in bytes.
const LAST_WORDS: usize = 4_096;

/// A worker: it keeps its reused clients, and their connections, for as long as it lives. Dropping it ends it.
#[derive(Debug)]
pub struct Worker {
    process: Ender,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    last_words: Option<JoinHandle<Vec<u8>>>,
    hello: Hello,
    folder: PathBuf,
}

/// Ends a worker from anywhere, in the middle of a round, too.
#[derive(Clone, Debug)]
pub struct Ender(Arc<Process>);

#[derive(Debug)]
struct Process {
    child: Mutex<Child>,
    ended: AtomicBool,
    /// Where it writes its temporary files: it is ended from outside and removes none itself.
    _files: TempDir,
}

impl Ender {
    /// Ends the worker now. A round that it is in then fails with [`ReferenceError::Ended`].
    pub fn end(&self) {
        self.0.ended.store(true, Ordering::Relaxed);
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
    /// [`ReferenceError::Files`] without room for its temporary files, [`ReferenceError::Died`] if it does not start, [`ReferenceError::Unreadable`] if it is another version.
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
        let died = |error: io::Error| ReferenceError::Died { said: error.to_string() };
        let mut child = command.spawn().map_err(died)?;
        let (Some(questions), Some(answers), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(ReferenceError::Died { said: "it has no input or output".to_owned() });
        };
        let mut worker = Self {
            process: Ender(Arc::new(Process {
                child: Mutex::new(child),
                ended: AtomicBool::new(false),
                _files: files,
            })),
            questions,
            answers: BufReader::new(answers),
            last_words: Some(thread::spawn(move || tail(errors))),
            hello: Hello::default(),
            folder: installation.folder().to_owned(),
        };
        match worker.ask(Question::Hello { clients })? {
            Answer::Hello(hello) if hello.protocol == PROTOCOL => worker.hello = hello,
            Answer::Hello(hello) => {
                let said =
                    format!("they speak version {} of their lines, and not {PROTOCOL}", hello.protocol);
                return Err(ReferenceError::Unreadable(said));
            }
            other => return Err(worker.unexpected(other)),
        }
        Ok(worker)
    }

    /// What it is.
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Runs a round and waits for its end.
    ///
    /// # Errors
    /// [`ReferenceError`] if there was no round; failing requests are results.
    pub fn round(&mut self, order: &RoundOrder) -> Result<RoundAnswer, ReferenceError> {
        match self.ask(Question::Round(order))? {
            Answer::Round(answer) => Ok(answer),
            other => Err(self.unexpected(other)),
        }
    }

    /// What ends it from elsewhere.
    pub fn ender(&self) -> Ender {
        self.process.clone()
    }

    fn ask(&mut self, question: Question<'_>) -> Result<Answer, ReferenceError> {
        let unreadable = |error: serde_json::Error| ReferenceError::Unreadable(error.to_string());
        let mut line = serde_json::to_string(&question).map_err(unreadable)?;
        line.push('\n');
        let mut answer = String::new();
        let sent = self.questions.write_all(line.as_bytes());
        match sent.and_then(|()| self.answers.read_line(&mut answer)) {
            Ok(1..) => serde_json::from_str(&answer).map_err(unreadable),
            Ok(0) | Err(_) => Err(self.why_it_ended()),
        }
    }

    fn unexpected(&self, answer: Answer) -> ReferenceError {
        match answer {
            Answer::Error { code, message } if code == "package-missing" => {
                ReferenceError::PackageMissing { message, folder: self.folder.clone() }
            }
            Answer::Error { message, .. } => ReferenceError::Refused(message),
            Answer::Hello(_) | Answer::Round(_) => {
                ReferenceError::Unreadable("the answer belongs to another question".to_owned())
            }
        }
    }

    fn why_it_ended(&mut self) -> ReferenceError {
        if self.process.0.ended.load(Ordering::Relaxed) {
            return ReferenceError::Ended;
        }
        // It has closed its output; a process that lives on without one is of no use.
        self.process.end();
        let words = self.last_words.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        let said = last_line(&String::from_utf8_lossy(&words));
        let said = if said.is_empty() { "they left no word".to_owned() } else { said };
        ReferenceError::Died { said }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.process.end();
    }
}

/// Reads to the end, and keeps the last of it.
fn tail(mut source: impl Read) -> Vec<u8> {
    let (mut kept, mut piece) = (Vec::new(), [0; 1_024]);
    // A pipe that breaks has ended.
    while let Ok(read @ 1..) = source.read(&mut piece) {
        kept.extend_from_slice(&piece[..read]);
        kept.drain(..kept.len().saturating_sub(LAST_WORDS));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_is_kept() {
        let long = "x".repeat(LAST_WORDS) + "the end";
        let kept = tail(long.as_bytes());
        assert_eq!(kept.len(), LAST_WORDS);
        assert!(kept.ends_with(b"the end"));
    }
}
