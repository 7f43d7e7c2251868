//! Running a lab in a terminal: print its addresses, end on Ctrl-C.

use std::io::{self, Write};

use crate::distance::Far;
use crate::lab::Lab;

/// Writes where the lab is, one line per port: `Fetchmark is ready: http://localhost:8080/` and, with TLS,
/// `Fetchmark over TLS (self-signed certificate): https://localhost:8443/`; and where its door is that seems to be far away.
pub fn announce(lab: &Lab, name: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{name} is ready: {}/", lab.http_url())?;
    if let Some(url) = lab.https_url() {
        writeln!(out, "{name} over TLS (self-signed certificate): {url}/")?;
    }
    if let Some(Far { distance, http, https }) = lab.far() {
        let https = https.as_ref().map(|url| format!(" and {url}/lab/")).unwrap_or_default();
        writeln!(out, "The lab {} ms away: {http}/lab/{https}", distance.rtt_ms())?;
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
    /// The terminal was closed; `None` under `nohup`, which is to outlive that.
    #[cfg(unix)]
    hangup: Option<tokio::signal::unix::Signal>,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Interrupt {
    /// Begins to listen for Ctrl-C and, on Unix, SIGTERM and SIGHUP. From now on they no longer end the program by themselves.
    pub fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                hangup: (!ignores_hangup()).then(|| signal(SignalKind::hangup())).transpose()?,
            })
        }
        #[cfg(windows)]
        {
            Ok(Self { interrupt: tokio::signal::windows::ctrl_c()? })
        }
    }

    pub async fn wait(mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = async { self.hangup.as_mut()?.recv().await }, if self.hangup.is_some() => {}
        }
        #[cfg(windows)]
        {
            let _ = self.interrupt.recv().await;
        }
    }
}

/// Whether this program was started with SIGHUP ignored, as `nohup` does. Only Linux says so; listening would end that.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ignored_signals(&status) & 1 != 0
}

/// The signals that are ignored, the lowest bit for the first: SIGHUP.
#[cfg(unix)]
fn ignored_signals(status: &str) -> u64 {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn ignored_signals_are_read_from_proc() {
        assert_eq!(ignored_signals("SigBlk:\t0000000000000003\nSigIgn:\t0000000000001001\n"), 0x1001);
        assert_eq!(ignored_signals("SigIgn:\t0000000000001000\n") & 1, 0);
        assert_eq!(ignored_signals(""), 0);
    }
}
