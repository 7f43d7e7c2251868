//! Why a lab could not start.

use std::io;

/// Why a lab could not start. Each message says what happened and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// Another program listens on the port.
    #[error("Port {port} is already in use. Stop the other program or choose another port with {option}.")]
    PortInUse {
        /// The port that was asked for.
        port: u16,
        /// The command-line option that sets it.
        option: &'static str,
    },
    /// The operating system reserves the port.
    #[error(
        "Port {port} may not be opened by this user. Choose a port above 1023 with {option}, for example {option} 8080."
    )]
    PortNotAllowed {
        /// The port that was asked for.
        port: u16,
        /// The command-line option that sets it.
        option: &'static str,
    },
    /// The address is none of this machine's.
    #[error(
        "This machine does not have the address to listen on. Give one of its own, or 0.0.0.0 for all of them."
    )]
    NoSuchAddress,
    /// Listening failed for any other reason.
    #[error("Port {port} could not be opened: {source}. Choose another port with {option}.")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// The command-line option that sets it.
        option: &'static str,
        /// What the operating system said.
        source: io::Error,
    },
    /// The self-signed certificate could not be made.
    #[error("The TLS certificate could not be made: {0}. Start without TLS (--no-tls) and report this.")]
    Certificate(#[from] rcgen::Error),
    /// The certificate was not accepted by the TLS library.
    #[error("TLS could not be set up: {0}. Start without TLS (--no-tls) and report this.")]
    Tls(#[from] rustls::Error),
    /// The thread that keeps time for `/lab/delay` could not be started.
    #[error("The timer thread could not be started: {0}. Close other programs and try again.")]
    Timer(io::Error),
}
