//! What follows from what the browser showed.

use super::{
    code::{CheckCode as Code, Topic},
    finding::CheckFinding,
    keep_alive::{KeepAlive, keep_alive},
    probe::{Answer, CacheHeaders, Observations, Reply, harmless},
};
use crate::{
    request::target::Target,
    samples::{ErrorClass, TimingEntry},
};

/// A finding for each topic.
pub fn findings(target: &Target, observed: &Observations) -> Vec<CheckFinding> {
    let entries = observed.target.iter().filter_map(Reply::entry);
    let judged = Judged {
        target,
        observed,
        answer: observed.target.first().and_then(Reply::answer),
        entry: entries.max_by_key(|entry| !entry.protocol.is_empty()),
    };
    Topic::ALL.iter().map(|&topic| judged.finding(topic)).collect()
}

struct Judged<'a> {
    target: &'a Target,
    observed: &'a Observations,
    /// The first answer.
    answer: Option<&'a Answer>,
    /// An entry, with a protocol if any has one: browsers owe none of either.
    entry: Option<&'a TimingEntry>,
}

impl Judged<'_> {
    fn finding(&self, topic: Topic) -> CheckFinding {
        let of = |code| CheckFinding::new(topic, code);
        if !self.observed.is_over_network && !matches!(topic, Topic::Reachable | Topic::Redirects) {
            return of(Code::NoNetwork);
        }
        match topic {
            Topic::Reachable => match self.answer {
                Some(answer) => of(self.status(answer)).with(&answer.status.to_string()),
                None => of(self.why_unread()),
            },
            Topic::Cors => of(self.cors()),
            Topic::Timing => of(self.timing()),
            Topic::Preflight => of(self.preflight()),
            Topic::Cache => {
                let finding = of(self.cache());
                match self.answer.and_then(|answer| answer.cache.control.as_deref()) {
                    Some(control) => finding.with(control),
                    None => finding,
                }
            }
            Topic::Protocol => self.protocol(),
            Topic::Redirects => match self.answer {
                Some(Answer { redirected_to: Some(to), .. }) => of(Code::Redirected).with(to),
                Some(_) => of(Code::Direct),
                None => of(Code::Unknown),
            },
            Topic::Warm => of(self.warm()),
            Topic::Cold => match self.observed.cold.last().and_then(Reply::answer) {
                Some(answer) if self.status(answer) == Code::AnswersWithError => {
                    of(Code::ColdFails).with(&answer.status.to_string())
                }
                _ => of(self.cold()),
            },
        }
    }

    /// What a status means. To another method than the one that was sent the answer may be another.
    fn status(&self, answer: &Answer) -> Code {
        if (200..300).contains(&answer.status) {
            Code::Answers
        } else if harmless(self.target).method == self.target.method {
            Code::AnswersWithError
        } else {
            Code::AnswersGetWithError
        }
    }

    fn why_unread(&self) -> Code {
        match (self.observed.failure, self.observed.target.first()) {
            (Some(ErrorClass::MixedContent), _) => Code::MixedContent,
            (Some(ErrorClass::ClientLimit), _) => Code::BlockedPort,
            (_, Some(Reply::TimedOut)) => Code::TimedOut,
            (_, Some(Reply::BrokenOff)) => Code::BrokenOff,
            (Some(ErrorClass::Cors), _) => Code::AnswersUnseen,
            _ if self.observed.plain_answered == Some(true) => Code::AnswersUnseen,
            _ => Code::Unreachable,
        }
    }

    fn cors(&self) -> Code {
        // A body that breaks off does so after CORS let its head through.
        let is_let_through = self.answer.is_some() || self.observed.target.first() == Some(&Reply::BrokenOff);
        if !self.observed.is_cross_origin {
            Code::SameOrigin
        } else if is_let_through {
            Code::CorsAllowed
        } else if self.observed.plain_answered == Some(true) {
            Code::CorsRefusesRequest
        } else if self.observed.failure == Some(ErrorClass::Cors) {
            Code::CorsRefused
        } else {
            Code::Unknown
        }
    }

    fn timing(&self) -> Code {
        match self.entry {
            // A redirect may have led to another origin.
            Some(entry) if entry.is_detailed() && self.observed.is_cross_origin => Code::TimesShown,
            Some(entry) if !entry.is_detailed() => Code::TimesHidden,
            _ if !self.observed.is_cross_origin => Code::SameOrigin,
            _ => Code::Unknown,
        }
    }

    fn preflight(&self) -> Code {
        if !self.observed.is_cross_origin {
            Code::SameOrigin
        } else if !self.target.needs_preflight() {
            Code::NoPreflight
        } else if self.answer.is_some() && harmless(self.target).method == self.target.method {
            Code::PreflightAllowed
        } else {
            Code::PreflightUntried
        }
    }

    fn cache(&self) -> Code {
        match self.answer {
            _ if !self.target.method.is_cacheable() => Code::MethodNotCached,
            Some(answer) => caching(&answer.cache),
            None => Code::Unknown,
        }
    }

    fn protocol(&self) -> CheckFinding {
        let of = |code| CheckFinding::new(Topic::Protocol, code);
        let Some(entry) = self.entry else { return of(Code::Unknown) };
        match entry.protocol.as_str() {
            "" => of(unseen(self.entry)),
            "http/1.1" => of(Code::Http1),
            "h2" => of(Code::Http2),
            "h3" => of(Code::Http3),
            other => of(Code::OtherProtocol).with(other),
        }
    }

    fn warm(&self) -> Code {
        match keep_alive(&self.observed.target) {
            Some(KeepAlive::Kept) => Code::Kept,
            Some(KeepAlive::Sometimes) => Code::KeptAtTimes,
            Some(KeepAlive::Closed) => Code::ClosedEachTime,
            None => unseen(last_entry(&self.observed.target)),
        }
    }

    fn cold(&self) -> Code {
        if !self.observed.has_cold {
            let is_always = self.warm() == Code::ClosedEachTime;
            return if is_always { Code::ColdAlways } else { Code::ColdUnforceable };
        }
        match self.observed.cold.last() {
            // Not asked, or there was no time left for it.
            None | Some(Reply::TimedOut) => Code::Unknown,
            Some(Reply::Failed | Reply::BrokenOff) => Code::ColdFails,
            Some(Reply::Answered(_)) => match keep_alive(&self.observed.cold) {
                Some(KeepAlive::Closed) => Code::ColdForced,
                Some(KeepAlive::Kept | KeepAlive::Sometimes) => Code::ColdReused,
                None => unseen(last_entry(&self.observed.cold)),
            },
        }
    }
}

fn last_entry(asked: &[Reply]) -> Option<&TimingEntry> {
    asked.iter().rev().find_map(Reply::entry)
}

/// What is not seen of an answer: hidden by its server, or for reasons that are not known.
fn unseen(entry: Option<&TimingEntry>) -> Code {
    match entry {
        Some(entry) if !entry.is_detailed() => Code::Hidden,
        _ => Code::Unknown,
    }
}

/// What a browser's cache may do with an answer (<https://www.rfc-editor.org/rfc/rfc9111#name-freshness>).
fn caching(headers: &CacheHeaders) -> Code {
    let control = headers.control.as_deref().unwrap_or_default().to_ascii_lowercase();
    let value_of = |name| directive(&control, name);
    if value_of("no-store").is_some() {
        Code::NotStored
    } else if value_of("no-cache").is_some() {
        Code::AskedEachTime
    } else if let Some(age) = value_of("max-age") {
        // What is no number counts as stale.
        if age.parse::<u64>().is_ok_and(|seconds| seconds > 0) {
            Code::MayBeCached
        } else {
            Code::AskedEachTime
        }
    } else if let Some(ms) = headers.expires_in_ms {
        if ms > 0.0 { Code::MayBeCached } else { Code::AskedEachTime }
    } else if headers.has_last_modified {
        Code::FreshnessGuessed
    } else {
        Code::CachingUnsaid
    }
}

/// The value of a directive in lower case, without quotation marks; empty where it has none.
fn directive<'a>(control: &'a str, name: &str) -> Option<&'a str> {
    control.split(',').find_map(|directive| {
        let (found, value) = directive.split_once('=').unwrap_or((directive, ""));
        (found.trim() == name).then(|| value.trim().trim_matches('"'))
    })
}
