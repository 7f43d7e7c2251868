//! Headless Firefox, through geckodriver.

use super::Driver;
use serde_json::{Value, json};

pub(super) const DRIVER: Driver = Driver {
    program: "geckodriver",
    variable: "GECKODRIVER",
    // Firefox chooses its second port itself: the usual one, 9222, may be another browser's.
    arguments: |port| vec![format!("--port={port}"), "--websocket-port=0".to_owned()],
    // geckodriver gives Firefox a settings server that is none; a released Firefox heeds it only with this set.
    environment: &[("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1")],
    needs_display: false,
    capabilities,
};

/// Firefox silences most of its own traffic when it is driven, some of it only after its start: these are set before.
fn capabilities() -> Vec<(&'static str, Value)> {
    let options = json!({
        "args": ["-headless", "-width", "1280", "-height", "1000"],
        "prefs": {
            "app.normandy.enabled": false,
            "app.update.auto": false,
            "browser.region.network.url": "",
            "browser.safebrowsing.blockedURIs.enabled": false,
            "browser.safebrowsing.downloads.enabled": false,
            "browser.safebrowsing.malware.enabled": false,
            "browser.safebrowsing.phishing.enabled": false,
            "browser.safebrowsing.update.enabled": false,
            "browser.search.update": false,
            "browser.topsites.contile.enabled": false,
            "datareporting.usage.uploadEnabled": false,
            "dom.push.connection.enabled": false,
            "extensions.systemAddon.update.enabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
            // 5: names are never looked up over HTTPS, and whether they could be is not tried out.
            "network.trr.mode": 5,
            // As people have it: geckodriver would let a page from a file read the files beside it.
            "security.fileuri.strict_origin_policy": true,
            "toolkit.telemetry.enabled": false,
            "toolkit.telemetry.server": "",
        },
    });
    vec![("moz:firefoxOptions", options)]
}
