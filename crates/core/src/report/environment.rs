//! Where a run took place.

use crate::{
    map::Map,
    scenario::factors::{Runtime, string_enum},
};
use serde::{Deserialize, Serialize};

/// Where a run took place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Environment {
    /// The browser's own name for itself; of several sessions the different ones, joined by ` | `.
    pub user_agent: String,
    /// Logical processors; `None` where the browser does not say, or sessions differ in it.
    pub cores: Option<u32>,
    /// Whether the page was cross-origin isolated, which makes the clock finer.
    pub cross_origin_isolated: bool,
    /// The smallest step of the clock seen, in ms.
    pub timer_step_ms: f64,
    /// Requests by protocol; `""` where the browser hides it.
    pub protocols: Map<String, u64>,
    /// What ran clients beside the browser; empty if nothing did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runtimes: Vec<RuntimeReport>,
    /// The origin of the document that measured, where the command chose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// What the target's site had stored in the browser; `None` where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// What may stand between them and the target; `None` if nothing is known to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<Proxy>,
    /// The emulated network in front of the lab; `None` where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<Distance>,
}

/// The network that the lab emulates between its clients and itself: every byte takes half a round trip, below TLS.
///
/// The operating system itself opens connections at once: the round trip that opening one takes is in the phase after connecting, which
/// itself is 0. No packet is lost, and none waits for another one's repetition.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Distance {
    /// A round trip, in ms.
    pub rtt_ms: f64,
    /// Whether a connection sends 10 segments of 1,460 bytes in its first round trip and doubles from there. Without it long answers come
    /// sooner than they would.
    #[serde(default)]
    pub slow_start: bool,
    /// What the link carries in each direction, in millions of bits per second; `None`: as much as the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bandwidth_mbit: Option<f64>,
}

string_enum! {
    /// The origin of the document that measured.
    Origin {
        /// The page's own: the target's server must allow to read its answers and to see their times, or it is the same origin.
        Page = "page",
        /// The target's, though the page is not from there: its server has to allow nothing.
        Target = "target",
    }
}

/// What a site had stored in the browser by the end of a run from its own origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Site {
    /// How many cookies there were for the target's URL. The target's `credentials` decide whether they were sent.
    pub cookies: u64,
    /// Whether its service worker controlled the page.
    pub service_worker: bool,
}

/// A proxy that may stand between a client and the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proxy {
    /// Such as `http://10.0.0.1:3128`, without user name and password; or the address of a script that chooses one.
    pub address: String,
    /// What names it: a variable of the environment, or an argument of the browser.
    pub named_by: String,
    /// What it holds for.
    pub runtimes: Vec<Runtime>,
}

/// What ran clients beside the browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuntimeReport {
    /// Which.
    pub name: Runtime,
    /// Its version.
    pub version: String,
    /// The versions of the libraries that its clients are and rest on, by name.
    pub libraries: Map<String, String>,
    /// How its blocking clients send, where that depends on the browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocking: Option<BlockingWay>,
}

string_enum! {
    /// How a blocking client of Python in the tab sends.
    BlockingWay {
        /// By fetch, while Python's stack is suspended: JavaScript Promise Integration (JSPI).
        Fetch = "fetch",
        /// By an XMLHttpRequest that blocks Python's worker.
        Xhr = "xhr",
    }
}
