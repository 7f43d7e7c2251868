//! The program as a person runs it: its output and its exit codes.
#![allow(unreachable_pub, reason = "a test binary has no public items")]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail a test by panicking, just as the tests do")]

mod help;
mod reports;
mod run;
mod serve;

use std::net::Ipv4Addr;

use assert_cmd::{Command, cargo_bin_cmd};
use tokio::net::TcpSocket;

fn fetchmark(arguments: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("fetchmark");
    command.args(arguments);
    command
}

/// What it prints when all goes well.
fn printed(arguments: &[&str]) -> String {
    let output = fetchmark(arguments).assert().success().stderr("").get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

/// A folder that holds a page which nobody will see, in `page`.
fn with_page() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("page")).unwrap();
    std::fs::write(folder.path().join("page/index.html"), "<!doctype html><title>Fetchmark</title>").unwrap();
    folder
}

/// A port on which nobody listens, nor can begin to while the socket lives.
fn unused_port() -> (TcpSocket, u16) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let port = socket.local_addr().unwrap().port();
    (socket, port)
}
