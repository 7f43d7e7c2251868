use super::{CheckCode as Code, Topic as T, *};
use crate::{
    request::target::{Method, Target},
    samples::{
        ErrorClass, TimingEntry,
        timing::tests::{hidden, new_connection, reused_connection},
    },
    scenario::factors::Credentials,
    target_check::server_lines::{CheckContext, Server},
};

fn answer(entry: TimingEntry) -> Reply {
    Reply::Answered(Box::new(Answer { status: 200, entry: Some(entry), ..Answer::default() }))
}

/// Of which the browser has no entry.
fn without_entry(status: u16) -> Reply {
    Reply::Answered(Box::new(Answer { status, ..Answer::default() }))
}

fn cross_origin(target: Vec<Reply>) -> Observations {
    Observations { is_cross_origin: true, is_over_network: true, target, ..Observations::default() }
}

fn codes(target: &Target, observed: &Observations) -> Vec<(Topic, Code)> {
    let findings = findings(target, observed);
    assert_eq!(findings.iter().map(|finding| finding.topic).collect::<Vec<_>>(), Topic::ALL);
    findings.iter().map(|finding| (finding.topic, finding.code)).collect()
}

fn assert_has(observed: &Observations, expected: &[(Topic, Code)]) {
    assert_has_for(&Target::default(), observed, expected);
}

fn assert_has_for(target: &Target, observed: &Observations, expected: &[(Topic, Code)]) {
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
            (T::Reachable, Code::Answers),
            (T::Cors, Code::CorsAllowed),
            (T::Timing, Code::TimesShown),
            (T::Preflight, Code::NoPreflight),
            (T::Protocol, Code::Http2),
            (T::Redirects, Code::Direct),
            (T::Warm, Code::Kept),
            (T::Cold, Code::ColdUnforceable),
        ],
    );
    let here = Observations { is_cross_origin: false, ..cross_origin(kept) };
    for topic in [T::Cors, T::Timing, T::Preflight] {
        assert_has(&here, &[(topic, Code::SameOrigin)]);
    }
}

#[test]
fn what_is_hidden_is_said_to_be_hidden() {
    let observed = Observations {
        has_cold: true,
        cold: vec![answer(hidden())],
        ..cross_origin(vec![answer(hidden()); 3])
    };
    assert_has(&observed, &[(T::Cors, Code::CorsAllowed), (T::Timing, Code::TimesHidden)]);
    for topic in [T::Protocol, T::Warm, T::Cold] {
        assert_has(&observed, &[(topic, Code::Hidden)]);
    }
    let missing = without_entry(200);
    for topic in [T::Timing, T::Protocol, T::Warm] {
        assert_has(&cross_origin(vec![missing.clone(); 3]), &[(topic, Code::Unknown)]);
    }
}

#[test]
fn what_one_entry_lacks_another_shows() {
    let missing = without_entry(200);
    let unnamed = TimingEntry { protocol: String::new(), ..reused_connection() };
    let observed = cross_origin(vec![missing, answer(unnamed), answer(reused_connection())]);
    assert_has(&observed, &[(T::Timing, Code::TimesShown), (T::Protocol, Code::Http2)]);
}

#[test]
fn a_refusal_differs_from_silence() {
    let failed = |failure| Observations { failure: Some(failure), ..cross_origin(vec![Reply::Failed]) };
    assert_has(
        &failed(ErrorClass::Cors),
        &[(T::Reachable, Code::AnswersUnseen), (T::Cors, Code::CorsRefused)],
    );
    assert_has(
        &failed(ErrorClass::Network),
        &[
            (T::Reachable, Code::Unreachable),
            (T::Cors, Code::Unknown),
            (T::Warm, Code::Unknown),
            (T::Cache, Code::Unknown),
        ],
    );
    let settings = Observations { plain_answered: Some(true), failure: None, ..failed(ErrorClass::Cors) };
    assert_has(&settings, &[(T::Reachable, Code::AnswersUnseen), (T::Cors, Code::CorsRefusesRequest)]);
    let unasked = |failure| Observations { target: vec![], ..failed(failure) };
    assert_has(&unasked(ErrorClass::MixedContent), &[(T::Reachable, Code::MixedContent)]);
    assert_has(&unasked(ErrorClass::ClientLimit), &[(T::Reachable, Code::BlockedPort)]);
    assert_has(&cross_origin(vec![Reply::TimedOut]), &[(T::Reachable, Code::TimedOut)]);
    assert_has(
        &cross_origin(vec![Reply::BrokenOff]),
        &[(T::Reachable, Code::BrokenOff), (T::Cors, Code::CorsAllowed)],
    );
}

#[test]
fn a_server_that_closes_is_always_cold() {
    let (new, reused) = (answer(new_connection()), answer(reused_connection()));
    let closes = vec![new.clone(); 3];
    assert_has(
        &cross_origin(closes.clone()),
        &[(T::Warm, Code::ClosedEachTime), (T::Cold, Code::ColdAlways)],
    );
    let at_times = [vec![new], vec![reused; 10], closes].concat();
    assert_has(&cross_origin(at_times), &[(T::Warm, Code::KeptAtTimes), (T::Cold, Code::ColdUnforceable)]);
}

#[test]
fn cold_is_forced_where_no_connection_is_kept() {
    let (new, reused) = (answer(new_connection()), answer(reused_connection()));
    let with = |cold| Observations { has_cold: true, cold, ..cross_origin(vec![new.clone(); 3]) };
    for (cold, code) in [
        (vec![reused.clone(), new.clone(), new.clone(), new.clone()], Code::ColdForced),
        ([vec![new.clone()], vec![reused.clone(); 10]].concat(), Code::ColdReused),
        (vec![new.clone(), reused], Code::Unknown),
        (vec![new.clone(), Reply::Failed], Code::ColdFails),
        (vec![new.clone(), Reply::TimedOut], Code::Unknown),
        (vec![], Code::Unknown),
    ] {
        assert_has(&with(cold), &[(T::Cold, code)]);
    }
}

#[test]
fn a_status_counts_for_the_method_it_was_given_to() {
    let refused = without_entry(405);
    let observed =
        Observations { has_cold: true, cold: vec![refused.clone()], ..cross_origin(vec![refused]) };
    assert_has(&observed, &[(T::Reachable, Code::AnswersWithError), (T::Cold, Code::ColdFails)]);
    let post = Target { method: Method::Post, ..Target::default() };
    assert_has_for(&post, &observed, &[(T::Reachable, Code::AnswersGetWithError), (T::Cold, Code::Unknown)]);
    let late = Observations { cold: vec![Reply::TimedOut], ..observed };
    assert_has(&late, &[(T::Cold, Code::Unknown)]);
}

#[test]
fn a_preflight_is_foreseen_and_a_harmless_check_does_not_try_it() {
    let answered = cross_origin(vec![answer(new_connection())]);
    let put = Target { method: Method::Put, body: Some("x".into()), ..Target::default() };
    assert_has_for(
        &put,
        &answered,
        &[(T::Preflight, Code::PreflightUntried), (T::Cache, Code::MethodNotCached)],
    );
    assert_eq!((harmless(&put).method, harmless(&put).body), (Method::Get, None));
    let key = Target { headers: vec![("X-Key".into(), "1".into())], ..Target::default() };
    assert_has_for(&key, &answered, &[(T::Preflight, Code::PreflightAllowed)]);
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
        let answered = Answer { status: 200, cache, ..Answer::default() };
        let found = codes(&Target::default(), &cross_origin(vec![Reply::Answered(Box::new(answered))]));
        found.into_iter().find(|(topic, _)| *topic == T::Cache).unwrap().1
    };
    for (control, expires, modified, expected) in [
        (Some("no-store"), None, false, Code::NotStored),
        (Some("private, No-Store, max-age=5"), None, true, Code::NotStored),
        (Some("no-cache"), Some(9.0), false, Code::AskedEachTime),
        (Some("public, max-age=3600"), None, false, Code::MayBeCached),
        (Some("max-age=\"60\""), None, false, Code::MayBeCached),
        (Some("max-age=0"), Some(9.0), true, Code::AskedEachTime),
        (Some("max-age=soon"), None, false, Code::AskedEachTime),
        (Some("public"), Some(9.0), false, Code::MayBeCached),
        (None, Some(-9.0), true, Code::AskedEachTime),
        (None, Some(f64::NAN), true, Code::AskedEachTime),
        (None, None, true, Code::FreshnessGuessed),
        (Some("public"), None, false, Code::CachingUnsaid),
        (None, None, false, Code::CachingUnsaid),
    ] {
        assert_eq!(code(control, expires, modified), expected, "{control:?} {expires:?} {modified}");
    }
}

#[test]
fn without_a_network_there_is_little_to_check() {
    let data = Observations { target: vec![without_entry(200)], ..Observations::default() };
    for &topic in &Topic::ALL[1..] {
        let expected = if topic == T::Redirects { Code::Direct } else { Code::NoNetwork };
        assert_has(&data, &[(topic, expected)]);
    }
}

#[test]
fn what_a_server_can_better_comes_with_lines_for_each() {
    let target = Target::default();
    let context = CheckContext { origin: "https://page.example", is_cross_origin: true, target: &target };
    let lines = |code| CheckFinding::new(T::Timing, code).with_lines_for(context).lines;
    for code in Code::ALL {
        let servers = if code.fix().is_some() { Server::ALL } else { &[] };
        let found: Vec<_> = lines(*code).iter().map(|lines| lines.server).collect();
        assert_eq!(found, servers, "{code:?}");
    }
    assert!(lines(Code::TimesHidden).iter().all(|lines| lines.text.contains(context.origin)));
    // No fault, and yet there is something to gain.
    for code in [Code::PreflightAllowed, Code::Http1] {
        assert!(code.mark() != Mark::Problem && !lines(code).is_empty(), "{code:?}");
    }
    assert_eq!(lines(Code::TimesShown), []);
}

#[test]
fn details_are_what_the_target_said_and_short() {
    let to = format!("https://example.com/{}", "x".repeat(500));
    let answered = Answer { status: 404, redirected_to: Some(to), ..Answer::default() };
    let findings = findings(&Target::default(), &cross_origin(vec![Reply::Answered(Box::new(answered))]));
    assert_eq!((findings[0].code, findings[0].detail.as_deref()), (Code::AnswersWithError, Some("404")));
    assert_eq!(findings[0].mark, Mark::Problem);
    let redirect = findings.iter().find(|finding| finding.code == Code::Redirected).unwrap();
    assert_eq!(redirect.detail.as_ref().map(String::len), Some(200));
}
