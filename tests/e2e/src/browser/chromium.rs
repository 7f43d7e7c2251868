//! Headless Chromium, through chromedriver.

use super::Driver;
use serde_json::{Value, json};

pub(super) const DRIVER: Driver = Driver {
    program: "chromedriver",
    variable: "CHROMEDRIVER",
    arguments: |port| vec![format!("--port={port}")],
    environment: &[],
    needs_display: false,
    capabilities,
};

fn capabilities() -> Vec<(&'static str, Value)> {
    let options = json!({
        "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
            "--disable-component-update", "--disable-sync", "--window-size=1280,1000",
        ],
    });
    vec![("goog:chromeOptions", options)]
}
