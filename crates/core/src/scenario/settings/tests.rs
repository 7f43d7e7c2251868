use super::*;
use crate::scenario::factors::Credentials;

#[test]
fn the_default_is_the_three_variants_of_the_first_question() {
    let scenario = Scenario::default();
    assert_eq!(scenario.problems(), []);
    let ids: Vec<_> = scenario.variants().into_iter().map(|variant| variant.id).collect();
    assert_eq!(
        ids,
        [
            "gloo-net:reused:warm:concurrent-100",
            "gloo-net:fresh:warm:concurrent-100",
            "js-fetch:reused:warm:concurrent-100"
        ]
    );
    assert_eq!(scenario.total_requests(), 3 * 11 * 100);
}

#[test]
fn json_may_leave_fields_out_but_not_invent_them() {
    let scenario: Scenario = serde_json::from_str(r#"{"n": 7, "concurrency": ["all", 6]}"#).unwrap();
    assert_eq!((scenario.n, scenario.rounds), (7, 10));
    assert_eq!(scenario.concurrency, [Concurrency::All, Concurrency::Exactly(6)]);
    let error = serde_json::from_str::<Scenario>(r#"{"rouns": 7}"#).unwrap_err().to_string();
    assert!(error.contains("rouns"), "{error}");
}

#[test]
fn json_round_trips() {
    let scenario = Scenario { aa: true, concurrency: vec![Concurrency::Exactly(6)], ..Scenario::default() };
    let json = serde_json::to_string(&scenario).unwrap();
    assert_eq!(serde_json::from_str::<Scenario>(&json).unwrap(), scenario);
}

#[test]
fn what_cannot_be_run_is_named() {
    let problem =
        |scenario: Scenario| scenario.problems().first().map(ToString::to_string).unwrap_or_default();
    assert!(problem(Scenario { n: 0, ..Scenario::default() }).starts_with("n is 0."));
    assert!(problem(Scenario { rate: f64::NAN, ..Scenario::default() }).starts_with("rate is NaN."));
    assert!(problem(Scenario { clients: vec![], ..Scenario::default() }).starts_with("clients is empty."));
    let twice = Scenario { lifecycle: vec![Lifecycle::Reused; 2], ..Scenario::default() };
    assert!(problem(twice).contains("is chosen twice"));
    let flood = Scenario { n: 100_000, rounds: 1_000, ..Scenario::default() };
    assert!(problem(flood).contains("One run makes at most 2000000"));
    let target = Target { body: Some("x".into()), ..Target::default() };
    assert!(
        problem(Scenario { target, ..Scenario::default() }).starts_with("A GET request cannot carry a body")
    );
    let target = Target { headers: vec![("Cookie".into(), "a=b".into())], ..Target::default() };
    assert!(problem(Scenario { target, ..Scenario::default() }).contains("the header Cookie"));
}

#[test]
fn credentials_are_left_out_by_clients_that_can() {
    let target = Target { credentials: Credentials::Omit, ..Target::default() };
    let clients =
        |names: &[&str]| names.iter().map(|name| format!("{name}:reused").parse().unwrap()).collect();
    let omitting =
        |names: &[&str]| Scenario { target: target.clone(), clients: clients(names), ..Scenario::default() };
    assert_eq!(omitting(&["ky", "reqwest", "requests"]).problems(), []);
    let problems = omitting(&["xhr", "ky", "xhr-sync", "axios"]).problems();
    assert_eq!(problems, [ScenarioError::CannotOmit("xhr, xhr-sync, axios".to_owned())]);
}

#[test]
fn messages_have_no_headers() {
    let target = Target { headers: vec![("X-A".into(), "b".into())], ..Target::default() };
    let clients = vec!["websocket".parse().unwrap(), "ky".parse().unwrap()];
    let problems = Scenario { target, clients, ..Scenario::default() }.problems();
    assert_eq!(problems, [ScenarioError::NoHeaders("websocket".to_owned())]);
}

#[test]
fn a_blocking_client_is_sequential_once_and_in_a_worker_only() {
    let clients = vec!["xhr-sync:reused".parse().unwrap(), "xhr:reused".parse().unwrap()];
    let pacing = vec![Pacing::Sequential, Pacing::Concurrent];
    let scenario = Scenario { clients, pacing, ..Scenario::default() };
    let ids: Vec<_> = scenario.variants().into_iter().map(|variant| variant.id).collect();
    assert_eq!(
        ids,
        ["xhr-sync:reused:warm:sequential", "xhr:reused:warm:sequential", "xhr:reused:warm:concurrent-100"]
    );
    let on_main = Scenario { thread: vec![Thread::Main], ..scenario };
    assert_eq!(on_main.problems(), [ScenarioError::WorkerOnly("xhr-sync")]);
}

#[test]
fn a_python_client_s_connections_follow_its_lifecycle() {
    let clients = ["gloo-net:reused", "requests", "aiohttp"].map(|word| word.parse().unwrap()).to_vec();
    let pacing = vec![Pacing::Sequential, Pacing::Concurrent];
    // On the page's own thread, too: Python has a thread of its own.
    let scenario = Scenario { clients, pacing, thread: vec![Thread::Main], ..Scenario::default() };
    let ids: Vec<_> = scenario.variants().into_iter().map(|variant| variant.id).collect();
    assert_eq!(
        ids,
        [
            "gloo-net:reused:warm:sequential",
            "gloo-net:reused:warm:concurrent-100",
            "requests:reused:warm:sequential",
            "requests:fresh:cold:sequential",
            "aiohttp:reused:warm:sequential",
            "aiohttp:reused:warm:concurrent-100",
            "aiohttp:fresh:cold:sequential",
            "aiohttp:fresh:cold:concurrent-100",
        ]
    );
    assert_eq!(scenario.problems(), []);
    let at_a_rate = Scenario { pacing: vec![Pacing::Rate], ..scenario };
    assert_eq!(at_a_rate.problems(), [ScenarioError::NoRate("requests")]);
}

#[test]
fn a_row_for_each_thread_but_where_there_can_be_one_only() {
    let clients = ["gloo-net:reused", "xhr-sync:reused", "aiohttp:reused"];
    let clients = clients.map(|word| word.parse().unwrap()).to_vec();
    let pacing = vec![Pacing::Sequential];
    let rows = |thread: &[Thread]| {
        let (clients, pacing) = (clients.clone(), pacing.clone());
        let scenario = Scenario { clients, pacing, thread: thread.to_vec(), aa: true, ..Scenario::default() };
        let rows = scenario.variants().into_iter().map(|variant| (variant.id, variant.thread));
        (rows.collect::<Vec<_>>(), scenario.problems())
    };
    let (worker, main) = (Some(Thread::Worker), Some(Thread::Main));
    let row = |id: &str, thread| (id.to_owned(), thread);
    assert_eq!(
        rows(&[Thread::Main, Thread::Worker]),
        (
            vec![
                row("gloo-net:reused:warm:sequential:main", main),
                row("gloo-net:reused:warm:sequential", worker),
                row("xhr-sync:reused:warm:sequential", worker),
                row("aiohttp:reused:warm:sequential", None),
                row("gloo-net:reused:warm:sequential:main:again", main),
            ],
            vec![]
        )
    );
    // Where there is one thread, it is the report's and not in the name of each row.
    let (ids, problems) = rows(&[Thread::Main]);
    assert_eq!(ids[0], row("gloo-net:reused:warm:sequential", main));
    assert_eq!(problems, [ScenarioError::WorkerOnly("xhr-sync")]);
    assert_eq!(rows(&[]).1, [ScenarioError::Empty { field: "thread" }]);
    let twice = rows(&[Thread::Main; 2]).1;
    let expected = [ScenarioError::WorkerOnly("xhr-sync"), ScenarioError::Duplicate("thread=main".into())];
    assert_eq!(twice, expected);
}

#[test]
fn an_auto_run_has_bounds_and_not_a_number_of_rounds() {
    let auto: Scenario = serde_json::from_str(r#"{"auto": {"budget_ms": 20000}}"#).unwrap();
    assert_eq!(auto.auto, Some(AutoBudget { budget_ms: 20_000, min_blocks: 5 }));
    assert_eq!((auto.blocks(), auto.problems()), (5..=1_000, vec![]));
    assert_eq!(auto.total_requests(), 3 * 6 * 100);
    assert_eq!(Scenario { n: 20_000, ..auto.clone() }.blocks(), 5..=32);
    assert_eq!(Scenario::default().blocks(), 10..=10);
    let bad = Scenario { auto: Some(AutoBudget { budget_ms: 5, min_blocks: 1 }), ..auto };
    assert_eq!(bad.problems().len(), 2);
}

#[test]
fn aa_adds_the_first_variant_again() {
    let variants = Scenario { aa: true, ..Scenario::default() }.variants();
    assert_eq!(variants.len(), 4);
    assert_eq!(variants[3].id, "gloo-net:reused:warm:concurrent-100:again");
    assert_eq!(variants[3].client, variants[0].client);
}
