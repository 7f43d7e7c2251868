//! A server that answers as a test writes it, byte by byte: what no well-behaved server does.

use std::{
    io, mem,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::sleep,
};

/// An answer that any page may read, with its times.
pub const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nTiming-Allow-Origin: *\r\nCache-Control: no-store\r\n\
    Content-Length: 4\r\n\r\npong";

/// A part of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Sends these bytes.
    Send(&'static [u8]),
    /// Sends what this makes of the request.
    Answer(fn(&Request) -> Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Closes the connection.
    Close,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    /// Everything before the body.
    pub head: String,
    /// As text.
    pub body: String,
}

impl Request {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// What came to a server.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    answered_first: u64,
    requests: Vec<Request>,
}

/// The server; it ends when this is dropped.
#[derive(Debug)]
pub struct RawServer {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
}

impl RawServer {
    /// Listens on a free port. `answer` is given how manieth request this is on its connection, from 1.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn start(answer: fn(u64) -> Vec<Step>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let (address, seen) = (listener.local_addr()?, Arc::default());
        let noted = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, answer, Arc::clone(&noted)));
            }
        });
        Ok(Self { address, seen, task })
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The same by name: of one site with the lab.
    pub fn url_by_name(&self) -> String {
        format!("http://localhost:{}/", self.address.port())
    }

    /// How many requests were answered that were the first on their connection.
    pub fn answered_first(&self) -> u64 {
        lock(&self.seen).answered_first
    }

    /// The requests that came since this was last asked.
    pub fn take_requests(&self) -> Vec<Request> {
        mem::take(&mut lock(&self.seen).requests)
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers each request until the connection ends.
pub(crate) async fn serve(
    mut stream: TcpStream,
    answer: fn(u64) -> Vec<Step>,
    seen: Arc<Mutex<Seen>>,
) -> io::Result<()> {
    let mut nth = 0;
    while let Some(request) = read(&mut stream).await? {
        nth += 1;
        lock(&seen).requests.push(request.clone());
        for step in answer(nth) {
            match step {
                Step::Send(bytes) => stream.write_all(bytes).await?,
                Step::Answer(made) => stream.write_all(&made(&request)).await?,
                Step::Wait(time) => sleep(time).await,
                Step::Close => return Ok(()),
            }
        }
        lock(&seen).answered_first += u64::from(nth == 1);
    }
    Ok(())
}

/// The next request, whose body is as long as its head says; none at the end of the connection.
async fn read(stream: &mut TcpStream) -> io::Result<Option<Request>> {
    const END: &str = "\r\n\r\n";
    let (mut asked, mut piece) = (Vec::new(), [0; 1_024]);
    loop {
        match stream.read(&mut piece).await? {
            0 => return Ok(None),
            read => asked.extend_from_slice(&piece[..read]),
        }
        let text = String::from_utf8_lossy(&asked);
        let Some((head, body)) = text.split_once(END) else { continue };
        let request = Request { head: head.to_owned(), body: body.to_owned() };
        let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if asked.len() >= head.len() + END.len() + length {
            return Ok(Some(request));
        }
    }
}
