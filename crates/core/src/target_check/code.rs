//! What can be found, how much it matters, and what would mend it.

use crate::scenario::factors::string_enum;

string_enum! {
    /// What is looked at.
    Topic {
        /// Whether there is an answer.
        Reachable = "reachable",
        /// Whether the page may read it.
        Cors = "cors",
        /// Whether the page may see its times (Timing-Allow-Origin).
        Timing = "timing",
        /// Whether the browser asks for permission first.
        Preflight = "preflight",
        /// Whether a cache may answer.
        Cache = "cache",
        /// Which HTTP.
        Protocol = "protocol",
        /// Whether the address leads elsewhere.
        Redirects = "redirects",
        /// Whether connections are kept.
        Warm = "warm",
        /// Whether new connections can be forced.
        Cold = "cold",
    }
}

string_enum! {
    /// How much a finding matters.
    Mark {
        /// As it should be.
        Good = "good",
        /// Worth knowing.
        Note = "note",
        /// The target cannot be measured in full.
        Problem = "problem",
    }
}

string_enum! {
    /// What a server would have to change.
    Fix {
        /// Let the page read answers, and allow the request beforehand where the browser asks.
        Cors = "cors",
        /// Let the page see times.
        Timing = "timing",
        /// Keep caches from answering.
        NoStore = "no-store",
        /// Let a permission hold for longer.
        PreflightAge = "preflight-age",
        /// Speak HTTP/2.
        Http2 = "http2",
        /// Keep connections open.
        KeepAlive = "keep-alive",
        /// Have an address that closes its connection.
        ColdAddress = "cold-address",
    }
}

string_enum! {
    /// What was found.
    CheckCode {
        /// A 2xx answer, read to its end.
        Answers = "answers",
        /// Another status: in a run it counts as a failure.
        AnswersWithError = "answers-with-error",
        /// Another status to the GET that was sent in place of the method chosen.
        AnswersGetWithError = "answers-get-with-error",
        /// It answers, but with what the page may not see.
        AnswersUnseen = "answers-unseen",
        /// No answer.
        Unreachable = "unreachable",
        /// No end within the check's time.
        TimedOut = "timed-out",
        /// The body broke off.
        BrokenOff = "broken-off",
        /// A secure page may not request it.
        MixedContent = "mixed-content",
        /// Browsers do not connect to its port.
        BlockedPort = "blocked-port",
        /// It is on the page's own origin.
        SameOrigin = "same-origin",
        /// The page may read answers.
        CorsAllowed = "cors-allowed",
        /// The page may not.
        CorsRefused = "cors-refused",
        /// The page may read plain answers, but not with these headers or credentials.
        CorsRefusesRequest = "cors-refuses-request",
        /// The page sees times.
        TimesShown = "times-shown",
        /// The page does not.
        TimesHidden = "times-hidden",
        /// Method and headers need no permission.
        NoPreflight = "no-preflight",
        /// The headers need permission, and have it.
        PreflightAllowed = "preflight-allowed",
        /// Permission is needed and was not asked for, the check being harmless.
        PreflightUntried = "preflight-untried",
        /// No cache keeps it.
        NotStored = "not-stored",
        /// A cache may keep it, but asks each time.
        AskedEachTime = "asked-each-time",
        /// A cache may answer for it.
        MayBeCached = "may-be-cached",
        /// A browser may guess how long it is fresh.
        FreshnessGuessed = "freshness-guessed",
        /// It says nothing about caches that the page can read.
        CachingUnsaid = "caching-unsaid",
        /// Answers to this method are not cached.
        MethodNotCached = "method-not-cached",
        /// HTTP/1.1.
        Http1 = "http1",
        /// HTTP/2.
        Http2 = "http2",
        /// HTTP/3.
        Http3 = "http3",
        /// Something else.
        OtherProtocol = "other-protocol",
        /// No redirect.
        Direct = "direct",
        /// It leads elsewhere.
        Redirected = "redirected",
        /// Requests found the connection open.
        Kept = "kept",
        /// Some did, some did not.
        KeptAtTimes = "kept-at-times",
        /// Each request had to open one.
        ClosedEachTime = "closed-each-time",
        /// The address for cold connections gives each request a new one.
        ColdForced = "cold-forced",
        /// It does not.
        ColdReused = "cold-reused",
        /// It does not answer.
        ColdFails = "cold-fails",
        /// The target closes each connection: all are cold.
        ColdAlways = "cold-always",
        /// Nothing forces a new connection here.
        ColdUnforceable = "cold-unforceable",
        /// It takes no network.
        NoNetwork = "no-network",
        /// The target hides it with its times.
        Hidden = "hidden",
        /// It is not known.
        Unknown = "unknown",
    }
}

impl CheckCode {
    /// How much it matters.
    pub fn mark(self) -> Mark {
        match self {
            Self::AnswersWithError
            | Self::Unreachable
            | Self::TimedOut
            | Self::BrokenOff
            | Self::MixedContent
            | Self::BlockedPort
            | Self::CorsRefused
            | Self::CorsRefusesRequest
            | Self::TimesHidden
            | Self::ClosedEachTime
            | Self::ColdReused
            | Self::ColdFails => Mark::Problem,
            Self::Answers
            | Self::SameOrigin
            | Self::CorsAllowed
            | Self::TimesShown
            | Self::NoPreflight
            | Self::NotStored
            | Self::MethodNotCached
            | Self::Http1
            | Self::Http2
            | Self::Http3
            | Self::Direct
            | Self::Kept
            | Self::ColdForced
            | Self::ColdAlways
            | Self::NoNetwork => Mark::Good,
            _ => Mark::Note,
        }
    }

    /// What the target's server would have to change, where that would help.
    pub fn fix(self) -> Option<Fix> {
        match self {
            Self::CorsRefused | Self::CorsRefusesRequest | Self::PreflightUntried => Some(Fix::Cors),
            Self::TimesHidden => Some(Fix::Timing),
            Self::MayBeCached | Self::FreshnessGuessed | Self::CachingUnsaid => Some(Fix::NoStore),
            Self::PreflightAllowed => Some(Fix::PreflightAge),
            Self::Http1 => Some(Fix::Http2),
            Self::ClosedEachTime => Some(Fix::KeepAlive),
            Self::ColdReused | Self::ColdUnforceable => Some(Fix::ColdAddress),
            _ => None,
        }
    }
}
