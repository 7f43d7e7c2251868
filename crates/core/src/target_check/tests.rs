use super::*;
use crate::{
    request::target::{Method, Target},
    samples::{
        sample::ErrorClass,
        timing::{
            TimingEntry,
            tests::{new_connection, reused_connection},
        },
    },
    scenario::factors::Credentials,
    target_check::server_lines::{CheckContext, Server},
};

fn answer(entry: TimingEntry) -> Ended {
    Ended::Answered(Box::new(Answered { status: 200, entry: Some(entry), ..Answered::default() }))
}

fn hidden() -> TimingEntry {
    TimingEntry { start_ms: 1.0, fetch_start_ms: 1.0, response_end_ms: 2.0, ..TimingEntry::default() }
}

fn cross_origin(target: Vec<Ended>) -> Observed {
    Observed { is_cross_origin: true, is_over_network: true, target, ..Observed::default() }
}

/// The codes by topic.
fn codes(target: &Target, observed: &Observed) -> Vec<(Topic, CheckCode)> {
    let findings = findings(target, observed);
    assert_eq!(findings.iter().map(|finding| finding.topic).collect::<Vec<_>>(), Topic::ALL);
    findings.iter().map(|finding| (finding.topic, finding.code)).collect()
}

fn assert_has(observed: &Observed, expected: &[(Topic, CheckCode)]) {
    assert_has_for(&Target::default(), observed, expected);
}

fn assert_has_for(target: &Target, observed: &Observed, expected: &[(Topic, CheckCode)]) {
    let found = codes(target, observed);
    for pair in expected {
        assert!(found.contains(pair), "{pair:?} in {found:?}");
    }
}

#[test]
fn a_target_that_shows_everything_is_good() {
    let kept = [vec![answer(new_connection())], vec![answer(reused_connection()); 10]].concat();
    assert_has(
        &cross_origin(kept.clone()),
        &[
            (Topic::Reachable, CheckCode::Answers),
            (Topic::Cors, CheckCode::CorsAllowed),
            (Topic::Timing, CheckCode::TimesShown),
            (Topic::Preflight, CheckCode::NoPreflight),
            (Topic::Protocol, CheckCode::Http2),
            (Topic::Redirects, CheckCode::Direct),
            (Topic::Warm, CheckCode::Kept),
            (Topic::Cold, CheckCode::ColdUnforceable),
        ],
    );
    let here = Observed { is_cross_origin: false, ..cross_origin(kept) };
    for topic in [Topic::Cors, Topic::Timing, Topic::Preflight] {
        assert_has(&here, &[(topic, CheckCode::SameOrigin)]);
    }
}

#[test]
fn what_is_hidden_is_said_to_be_hidden() {
    let observed =
        Observed { has_cold: true, cold: vec![answer(hidden())], ..cross_origin(vec![answer(hidden()); 3]) };
    assert_has(&observed, &[(Topic::Cors, CheckCode::CorsAllowed), (Topic::Timing, CheckCode::TimesHidden)]);
    for topic in [Topic::Protocol, Topic::Warm, Topic::Cold] {
        assert_has(&observed, &[(topic, CheckCode::Hidden)]);
    }
    let missing = Ended::Answered(Box::new(Answered { status: 200, ..Answered::default() }));
    for topic in [Topic::Timing, Topic::Protocol, Topic::Warm] {
        assert_has(&cross_origin(vec![missing.clone(); 3]), &[(topic, CheckCode::Unknown)]);
    }
}

#[test]
fn one_request_without_an_entry_leaves_nothing_open_that_another_tells() {
    let missing = Ended::Answered(Box::new(Answered { status: 200, ..Answered::default() }));
    let unnamed = TimingEntry { protocol: String::new(), ..reused_connection() };
    let observed = cross_origin(vec![missing, answer(unnamed), answer(reused_connection())]);
    assert_has(&observed, &[(Topic::Timing, CheckCode::TimesShown), (Topic::Protocol, CheckCode::Http2)]);
}

#[test]
fn a_refusal_is_told_from_silence() {
    let failed = |failure| Observed { failure: Some(failure), ..cross_origin(vec![Ended::Failed]) };
    assert_has(
        &failed(ErrorClass::Cors),
        &[(Topic::Reachable, CheckCode::AnswersUnseen), (Topic::Cors, CheckCode::CorsRefused)],
    );
    assert_has(
        &failed(ErrorClass::Network),
        &[
            (Topic::Reachable, CheckCode::Unreachable),
            (Topic::Cors, CheckCode::Unknown),
            (Topic::Warm, CheckCode::Unknown),
            (Topic::Cache, CheckCode::Unknown),
        ],
    );
    let settings = Observed { plain_answered: Some(true), failure: None, ..failed(ErrorClass::Cors) };
    assert_has(
        &settings,
        &[(Topic::Reachable, CheckCode::AnswersUnseen), (Topic::Cors, CheckCode::CorsRefusesRequest)],
    );
    let unasked = |failure| Observed { target: vec![], ..failed(failure) };
    assert_has(&unasked(ErrorClass::MixedContent), &[(Topic::Reachable, CheckCode::MixedContent)]);
    assert_has(&unasked(ErrorClass::ClientLimit), &[(Topic::Reachable, CheckCode::BlockedPort)]);
    assert_has(&cross_origin(vec![Ended::TimedOut]), &[(Topic::Reachable, CheckCode::TimedOut)]);
    assert_has(
        &cross_origin(vec![Ended::BrokenOff]),
        &[(Topic::Reachable, CheckCode::BrokenOff), (Topic::Cors, CheckCode::CorsAllowed)],
    );
}

#[test]
fn a_server_that_closes_is_always_cold() {
    let (new, reused) = (answer(new_connection()), answer(reused_connection()));
    let closes = vec![new.clone(); 3];
    assert_has(
        &cross_origin(closes.clone()),
        &[(Topic::Warm, CheckCode::ClosedEachTime), (Topic::Cold, CheckCode::ColdAlways)],
    );
    let at_times = [vec![new], vec![reused; 10], closes].concat();
    assert_has(
        &cross_origin(at_times),
        &[(Topic::Warm, CheckCode::KeptAtTimes), (Topic::Cold, CheckCode::ColdUnforceable)],
    );
}

#[test]
fn cold_is_forced_where_no_connection_is_kept() {
    let (new, reused) = (answer(new_connection()), answer(reused_connection()));
    let with = |cold| Observed { has_cold: true, cold, ..cross_origin(vec![new.clone(); 3]) };
    for (cold, code) in [
        (vec![reused.clone(), new.clone(), new.clone(), new.clone()], CheckCode::ColdForced),
        ([vec![new.clone()], vec![reused.clone(); 10]].concat(), CheckCode::ColdReused),
        (vec![new.clone(), reused], CheckCode::Unknown),
        (vec![new.clone(), Ended::Failed], CheckCode::ColdFails),
        (vec![new.clone(), Ended::TimedOut], CheckCode::Unknown),
        (vec![], CheckCode::Unknown),
    ] {
        assert_has(&with(cold), &[(Topic::Cold, code)]);
    }
}

#[test]
fn a_status_counts_for_the_method_it_was_given_to() {
    let refused = Ended::Answered(Box::new(Answered { status: 405, ..Answered::default() }));
    let observed = Observed { has_cold: true, cold: vec![refused.clone()], ..cross_origin(vec![refused]) };
    assert_has(
        &observed,
        &[(Topic::Reachable, CheckCode::AnswersWithError), (Topic::Cold, CheckCode::ColdFails)],
    );
    let post = Target { method: Method::Post, ..Target::default() };
    assert_has_for(
        &post,
        &observed,
        &[(Topic::Reachable, CheckCode::AnswersGetWithError), (Topic::Cold, CheckCode::Unknown)],
    );
    let late = Observed { cold: vec![Ended::TimedOut], ..observed };
    assert_has(&late, &[(Topic::Cold, CheckCode::Unknown)]);
}

#[test]
fn a_preflight_is_foreseen_and_a_harmless_check_does_not_try_it() {
    let answered = cross_origin(vec![answer(new_connection())]);
    let put = Target { method: Method::Put, body: Some("x".into()), ..Target::default() };
    assert_has_for(
        &put,
        &answered,
        &[(Topic::Preflight, CheckCode::PreflightUntried), (Topic::Cache, CheckCode::MethodNotCached)],
    );
    assert_eq!((harmless(&put).method, harmless(&put).body), (Method::Get, None));
    let key = Target { headers: vec![("X-Key".into(), "1".into())], ..Target::default() };
    assert_has_for(&key, &answered, &[(Topic::Preflight, CheckCode::PreflightAllowed)]);
    assert!(plain(&key).is_some_and(|plain| plain.headers.is_empty()));
    assert_eq!(plain(&put), None);
    let omit = Target { credentials: Credentials::Omit, ..Target::default() };
    let include = Target { credentials: Credentials::Include, ..Target::default() };
    assert!(plain(&omit).is_none() && plain(&include).is_some());
}

#[test]
fn what_a_cache_may_do_follows_from_the_headers() {
    let code = |control: Option<&str>, expires_in_ms, has_last_modified| {
        let cache = CacheHeaders { control: control.map(str::to_owned), expires_in_ms, has_last_modified };
        let answered = Answered { status: 200, cache, ..Answered::default() };
        let found = codes(&Target::default(), &cross_origin(vec![Ended::Answered(Box::new(answered))]));
        found.into_iter().find(|(topic, _)| *topic == Topic::Cache).unwrap().1
    };
    for (control, expires, modified, expected) in [
        (Some("no-store"), None, false, CheckCode::NotStored),
        (Some("private, No-Store, max-age=5"), None, true, CheckCode::NotStored),
        (Some("no-cache"), Some(9.0), false, CheckCode::AskedEachTime),
        (Some("public, max-age=3600"), None, false, CheckCode::MayBeCached),
        (Some("max-age=\"60\""), None, false, CheckCode::MayBeCached),
        (Some("max-age=0"), Some(9.0), true, CheckCode::AskedEachTime),
        (Some("max-age=soon"), None, false, CheckCode::AskedEachTime),
        (Some("public"), Some(9.0), false, CheckCode::MayBeCached),
        (None, Some(-9.0), true, CheckCode::AskedEachTime),
        (None, Some(f64::NAN), true, CheckCode::AskedEachTime),
        (None, None, true, CheckCode::FreshnessGuessed),
        (Some("public"), None, false, CheckCode::CachingUnsaid),
        (None, None, false, CheckCode::CachingUnsaid),
    ] {
        assert_eq!(code(control, expires, modified), expected, "{control:?} {expires:?} {modified}");
    }
}

#[test]
fn without_a_network_there_is_little_to_check() {
    let answered = Ended::Answered(Box::new(Answered { status: 200, ..Answered::default() }));
    let data = Observed { target: vec![answered], ..Observed::default() };
    for &topic in &Topic::ALL[1..] {
        let expected = if topic == Topic::Redirects { CheckCode::Direct } else { CheckCode::NoNetwork };
        assert_has(&data, &[(topic, expected)]);
    }
}

#[test]
fn what_a_server_can_better_comes_with_lines_for_each() {
    let target = Target::default();
    let context = CheckContext { origin: "https://page.example", is_cross_origin: true, target: &target };
    let lines = |code| CheckFinding::new(Topic::Timing, code).with_lines_for(context).lines;
    for code in CheckCode::ALL {
        let servers = if code.fix().is_some() { Server::ALL } else { &[] };
        let found: Vec<_> = lines(*code).iter().map(|lines| lines.server).collect();
        assert_eq!(found, servers, "{code:?}");
    }
    assert!(lines(CheckCode::TimesHidden).iter().all(|lines| lines.text.contains(context.origin)));
    // No fault, and yet there is something to gain.
    for code in [CheckCode::PreflightAllowed, CheckCode::Http1] {
        assert!(code.mark() != Mark::Problem && !lines(code).is_empty(), "{code:?}");
    }
    assert_eq!(lines(CheckCode::TimesShown), []);
}

#[test]
fn details_are_what_the_target_said_and_short() {
    let to = format!("https://example.com/{}", "x".repeat(500));
    let answered = Answered { status: 404, redirected_to: Some(to), ..Answered::default() };
    let findings = findings(&Target::default(), &cross_origin(vec![Ended::Answered(Box::new(answered))]));
    assert_eq!((findings[0].code, findings[0].detail.as_deref()), (CheckCode::AnswersWithError, Some("404")));
    assert_eq!(findings[0].mark, Mark::Problem);
    let redirect = findings.iter().find(|finding| finding.code == CheckCode::Redirected).unwrap();
    assert_eq!(redirect.detail.as_ref().map(String::len), Some(200));
}
