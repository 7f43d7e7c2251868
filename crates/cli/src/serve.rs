//! `fetchmark serve`: the page and the lab on one origin.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;
use fetchmark_lab::{DistanceOptions, Lab, LabConfig, announce};

use crate::error::CliError;
use crate::page;
use crate::terminal::{self, print};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Port of the page and the lab; 0 takes any free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Port of the same over TLS with HTTP/2; 0 takes any free one.
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
    /// Directory of the built page, instead of the page in this program.
    #[arg(long, value_name = "DIR")]
    page: Option<PathBuf>,
    /// Open the page in the default browser.
    #[arg(long)]
    open: bool,
    /// Print the addresses as one line of JSON.
    #[arg(long)]
    json: bool,
}

/// Serves until Ctrl-C.
///
/// # Errors
/// A sentence where an option cannot be, or nothing can be served.
pub(crate) async fn run(options: Options) -> Result<(), CliError> {
    let distance = options.distance.read().map_err(|problem| CliError::usage(anyhow!(problem)))?;
    let page = Some(page::source(options.page)?);
    let interrupt = terminal::listen_for_interrupt()?;
    let https = (!options.no_tls).then_some(options.tls_port);
    let config =
        LabConfig { http: options.port, https, http3: options.http3, distance, page, ..LabConfig::default() };
    let lab = Lab::start(config).await?;
    if options.json {
        let [http, https] =
            [Some(lab.http_url()), lab.https_url()].map(|url| url.map(|url| format!("{url}/")));
        let mut addresses = serde_json::json!({ "http": http, "https": https });
        if let Some(far) = lab.far() {
            let [http, https] =
                [Some(&far.http), far.https.as_ref()].map(|url| url.map(|url| format!("{url}/")));
            addresses["far"] = serde_json::json!({ "http": http, "https": https });
        }
        print(&addresses.to_string())?;
    } else {
        announce(&lab, "Fetchmark", &mut io::stdout()).map_err(|error| {
            anyhow!("The address could not be printed: {error}. Check where the output goes.")
        })?;
    }
    if options.open {
        open_page(&format!("{}/", lab.http_url()));
    }
    interrupt.wait().await;
    lab.stop().await;
    Ok(())
}

/// Opens the page. A machine without a browser still serves it, so a failure is only reported.
fn open_page(url: &str) {
    if let Err(error) = open::that_detached(url) {
        let _ = writeln!(io::stderr(), "The browser could not be opened: {error}. Open {url} yourself.");
    }
}
