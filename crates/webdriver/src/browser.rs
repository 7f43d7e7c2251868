//! The browsers, and how each is driven.

use std::env;
use std::ffi::OsString;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A JSON object of capabilities, as WebDriver names them.
pub type Capabilities = serde_json::Map<String, Value>;

/// A browser that can be driven.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Browser {
    /// Chrome or Chromium, through chromedriver
    #[default]
    Chrome,
    /// Firefox, through geckodriver
    Firefox,
    /// WebKitGTK, through WebKitWebDriver
    Webkit,
}

/// How a browser is started.
#[derive(Debug, Clone, Default)]
pub struct BrowserOptions {
    /// The browser's program, where it is not the one that the driver finds.
    pub binary: Option<String>,
    /// Further arguments for that program.
    pub arguments: Vec<String>,
    /// Show its window.
    pub headed: bool,
    /// Accept any certificate.
    pub insecure: bool,
}

impl Browser {
    /// As people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chrome => "Chrome",
            Self::Firefox => "Firefox",
            Self::Webkit => "WebKit",
        }
    }

    /// The driver's program, looked for on the path.
    pub fn driver(self) -> &'static str {
        match self {
            Self::Chrome => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::Webkit => "WebKitWebDriver",
        }
    }

    /// The variable by which a person names another driver.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Chrome => "CHROMEDRIVER",
            Self::Firefox => "GECKODRIVER",
            Self::Webkit => "WEBKITDRIVER",
        }
    }

    /// The driver's program: what the variable names, else what the path has.
    pub(crate) fn driver_path(self) -> OsString {
        env::var_os(self.variable()).filter(|named| !named.is_empty()).unwrap_or_else(|| self.driver().into())
    }

    /// The driver's arguments; on port 0 it chooses one itself and says which.
    pub(crate) fn driver_arguments(self, port: u16) -> Vec<String> {
        let mut arguments = vec![format!("--port={port}")];
        if self == Self::Firefox {
            // It chooses its second port itself, too: the usual one, 9222, may be another browser's.
            arguments.push("--websocket-port=0".to_owned());
        }
        arguments
    }

    /// How to install browser and driver.
    pub(crate) fn install_hint(self) -> &'static str {
        match self {
            Self::Chrome => "Debian, Ubuntu: apt-get install chromium chromium-driver",
            Self::Firefox => {
                "Debian: apt-get install firefox-esr; geckodriver is at https://github.com/mozilla/geckodriver/releases"
            }
            Self::Webkit => "Debian, Ubuntu: apt-get install webkit2gtk-driver xvfb",
        }
    }

    /// Whether it cannot do without a display.
    pub(crate) fn needs_display(self) -> bool {
        self == Self::Webkit
    }

    /// Environment variables of the driver and its browser.
    pub(crate) fn environment(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Chrome => &[],
            // geckodriver gives Firefox a settings server that does not exist; a released Firefox uses it only with this set.
            Self::Firefox => &[("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1")],
            // Its sandbox does not start as root.
            Self::Webkit if is_root() => &[("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")],
            Self::Webkit => &[],
        }
    }

    /// Makes a browser use HTTP/3 for these addresses alone (host and port), with a certificate that is known by the hash of its public key.
    pub fn use_http3(self, capabilities: &mut Capabilities, addresses: &[(String, u16)], pins: &[String]) {
        match self {
            Self::Chrome => {
                let list = |parts: Vec<String>| parts.join(",");
                let forced = addresses.iter().map(|(host, port)| format!("{host}:{port}")).collect();
                let arguments = [
                    format!("--origin-to-force-quic-on={}", list(forced)),
                    format!("--ignore-certificate-errors-spki-list={}", list(pins.to_vec())),
                ];
                let given =
                    &mut capabilities.entry("goog:chromeOptions").or_insert_with(|| json!({}))["args"];
                match given.as_array_mut() {
                    Some(given) => given.extend(arguments.map(Value::from)),
                    None => *given = json!(arguments),
                }
            }
            Self::Firefox => {
                let mapped = addresses.iter().map(|(host, port)| format!("{host};h3=\":{port}\""));
                let prefs = json!({
                    "network.http.http3.enable": true,
                    "network.http.http3.alt-svc-mapping-for-testing": mapped.collect::<Vec<_>>().join(","),
                    "network.http.http3.force-use-alt-svc-mapping-for-testing": true,
                    // The lab's certificate is not one that a known authority signed.
                    "network.http.http3.disable_when_third_party_roots_found": false,
                    // It races HTTP/3 with the others, and gives it up for a host where they win: a busy machine is enough.
                    "network.http.http3.backup_timer_delay": 0,
                    "network.http.http3.fallback_to_h2_on_error": false,
                    "network.http.http3.inner_fallback_delay": 60_000,
                    "network.http.http3.parallel_fallback_conn_limit": 0,
                    "network.dns.httpssvc.http3_fast_fallback_timeout": 0,
                    "network.http.happy_eyeballs_enabled": false,
                });
                let given =
                    &mut capabilities.entry("moz:firefoxOptions").or_insert_with(|| json!({}))["prefs"];
                for (name, value) in prefs.as_object().into_iter().flatten() {
                    given[name] = value.clone();
                }
            }
            // It has no HTTP/3.
            Self::Webkit => {}
        }
    }

    /// The capabilities to request for a new session. `local`: the driver was started here, by this program.
    pub fn capabilities(self, options: &BrowserOptions, local: bool) -> Capabilities {
        let mut capabilities = Capabilities::new();
        if options.insecure {
            capabilities.insert("acceptInsecureCerts".to_owned(), Value::Bool(true));
        }
        let options = match self {
            Self::Chrome => Some(("goog:chromeOptions", chrome_options(options, local))),
            Self::Firefox => Some(("moz:firefoxOptions", firefox_options(options))),
            Self::Webkit => webkit_options(options).map(|options| ("webkitgtk:browserOptions", options)),
        };
        capabilities.extend(options.map(|(name, options)| (name.to_owned(), options)));
        // A grid has several browsers; a driver that was started here has one.
        let named = match self {
            Self::Chrome => Some("chrome"),
            Self::Firefox => Some("firefox"),
            Self::Webkit => None,
        };
        if let (false, Some(name)) = (local, named) {
            capabilities.insert("browserName".to_owned(), name.into());
        }
        capabilities
    }
}

fn with_binary(mut options: Value, binary: Option<&str>) -> Value {
    if let Some(binary) = binary {
        options["binary"] = binary.into();
    }
    options
}

fn chrome_options(options: &BrowserOptions, local: bool) -> Value {
    let mut arguments: Vec<&str> = if options.headed { vec![] } else { vec!["--headless"] };
    arguments.extend([
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--window-size=1280,1000",
    ]);
    if local && is_root() {
        // Chromium does not start as root with its sandbox.
        arguments.push("--no-sandbox");
    }
    arguments.extend(options.arguments.iter().map(String::as_str));
    with_binary(json!({ "args": arguments }), options.binary.as_deref())
}

fn firefox_options(options: &BrowserOptions) -> Value {
    let mut arguments: Vec<&str> = if options.headed { vec![] } else { vec!["-headless"] };
    arguments.extend(options.arguments.iter().map(String::as_str));
    // Firefox silences most of its own traffic when it is driven, some of it only after its start: these are set before.
    let silent = json!({
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
        "toolkit.telemetry.enabled": false,
        "toolkit.telemetry.server": "",
    });
    with_binary(json!({ "args": arguments, "prefs": silent }), options.binary.as_deref())
}

/// Only for another program: without options the driver takes its own small browser.
fn webkit_options(options: &BrowserOptions) -> Option<Value> {
    let binary = options.binary.as_deref()?;
    let arguments: Vec<&str> =
        std::iter::once("--automation").chain(options.arguments.iter().map(String::as_str)).collect();
    Some(with_binary(json!({ "args": arguments }), Some(binary)))
}

#[cfg(unix)]
fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_become_capabilities() {
        let options = BrowserOptions {
            binary: Some("/opt/chrome".to_owned()),
            arguments: vec!["--lang=ko".to_owned()],
            headed: true,
            insecure: true,
        };
        let asked = Browser::Chrome.capabilities(&options, false);
        assert_eq!(asked["acceptInsecureCerts"], true);
        assert_eq!(asked["browserName"], "chrome");
        let options = &asked["goog:chromeOptions"];
        assert_eq!(options["binary"], "/opt/chrome");
        let arguments = options["args"].as_array().unwrap();
        assert!(arguments.contains(&"--lang=ko".into()) && !arguments.contains(&"--headless".into()));
        assert!(!arguments.contains(&"--no-sandbox".into()), "elsewhere it may be anybody who runs it");
    }

    #[test]
    fn http_3_is_forced_for_an_address() {
        let with = |browser: Browser| {
            let mut asked = browser.capabilities(&BrowserOptions::default(), true);
            browser.use_http3(&mut asked, &[("127.0.0.1".to_owned(), 8443)], &["hash=".to_owned()]);
            asked
        };
        let arguments = with(Browser::Chrome)["goog:chromeOptions"]["args"].to_string();
        assert!(
            arguments.contains("\"--headless\"") && arguments.contains("=127.0.0.1:8443\""),
            "{arguments}"
        );
        assert!(arguments.contains("\"--ignore-certificate-errors-spki-list=hash=\""), "{arguments}");
        let prefs = &with(Browser::Firefox)["moz:firefoxOptions"]["prefs"];
        assert_eq!(prefs["network.http.http3.alt-svc-mapping-for-testing"], "127.0.0.1;h3=\":8443\"");
        assert_eq!(prefs["app.update.auto"], false);
        assert!(with(Browser::Webkit).is_empty());
    }

    #[test]
    fn by_default_only_headless_is_requested() {
        let asked = Browser::Firefox.capabilities(&BrowserOptions::default(), true);
        assert_eq!(asked["moz:firefoxOptions"]["args"], json!(["-headless"]));
        assert!(!asked.contains_key("acceptInsecureCerts") && !asked.contains_key("browserName"));
        assert!(Browser::Webkit.capabilities(&BrowserOptions::default(), true).is_empty());
    }
}
