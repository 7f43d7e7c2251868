//! Ports on this machine: whether one is taken, and finding one that is free.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

/// Whether another program listens on this port of `localhost`, over either version of IP.
pub(crate) fn is_taken(port: u16) -> bool {
    let hosts: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    // Other failures (no IPv6 here, a port that needs rights) are for the server itself to tell.
    hosts.into_iter().any(|host| {
        TcpListener::bind(SocketAddr::new(host, port))
            .is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse)
    })
}

/// A port that is free now.
pub(crate) fn free() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_noticed() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(is_taken(port));
        drop(listener);
        assert!(!is_taken(port));
    }
}
