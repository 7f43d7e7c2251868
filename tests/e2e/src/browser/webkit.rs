//! WebKitGTK's MiniBrowser, through WebKitWebDriver.

use super::Driver;

pub(super) const DRIVER: Driver = Driver {
    program: "WebKitWebDriver",
    variable: "WEBKITDRIVER",
    arguments: |port| vec![format!("--port={port}")],
    // As for Chromium: the tests open their own pages only, and a container seldom allows a sandbox.
    environment: &[("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")],
    needs_display: true,
    capabilities: Vec::new,
};
