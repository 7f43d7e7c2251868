//! The options of `fetchmark run`: the page's parameters by their names, and the command's own.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;
use fetchmark_core::export::Format;
use fetchmark_webdriver::Browser;
use serde::{Deserialize, Serialize};

use super::value::{OptionText, one_or_more};
use crate::run::python::NativeClients;

const WHAT: &str = "What to measure (the page's parameters)";
const WHERE: &str = "Where to measure";
const RESULT: &str = "Results";

#[derive(Debug, Args)]
pub(crate) struct Options {
    #[command(flatten)]
    pub(crate) settings: Settings,
    /// Read settings from this TOML file, by the same names; options on the command line override it
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Print the report as JSON on standard output, and everything else on standard error
    #[arg(long)]
    pub(crate) json: bool,
    /// Show no progress and no results, only crossed thresholds
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// The options that a settings file may hold, too. One that is not given is taken from the file, or else is the default.
#[derive(Debug, Clone, Default, Args, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// The URL to measure; /lab/… or lab:/lab/… is the lab that runs beside the page, lab-tls:/lab/… the same over TLS
    /// (HTTP/1.1), lab-h2:/lab/… over TLS with HTTP/2. Without one: the lab's ping
    #[arg(help_heading = WHAT)]
    pub(super) url: Option<OptionText>,
    /// URL that forces cold connections
    #[arg(long, alias = "cold_url", help_heading = WHAT)]
    pub(super) cold_url: Option<OptionText>,
    /// Preset settings: python, warm-vs-cold, clients, concurrency, floor or rate
    #[arg(long, value_name = "NAME", help_heading = WHAT)]
    pub(super) preset: Option<OptionText>,
    /// Clients with commas, such as gloo-net,js-fetch:reused
    #[arg(long, help_heading = WHAT)]
    pub(super) clients: Option<OptionText>,
    /// reused, fresh, or both with a comma
    #[arg(long, help_heading = WHAT)]
    pub(super) lifecycle: Option<OptionText>,
    /// warm, cold, or both with a comma
    #[arg(long, help_heading = WHAT)]
    pub(super) connection: Option<OptionText>,
    /// sequential, concurrent, rate, or several with commas
    #[arg(long, help_heading = WHAT)]
    pub(super) pacing: Option<OptionText>,
    /// Requests per round
    #[arg(long, short, allow_negative_numbers = true, help_heading = WHAT)]
    pub(super) n: Option<OptionText>,
    /// Requests in flight, such as 6 or 1,6,all
    #[arg(long, allow_negative_numbers = true, help_heading = WHAT)]
    pub(super) concurrency: Option<OptionText>,
    /// Arrivals per second where pacing is rate
    #[arg(long, allow_negative_numbers = true, help_heading = WHAT)]
    pub(super) rate: Option<OptionText>,
    /// Measured rounds, or auto
    #[arg(long, allow_negative_numbers = true, help_heading = WHAT)]
    pub(super) rounds: Option<OptionText>,
    /// Time of an auto run, such as 30s
    #[arg(long, allow_negative_numbers = true, help_heading = WHAT)]
    pub(super) budget: Option<OptionText>,
    /// Discarded rounds
    #[arg(long, allow_negative_numbers = true, help_heading = WHAT)]
    pub(super) warmup: Option<OptionText>,
    /// Timeout of one request, such as 30s or 250ms
    #[arg(long, allow_negative_numbers = true, help_heading = WHAT)]
    pub(super) timeout: Option<OptionText>,
    /// GET, HEAD, POST, …
    #[arg(long, help_heading = WHAT)]
    pub(super) method: Option<OptionText>,
    /// 'Name: value'; once for each header
    #[arg(long, help_heading = WHAT)]
    #[serde(deserialize_with = "one_or_more")]
    pub(super) header: Vec<String>,
    /// Text to send; @FILE: what the file holds, byte for byte; - or @-: standard input; @@…: text that begins with @
    #[arg(long, allow_hyphen_values = true, help_heading = WHAT)]
    pub(super) body: Option<OptionText>,
    /// omit, same-origin or include
    #[arg(long, help_heading = WHAT)]
    pub(super) credentials: Option<OptionText>,
    /// worker, main, or both: worker,main
    #[arg(long, help_heading = WHAT)]
    pub(super) thread: Option<OptionText>,
    /// Measure the first variant a second time
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true", help_heading = WHAT)]
    pub(super) aa: Option<OptionText>,
    /// Equivalence margin, as a share (0.05)
    #[arg(long, allow_negative_numbers = true, help_heading = WHAT)]
    pub(super) margin: Option<OptionText>,
    /// The schedule's seed
    #[arg(long, allow_negative_numbers = true, help_heading = WHAT)]
    pub(super) seed: Option<OptionText>,

    /// Measure Python's requests, httpx and aiohttp beside the browser's clients, in the same blocks; --clients may name them one
    /// by one (aiohttp:reused)
    #[arg(long, value_enum, help_heading = WHAT)]
    pub(super) with: Option<NativeClients>,

    /// The browser that measures (default: chrome)
    #[arg(long, value_enum, help_heading = WHERE)]
    pub(super) browser: Option<Browser>,
    /// The browser's program, where the driver does not find it or should take another
    #[arg(long, value_name = "FILE", help_heading = WHERE)]
    pub(super) browser_binary: Option<PathBuf>,
    /// An argument for the browser's program; may be repeated
    #[arg(long, value_name = "ARG", allow_hyphen_values = true, help_heading = WHERE)]
    #[serde(deserialize_with = "one_or_more")]
    pub(super) browser_arg: Vec<String>,
    /// Show the browser's window
    #[arg(long, help_heading = WHERE)]
    pub(super) headed: bool,
    /// Accept any TLS certificate
    #[arg(long, help_heading = WHERE)]
    pub(super) insecure: bool,
    /// Use the WebDriver at this address (a Selenium Grid, say) instead of starting one. Its browser must reach the page:
    /// see --bind and --page-url
    #[arg(long, value_name = "URL", help_heading = WHERE)]
    pub(super) webdriver: Option<OptionText>,
    /// A capability to ask the WebDriver for, such as se:name=nightly, browserVersion=stable or goog:loggingPrefs={…}; may be
    /// repeated
    #[arg(long, value_name = "NAME=JSON", help_heading = WHERE)]
    #[serde(deserialize_with = "one_or_more")]
    pub(super) capability: Vec<String>,
    /// How long the browser may take to open, such as 5m: a busy grid queues sessions. Default: 60s, with
    /// --webdriver 320s
    #[arg(long, value_name = "TIME", alias = "start_within", help_heading = WHERE)]
    pub(super) start_within: Option<OptionText>,
    /// Serve the page on this address of this machine instead of loopback, for a browser elsewhere. Anyone who reaches the
    /// address reaches the lab
    #[arg(long, value_name = "ADDRESS", help_heading = WHERE)]
    pub(super) bind: Option<IpAddr>,
    /// Port of the page and the lab; default: any free one
    #[arg(long, help_heading = WHERE)]
    pub(super) port: Option<u16>,
    /// Address by which the browser reaches the page. Without --bind or --port no page is served here: it is one that
    /// is served already
    #[arg(long, value_name = "URL", help_heading = WHERE)]
    pub(super) page_url: Option<OptionText>,
    /// Directory of the built page, instead of the page in this program
    #[arg(long, value_name = "DIR", help_heading = WHERE)]
    pub(super) page: Option<PathBuf>,
    /// Stop after this time, such as 300s, with the rounds that are finished
    #[arg(long, value_name = "TIME", alias = "timeout_total", help_heading = WHERE)]
    pub(super) timeout_total: Option<OptionText>,

    /// Write the report to this file; may be repeated. The name's end chooses the format: .json, .csv, .md, .xml (JUnit) or
    /// .hlog (HDR histograms)
    #[arg(long, short, value_name = "FILE", help_heading = RESULT)]
    #[serde(deserialize_with = "one_or_more")]
    pub(super) output: Vec<String>,
    /// The format of every --output, whatever its name: json, csv, markdown, junit or hdr
    #[arg(long, help_heading = RESULT)]
    pub(super) format: Option<Format>,
    /// Write every request of every round to this file, as CSV
    #[arg(long, value_name = "FILE", help_heading = RESULT)]
    pub(super) samples: Option<PathBuf>,
    /// A threshold that the result must meet, such as 'p95<200ms'; may be repeated
    #[arg(long, value_name = "THRESHOLD", help_heading = RESULT)]
    #[serde(deserialize_with = "one_or_more")]
    pub(super) threshold: Vec<String>,
    /// Compare the result with this earlier report
    #[arg(long, value_name = "FILE", help_heading = RESULT)]
    pub(super) baseline: Option<PathBuf>,
    /// The same if the file is there; if not, this is the first run. With --output of the same file the next run has it
    #[arg(long, value_name = "FILE", alias = "baseline_if_present", conflicts_with = "baseline", help_heading = RESULT)]
    pub(super) baseline_if_present: Option<PathBuf>,
    /// Count inconclusive thresholds and rows as crossed
    #[arg(long, help_heading = RESULT)]
    pub(super) strict: bool,
}

impl Settings {
    /// The page's parameters that are given, by the names they have in links.
    pub(super) fn parameters(&self) -> Vec<(&'static str, &str)> {
        let one = [
            ("preset", &self.preset),
            ("url", &self.url),
            ("cold_url", &self.cold_url),
            ("clients", &self.clients),
            ("lifecycle", &self.lifecycle),
            ("connection", &self.connection),
            ("pacing", &self.pacing),
            ("n", &self.n),
            ("concurrency", &self.concurrency),
            ("rate", &self.rate),
            ("rounds", &self.rounds),
            ("budget", &self.budget),
            ("warmup", &self.warmup),
            ("timeout", &self.timeout),
            ("method", &self.method),
            ("body", &self.body),
            ("credentials", &self.credentials),
            ("thread", &self.thread),
            ("aa", &self.aa),
            ("margin", &self.margin),
            ("seed", &self.seed),
        ];
        let one = one.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?.0.as_str())));
        one.chain(self.header.iter().map(|header| ("header", header.as_str()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::scenario::params::NAMES;

    /// Parameters that only a page has.
    const PAGE_ONLY: [&str; 2] = ["lang", "autorun"];

    #[test]
    fn every_parameter_of_the_page_can_be_given() {
        let text = Some(OptionText("x".to_owned()));
        let mut table = toml::Table::new();
        for name in NAMES.iter().filter(|name| !PAGE_ONLY.contains(name)) {
            table.insert((*name).to_owned(), "x".into());
        }
        let settings: Settings = table.try_into().unwrap();
        let mut given: Vec<_> = settings.parameters().into_iter().map(|(name, _)| name).collect();
        let mut expected: Vec<_> = NAMES.iter().copied().filter(|name| !PAGE_ONLY.contains(name)).collect();
        given.sort_unstable();
        expected.sort_unstable();
        assert_eq!(given, expected);
        assert_eq!((settings.url, settings.seed), (text.clone(), text));
    }
}
