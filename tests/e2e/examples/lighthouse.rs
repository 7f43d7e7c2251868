//! What Lighthouse says of the built page, as tables for `docs/benchmarks.md`: `cargo xtask bench lighthouse` runs this.
#![allow(clippy::print_stdout, reason = "tables are what this program is for")]

use clap::Parser;
use fetchmark_e2e::{
    SetupError, dist,
    folder::TemporaryFolder,
    lighthouse::{Looks, Preset, json, tables},
};
use fetchmark_lab::{Lab, LabConfig, LabError};
use std::{fs, io, path::PathBuf, process::ExitCode};

/// A host that is not this machine by its name: on this machine the page would look for a lab.
const HOST: &str = "fetchmark.test";

/// The sub-path, as a project has it on GitHub Pages.
const BELOW: &str = "fetchmark";

/// Lighthouse advises several looks, since each differs.
const LOOKS: u32 = 5;

/// What to do.
#[derive(Parser)]
struct Options {
    /// Lighthouse's program.
    program: PathBuf,
    /// Look once.
    #[arg(long)]
    quick: bool,
    /// Where every score goes.
    #[arg(long)]
    json: Option<PathBuf>,
}

/// Why there are no scores.
#[derive(Debug, thiserror::Error)]
enum Error {
    /// No page, or no Lighthouse.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// No lab.
    #[error("The lab did not start: {0}")]
    Lab(#[from] LabError),
    /// The lab has no TLS.
    #[error("The lab was started without TLS.")]
    NoTls,
    /// A file could not be read or written.
    #[error(
        "A file could not be read or written: {0}. Check that the folder exists and the disk is not full."
    )]
    Files(#[from] io::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Options::parse()).await {
        Ok(tables) => {
            println!("{tables}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<String, Error> {
    let folder = TemporaryFolder::new("lighthouse")?;
    folder.link(&dist()?, BELOW)?;
    // GitHub Pages sends gzip at best.
    folder.remove_all(".br")?;
    let lab =
        Lab::start(LabConfig { page: Some(folder.path().to_owned().into()), ..LabConfig::default() }).await?;
    let port = lab.https_port().ok_or(Error::NoTls)?;
    let flags = format!(
        "--headless=new --no-sandbox --ignore-certificate-errors --host-resolver-rules=\"MAP {HOST} 127.0.0.1\""
    );
    let mut all = Vec::new();
    for preset in Preset::ALL {
        let times = if options.quick { 1 } else { LOOKS };
        let url = format!("https://{HOST}:{port}/{BELOW}/");
        all.push(Looks::take(&options.program, &url, &flags, preset, times).await?);
    }
    lab.stop().await;
    if let Some(path) = &options.json {
        fs::write(path, format!("{:#}\n", json(&all)))?;
    }
    Ok(tables(&all))
}
