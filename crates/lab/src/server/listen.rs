//! Opening the listening sockets: loopback, both address families on one port, unless an address is given.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use anyhow::anyhow;
use tokio::net::TcpListener;

/// How often a free port is looked for, since one that is free on IPv4 may be taken on IPv6.
const FREE_PORT_ATTEMPTS: usize = 16;

#[derive(Debug)]
pub(crate) struct Listeners {
    pub(crate) port: u16,
    pub(crate) sockets: Vec<TcpListener>,
}

/// Listens on 127.0.0.1 and, where the machine has IPv6, on [::1]: browsers resolve `localhost` and
/// `h1.localhost` to either. `option` is the command-line option that a person would change.
/// Where an `address` is given, there and nowhere else.
pub(crate) async fn listen(
    address: Option<IpAddr>,
    port: u16,
    option: &'static str,
) -> anyhow::Result<Listeners> {
    let attempts = if port == 0 { FREE_PORT_ATTEMPTS } else { 1 };
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for _ in 0..attempts {
        match listen_once(address, port).await {
            Ok(listeners) => return Ok(listeners),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => {
                last = error;
                break;
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
        return Ok(Listeners { port: socket.local_addr()?.port(), sockets: vec![socket] });
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
    Ok(Listeners { port, sockets })
}

fn at(address: impl Into<IpAddr>, port: u16) -> SocketAddr {
    SocketAddr::new(address.into(), port)
}
