//! A server that answers as a test writes it, byte by byte: what no well-behaved server does.

use std::{io, net::SocketAddr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

/// An answer that any page may read, with its times.
pub const ANSWER: &str = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nTiming-Allow-Origin: *\r\nCache-Control: no-store\r\n\
    Content-Length: 4\r\n\r\npong";

#[derive(Clone, Debug)]
pub struct Request {
    /// Everything before the body.
    pub head: String,
    pub body: String,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// A browser at the other end of a connection.
#[derive(Debug)]
pub struct Peer(TcpStream);

impl Peer {
    /// The next request, whose body is as long as its head says; none at the end of the connection.
    pub async fn read(&mut self) -> io::Result<Option<Request>> {
        const END: &str = "\r\n\r\n";
        let (mut asked, mut piece) = (Vec::new(), [0; 1_024]);
        loop {
            match self.0.read(&mut piece).await? {
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

    pub async fn send(&mut self, part: &str) -> io::Result<()> {
        self.0.write_all(part.as_bytes()).await
    }
}

/// The server; it takes no more connections when this is dropped.
#[derive(Debug)]
pub struct RawServer {
    address: SocketAddr,
    _accepting: JoinSet<()>,
}

impl RawServer {
    /// Listens on a free port, and serves each connection so, until that ends.
    pub async fn start<Served>(serve: impl Fn(Peer) -> Served + Send + 'static) -> io::Result<Self>
    where
        Served: Future<Output = io::Result<()>> + Send + 'static,
    {
        Self::on(TcpListener::bind(("127.0.0.1", 0)).await?, serve)
    }

    /// The same where somebody listens.
    pub fn on<Served>(
        listener: TcpListener,
        serve: impl Fn(Peer) -> Served + Send + 'static,
    ) -> io::Result<Self>
    where
        Served: Future<Output = io::Result<()>> + Send + 'static,
    {
        let address = listener.local_addr()?;
        let mut accepting = JoinSet::new();
        accepting.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(Peer(stream)));
            }
        });
        Ok(Self { address, _accepting: accepting })
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The same by name: of one site with the lab.
    pub fn url_by_name(&self) -> String {
        format!("http://localhost:{}/", self.address.port())
    }
}
