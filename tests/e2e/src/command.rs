//! The `fetchmark` command as a person or a pipeline starts it, and the processes it starts.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// How long anything of it may take before a test calls it stuck.
const PATIENCE: Duration = Duration::from_secs(120);

/// The command's program: the one that `FETCHMARK_COMMAND` names, else the one that `cargo build` leaves.
fn program() -> PathBuf {
    std::env::var_os("FETCHMARK_COMMAND").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/debug/fetchmark"),
        PathBuf::from,
    )
}

/// Runs a shell script as a pipeline would: `fetchmark` is on its path, and these variables are set.
///
/// # Errors
/// If there is no shell.
pub fn shell(folder: &Path, script: &str, variables: &[(&str, &str)]) -> io::Result<Ran> {
    let here = program().parent().map(Path::to_owned).unwrap_or_default();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(here).chain(std::env::split_paths(&path)))
        .map_err(io::Error::other)?;
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", script]).current_dir(folder).env("PATH", path);
    command.envs(variables.iter().copied()).stdin(Stdio::null());
    Ok(command.output()?.into())
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

/// The command in a folder, with its output kept.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn to_run<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    std::iter::once("run").chain(arguments.iter().copied()).collect()
}

/// Runs `fetchmark run` in a folder to its end.
///
/// # Errors
/// If it cannot be started.
pub fn run(folder: &Path, arguments: &[&str]) -> io::Result<Ran> {
    Ok(command(folder, &to_run(arguments)).output()?.into())
}

/// Runs another command of it in a folder to its end.
///
/// # Errors
/// If it cannot be started.
pub fn fetchmark(folder: &Path, arguments: &[&str]) -> io::Result<Ran> {
    Ok(command(folder, arguments).output()?.into())
}

/// Runs `fetchmark run` with a variable in its environment.
///
/// # Errors
/// If it cannot be started.
pub fn run_with(folder: &Path, arguments: &[&str], (name, value): (&str, &str)) -> io::Result<Ran> {
    Ok(command(folder, &to_run(arguments)).env(name, value).output()?.into())
}

/// A running `fetchmark run`; what it started ends with it, however a test ends.
#[derive(Debug)]
pub struct Running {
    process: Option<Child>,
}

impl Running {
    /// Starts it.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn start(folder: &Path, arguments: &[&str]) -> io::Result<Self> {
        Ok(Self { process: Some(command(folder, &to_run(arguments)).spawn()?) })
    }

    /// Its process's number.
    pub fn id(&self) -> u32 {
        self.process.as_ref().map_or(0, Child::id)
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// If it cannot be waited for.
    pub fn end(mut self) -> io::Result<Ran> {
        let process = self.process.take().ok_or(io::ErrorKind::NotFound)?;
        Ok(process.wait_with_output()?.into())
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
///
/// # Errors
/// If `kill` cannot be started.
pub fn signal(process: u32, name: &str) -> io::Result<()> {
    Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).stderr(Stdio::null()).status()?;
    Ok(())
}

/// Every process below this one, parents before children. What has ended and was only not waited for is none.
pub fn below(process: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (id, parent) in processes() {
        children.entry(parent).or_default().push(id);
    }
    let mut found = vec![process];
    let mut at = 0;
    while at < found.len() {
        found.extend(children.get(&found[at]).into_iter().flatten());
        at += 1;
    }
    found.split_off(1)
}

/// The children of this process.
pub fn children(process: u32) -> Vec<u32> {
    processes().into_iter().filter(|(_, parent)| *parent == process).map(|(id, _)| id).collect()
}

/// Those of these processes that still run, after waiting for them to end.
pub fn left_of(processes: &[u32]) -> Vec<u32> {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let running: Vec<u32> = self::processes().into_iter().map(|(id, _)| id).collect();
        let left: Vec<u32> = processes.iter().copied().filter(|id| running.contains(id)).collect();
        if left.is_empty() || Instant::now() > deadline {
            return left;
        }
        // A process that is no child of ours gives no sign of its end.
        sleep(Duration::from_millis(50));
    }
}

/// Waits until something is so.
///
/// # Errors
/// [`io::ErrorKind::TimedOut`] if it never is.
pub fn eventually(mut is_so: impl FnMut() -> bool) -> io::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        if Instant::now() > deadline {
            return Err(io::ErrorKind::TimedOut.into());
        }
        sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Every process with its parent, of Linux's `/proc`; without those that have ended.
fn processes() -> Vec<(u32, u32)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            // The name stands in brackets and may hold any character.
            let mut rest = stat.rsplit_once(')')?.1.split_ascii_whitespace();
            let state = rest.next()?;
            (state != "Z").then_some((id, rest.next()?.parse().ok()?))
        })
        .collect()
}
