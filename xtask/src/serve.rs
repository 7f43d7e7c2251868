//! `cargo xtask serve`: from a clone to a page in the browser.

use crate::build::{self, RELATIVE};
use crate::pyodide;
use crate::setup::{self, Purpose};
use crate::workspace::{WASM, Workspace, seconds};
use anyhow::{Context, Result, bail};
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use xshell::cmd;

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

/// What `localhost` is, over either version of IP.
const LOCALHOST: [IpAddr; 2] = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// How often it is looked whether a program has ended.
const TICK: Duration = Duration::from_millis(100);

/// Runs `cargo xtask serve`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments, started: Instant) -> Result<()> {
    let Arguments { port, tls_port, dev } = arguments;
    // Before anything long: the server would say the same, but minutes later.
    for (port, option) in [(*port, "--port"), (*tls_port, "--tls-port")] {
        if is_taken(port) {
            bail!(
                "port {port} is in use by another program. Stop that program, or choose another port with `{option} N`."
            );
        }
    }
    setup::ensure_compiler(workspace)?;
    let compiling = if *dev { Vec::new() } else { compile_early(workspace)? };
    setup::ensure_tools(workspace, Purpose::Serve, &[])?;
    if !compiling.is_empty() {
        println!("Compiling page and lab: begun with the set-up, a few minutes in all.");
    }
    for mut program in compiling {
        program.wait()?;
    }
    if *dev {
        build::trunk(workspace, &["--public-url", RELATIVE])?;
        pyodide::place(workspace)?;
    } else {
        build::release(workspace, RELATIVE)?;
    }
    let (sh, dist) = (&workspace.sh, workspace.dist());
    cmd!(sh, "cargo build {LAB...}")
        .run()
        .context("the server was not built: correct what the lines above name, then run the command again")?;

    let (program, port, tls_port) =
        (workspace.program("lab", "fetchmark-lab"), port.to_string(), tls_port.to_string());
    let mut programs: Vec<Command> =
        vec![cmd!(sh, "{program} --port {port} --tls-port {tls_port} --page {dist}").into()];
    if *dev {
        // Beside the lab, which serves what Trunk writes. `trunk serve` in front of it would be measured in its place: a proxy keeps
        // connections of its own.
        programs.push(cmd!(sh, "trunk watch --public-url {RELATIVE}").into());
    }
    println!("Built {} after the start of the command. Ctrl-C stops.", seconds(started));
    run_until_stopped(programs)
}

/// What is compiled for the lab: all that serving needs, a fifth of the command.
const LAB: [&str; 4] = ["--package", "fetchmark-lab", "--profile", "lab"];

/// Compiles what needs no tools of the set-up, beside it and in parallel: linking a page keeps one core busy. What fails is shown by the
/// commands that come after the set-up, which find the rest done.
fn compile_early(workspace: &Workspace) -> Result<Vec<Child>> {
    if build::is_current(workspace, RELATIVE)? {
        return Ok(Vec::new());
    }
    let sh = &workspace.sh;
    let mut commands = vec![cmd!(sh, "cargo build --quiet {LAB...}")];
    for package in ["fetchmark-page", "fetchmark-engine", "fetchmark-reqwest", "fetchmark-report-tools"] {
        commands
            .push(cmd!(sh, "cargo build --quiet --package {package} --target {WASM} --profile wasm-release"));
    }
    let start = |command| Command::from(command).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    Ok(commands.into_iter().map(start).collect::<Result<_, _>>()?)
}

/// Runs programs until one of them ends or the person asks to stop.
fn run_until_stopped(programs: Vec<Command>) -> Result<()> {
    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Fails only when serving is over.
        let _ = stop.send(());
    })
    .context("cannot prepare for Ctrl-C")?;
    let mut running = Vec::new();
    for mut program in programs {
        running.push(program.spawn().context("the server could not be started")?);
    }
    let ended = loop {
        if stopped.recv_timeout(TICK).is_ok() {
            break None;
        }
        if let Some(ended) = running.iter_mut().find_map(|program| program.try_wait().transpose()) {
            break Some(ended?);
        }
    };
    for program in &mut running {
        // Fails only where it has ended already.
        let _ = program.kill();
        let _ = program.wait();
    }
    match ended {
        Some(status) if !status.success() => bail!("the server stopped ({status}): see its last lines above"),
        _ => Ok(()),
    }
}

/// Whether another program listens on this port of `localhost`, over either version of IP. Other failures (no IPv6 here, a port that
/// needs rights) are for the server itself to tell.
fn is_taken(port: u16) -> bool {
    let is_in_use = |error: std::io::Error| error.kind() == ErrorKind::AddrInUse;
    LOCALHOST.into_iter().any(|address| TcpListener::bind((address, port)).is_err_and(is_in_use))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_noticed_over_either_version_of_ip() {
        for address in LOCALHOST {
            // Not every machine has IPv6.
            let Ok(listener) = TcpListener::bind((address, 0)) else { continue };
            assert!(is_taken(listener.local_addr().unwrap().port()), "{address}");
        }
        // Another program may take a free port at any time, but not all of them.
        let free = |_| TcpListener::bind((LOCALHOST[0], 0)).and_then(|listener| listener.local_addr());
        assert!((0..10).map(free).any(|address| !is_taken(address.unwrap().port())));
    }
}
