//! A Selenium Grid on this machine: one server, or a hub with nodes. Its browsers end with it, however a test ends.

use crate::command::{ask_with, below, children, eventually, signal};
use anyhow::{Context, Result, ensure};
use fetchmark_webdriver::{Browser as Kind, free_port};
use serde_json::{Value, json};
use std::{
    env,
    fmt::Write as _,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// Names the Grid's jar, as `cargo xtask test --only fleet` fetches it.
const JAR: &str = "FETCHMARK_GRID";

/// Small and soon ready: what it does is little.
const JAVA: [&str; 3] = ["-Xmx300m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/// Who may use a [`Grid::locked`]; every character that an address must encode is in the password.
pub const USER: &str = "ci";
/// The password as it is, for the server.
pub const PASSWORD: &str = "s3cr/et @:?";
/// The password as it stands in an address.
pub const PASSWORD_ENCODED: &str = "s3cr%2Fet%20%40%3A%3F";
/// User and password as a header has them.
pub const AUTHORIZATION: &str = "Y2k6czNjci9ldCBAOj8=";
const SUB_PATH: &str = "/fleet/hub";

#[derive(Debug)]
pub struct Grid {
    port: u16,
    /// Where hub and nodes tell each other what happens.
    bus: [u16; 2],
    /// How many browsers each server of them runs at a time.
    slots: u32,
    is_locked: bool,
    nodes: Vec<Node>,
    // Before the folder, in which they write.
    server: Server,
    folder: TempDir,
}

/// A node of a hub, which may have been killed.
#[derive(Debug)]
struct Node {
    port: u16,
    server: Option<Server>,
}

/// A server of the Grid; what it started ends with it.
#[derive(Debug)]
struct Server(Child);

impl Grid {
    /// One server with so many browsers of this kind at a time.
    pub fn standalone(kind: Kind, slots: u32) -> Result<Self> {
        Self::alone(&[kind], slots, false)
    }

    /// The same for Chromium and Firefox together.
    pub fn of_both(slots: u32) -> Result<Self> {
        Self::alone(&[Kind::Chrome, Kind::Firefox], slots, false)
    }

    /// The same for Chromium, behind a password and below a path.
    pub fn locked(slots: u32) -> Result<Self> {
        Self::alone(&[Kind::Chrome], slots, true)
    }

    fn alone(kinds: &[Kind], slots: u32, is_locked: bool) -> Result<Self> {
        let (folder, port) = (tempfile::tempdir()?, free_port()?);
        let lock = ["--username", USER, "--password", PASSWORD, "--sub-path", SUB_PATH];
        let lock = if is_locked { &lock[..] } else { &[] };
        let server = Server::start(folder.path(), "standalone", port, lock, &offer(kinds, slots)?)?;
        let grid = Self { port, bus: [0; 2], slots, is_locked, nodes: Vec::new(), server, folder };
        grid.until_ready()?;
        Ok(grid)
    }

    /// A hub with so many nodes, each with so many Chromium browsers at a time.
    pub fn hub(nodes: usize, slots: u32) -> Result<Self> {
        let (folder, port) = (tempfile::tempdir()?, free_port()?);
        let bus = [free_port()?, free_port()?];
        let [publish, subscribe] = bus.map(|port| format!("tcp://127.0.0.1:{port}"));
        // A node that is gone is known to be so soon.
        let settings = format!(
            "[events]\npublish = {publish:?}\nsubscribe = {subscribe:?}\nbind = true\n\
             [distributor]\nhealthcheck-interval = 1\npurge-nodes-interval = 1\n"
        );
        let server = Server::start(folder.path(), "hub", port, &[], &settings)?;
        let mut grid = Self { port, bus, slots, is_locked: false, nodes: Vec::new(), server, folder };
        for place in 0..nodes {
            grid.nodes.push(Node { port: 0, server: None });
            grid.start_node(place)?;
        }
        grid.until_ready()?;
        Ok(grid)
    }

    /// Its address, with user name and password where it wants them.
    pub fn url(&self) -> String {
        self.url_with(PASSWORD_ENCODED)
    }

    pub fn url_with(&self, password: &str) -> String {
        match self.is_locked {
            true => format!("http://{USER}:{password}@127.0.0.1:{}{SUB_PATH}", self.port),
            false => format!("http://127.0.0.1:{}", self.port),
        }
    }

    /// How many sessions are open. A node that was killed has none from when the hub knows.
    pub fn session_count(&self) -> Option<u64> {
        self.count("sessionCount")
    }

    /// How many requests for a session wait for a browser.
    pub fn queued_count(&self) -> Option<u64> {
        self.count("sessionQueueSize")
    }

    /// Waits until no session is open and none is waited for.
    pub fn until_empty(&self) -> Result<()> {
        eventually(|| (self.session_count(), self.queued_count()) == (Some(0), Some(0)))
            .with_context(|| format!("sessions are left: {:?}", self.ask("GET", "/status", "")))
    }

    /// How many sessions each node has now; none of a node that was killed.
    pub fn sessions_by_node(&self) -> Vec<usize> {
        let status = self.ask("GET", "/status", "").unwrap_or_default();
        let listed = status["value"]["nodes"].as_array().cloned().unwrap_or_default();
        let of = |node: &Node| {
            let listed = listed.iter().find(|listed| listed["uri"] == address(node.port));
            let slots = listed.and_then(|listed| listed["slots"].as_array());
            slots.map_or(0, |slots| slots.iter().filter(|slot| !slot["session"].is_null()).count())
        };
        self.nodes.iter().map(of).collect()
    }

    /// The drivers that a node runs now, each with its browser below it. Without nodes: the server's.
    pub fn drivers(&self, node: usize) -> Vec<u32> {
        let server = match self.nodes.get(node) {
            Some(node) => node.server.as_ref(),
            None => Some(&self.server),
        };
        server.map_or_else(Vec::new, |server| children(server.0.id()))
    }

    /// Kills a node with its browsers, as a machine that loses its power. The hub forgets it some seconds later.
    pub fn kill_node(&mut self, node: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.server = None;
        }
    }

    /// Starts a node, for the first time or, on another port, again.
    pub fn start_node(&mut self, node: usize) -> Result<()> {
        let node = self.nodes.get_mut(node).context("there is no such node")?;
        let [publish, subscribe] = self.bus.map(|port| format!("tcp://127.0.0.1:{port}"));
        let settings = format!(
            "[events]\npublish = {publish:?}\nsubscribe = {subscribe:?}\n{}",
            offer(&[Kind::Chrome], self.slots)?
        );
        // Where the hub is not there yet, it tries again after a second.
        let further = ["--register-cycle", "1", "--heartbeat-period", "1"];
        node.port = free_port()?;
        node.server = Some(Server::start(self.folder.path(), "node", node.port, &further, &settings)?);
        Ok(())
    }

    /// Waits until its nodes are ready for sessions, and the hub knows of no other: one that was killed is not asked any more.
    pub fn until_ready(&self) -> Result<()> {
        let is_up = |node: &&Value| node["availability"] == "UP";
        let up = || {
            let status = self.ask("GET", "/status", "")?;
            let up = status["value"]["nodes"].as_array()?.iter().filter(is_up);
            Some(up.map(|node| node["uri"].clone()).collect::<Vec<_>>())
        };
        let is_alive = |node: &&Node| node.server.is_some();
        let mut own: Vec<Value> =
            self.nodes.iter().filter(is_alive).map(|node| address(node.port).into()).collect();
        if own.is_empty() {
            own.push(address(self.port).into());
        }
        eventually(|| {
            up().is_some_and(|up| up.len() == own.len() && own.iter().all(|node| up.contains(node)))
        })
        .with_context(|| {
            let logs = ["standalone", "hub", "node"].map(|role| last_lines(self.folder.path(), role));
            format!("the Grid did not become ready:\n{}", logs.concat())
        })
    }

    fn count(&self, name: &str) -> Option<u64> {
        let query = json!({ "query": format!("{{ grid {{ {name} }} }}") }).to_string();
        self.ask("POST", "/graphql", &query)?["data"]["grid"][name].as_u64()
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Option<Value> {
        let header = format!("Authorization: Basic {AUTHORIZATION}\r\n");
        let (header, prefix) = if self.is_locked { (&*header, SUB_PATH) } else { ("", "") };
        ask_with(self.port, method, &format!("{prefix}{path}"), header, body)
    }
}

impl Server {
    fn start(folder: &Path, role: &str, port: u16, further: &[&str], settings: &str) -> Result<Self> {
        let jar = env::var_os(JAR).filter(|jar| !jar.is_empty());
        let jar = jar.context("there is no Grid: `cargo xtask test --only fleet` fetches it")?;
        let file = folder.join(format!("{role}-{port}.toml"));
        fs::write(&file, settings)?;
        let log = File::create(folder.join(format!("{role}-{port}.log")))?;
        let mut command = Command::new("java");
        command.args(JAVA).arg(format!("-Djava.io.tmpdir={}", folder.display()));
        command.arg("-jar").arg(jar).arg(role).args(["--host", "127.0.0.1"]);
        command.args(["--port", &port.to_string(), "--config"]).arg(file).args(further);
        // The browsers' profiles go with the folder.
        command.env("TMPDIR", folder).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        Ok(Self(command.spawn().context("Java could not be started")?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let started = below(self.0.id());
        // Before its browsers: it would start no others for them.
        let _ = self.0.kill();
        let _ = self.0.wait();
        for process in started {
            let _ = signal(process, "KILL");
        }
    }
}

/// What a node offers, as its settings file has it: so many browsers at a time, of any of these kinds.
fn offer(kinds: &[Kind], slots: u32) -> Result<String> {
    let mut settings =
        format!("[node]\ndetect-drivers = false\nmax-sessions = {slots}\noverride-max-sessions = true\n");
    for kind in kinds {
        let name = if *kind == Kind::Firefox { "firefox" } else { "chrome" };
        let stereotype = json!({ "browserName": name }).to_string();
        let driver = driver(*kind)?;
        write!(
            settings,
            "[[node.driver-configuration]]\ndisplay-name = {name:?}\nmax-sessions = {slots}\n\
             webdriver-executable = {driver:?}\nstereotype = {stereotype:?}\n"
        )?;
    }
    Ok(settings)
}

/// A driver's program: the one that its variable names, else the one on the path. The Grid wants the whole path.
fn driver(kind: Kind) -> Result<PathBuf> {
    let named = env::var_os(kind.variable()).filter(|named| !named.is_empty());
    let path = env::var_os("PATH").unwrap_or_default();
    let found =
        || env::split_paths(&path).map(|folder| folder.join(kind.driver())).find(|file| file.is_file());
    let driver = named.map(PathBuf::from).or_else(found);
    let driver = driver.with_context(|| format!("{} is not on the path", kind.driver()))?;
    ensure!(driver.is_file(), "there is no {}", driver.display());
    Ok(driver)
}

fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// What servers in this role said last.
fn last_lines(folder: &Path, role: &str) -> String {
    const LINES: usize = 10;
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_log = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(role) && name.ends_with(".log")
    };
    let mut said = String::new();
    for file in files.filter(is_log) {
        let log = fs::read_to_string(&file).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        said += &format!("{}\n", lines[lines.len().saturating_sub(LINES)..].join("\n"));
    }
    said
}
