//! `cargo xtask serve`: from a clone to a page in the browser.

use crate::build::{self, Mode, RELATIVE};
use crate::tools::Purpose;
use crate::workspace::Workspace;
use crate::{ports, process, setup, watch};
use std::io;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// The options of `cargo xtask serve`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The port of the page and the lab.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The port of the lab over TLS.
    #[arg(long, default_value_t = 8443)]
    tls_port: u16,
    /// Build without optimising, and build again whenever a source changes.
    #[arg(long)]
    dev: bool,
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A port is taken.
    #[error(
        "port {port} is in use by another program. Stop that program, or choose another port with `{option} N`."
    )]
    PortTaken {
        /// The port.
        port: u16,
        /// The option that chooses it.
        option: &'static str,
    },
    /// Set-up.
    #[error(transparent)]
    Setup(#[from] setup::Error),
    /// The page.
    #[error(transparent)]
    Build(#[from] build::Error),
    /// The server was not built or not started.
    #[error(
        "the server was not started: {0}\nWhat to do: correct what the lines above name, then run the command again."
    )]
    Server(#[from] process::Error),
    /// Signals cannot be caught.
    #[error("cannot prepare for Ctrl-C: {0}")]
    Signals(#[from] ctrlc::Error),
    /// Sources cannot be watched.
    #[error("cannot watch the sources for changes ({0}). Run the command without --dev.")]
    Watch(#[from] notify::Error),
    /// The server's end could not be awaited.
    #[error("lost track of the server: {0}")]
    Wait(io::Error),
    /// The server ended by itself; what it printed says why.
    #[error("the server stopped ({0}): see its last lines above")]
    Stopped(ExitStatus),
}

/// What happens while serving.
enum Event {
    /// The server printed a line.
    Line(String),
    /// The server closed its output: it has ended.
    Ended,
    /// The person asked to stop.
    Stop,
    /// The page's sources changed.
    Changed,
}

/// What the server prints when requests will be answered.
const READY: &str = "Fetchmark is ready";
/// How long the server may take to finish what it is doing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs `cargo xtask serve`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments, started: Instant) -> Result<(), Error> {
    // Before anything long: the server would say the same, but minutes later.
    for (port, option) in [(arguments.port, "--port"), (arguments.tls_port, "--tls-port")] {
        if ports::is_taken(port) {
            return Err(Error::PortTaken { port, option });
        }
    }
    let mode = Mode::from_dev(arguments.dev);
    setup::ensure(workspace, Purpose::Serve, &[])?;
    build::ensure(workspace, mode, RELATIVE)?;
    process::openly(&mut server_build(workspace, mode))?;

    let (sender, events) = mpsc::channel();
    let mut server = start_server(workspace, arguments, mode, &sender)?;
    // Kept until serving ends: a watcher that is dropped watches no longer.
    let _watcher = match mode {
        Mode::Release => None,
        Mode::Dev => {
            let sender = sender.clone();
            Some(watch::start(&workspace.root, move || drop(sender.send(Event::Changed)))?)
        }
    };
    let id = server.id();
    ctrlc::set_handler(move || {
        ask_to_stop(id);
        // Fails only when serving is over.
        let _ = sender.send(Event::Stop);
    })?;
    attend(workspace, mode, &mut server, &events, started)
}

fn server_build(workspace: &Workspace, mode: Mode) -> Command {
    let mut command = workspace.command("cargo");
    command.args(["build", "--package", "fetchmark-cli"]);
    if mode == Mode::Release {
        command.arg("--release");
    }
    command
}

fn start_server(
    workspace: &Workspace,
    arguments: &Arguments,
    mode: Mode,
    events: &Sender<Event>,
) -> Result<Child, process::Error> {
    let folder = if mode == Mode::Release { "release" } else { "debug" };
    let program = workspace.target.join(folder).join(format!("fetchmark{}", std::env::consts::EXE_SUFFIX));
    let mut command = workspace.command(program);
    command
        .args(["serve", "--port", &arguments.port.to_string(), "--tls-port", &arguments.tls_port.to_string()])
        .arg("--page")
        .arg(workspace.dist())
        .stdout(Stdio::piped());
    let mut server = process::start(&mut command)?;
    let (sender, lines) = mpsc::channel();
    process::copy_lines(server.stdout.take(), io::stdout(), sender);
    let events = events.clone();
    thread::spawn(move || {
        // Sending fails only when serving is over.
        lines.iter().for_each(|line| drop(events.send(Event::Line(line))));
        let _ = events.send(Event::Ended);
    });
    Ok(server)
}

/// Follows the server until it ends.
fn attend(
    workspace: &Workspace,
    mode: Mode,
    server: &mut Child,
    events: &Receiver<Event>,
    started: Instant,
) -> Result<(), Error> {
    let mut stopping = false;
    let mut ready = false;
    loop {
        let event = if stopping { events.recv_timeout(PATIENCE).ok() } else { events.recv().ok() };
        match event {
            Some(Event::Line(line)) => {
                if !ready && line.contains(READY) {
                    ready = true;
                    println!(
                        "{:.1} s after the start of the command. Ctrl-C stops.",
                        started.elapsed().as_secs_f64()
                    );
                }
            }
            Some(Event::Changed) if !stopping => rebuild(workspace, mode),
            Some(Event::Changed) => {}
            Some(Event::Stop) => stopping = true,
            Some(Event::Ended) => break,
            None => {
                // It was asked and did not stop; killing fails only if it has just ended.
                let _ = server.kill();
                break;
            }
        }
    }
    let status = server.wait().map_err(Error::Wait)?;
    // The signal may have ended the server before it reached us as an event.
    stopping |= events.try_iter().any(|event| matches!(event, Event::Stop));
    if stopping || status.success() { Ok(()) } else { Err(Error::Stopped(status)) }
}

fn rebuild(workspace: &Workspace, mode: Mode) {
    println!("Sources changed: building the page again.");
    match build::ensure(workspace, mode, RELATIVE) {
        Ok(()) => println!("Reload the page to see the change."),
        Err(error) => println!("{error}\nThe page built before is still served."),
    }
}

/// Asks the server to end. Ctrl-C in a terminal reaches it anyway; a signal sent to this process alone does not.
#[cfg(unix)]
fn ask_to_stop(id: u32) {
    use nix::sys::signal::{Signal, kill};
    if let Ok(id) = i32::try_from(id) {
        // Fails when the server has ended already, which is what was asked.
        let _ = kill(nix::unistd::Pid::from_raw(id), Signal::SIGTERM);
    }
}

/// Elsewhere Ctrl-C reaches every program of the console by itself.
#[cfg(not(unix))]
fn ask_to_stop(_id: u32) {}
