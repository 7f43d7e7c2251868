//! Opening the listening sockets: loopback, both address families on one port, unless an address is given.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use anyhow::anyhow;
use tokio::net::TcpListener;

/// How often a free port is looked for, since one that is free on IPv4 may be taken on IPv6.
const FREE_PORT_ATTEMPTS: usize = 16;

#[derive(Debug)]
pub(crate) struct Listeners {
    pub(crate) port: u16,
    pub(crate) sockets: Vec<TcpListener>,
    /// On the UDP port of the same number, for HTTP/3.
    pub(crate) datagrams: Vec<UdpSocket>,
}

/// Listens on 127.0.0.1 and, where the machine has IPv6, on [::1]: browsers resolve `localhost` and
/// `h1.localhost` to either. `option` is the command-line option that a person would change.
/// Where an `address` is given, there and nowhere else. With `http3` the same on UDP.
pub(crate) async fn listen(
    address: Option<IpAddr>,
    port: u16,
    option: &'static str,
    http3: bool,
) -> anyhow::Result<Listeners> {
    let attempts = if port == 0 { FREE_PORT_ATTEMPTS } else { 1 };
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for _ in 0..attempts {
        let mut listeners = match listen_once(address, port).await {
            Ok(listeners) if !http3 => return Ok(listeners),
            Ok(listeners) => listeners,
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                last = error;
                continue;
            }
            Err(error) => {
                last = error;
                break;
            }
        };
        match bind_datagrams(&listeners) {
            Ok(datagrams) => {
                listeners.datagrams = datagrams;
                return Ok(listeners);
            }
            Err(error) if port == 0 && error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => {
                let port = listeners.port;
                return Err(anyhow!(
                    "HTTP/3 needs UDP, and UDP port {port} could not be opened: {error}. Allow UDP on this machine, choose another port \
                     with {option}, or leave HTTP/3 out."
                ));
            }
        }
    }
    Err(match last.kind() {
        io::ErrorKind::AddrInUse => anyhow!(
            "Port {port} is already in use. Stop the other program or choose another port with {option}."
        ),
        io::ErrorKind::AddrNotAvailable => anyhow!(
            "This machine does not have the address to listen on. Give one of its own, or 0.0.0.0 for all of them."
        ),
        io::ErrorKind::PermissionDenied => anyhow!(
            "Port {port} may not be opened by this user. Choose a port above 1023 with {option}, for example {option} 8080."
        ),
        _ => anyhow!("Port {port} could not be opened: {last}. Choose another port with {option}."),
    })
}

async fn listen_once(address: Option<IpAddr>, port: u16) -> io::Result<Listeners> {
    if let Some(address) = address {
        let socket = TcpListener::bind(SocketAddr::new(address, port)).await?;
        let port = socket.local_addr()?.port();
        return Ok(Listeners { port, sockets: vec![socket], datagrams: Vec::new() });
    }
    let v4 = TcpListener::bind(at(Ipv4Addr::LOCALHOST, port)).await?;
    let port = v4.local_addr()?.port();
    let mut sockets = vec![v4];
    match TcpListener::bind(at(Ipv6Addr::LOCALHOST, port)).await {
        Ok(v6) => sockets.push(v6),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
        // Any other failure means that this machine has no IPv6 loopback: IPv4 alone serves it.
        Err(_) => {}
    }
    Ok(Listeners { port, sockets, datagrams: Vec::new() })
}

/// A UDP socket at the address of each listener.
fn bind_datagrams(listeners: &Listeners) -> io::Result<Vec<UdpSocket>> {
    let bind = |listener: &TcpListener| {
        let socket = UdpSocket::bind(listener.local_addr()?)?;
        socket.set_nonblocking(true)?;
        Ok(socket)
    };
    listeners.sockets.iter().map(bind).collect()
}

fn at(address: impl Into<IpAddr>, port: u16) -> SocketAddr {
    SocketAddr::new(address.into(), port)
}
