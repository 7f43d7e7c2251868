//! The options of `fetchmark run`: the page's parameters by their names, and the command's own.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;
use fetchmark_core::export::Format;
use fetchmark_webdriver::Browser;
use serde::{Deserialize, Serialize};

use super::origin::OriginChoice;
use super::parameters::{Parameters, WHAT};
use super::targets::TargetSettings;
use super::value::{one, one_or_more};
use crate::run::python::NativeClients;

const WHERE: &str = "Where to measure";
const FLEET: &str = "Several browsers";
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
#[serde(default)]
pub(crate) struct Settings {
    #[command(flatten)]
    #[serde(flatten)]
    pub(super) parameters: Parameters,
    /// Only in a file.
    #[arg(skip)]
    pub(super) targets: Vec<TargetSettings>,
    /// Measure Python's requests, httpx and aiohttp beside the browser's clients, in the same blocks; --clients may name them one
    /// by one (aiohttp:reused)
    #[arg(long, value_enum, help_heading = WHAT)]
    pub(super) with: Option<NativeClients>,
    /// Measure the lab's addresses at a distance, this long a round trip away, such as 45ms; the page stays near
    #[arg(long, value_name = "TIME", help_heading = WHAT)]
    #[serde(deserialize_with = "one")]
    pub(super) rtt: Option<String>,
    /// Make a distant connection send 10 segments in its first round trip and double from there, as TCP does
    #[arg(long, alias = "slow_start", help_heading = WHAT)]
    pub(super) slow_start: bool,
    /// What the link to the distant lab carries in each direction, such as 20Mbit
    #[arg(long, value_name = "RATE", help_heading = WHAT)]
    #[serde(deserialize_with = "one")]
    pub(super) bandwidth: Option<String>,

    /// Measure from the page's origin, whose targets must allow it (CORS, Timing-Allow-Origin), or from the target's own, which need
    /// not; auto asks the target first (default: auto)
    #[arg(long, value_enum, help_heading = WHERE)]
    pub(super) origin: Option<OriginChoice>,
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
    /// Use the WebDriver at this address (a Selenium Grid, say) instead of starting one; may be repeated. Its browser must reach the
    /// page: see --bind and --page-url
    #[arg(long, value_name = "URL", help_heading = WHERE)]
    #[serde(deserialize_with = "one_or_more")]
    pub(super) webdriver: Vec<String>,
    /// A header for every command to the WebDriver, such as a token; may be repeated
    #[arg(long, value_name = "NAME: VALUE", alias = "webdriver_header", help_heading = WHERE)]
    #[serde(deserialize_with = "one_or_more")]
    pub(super) webdriver_header: Vec<String>,
    /// A capability to ask the WebDriver for, such as se:name=nightly, browserVersion=stable or goog:loggingPrefs={…}; may be
    /// repeated
    #[arg(long, value_name = "NAME=JSON", help_heading = WHERE)]
    #[serde(deserialize_with = "one_or_more")]
    pub(super) capability: Vec<String>,
    /// How long the browser may take to open, such as 5m: a busy grid queues sessions. Default: 60s, with
    /// --webdriver 320s
    #[arg(long, value_name = "TIME", alias = "start_within", help_heading = WHERE)]
    #[serde(deserialize_with = "one")]
    pub(super) start_within: Option<String>,
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
    pub(super) page_url: Option<String>,
    /// Directory of the built page, instead of the page in this program
    #[arg(long, value_name = "DIR", help_heading = WHERE)]
    pub(super) page: Option<PathBuf>,
    /// Stop after this time, such as 300s, with the rounds that are finished
    #[arg(long, value_name = "TIME", alias = "timeout_total", help_heading = WHERE)]
    #[serde(deserialize_with = "one")]
    pub(super) timeout_total: Option<String>,

    /// Measure in this many browsers at once, and merge what they measured (default: one, or one for each --webdriver)
    #[arg(long, value_name = "COUNT", help_heading = FLEET)]
    pub(super) sessions: Option<usize>,
    /// Begin with fewer sessions if no more open in time, and end the run when fewer are left (default: all must open, and one must
    /// be left)
    #[arg(long, value_name = "COUNT", alias = "min_sessions", help_heading = FLEET)]
    pub(super) min_sessions: Option<usize>,
    /// Begin every block together, and not only the first
    #[arg(long, help_heading = FLEET)]
    pub(super) lockstep: bool,
    /// Begin the first measured block at this time, such as 2026-12-01T09:30:00Z: for runs on several machines that `fetchmark merge`
    /// is to join
    #[arg(long, value_name = "TIME", alias = "start_at", help_heading = FLEET)]
    pub(super) start_at: Option<String>,
    /// Allow all sessions together more requests, or more in flight, than one browser may have
    #[arg(long, alias = "allow_load", help_heading = FLEET)]
    pub(super) allow_load: bool,

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
