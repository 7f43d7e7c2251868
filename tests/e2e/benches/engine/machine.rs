//! On what the figures were measured: no name of a machine, nothing of its owner.

use crate::{error::Error, stage::Stage};
use std::{fs, thread};

/// The full version, where the browser tells it; else its name for itself.
const BROWSER: &str = "
    const [done] = arguments;
    const full = navigator.userAgentData?.getHighEntropyValues(['fullVersionList']);
    Promise.resolve(full).then((values) => {
        const brand = values?.fullVersionList?.find(({ brand }) => /Chrom/.test(brand));
        done(brand ? `${brand.brand} ${brand.version}` : navigator.userAgent);
    });
";

/// As in `Chromium 156.0.8078.79, 2 cores, Debian GNU/Linux 12 (bookworm)`.
pub(crate) async fn line(stage: &Stage) -> Result<String, Error> {
    let browser: String = serde_json::from_value(stage.browser.client.execute_async(BROWSER, vec![]).await?)?;
    let cores = thread::available_parallelism().map_or_else(|_| "?".to_owned(), |cores| cores.to_string());
    Ok(format!("{browser}, {cores} cores, {}", system()))
}

fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))
        .map_or_else(|| std::env::consts::OS.to_owned(), |name| name.trim_matches('"').to_owned())
}
