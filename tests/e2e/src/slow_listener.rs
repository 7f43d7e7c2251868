//! A server that lets browsers wait for their connections.

use crate::raw_server::{ANSWER, Peer};
use std::{io, time::Duration};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    time::sleep,
};

/// A listener whose queue is full: Linux drops who asks for a connection now, and the asker asks again after 1 s
/// (<https://www.rfc-editor.org/rfc/rfc6298#section-2>) and some more.
#[derive(Debug)]
pub struct SlowListener {
    listener: TcpListener,
    _in_queue: TcpStream,
}

impl SlowListener {
    /// Listens on a free port of this machine.
    pub async fn start() -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(([127, 0, 0, 1], 0).into())?;
        let listener = socket.listen(0)?;
        let in_queue = TcpStream::connect(listener.local_addr()?).await?;
        Ok(Self { listener, _in_queue: in_queue })
    }

    /// Its address.
    pub fn url(&self) -> io::Result<String> {
        Ok(format!("http://{}/", self.listener.local_addr()?))
    }

    /// Takes connections after this time, and answers what comes on them, until it is dropped.
    pub async fn serve_after(self, wait: Duration) -> io::Result<()> {
        sleep(wait).await;
        loop {
            let mut peer = Peer(self.listener.accept().await?.0);
            tokio::spawn(async move {
                while peer.read().await?.is_some() {
                    peer.send(ANSWER).await?;
                }
                io::Result::Ok(())
            });
        }
    }
}
