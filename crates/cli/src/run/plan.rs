//! What a run is to do, read from the settings: every slip is found before anything is started.

use std::collections::HashSet;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fetchmark_core::address::{self, AddressProblem};
use fetchmark_core::export::Format;
use fetchmark_core::factors::Connection;
use fetchmark_core::params;
use fetchmark_core::report::Report;
use fetchmark_core::scenario::Scenario;
use fetchmark_core::secrets::{self, Place, Secrets};
use fetchmark_core::target::{cut_at_authority, is_numbered, numbered};
use fetchmark_core::threshold::Threshold;
use fetchmark_lab::TlsOffer;
use fetchmark_webdriver::{Browser, BrowserOptions, Capabilities};
use percent_encoding::percent_decode_str;
use url::Url;

use super::error::RunError;
use super::lab_address;
use super::outside::{self, Beside};
use super::settings::Settings;
use super::text::Text;
use super::{body, capability};
use crate::compare;
use crate::destination::Destination;

/// The lab's smallest answer, and the one after which it closes the connection: what is measured where nothing is named.
const LAB: &str = "/lab/ping";
const LAB_COLD: &str = "/lab/close";
/// What the command's own times may be, in ms: a second to a day.
const TIME_MS: std::ops::RangeInclusive<u32> = 1_000..=86_400_000;
/// How long opening a browser of this machine may take.
const START: Duration = Duration::from_secs(60);
/// The same where it may have to wait for another's end: a Selenium Grid lets sessions queue for 300 s.
const START_ON_GRID: Duration = Duration::from_secs(320);

/// What a run is to do.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) scenario: Scenario,
    /// What is neither printed nor written.
    pub(super) secrets: Secrets,
    pub(super) browser: Browser,
    /// What the WebDriver is asked for.
    pub(super) capabilities: Capabilities,
    /// A WebDriver that runs already.
    pub(super) webdriver: Option<Url>,
    /// How long opening the browser may take.
    pub(super) start_within: Duration,
    pub(super) page: Page,
    pub(super) total: Option<Duration>,
    pub(super) outputs: Vec<(Destination, Format)>,
    pub(super) samples: Option<Destination>,
    pub(super) thresholds: Vec<Threshold>,
    pub(super) baseline: Option<Report>,
    /// Where that was read.
    pub(super) baseline_file: Option<PathBuf>,
    /// Where it will be once there has been a first run.
    pub(super) missing_baseline: Option<PathBuf>,
    pub(super) strict: bool,
}

/// Where the page is.
#[derive(Debug)]
pub(super) enum Page {
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

impl Plan {
    /// Reads the settings, some of which may have come from the file `config`.
    ///
    /// # Errors
    /// [`RunError::Usage`] with every slip in them.
    pub(super) fn of(mut settings: Settings, config: Option<&Path>) -> Result<Self, RunError> {
        let mut slips = Vec::new();
        let body_file = settings.body.as_ref().and_then(|given| body::file(&given.0)).map(Path::to_owned);
        if let Some(given) = &mut settings.body {
            body::read(&given.0).map_or_else(|slip| slips.push(slip), |text| given.0 = text);
        }
        let (scenario, tls) = scenario(&settings, &mut slips);
        let is_good = slips.is_empty();
        let webdriver =
            service(settings.webdriver.as_ref().map(|text| text.0.as_str()), "--webdriver", &mut slips);
        let page_url =
            service(settings.page_url.as_ref().map(|text| text.0.as_str()), "--page-url", &mut slips);
        let outputs = outputs(&settings, &mut slips);
        let thresholds = thresholds(&settings, &scenario, is_good, &mut slips);
        let total = time(settings.timeout_total.as_ref(), "--timeout-total", &mut slips);
        let start_within = time(settings.start_within.as_ref(), "--start-within", &mut slips);
        let browser = settings.browser.unwrap_or_default();
        if browser == Browser::Webkit && !settings.browser_arg.is_empty() && settings.browser_binary.is_none()
        {
            slips
                .push("--browser-arg needs --browser-binary where the browser is webkit. Add it.".to_owned());
        }
        if settings.bind.is_some_and(|address| address.is_unspecified()) && page_url.is_none() {
            slips.push(
                "A browser cannot open the address that --bind gives. Name the one by which it reaches this machine with \
                 --page-url."
                    .to_owned(),
            );
        }
        if tls.is_some() && (page_url.is_some() || settings.bind.is_some()) {
            slips.push(
                "The lab's own certificate is for this machine alone. Leave --page-url and --bind out where the address begins \
                 with lab-tls: or lab-h2:, or name the lab's address in full."
                    .to_owned(),
            );
        }
        let options = BrowserOptions {
            binary: settings.browser_binary.map(|path| path.display().to_string()),
            arguments: settings.browser_arg,
            headed: settings.headed,
            // The lab signs its certificate itself.
            insecure: settings.insecure || tls.is_some(),
        };
        let mut capabilities = browser.capabilities(&options, settings.webdriver.is_none());
        slips.extend(capability::add(&mut capabilities, &settings.capability).err().into_iter().flatten());
        let samples = settings.samples.as_deref().and_then(|path| destination(path, &mut slips));
        let (baseline_file, missing_baseline) =
            baseline_file(settings.baseline, settings.baseline_if_present);
        let inputs: Vec<&Path> = config.into_iter().chain(body_file.as_deref()).collect();
        slips.extend(named_twice(&outputs, samples.as_ref(), baseline_file.as_deref(), &inputs));
        let baseline = baseline_file.as_deref().map(compare::read).transpose();
        let baseline = baseline.unwrap_or_else(|error| {
            slips.push(error.to_string());
            None
        });
        if !slips.is_empty() {
            // One slip may be found in two places.
            let mut said = HashSet::new();
            slips.retain(|slip| said.insert(slip.clone()));
            return Err(RunError::Usage(slips));
        }
        let given = settings.capability.iter();
        let mut secrets =
            given.fold(Secrets::of(&scenario.target), |secrets, text| secrets.and(Place::Body, text));
        for url in webdriver.iter().chain(&page_url) {
            secrets = secrets.and(Place::Address, url.as_str());
            // Others may repeat them one by one, and as they are without the escapes of an address.
            for part in [url.username(), url.password().unwrap_or_default()] {
                secrets = secrets
                    .and(Place::Header, part)
                    .and(Place::Header, &percent_decode_str(part).decode_utf8_lossy());
            }
        }
        let page = match page_url {
            Some(url) if settings.bind.is_none() && settings.port.is_none() => Page::Elsewhere(url),
            url => Page::Served {
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
            start_within: start_within.unwrap_or(if webdriver.is_some() { START_ON_GRID } else { START }),
            webdriver,
            page,
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

/// The scenario; and what the lab is to offer over TLS if that is how it is to be reached.
fn scenario(settings: &Settings, slips: &mut Vec<String>) -> (Scenario, Option<TlsOffer>) {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(settings.parameters());
    let params = params::parse_for(&query.finish(), params::Runner::Command).unwrap_or_else(|errors| {
        slips.extend(errors.iter().map(ToString::to_string));
        params::Params::default()
    });
    let mut scenario = params.scenario;
    if settings.with == Some(Beside::Python) {
        let was_good = scenario.problems().is_empty();
        outside::add(&mut scenario);
        if was_good {
            slips.extend(scenario.problems().iter().map(ToString::to_string));
        }
    }
    if settings.insecure && outside::is_wanted(&scenario) {
        slips.push(
            "Python's clients check certificates, whatever --insecure says to the browser. Leave it out, or measure without \
             Python's clients."
                .to_owned(),
        );
    }
    let target = &mut scenario.target;
    if target.url.is_empty() {
        LAB.clone_into(&mut target.url);
        if scenario.connection.contains(&Connection::Cold) {
            target.cold_url.get_or_insert_with(|| LAB_COLD.to_owned());
        }
    }
    let urls = std::iter::once(&mut target.url).chain(&mut target.cold_url);
    let tls = lab_address::take(urls).unwrap_or_else(|slip| {
        slips.push(slip);
        None
    });
    let named = std::iter::once(&target.url).chain(&target.cold_url);
    slips.extend(named.filter_map(|url| no_address(url)));
    let has_own_hosts = is_numbered(cut_at_authority(&target.url).1);
    // A page that is served elsewhere may have more beside it.
    let is_elsewhere = settings.page_url.is_some() && settings.bind.is_none() && settings.port.is_none();
    if settings.page.is_none() && !is_elsewhere {
        let named = std::iter::once(&target.url).chain(&target.cold_url);
        slips.extend(named.filter(|url| is_beside_the_lab(url)).map(|url| {
            let url = secrets::address(url);
            format!(
                "“{url}” would be an address of Fetchmark's own server, where the lab alone is measured, below /lab/. Write the \
                 target's in full, like https://example.com{url}."
            )
        }));
    }
    if scenario.connection.contains(&Connection::Cold) && target.cold_url.is_none() && !has_own_hosts {
        slips.push(
            "Cold connections cannot be forced on this address. Give --cold-url, an address that the server answers with \
             “Connection: close”, or put {n} into the host or port of the address if it has many names."
                .to_owned(),
        );
    }
    (scenario, tls)
}

/// Why an address cannot be requested, as a sentence.
fn no_address(url: &str) -> Option<String> {
    let why = match address::check(url) {
        Err(AddressProblem::Credentials) => {
            return Some(
                "A browser requests no address with a user name or password in it. Leave them out, and give them as \
                 --header 'Authorization: Basic …', with name:password in Base64."
                    .to_owned(),
            );
        }
        Err(problem) => format!(": {problem}"),
        // Elsewhere the page would take it for a file beside itself.
        Ok(()) if url.starts_with('/') || Url::parse(&numbered(url, 0)).is_ok() => return None,
        Ok(()) => String::new(),
    };
    let url = secrets::address(url);
    Some(format!(
        "“{url}” is not a URL{why}. Write it like https://example.com/path, or like /lab/ping for the lab."
    ))
}

/// Whether it is a path on the page's own server that is not the lab's.
fn is_beside_the_lab(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/lab/")
}

/// The address of a WebDriver or page.
fn service(text: Option<&str>, option: &str, slips: &mut Vec<String>) -> Option<Url> {
    let text = text?;
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Some(url),
        _ => {
            let text = secrets::address(text);
            slips.push(format!("{option} cannot be “{text}”. Write an address like http://localhost:4444/."));
            None
        }
    }
}

fn time(text: Option<&Text>, option: &str, slips: &mut Vec<String>) -> Option<Duration> {
    let text = &text?.0;
    let read = params::read_duration(text, TIME_MS);
    let ms = read.map_err(|expected| slips.push(format!("{option} cannot be “{text}”. {expected}"))).ok()?;
    Some(Duration::from_millis(ms.into()))
}

fn outputs(settings: &Settings, slips: &mut Vec<String>) -> Vec<(Destination, Format)> {
    if settings.format.is_some() && settings.output.is_empty() {
        slips.push("--format is for --output. Add --output FILE, or leave it out.".to_owned());
    }
    let mut outputs = Vec::new();
    for name in &settings.output {
        if name == "-" {
            slips.push(
                "--output takes a file, and “-” is none. For the report on standard output give --json in its place."
                    .to_owned(),
            );
            continue;
        }
        let path = PathBuf::from(name);
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match settings.format.or_else(|| Format::of_extension(extension)) {
            Some(format) => outputs.extend(destination(&path, slips).map(|place| (place, format))),
            None => slips.push(format!(
                "The format of {name} is not clear. Give --format, or let its name end in .json, .csv, .md, .xml or .hlog."
            )),
        }
    }
    outputs
}

/// The file of the baseline; or the one that may be missing, and is.
fn baseline_file(named: Option<PathBuf>, if_present: Option<PathBuf>) -> (Option<PathBuf>, Option<PathBuf>) {
    match (named, if_present) {
        // What cannot even be looked for is told when it is read.
        (None, Some(file)) if matches!(file.try_exists(), Ok(false)) => (None, Some(file)),
        (named, if_present) => (named.or(if_present), None),
    }
}

/// Where a result is to go. A run is dear: whether it can be written is looked at before it.
fn destination(path: &Path, slips: &mut Vec<String>) -> Option<Destination> {
    Destination::at(path).map_err(|error| slips.push(error.to_string())).ok()
}

/// A sentence for each file that would be written twice, or in place of one that is read: settings, a body, or the report that the
/// run is held against. A report of the run may take that last one's place.
fn named_twice(
    outputs: &[(Destination, Format)],
    samples: Option<&Destination>,
    baseline: Option<&Path>,
    inputs: &[&Path],
) -> Vec<String> {
    let files: Vec<&Destination> = outputs.iter().map(|(file, _)| file).chain(samples).collect();
    let is_taken = |(place, file): (usize, &&Destination)| {
        let is_report = outputs.get(place).is_some_and(|(_, format)| *format == Format::Json);
        let is_baseline = !is_report && baseline.is_some_and(|baseline| file.is_file(baseline));
        let is_input = inputs.iter().any(|input| file.is_file(input));
        is_baseline || is_input || files[..place].iter().any(|other| other.is_the_file_of(file))
    };
    let twice = files.iter().enumerate().filter(|file| is_taken(*file)).map(|(_, file)| {
        format!(
            "{} is named twice among --output, --samples, --baseline, --config and --body: one would take the other's place. \
             Give each a file of its own.",
            file.named().display()
        )
    });
    twice.collect()
}

fn thresholds(
    settings: &Settings,
    scenario: &Scenario,
    is_good: bool,
    slips: &mut Vec<String>,
) -> Vec<Threshold> {
    let ids: Vec<String> = scenario.variants().into_iter().map(|variant| variant.id).collect();
    let mut thresholds = Vec::new();
    for text in &settings.threshold {
        match text.parse::<Threshold>() {
            Ok(threshold) => {
                // What is wrong with the scenario may be the reason: then that alone is told.
                if let Err(error) = threshold.check_rows(&ids)
                    && is_good
                {
                    slips.push(format!("The threshold {text} cannot be judged. {error}"));
                }
                thresholds.push(threshold);
            }
            Err(error) => slips.push(error.to_string()),
        }
    }
    thresholds
}
