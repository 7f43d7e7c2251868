//! `fetchmark-lab`: the lab by itself, for a terminal.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use fetchmark_lab::{DistanceOptions, Interrupt, Lab, LabConfig, announce};

/// A target server with known behaviour and ground truth.
#[derive(Debug, Parser)]
#[command(name = "fetchmark-lab")]
struct Arguments {
    /// Port for HTTP/1.1; 0 takes any free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Port for HTTP/2 over TLS; 0 takes any free one.
    #[arg(long, default_value_t = 8443, conflicts_with = "no_tls")]
    tls_port: u16,
    /// Leave TLS out.
    #[arg(long)]
    no_tls: bool,
    /// Serve HTTP/3 as well, on the UDP port of the same number.
    #[arg(long, conflicts_with = "no_tls")]
    http3: bool,
    #[command(flatten)]
    distance: DistanceOptions,
    /// Directory of the built page, to serve it outside /lab/.
    #[arg(long, value_name = "DIR")]
    page: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do if not even this can be printed.
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let https = (!arguments.no_tls).then_some(arguments.tls_port);
    let name = if arguments.page.is_some() { "Fetchmark" } else { "The lab" };
    let interrupt = Interrupt::listen()?;
    let lab = Lab::start(LabConfig {
        http: arguments.port,
        https,
        http3: arguments.http3,
        distance: arguments.distance.read()?,
        page: arguments.page.map(Into::into),
        ..LabConfig::default()
    })
    .await?;
    announce(&lab, name, &mut std::io::stdout())?;
    interrupt.wait().await;
    lab.stop().await;
    Ok(())
}
