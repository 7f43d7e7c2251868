//! Running a lab for a person at a terminal: tell where it is, end on Ctrl-C.

use std::io::{self, Write};

use crate::lab::Lab;

/// Writes where the lab is, one line per port: `Fetchmark is ready: http://localhost:8080/` and, with TLS,
/// `Fetchmark over TLS (self-signed certificate): https://localhost:8443/`.
///
/// # Errors
/// When `out` cannot be written to.
pub fn announce(lab: &Lab, name: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{name} is ready: {}/", lab.http_url())?;
    if let Some(url) = lab.https_url() {
        writeln!(out, "{name} over TLS (self-signed certificate): {url}/")?;
    }
    out.flush()
}

/// Waits for the person, or the system, to end the program. Made before [`announce`], so that a signal which comes right
/// after the announcement already ends the program in order.
#[derive(Debug)]
pub struct Interrupt {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Interrupt {
    /// Begins to listen for Ctrl-C and, on Unix, SIGTERM. From now on they no longer end the program by themselves.
    ///
    /// # Errors
    /// When the system does not let the program listen.
    pub fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
            })
        }
        #[cfg(windows)]
        {
            Ok(Self { interrupt: tokio::signal::windows::ctrl_c()? })
        }
    }

    /// Returns when the first signal has come.
    pub async fn wait(mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        #[cfg(windows)]
        {
            let _ = self.interrupt.recv().await;
        }
    }
}
