//! The `fetchmark` command as a person or a pipeline starts it, and the processes it starts.

use crate::built;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    env, fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};
use tempfile::NamedTempFile;

/// How long anything of it may take before a test calls it stuck.
const PATIENCE: Duration = Duration::from_secs(120);

/// Between looks: a process that is no child of ours gives no sign of its end.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// `fetchmark run` in a folder, with its output kept: the program that `FETCHMARK_COMMAND` names, else the one that `cargo build` leaves.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(built("FETCHMARK_COMMAND", "target/debug/fetchmark"));
    command.arg("run").args(arguments).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it to its end.
pub fn run(folder: &Path, arguments: &[&str]) -> io::Result<Ran> {
    Ok(command(folder, arguments).output()?.into())
}

/// Runs a shell script as a pipeline would: `fetchmark` is on its path, and these variables are set.
pub fn shell(folder: &Path, script: &str, variables: &[(&str, &str)]) -> Result<Ran> {
    let program = built("FETCHMARK_COMMAND", "target/debug/fetchmark");
    let here = program.parent().context("the command is in no folder")?.to_owned();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([here].into_iter().chain(env::split_paths(&path)))?;
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", script]).current_dir(folder).env("PATH", path);
    Ok(command.envs(variables.iter().copied()).stdin(Stdio::null()).output()?.into())
}

/// What it did.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub out: String,
    /// What it wrote to standard error.
    pub error: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), error: text(&output.stderr) }
    }
}

/// A running `fetchmark run`; what it started ends with it, however a test ends.
#[derive(Debug)]
pub struct Running {
    process: Option<Child>,
    /// Takes its standard error.
    errors: NamedTempFile,
}

impl Running {
    /// Starts it.
    pub fn start(folder: &Path, arguments: &[&str]) -> io::Result<Self> {
        let errors = NamedTempFile::new()?;
        let process = command(folder, arguments).stderr(errors.reopen()?).spawn()?;
        Ok(Self { process: Some(process), errors })
    }

    /// Its process's number.
    pub fn id(&self) -> u32 {
        self.process.as_ref().map_or(0, Child::id)
    }

    /// Waits until it has written these words to standard error.
    pub fn until_it_says(&self, words: &str) -> Result<()> {
        eventually(|| fs::read_to_string(self.errors.path()).is_ok_and(|said| said.contains(words)))
            .context(words.to_owned())
    }

    /// Waits for its end.
    pub fn end(mut self) -> Result<Ran> {
        let ran: Ran = self.process.take().context("it has ended")?.wait_with_output()?.into();
        Ok(Ran { error: fs::read_to_string(self.errors.path())?, ..ran })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            for process in below(process.id()) {
                let _ = signal(process, "KILL");
            }
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// Sends a signal to a process.
pub fn signal(process: u32, name: &str) -> io::Result<()> {
    Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).stderr(Stdio::null()).status()?;
    Ok(())
}

/// Every process below this one, parents before children. What has ended and was only not waited for is none.
pub fn below(process: u32) -> Vec<u32> {
    let all = processes();
    let mut found = vec![process];
    let mut at = 0;
    while let Some(&parent) = found.get(at) {
        found.extend(children_in(&all, parent));
        at += 1;
    }
    found.split_off(1)
}

/// The children of this process.
pub fn children(process: u32) -> Vec<u32> {
    children_in(&processes(), process).collect()
}

fn children_in(all: &[(u32, u32)], process: u32) -> impl Iterator<Item = u32> {
    all.iter().filter(move |(_, parent)| *parent == process).map(|(id, _)| *id)
}

/// Waits until none of these processes runs.
pub fn until_gone(started: &[u32]) -> Result<()> {
    eventually(|| processes().iter().all(|(id, _)| !started.contains(id))).context("a process still runs")
}

/// Waits until something is so.
pub fn eventually(mut is_so: impl FnMut() -> bool) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        if Instant::now() > deadline {
            bail!("what was waited for never came");
        }
        sleep(LOOK_AGAIN);
    }
    Ok(())
}

/// What a server on this machine answers in JSON; nothing, if it does not.
pub fn ask(port: u16, method: &str, path: &str, body: &str) -> Option<Value> {
    ask_with(port, method, path, "", body)
}

/// The same with further headers, each with its line's end.
pub fn ask_with(port: u16, method: &str, path: &str, headers: &str, body: &str) -> Option<Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let length = body.len();
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json");
    write!(stream, "{head}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}").ok()?;
    // A driver may leave the connection open: the answer ends where its length says.
    let mut reader = BufReader::new(stream);
    let head = reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let length = |line: String| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    };
    let length = head.filter_map(length).last()?;
    serde_json::from_reader(reader.take(length)).ok()
}

/// Every process with its parent; without those that have ended.
fn processes() -> Vec<(u32, u32)> {
    let listed = Command::new("ps").args(["-eo", "pid=,ppid=,stat="]).output();
    let listed = listed.map(|output| Ran::from(output).out).unwrap_or_default();
    let process = |line: &str| {
        let [id, parent, state] = line.split_whitespace().collect::<Vec<_>>()[..] else { return None };
        Some((id.parse().ok()?, parent.parse().ok()?)).filter(|_| !state.starts_with('Z'))
    };
    listed.lines().filter_map(process).collect()
}
