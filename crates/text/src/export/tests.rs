use super::*;
use fetchmark_core::{
    fleet::merge,
    gates::GateOutcome,
    map::Map,
    report::{
        CommonTime, Distance, Ending, Requests, Site,
        fixture::{compared, finding, two_rows, two_targets, whole},
        validity::FindingCode,
    },
    samples::sample::ErrorClass,
    scenario::factors::Credentials,
};
use insta::assert_snapshot;
use proptest::prelude::*;
use quick_xml::{XmlVersion, events::Event};

fn gates() -> Vec<Gate> {
    vec![
        Gate::new("p95<200ms", GateOutcome::Passed, "p95 is 95 ms."),
        Gate::new("failed==0", GateOutcome::Crossed, "<b>\u{1}&\"quoted\"</b>"),
        Gate::new("a/b<1.05", GateOutcome::Unresolved, "The rounds do not tell."),
    ]
}

#[test]
fn markdown_is_as_it_was() {
    assert_snapshot!(export(&whole(), Format::Markdown, &gates(), Language::English).unwrap());
}

#[test]
fn markdown_in_korean_is_as_it_was() {
    let report = Report { ending: Ending::Stopped, ..whole() };
    assert_snapshot!(export(&report, Format::Markdown, &[], Language::Korean).unwrap());
}

#[test]
fn markdown_of_a_refused_comparison_is_as_it_was() {
    let mut report = two_rows();
    report.variants.iter_mut().for_each(|row| row.connections.cached = 300);
    let again = compared(report.variants.clone());
    (report.comparisons, report.lifecycles) = (again.comparisons, again.lifecycles);
    report.validity = vec![finding(FindingCode::CachedAnswers)];
    // Of one client alone nothing is said client by client.
    assert_snapshot!(export(&report, Format::Markdown, &[], Language::English).unwrap());
}

#[test]
fn several_targets_have_a_table_each() {
    let mut report = two_targets();
    report.variants[3].requests = Requests { issued: 800, ok: 795, failed: 5, aborted: 0 };
    report.variants[3].errors = [(ErrorClass::Network, 5)].into();
    assert_snapshot!(export(&report, Format::Markdown, &[], Language::English).unwrap());
    assert_snapshot!(export(&report, Format::Junit, &gates(), Language::English).unwrap());
    let korean = export(&report, Format::Markdown, &[], Language::Korean).unwrap();
    assert!(korean.contains("production ÷ staging") && korean.contains("모든 행"), "{korean}");
}

#[test]
fn of_several_sessions_each_is_named() {
    let mut sessions = [two_rows(), two_rows(), two_rows()];
    sessions[1].environment.user_agent = "Other/1".into();
    let mut report = merge(&sessions).unwrap();
    report.sessions[2].node = Some("<node>".into());
    report.common_time = Some(CommonTime { ms: 12_340.0, requests: 4_800, requests_per_second: 389.0 });
    assert_snapshot!(export(&report, Format::Markdown, &[], Language::English).unwrap());
    assert_snapshot!(export(&report, Format::Junit, &[], Language::English).unwrap());
    let korean = export(&report, Format::Markdown, &[], Language::Korean).unwrap();
    assert!(korean.contains("세션별 라운드 중앙값") && korean.contains("초당 389개 이상"), "{korean}");
}

#[test]
fn junit_is_as_it_was() {
    let mut report = two_rows();
    report.scenario.target.url = "a\u{0}b\u{fffe}<&\"'>".into();
    assert_snapshot!(export(&report, Format::Junit, &gates(), Language::English).unwrap());
}

#[test]
fn junit_without_gates_has_the_run_as_its_case() {
    assert_snapshot!(export(&two_rows(), Format::Junit, &[], Language::English).unwrap());
    let stopped = Report { ending: Ending::Stopped, ..two_rows() };
    assert_snapshot!(export(&stopped, Format::Junit, &[], Language::English).unwrap());
    // A run that came to nothing; its time would have an exponent.
    let mut scenario = two_rows().scenario;
    "/lab/ping".clone_into(&mut scenario.target.url);
    assert_snapshot!(junit_of_failure(&scenario, "2026-01-01T00:00:00.000Z", 1e-7, "No <driver>.").unwrap());
}

#[test]
fn where_most_requests_fail_the_baseline_says_so() {
    // So many of each round's 100 failed.
    let lead = |failed: [u64; 3]| {
        let mut report = two_rows();
        let row = &mut report.variants[0];
        for (round, failed) in row.rounds.iter_mut().zip(failed) {
            (round.ok, round.failed) = (100 - failed, failed);
        }
        let failed = failed.into_iter().sum();
        row.requests = Requests { issued: 300, ok: 300 - failed, failed, aborted: 0 };
        row.errors = if failed > 0 { [(ErrorClass::Http4xx, failed)].into() } else { Map::default() };
        export(&report, Format::Markdown, &[], Language::English).unwrap()
    };
    // 1 % is tolerated, as it is between rows. A round of failures alone does not count: of those that do, every request succeeded.
    for failed in [[1, 1, 1], [100, 0, 0]] {
        assert!(!lead(failed).contains("succeeded"), "{}", lead(failed));
    }
    let often = lead([99, 99, 99]);
    assert!(often.contains("only 3 of 300 requests succeeded"), "{often}");
}

#[test]
fn what_the_target_s_site_stored_is_counted() {
    let said = |cookies, service_worker, credentials| {
        let mut report = two_rows();
        report.environment.site = Some(Site { cookies, service_worker });
        report.scenario.target.credentials = credentials;
        let text = export(&report, Format::Markdown, &[], Language::English).unwrap();
        text.lines()
            .find_map(|line| line.split_once("had stored in this browser: "))
            .map(|(_, state)| state.to_owned())
    };
    assert_eq!(said(0, false, Credentials::SameOrigin), None);
    assert_eq!(said(2, false, Credentials::Omit).as_deref(), Some("2 cookies (not sent: credentials=omit)."));
    let both = said(1, true, Credentials::SameOrigin);
    assert_eq!(both.as_deref(), Some("1 cookie (sent with the requests), a service worker."));
}

#[test]
fn what_is_wrong_about_an_emulated_distance_is_said() {
    let said = |distance| {
        let mut report = two_rows();
        report.environment.distance = distance;
        let text = export(&report, Format::Markdown, &[], Language::English).unwrap();
        text.lines().find_map(|line| line.split_once("The lab emulated ")).map(|(_, words)| words.to_owned())
    };
    assert_eq!(said(None), None);
    let plain = said(Some(Distance { rtt_ms: 45.0, slow_start: false, bandwidth_mbit: None })).unwrap();
    assert!(plain.starts_with("a round trip of 45 ms, no slow start: answers over 14 KB arrive"), "{plain}");
    assert!(plain.contains("connecting itself reads 0") && plain.contains("no packet is lost"), "{plain}");
    let modelled =
        said(Some(Distance { rtt_ms: 1.5, slow_start: true, bandwidth_mbit: Some(20.0) })).unwrap();
    assert!(modelled.starts_with("a round trip of 1.5 ms, 20 Mbit/s, slow start. "), "{modelled}");
}

proptest! {
    // The same values in each run, so that no run fails by chance.
    #![proptest_config(ProptestConfig { cases: 64, rng_seed: prop::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn foreign_text_stays_in_its_place(words in prop::collection::vec(any::<String>(), 2)) {
        let mut report = two_rows();
        report.variants[0].client = words[0].clone();
        report.environment.user_agent = words[1].clone();
        let gates = [Gate::new(words[0].clone(), GateOutcome::Crossed, words[1].clone())];
        let xml = export(&report, Format::Junit, &gates, Language::English).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut cases = 0;
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(element) => cases += u32::from(element.name().as_ref() == "testcase"),
                _ => {}
            }
        }
        prop_assert_eq!(cases, 1);
        let markdown = export(&report, Format::Markdown, &gates, Language::English).unwrap();
        prop_assert_eq!(markdown.lines().filter(|line| line.starts_with("| ")).count(), 3);
    }

    #[test]
    fn a_junit_case_is_a_gate(words in prop::collection::vec(("[ -~é한\n]{0,20}", 0_usize..3, "[ -~é한]{0,20}"), 1..4)) {
        let gates: Vec<Gate> = words
            .into_iter()
            .map(|(name, outcome, message)| Gate::new(name, GateOutcome::ALL[outcome], message))
            .collect();
        let xml = export(&two_rows(), Format::Junit, &gates, Language::English).unwrap();
        let mut reader = quick_xml::Reader::from_str(&xml);
        let (mut names, mut crossed, mut skipped) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let element = match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => element,
                _ => continue,
            };
            let attribute = |name: &str| {
                let found = element.attributes().map(Result::unwrap).find(|attribute| attribute.key.as_ref() == name);
                found.map(|found| found.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned())
            };
            match element.name().as_ref() {
                "testcase" => names.extend(attribute("name")),
                "failure" => crossed.extend(attribute("message")),
                "skipped" => skipped.extend(attribute("message")),
                _ => {}
            }
        }
        let of = |outcome| {
            let with = gates.iter().filter(move |gate| gate.outcome == outcome);
            with.map(|gate| gate.message.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(names, gates.iter().map(|gate| gate.name.clone()).collect::<Vec<_>>());
        prop_assert_eq!((crossed, skipped), (of(GateOutcome::Crossed), of(GateOutcome::Unresolved)));
    }
}
