//! Starts one browser of each kind that is named (`chrome`, `firefox`, `webkit`) for all tests to share, says where they are, and
//! ends them when its standard input is closed.
#![allow(clippy::print_stdout, reason = "what it starts is said on standard output")]

use clap::{Parser, ValueEnum};
use fetchmark_e2e::browser::{Kind, SHARED, SharedSession, capabilities};
use fetchmark_webdriver::{Driver, Session};
use std::{collections::BTreeMap, error::Error, io::Read};

/// Starts browsers for the end-to-end tests to share.
#[derive(Parser)]
struct Arguments {
    /// Which; the same one is started once.
    #[arg(value_enum, required = true)]
    kinds: Vec<Kind>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let kinds = Arguments::parse().kinds;
    let mut running: Vec<(Driver, Session)> = Vec::new();
    let mut named: BTreeMap<&str, SharedSession> = BTreeMap::new();
    for kind in Kind::value_variants().iter().filter(|kind| kinds.contains(kind)) {
        let mut driver = Driver::start(*kind).await?;
        let session = driver.open(capabilities(*kind, &[])).await?;
        let url = driver.endpoint().to_string().parse()?;
        named.insert(kind.driver(), SharedSession { url, id: session.id().to_owned() });
        running.push((driver, session));
    }
    println!("{SHARED}={}", serde_json::to_string(&named)?);
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    for (driver, session) in running {
        let closed = session.close().await;
        driver.end(closed.is_ok()).await;
    }
    Ok(())
}
