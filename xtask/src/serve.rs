//! `cargo xtask serve`: from a clone to a page in the browser.

use crate::build::{self, RELATIVE};
use crate::setup::{self, Purpose};
use crate::workspace::{Workspace, seconds};
use anyhow::{Context, Result, bail};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::process::Command;
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
    setup::ensure(workspace, Purpose::Serve, &[])?;
    if *dev {
        build::trunk(workspace, &["--public-url", RELATIVE])?;
    } else {
        build::release(workspace, RELATIVE)?;
    }
    let (sh, dist) = (&workspace.sh, workspace.dist());
    cmd!(sh, "cargo build --package fetchmark-cli --profile lab")
        .run()
        .context("the server was not built: correct what the lines above name, then run the command again")?;

    let (program, port, tls_port) =
        (workspace.program("lab", "fetchmark"), port.to_string(), tls_port.to_string());
    let mut programs: Vec<Command> =
        vec![cmd!(sh, "{program} serve --port {port} --tls-port {tls_port} --page {dist}").into()];
    if *dev {
        // Beside the lab, which serves what Trunk writes. `trunk serve` in front of it would be measured in its place: a proxy keeps
        // connections of its own.
        programs.push(cmd!(sh, "trunk watch --public-url {RELATIVE}").into());
    }
    println!("Built {} after the start of the command. Ctrl-C stops.", seconds(started));
    run_until_stopped(programs)
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
    let taken = |error: &std::io::Error| error.kind() == ErrorKind::AddrInUse;
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err_and(|error| taken(&error))
        || TcpListener::bind((Ipv6Addr::LOCALHOST, port)).is_err_and(|error| taken(&error))
}
