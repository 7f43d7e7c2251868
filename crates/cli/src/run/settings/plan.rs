//! What a run is to do, read from its settings: every mistake is found before anything starts.

use std::collections::HashSet;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::anyhow;
use fetchmark_core::export::Format;
use fetchmark_core::gates::threshold::Threshold;
use fetchmark_core::report::Report;
use fetchmark_core::request::secrets::{self, Place, Secrets};
use fetchmark_core::scenario::Scenario;
use fetchmark_lab::{Distance, DistanceOptions, TlsOffer};
use fetchmark_webdriver::{Browser, BrowserOptions, Capabilities, Endpoint, WEB_SOCKET_URL};
use percent_encoding::percent_decode_str;
use url::Url;

use super::fleet::{self, Fleet};
use super::lab_address::LabServer;
use super::options::Settings;
use super::origin::{self, OriginChoice};
use super::{body, capabilities, lab_address, outputs, scenario};
use crate::destination::Destination;
use crate::error::CliError;
use crate::input;

/// What --start-within and --timeout-total may be: a second to a day.
const TIME_LIMITS: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_secs(86_400);
/// How long opening a browser on this machine may take.
const START: Duration = Duration::from_secs(60);
/// The same where it may have to wait for another session to end: a Selenium Grid queues sessions for 300 s.
const START_ON_GRID: Duration = Duration::from_secs(320);

/// What a run is to do.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) scenario: Scenario,
    /// Neither printed nor written.
    pub(crate) secrets: Secrets,
    pub(crate) browser: Browser,
    pub(crate) capabilities: Capabilities,
    /// WebDrivers that run already; empty: each session has a driver of its own here.
    pub(crate) webdrivers: Vec<Endpoint>,
    pub(crate) fleet: Fleet,
    /// How long opening the browser may take.
    pub(crate) start_within: Duration,
    pub(crate) page: PageLocation,
    /// The lab's server of each target that is on one, where they are on several; empty where the page's own is enough.
    pub(crate) lab_servers: Vec<Option<LabServer>>,
    /// How far away the lab's targets are to be.
    pub(crate) distance: Option<Distance>,
    pub(crate) origin: OriginChoice,
    /// The time of the whole run.
    pub(crate) total: Option<Duration>,
    pub(crate) outputs: Vec<(Destination, Format)>,
    pub(crate) samples: Option<Destination>,
    pub(crate) thresholds: Vec<Threshold>,
    pub(crate) baseline: Option<Report>,
    /// Where the baseline was read.
    pub(crate) baseline_file: Option<PathBuf>,
    /// Where the baseline will be after the first run.
    pub(crate) missing_baseline: Option<PathBuf>,
    pub(crate) strict: bool,
}

/// Where the page is.
#[derive(Debug)]
pub(crate) enum PageLocation {
    /// It is served for this run.
    Served {
        /// The directory of the built page; `None`: the page in this program.
        directory: Option<PathBuf>,
        address: Option<IpAddr>,
        port: u16,
        /// Over TLS, with this; else without.
        tls: Option<TlsOffer>,
        /// Its address as the browser sees it, where that is not the server's own.
        url: Option<Url>,
    },
    /// It is served already.
    Elsewhere(Url),
}

impl PageLocation {
    /// The directory of the built page, where one was named.
    pub(crate) fn directory(&self) -> Option<&Path> {
        match self {
            Self::Served { directory, .. } => directory.as_deref(),
            Self::Elsewhere(_) => None,
        }
    }
}

impl Plan {
    /// Reads the settings, some of which may have come from the file `config`.
    ///
    /// # Errors
    /// With a sentence for every mistake in them.
    pub(crate) fn from_settings(mut settings: Settings, config: Option<&Path>) -> Result<Self, CliError> {
        let mut problems = Vec::new();
        let mut body_files = Vec::new();
        let shared = settings.parameters.0.get_mut("body").into_iter().flatten();
        for body in shared.chain(settings.targets.iter_mut().filter_map(|target| target.body.as_mut())) {
            body_files.extend(body::file(body).map(Path::to_owned));
            body::read(body).map_or_else(|problem| problems.push(problem), |text| *body = text);
        }
        let (scenario, lab_servers) = scenario::read(&settings, &mut problems);
        let needs_tls = lab_servers.iter().flatten().any(|server| server.tls().is_some());
        let distance = distance(&settings, lab_servers.iter().any(Option::is_some), &mut problems);
        let is_valid = problems.is_empty();
        let mut addresses = Vec::new();
        for address in &settings.webdriver {
            addresses.extend(service_url(address, "--webdriver", &mut problems));
        }
        let webdrivers = fleet::endpoints(&addresses, &settings.webdriver_header, &mut problems);
        let page_url = settings.page_url.as_deref();
        let page_url = page_url.and_then(|url| service_url(url, "--page-url", &mut problems));
        let fleet = fleet::read(&settings, &scenario, page_url.as_ref(), &mut problems);
        let outputs = outputs::read(&settings, &mut problems);
        let thresholds = thresholds(&settings, &scenario, is_valid, &mut problems);
        let total = duration(settings.timeout_total.as_deref(), "--timeout-total", &mut problems);
        let start_within = duration(settings.start_within.as_deref(), "--start-within", &mut problems);
        let browser = settings.browser.unwrap_or_default();
        if browser == Browser::Webkit && lab_servers.contains(&Some(LabServer::H3)) {
            problems.push(
                "WebKitGTK has no HTTP/3. Measure lab-h3: in Chrome (--browser chrome) or Firefox (--browser firefox)."
                    .to_owned(),
            );
        }
        if browser == Browser::Webkit && !settings.browser_arg.is_empty() && settings.browser_binary.is_none()
        {
            problems
                .push("--browser-arg needs --browser-binary where the browser is webkit. Add it.".to_owned());
        }
        if settings.bind.is_some_and(|address| address.is_unspecified()) && page_url.is_none() {
            problems.push(
                "A browser cannot open the address of --bind. Give the one at which it reaches this machine with --page-url."
                    .to_owned(),
            );
        }
        if needs_tls && (page_url.is_some() || settings.bind.is_some()) {
            problems.push(
                "The lab's certificate is valid for this machine only. Leave out --page-url and --bind where the address begins with \
                 lab-tls:, lab-h2: or lab-h3:, or give the lab's address in full."
                    .to_owned(),
            );
        }
        let options = BrowserOptions {
            binary: settings.browser_binary.map(|path| path.display().to_string()),
            arguments: settings.browser_arg,
            headed: settings.headed,
            // The lab signs its certificate itself.
            insecure: settings.insecure || needs_tls,
        };
        let mut capabilities = browser.capabilities(&options, settings.webdriver.is_empty());
        let origin = settings.origin.unwrap_or_default();
        let targets = scenario.all_targets();
        if origin == OriginChoice::Target && targets.iter().any(origin::has_many) {
            problems.push(
                "--origin target needs one origin, and {n} in the address's host or port names many. Leave one of them out."
                    .to_owned(),
            );
        }
        // WebKit's driver has no BiDi; a Chromium on this machine is reached without, which would slow its requests.
        let (tls, lab_servers) = lab_address::of_page(lab_servers);
        // The lab lets a page of another origin read and see everything.
        let may_move = match origin {
            OriginChoice::Page => false,
            OriginChoice::Auto => targets.iter().any(|target| origin::place(target).is_some()),
            OriginChoice::Target => {
                !lab_servers.is_empty() || targets.iter().any(|target| origin::place(target).is_some())
            }
        };
        let needs_bidi = match browser {
            Browser::Webkit => false,
            Browser::Chrome => !settings.webdriver.is_empty(),
            Browser::Firefox => true,
        };
        if may_move && needs_bidi {
            capabilities.insert(WEB_SOCKET_URL.to_owned(), true.into());
        }
        capabilities::add(&mut capabilities, &settings.capability, &mut problems);
        let samples = settings.samples.as_deref().and_then(|path| outputs::destination(path, &mut problems));
        let (baseline_file, missing_baseline) =
            outputs::baseline_file(settings.baseline, settings.baseline_if_present);
        let inputs: Vec<&Path> = config.into_iter().chain(body_files.iter().map(PathBuf::as_path)).collect();
        problems.extend(outputs::conflicts(&outputs, samples.as_ref(), baseline_file.as_deref(), &inputs));
        let baseline = baseline_file.as_deref().map(input::read_report).transpose();
        let baseline = baseline.unwrap_or_else(|error| {
            problems.push(error.to_string());
            None
        });
        if !problems.is_empty() {
            // The same mistake may be found in two places.
            let mut seen = HashSet::new();
            problems.retain(|problem| seen.insert(problem.clone()));
            return Err(CliError::usage(anyhow!(problems.join("\n"))));
        }
        let given = settings.capability.iter();
        let mut secrets = given.fold(scenario.secrets(), |secrets, text| secrets.and(Place::Body, text));
        for url in addresses.iter().chain(&page_url) {
            secrets = secrets.and(Place::Address, url.as_str());
            // Others may repeat them one by one, and as they are without the escapes of an address.
            for part in [url.username(), url.password().unwrap_or_default()] {
                secrets = secrets
                    .and(Place::Header, part)
                    .and(Place::Header, &percent_decode_str(part).decode_utf8_lossy());
            }
        }
        for header in &settings.webdriver_header {
            secrets =
                secrets.and(Place::Header, header.split_once(':').map_or("", |(_, value)| value.trim()));
        }
        let page = match page_url {
            Some(url) if settings.bind.is_none() && settings.port.is_none() => PageLocation::Elsewhere(url),
            url => PageLocation::Served {
                directory: settings.page,
                address: settings.bind,
                port: settings.port.unwrap_or_default(),
                tls,
                url,
            },
        };
        Ok(Self {
            secrets,
            scenario,
            browser,
            capabilities,
            start_within: start_within.unwrap_or(if webdrivers.is_empty() { START } else { START_ON_GRID }),
            webdrivers,
            fleet,
            page,
            lab_servers,
            distance,
            origin,
            total,
            outputs,
            samples,
            thresholds,
            baseline,
            baseline_file,
            missing_baseline,
            strict: settings.strict,
        })
    }
}

/// How far away the lab is to be.
fn distance(settings: &Settings, is_lab: bool, problems: &mut Vec<String>) -> Option<Distance> {
    let Settings { rtt, slow_start, bandwidth, .. } = settings;
    let options = DistanceOptions { rtt: rtt.clone(), slow_start: *slow_start, bandwidth: bandwidth.clone() };
    let distance = options.read().unwrap_or_else(|problem| {
        problems.push(problem);
        None
    })?;
    if !is_lab {
        problems.push(
            "--rtt delays the lab alone, and no address here is the lab's. Leave it out, or measure lab:/lab/ping."
                .to_owned(),
        );
    }
    if settings.page_url.is_some() || settings.bind.is_some() {
        problems.push(
            "The lab at a distance is for a browser on this machine. Leave out --page-url and --bind, or --rtt.".to_owned(),
        );
    }
    Some(distance)
}

/// The address of a WebDriver or page.
fn service_url(text: &str, option: &str, problems: &mut Vec<String>) -> Option<Url> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Some(url),
        _ => {
            let text = secrets::address(text);
            problems
                .push(format!("{option} cannot be “{text}”. Write an address like http://localhost:4444/."));
            None
        }
    }
}

fn duration(text: Option<&str>, option: &str, problems: &mut Vec<String>) -> Option<Duration> {
    let text = text?;
    let duration = humantime::parse_duration(text).ok().filter(|duration| TIME_LIMITS.contains(duration));
    if duration.is_none() {
        problems.push(format!(
            "{option} cannot be “{text}”. Write a time from 1s to 1day, such as 90s, 5m or 1h."
        ));
    }
    duration
}

fn thresholds(
    settings: &Settings,
    scenario: &Scenario,
    is_valid: bool,
    problems: &mut Vec<String>,
) -> Vec<Threshold> {
    let ids: Vec<String> = scenario.variants().into_iter().map(|variant| variant.id).collect();
    let mut thresholds = Vec::new();
    for text in &settings.threshold {
        match text.parse::<Threshold>() {
            Ok(threshold) => {
                // A mistake in the scenario may be the reason: then that alone is reported.
                if let Err(error) = threshold.check_rows(&ids)
                    && is_valid
                {
                    problems.push(format!("The threshold {text} cannot be judged. {error}"));
                }
                thresholds.push(threshold);
            }
            Err(error) => problems.push(error.to_string()),
        }
    }
    thresholds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_unit_and_is_from_a_second_to_a_day() {
        let ms =
            |text: &str| duration(Some(text), "--start-within", &mut Vec::new()).map(|time| time.as_millis());
        let times = ["1500ms", "1.5s", "0.5m", "1h 30m", "1day"].map(ms);
        assert_eq!(times, [1_500, 1_500, 30_000, 5_400_000, 86_400_000].map(Some));
        assert_eq!(["90", "soon", "-5s", "999ms", "25h"].map(ms), [None; 5]);
    }
}
