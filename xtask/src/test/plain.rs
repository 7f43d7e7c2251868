//! The plain Trunk commands that the README promises: they must work without any help from here.

use crate::build::RELATIVE;
use crate::workspace::Workspace;
use crate::{ports, process};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

/// Why a plain command does not do what it promises.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// `trunk build` failed or did not start.
    #[error(transparent)]
    Trunk(#[from] process::Error),
    /// What was built cannot be read.
    #[error("`trunk build` left no readable index.html ({0})")]
    NoPage(io::Error),
    /// The page would not work below a path.
    #[error("the page built with `--public-url ./` names addresses from the root of the host: {}", .0.join(", "))]
    FromRoot(Vec<String>),
    /// No port is free.
    #[error("no port is free for `trunk serve` ({0})")]
    NoPort(io::Error),
    /// `trunk serve` ended by itself.
    #[error("`trunk serve` ended before it answered: its lines above say why")]
    Ended,
    /// `trunk serve` did not answer in time.
    #[error("`trunk serve` did not answer with 200 within {} s; last seen: {last}", DEADLINE.as_secs())]
    NoAnswer {
        /// The last answer, or what went wrong instead.
        last: String,
    },
}

/// `trunk serve` compiles the unoptimised page before it answers.
const DEADLINE: Duration = Duration::from_secs(300);
const BETWEEN_TRIES: Duration = Duration::from_millis(500);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Runs both commands, into folders of their own: dist/ stays the page that the other stages test.
pub(super) fn run(workspace: &Workspace) -> Result<(), Error> {
    build(workspace, &workspace.notes().join("plain-build"))?;
    serve(workspace, &workspace.notes().join("plain-serve"))
}

fn build(workspace: &Workspace, dist: &Path) -> Result<(), Error> {
    let mut command = workspace.command("trunk");
    command.args(["build", "--release", "--public-url", RELATIVE, "--dist"]).arg(dist);
    process::openly(&mut command)?;
    let html = fs::read_to_string(dist.join("index.html")).map_err(Error::NoPage)?;
    let from_root = addresses_from_root(&html);
    if from_root.is_empty() { Ok(()) } else { Err(Error::FromRoot(from_root)) }
}

fn serve(workspace: &Workspace, dist: &Path) -> Result<(), Error> {
    let port = ports::free().map_err(Error::NoPort)?;
    let mut command = workspace.command("trunk");
    command.args(["serve", "--address", "127.0.0.1", "--port", &port.to_string(), "--dist"]).arg(dist);
    println!("$ {}", process::describe(&command));
    let mut server = process::start(&mut command)?;
    let result = wait_for_answer(&mut server, port);
    // Fails only when it has ended already.
    let _ = server.kill();
    let _ = server.wait();
    result
}

fn wait_for_answer(server: &mut Child, port: u16) -> Result<(), Error> {
    let started = Instant::now();
    loop {
        let last = match status_line(port) {
            Ok(line) if line.split(' ').nth(1) == Some("200") => return Ok(()),
            Ok(line) => line,
            Err(error) => error.to_string(),
        };
        if !matches!(server.try_wait(), Ok(None)) {
            return Err(Error::Ended);
        }
        if started.elapsed() > DEADLINE {
            return Err(Error::NoAnswer { last });
        }
        thread::sleep(BETWEEN_TRIES);
    }
}

/// The first line of the answer to `GET /`.
fn status_line(port: u16) -> io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(ANSWER_WITHIN))?;
    write!(
        stream,
        "GET / HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
    )?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// The addresses in a page that begin with a slash: below a path they lead astray.
fn addresses_from_root(html: &str) -> Vec<String> {
    ["href=", "src=", "from ", "import(", "module_or_path:"]
        .iter()
        .flat_map(|before| html.split(before).skip(1))
        .filter_map(|rest| {
            let address = rest.trim_start().trim_start_matches(['"', '\'', '`']);
            let end = address.find(['"', '\'', '`', ' ', '>']).unwrap_or(address.len());
            address.starts_with('/').then(|| address[..end].to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_below_the_page_are_fine() {
        let html = r#"<meta charset="utf-8"/><link href="./page.css"/><script src='boot.js'></script>
            <script type="module">import init from './page.js'; init({ module_or_path: './page_bg.wasm' })</script>
            <a href="https://example.org/">far</a>"#;
        assert!(addresses_from_root(html).is_empty());
    }

    #[test]
    fn addresses_from_the_root_are_found() {
        let html = r#"<link href="/page.css"><script src=/boot.js></script><script>import a from '/page.js';
            a({ module_or_path: '/page_bg.wasm' })</script>"#;
        assert_eq!(addresses_from_root(html), ["/page.css", "/boot.js", "/page.js", "/page_bg.wasm"]);
    }

    #[test]
    fn a_server_that_says_200_is_up() {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            // Read to its empty line: closing on unread bytes would reset the connection.
            let lines: Vec<String> = BufReader::new(&stream)
                .lines()
                .map(Result::unwrap)
                .take_while(|line| !line.is_empty())
                .collect();
            (&stream).write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            lines
        });
        assert_eq!(status_line(port).unwrap(), "HTTP/1.1 200 OK");
        assert_eq!(server.join().unwrap()[0], "GET / HTTP/1.1");
    }
}
