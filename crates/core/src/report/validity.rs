//! Findings that weaken or void rounds, each with its evidence.

use crate::scenario::factors::string_enum;
use serde::{Deserialize, Serialize};

string_enum! {
    /// What was found.
    FindingCode {
        /// The person stopped the run before its end; finished rounds are kept.
        Stopped = "stopped",
        /// After Stop a round did not end in time and was given up (a worker is ended by force): what it had sent is in no count.
        EndedByForce = "ended-by-force",
        /// The engine ended unexpectedly; finished rounds are kept.
        EngineCrashed = "engine-crashed",
        /// The tab was hidden during a round: browsers slow hidden tabs down.
        TabHidden = "tab-hidden",
        /// The clock's step is too coarse for the times measured.
        CoarseTimer = "coarse-timer",
        /// Requests without a Resource Timing entry.
        EntriesMissing = "entries-missing",
        /// The target hides its times from this page (no Timing-Allow-Origin).
        TimesHidden = "times-hidden",
        /// Requests whose headers came well after the first byte that the browser shows, where it does not tell an interim answer (1xx)
        /// from the final one: their phases are left out.
        InterimAnswers = "interim-answers",
        /// A proxy may stand between the browser and the target.
        Proxy = "proxy",
        /// A service worker stood in the path of requests.
        ServiceWorker = "service-worker",
        /// Requests of one variant used different protocols.
        ProtocolChanged = "protocol-changed",
        /// Requests that were to use HTTP/3 and used another protocol, as the detail says.
        Http3NotUsed = "http3-not-used",
        /// The browser asks the target's permission (a preflight) before requests; it leaves no timing entry of its own.
        Preflights = "preflights",
        /// Requests were redirected.
        Redirects = "redirects",
        /// Answers came from a cache.
        CachedAnswers = "cached-answers",
        /// Requests failed.
        Failures = "failures",
        /// Cold was asked for, and requests reused connections.
        ColdReused = "cold-reused",
        /// Requests of a warm variant opened a connection, more than a few: the server, or the client, had closed those it had.
        WarmOpened = "warm-opened",
        /// The engine was compiled without optimisation: what the clients written in Rust cost is not what they cost.
        DebugBuild = "debug-build",
        /// Rows that were to run outside the browser could not, and are left out.
        NativeMissing = "outside-missing",
        /// Python was not loaded in the tab, and its rows are left out. The detail is a [`PythonProblem`], a colon and what it was about.
        PythonMissing = "python-missing",
        /// Requests were sent later than they were due.
        LateSends = "late-sends",
        /// Requests that may have been answered from a cache, or have waited for it, without anything showing it: the
        /// client cannot bypass the cache on another origin, and that origin hides its times; or a service worker was asked.
        CacheNotRuledOut = "cache-not-ruled-out",
        /// Rounds of a client that cannot bypass the cache, in a browser that answers requests for one address that are
        /// under way at a time with one and the same answer: WebKit, for XMLHttpRequest.
        SharedAnswers = "shared-answers",
        /// Rounds whose requests went onto the wire one at a time though several were in flight. Seen in Chromium for
        /// XMLHttpRequest, which cannot bypass the cache: requests for one address then wait for each other.
        OneAtATime = "one-at-a-time",
        /// The server's connection ids cannot be those of the browser's connections: labels do not rest on them.
        ConnectionIds = "connection-ids",
        /// No request of the page was answered, though a connection to the target's port is accepted.
        PortAccepts = "port-accepts",
        /// No request of the page was answered, and connections to the target's port are refused.
        PortRefuses = "port-refuses",
        /// The target redirects to another origin, whose answers the page may not read.
        RedirectsElsewhere = "redirects-elsewhere",
        /// Requests that the browser's entries do not tell apart, for some of them timed out or failed.
        EntriesAmbiguous = "entries-ambiguous",
        /// Answers that hide their times, of a target that shows those of others.
        TimesHiddenAtTimes = "times-hidden-at-times",
        /// How late requests at a rate were sent after they were due, as the detail says: the sender's own doing, which latency includes.
        OwnLateness = "own-lateness",
        /// Rounds in which connections closed while they were in use: the browser may have sent requests again.
        ConnectionsLost = "connections-lost",
        /// The run ended after its first measured block, in which no request succeeded.
        NothingSucceeded = "nothing-succeeded",
        /// The answers of two targets differ in protocol, status, length or caching, as the detail says.
        TargetsDiffer = "targets-differ",
        /// Redirects lead targets on several origins to one and the same, as the detail says.
        TargetsSameServer = "targets-same-server",
        /// A session did not begin, or was lost: its finished rounds are kept.
        SessionLost = "session-lost",
        /// In one session a row compares otherwise with its baseline than in the others.
        SessionsDiffer = "sessions-differ",
        /// So few sessions that they say little of others.
        FewSessions = "few-sessions",
        /// Blocks of a session took far longer than the same blocks of the others: they did not load the target evenly.
        SessionStraggles = "session-straggles",
        /// Sessions ran on one node, where they take processor time from each other.
        SessionsShareNode = "sessions-share-node",
        /// A task held the measuring thread for over 50 ms.
        LongTasks = "long-tasks",
    }
}

string_enum! {
    /// Why there is no Python in the tab.
    PythonProblem {
        /// This page was made without it.
        Absent = "absent",
        /// A file did not arrive.
        NotArrived = "not-arrived",
        /// A file is not the one that the page was built with.
        Changed = "changed",
        /// The browser gave it no memory.
        NoMemory = "no-memory",
        /// It did not start, in the browser's words.
        NotStarted = "not-started",
    }
}

impl PythonProblem {
    /// What the detail of a finding says: the problem, and what it was about.
    pub fn read(detail: &str) -> (Self, &str) {
        let read = detail.split_once(": ").and_then(|(word, about)| Some((Self::from_word(word)?, about)));
        read.unwrap_or((Self::NotStarted, detail))
    }
}

string_enum! {
    /// How much a finding matters.
    Severity {
        /// Worth knowing.
        Note = "note",
        /// The numbers are weaker than they look.
        Weakens = "weakens",
        /// The rounds concerned are left out of comparisons.
        Voids = "voids",
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// The variant concerned, by id; `None`: the whole run.
    pub variant: Option<String>,
    /// How many requests or rounds, as the code says.
    pub count: u64,
    /// Evidence in the browser's or the target's own words, if there is any.
    pub detail: Option<String>,
}

impl Finding {
    /// A finding about the whole run.
    pub fn of_run(code: FindingCode, severity: Severity, detail: Option<String>) -> Self {
        Self { code, severity, variant: None, count: 1, detail }
    }
}
