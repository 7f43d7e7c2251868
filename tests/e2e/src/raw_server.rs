//! A server that answers as a test writes it, byte by byte: what no well-behaved server does.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
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
    /// Waits.
    Wait(Duration),
    /// Closes the connection.
    Close,
}

/// The server; it ends when this is dropped.
#[derive(Debug)]
pub struct RawServer {
    address: SocketAddr,
    answered_first: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl RawServer {
    /// Listens on a free port. `answer` is given how manieth request this is on its connection, from 1.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn start(answer: fn(u64) -> Vec<Step>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let (address, answered_first) = (listener.local_addr()?, Arc::new(AtomicU64::new(0)));
        let counted = Arc::clone(&answered_first);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, answer, Arc::clone(&counted)));
            }
        });
        Ok(Self { address, answered_first, task })
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// How many requests were answered that were the first on their connection.
    pub fn answered_first(&self) -> u64 {
        self.answered_first.load(Ordering::Relaxed)
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers each request, which has no body, until the connection ends.
pub(crate) async fn serve(
    mut stream: TcpStream,
    answer: fn(u64) -> Vec<Step>,
    answered_first: Arc<AtomicU64>,
) -> io::Result<()> {
    let (mut asked, mut piece, mut nth) = (Vec::new(), [0; 1_024], 0);
    loop {
        match stream.read(&mut piece).await? {
            0 => return Ok(()),
            read => asked.extend_from_slice(&piece[..read]),
        }
        if !asked.ends_with(b"\r\n\r\n") {
            continue;
        }
        asked.clear();
        nth += 1;
        for step in answer(nth) {
            match step {
                Step::Send(bytes) => stream.write_all(bytes).await?,
                Step::Wait(time) => sleep(time).await,
                Step::Close => return Ok(()),
            }
        }
        answered_first.fetch_add(u64::from(nth == 1), Ordering::Relaxed);
    }
}
