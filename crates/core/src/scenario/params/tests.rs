use super::*;
use crate::{
    request::target::Method,
    scenario::{
        concurrency::Concurrency,
        factors::{Credentials, Pacing, Thread},
        limits::{LARGEST_SEED, MARGIN_RANGE},
    },
};
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn nothing_given_is_the_default() {
    assert_eq!(parse("").unwrap(), Params::default());
    assert_eq!(parse("?").unwrap(), Params::default());
    assert_eq!(write(&Params::default()), "");
}

#[test]
fn documentation_has_each_parameter_with_bounds_words_and_default() {
    let documented = include_str!("../../../../../docs/url-parameters.md");
    for parameter in PARAMETERS {
        let row = documented.lines().find(|line| line.starts_with(&format!("| `{}` |", parameter.name)));
        let row = row.unwrap_or_else(|| panic!("{} is missing", parameter.name));
        let expected = parameter.expected.to_string();
        if let Some((_, bounds)) = expected.trim_end_matches('.').split_once(" from ") {
            assert!(row.replace(',', "").contains(bounds), "{row} lacks {bounds}");
        }
        if let Expected::OneOf(words) = parameter.expected {
            assert!(
                words.iter().all(|word| row.contains(&format!("`{word}`"))),
                "{row} lacks one of {words:?}"
            );
        }
        let default = parameter.write(&Scenario::default());
        let documented = if default == "false" { "| off |".to_owned() } else { format!("| `{default}`") };
        assert!(default.is_empty() || row.contains(&documented), "{row} lacks {documented}");
    }
}

#[test]
fn each_field_of_a_scenario_is_a_parameter_and_has_a_type_in_javascript() {
    let scenario = Scenario { auto: Some(AutoBudget::default()), ..Scenario::default() };
    let mut fields = BTreeSet::new();
    for (name, value) in serde_json::to_value(scenario).unwrap().as_object().unwrap() {
        match value.as_object() {
            Some(inner) => fields.extend(inner.keys().map(|inner| format!("{name}.{inner}"))),
            None => drop(fields.insert(name.clone())),
        }
    }
    assert!(fields.remove("auto.min_blocks"), "the one without a parameter");
    let parameters: BTreeSet<_> =
        PARAMETERS.iter().filter_map(|parameter| parameter.field).map(str::to_owned).collect();
    assert_eq!(parameters, fields);
    let types = include_str!("../../../../engine/js/fetchmark.d.ts");
    for parameter in PARAMETERS {
        let Some(field) = parameter.field.and_then(|field| field.rsplit('.').next()) else { continue };
        assert!(types.contains(&format!(" {field}?: ")) || types.contains(&format!(" {field}: ")), "{field}");
        if let Expected::OneOf(words) = parameter.expected {
            let union: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
            assert!(types.contains(&union.join(" | ")), "{field}: {union:?}");
        }
    }
}

#[test]
fn several_addresses_are_several_targets_in_order() {
    let query = "url=https://a.example/x&label=staging&url=https://b.example/x&label=production";
    let params = parse(query).unwrap();
    let targets = [
        NamedTarget::new("staging", "https://a.example/x"),
        NamedTarget::new("production", "https://b.example/x"),
    ];
    assert_eq!(params.scenario.targets, targets);
    assert_eq!(params.scenario.target.url, "https://a.example/x");
    assert_eq!(write(&params), query);
    // Addresses for cold connections have the same order, with nothing for those that have none.
    let params = parse(&format!("{query}&cold_url=&cold_url=/cold")).unwrap();
    let cold_urls = params.scenario.targets.iter().map(|target| target.cold_url.as_deref());
    assert_eq!(cold_urls.collect::<Vec<_>>(), [None, Some("/cold")]);
    assert_eq!(parse(&write(&params)), Ok(params));
    let errors = parse("url=/a&cold_url=/b&cold_url=/c").unwrap_err();
    assert_eq!(errors, [ParamError::Repeated("cold_url")]);
    // Where they stand does not matter, only their order among their like; what has no label gets one.
    let one = parse("label=staging&n=5&url=https://a.example/x&url=https://b.example/x").unwrap();
    assert_eq!([0, 1].map(|at| one.scenario.targets[at].label.clone()), ["staging", "b.example"]);
    for query in ["url=/a&label=x", "label=x", "url=/a&url=/b&label=x&label=y&label=z"] {
        assert_eq!(parse(query).unwrap_err(), [ParamError::LabelWithoutUrl], "{query}");
    }
}

#[test]
fn every_parameter_is_read() {
    let params = parse(
        "?url=http%3A%2F%2Flocalhost:8080/lab/ping&clients=js-fetch:fresh,gloo-net&lifecycle=reused&n=50\
         &concurrency=6,all&rounds=3&warmup=0&timeout=1.5s&seed=42&autorun&pacing=sequential,concurrent&aa&thread=worker,main\
         &method=HEAD&rate=12.5&connection=warm&margin=0.02",
    )
    .unwrap();
    let scenario = &params.scenario;
    assert!(params.autorun && scenario.aa);
    assert_eq!(scenario.target.url, "http://localhost:8080/lab/ping");
    assert_eq!(scenario.target.method, Method::Head);
    assert_eq!(Parameter::named("clients").unwrap().write(scenario), "js-fetch:fresh,gloo-net");
    assert_eq!(scenario.concurrency, [Concurrency::Exactly(6), Concurrency::All]);
    assert_eq!((scenario.n, scenario.rounds, scenario.warmup, scenario.timeout_ms), (50, 3, 0, 1_500));
    assert_eq!((scenario.seed, scenario.rate, scenario.margin), (42, 12.5, 0.02));
    assert_eq!(scenario.thread, Thread::ALL);
    assert_eq!(scenario.variants().len(), 2 * 2 * 3 + 1);
}

#[test]
fn every_slip_is_named_and_none_is_ignored() {
    let errors =
        parse("n=0&n=5&color=blue&rounds=ten&clients=curl&timeout=30&concurrency=0&autorun=1").unwrap_err();
    let sentences: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(sentences.len(), 8, "{sentences:#?}");
    assert!(sentences[0].contains("parameter n cannot be “0”. Write a whole number from 1 to 100000."));
    assert!(sentences[1].contains("n is given more than once"));
    assert!(sentences[2].contains("“color” is not a parameter"));
    assert!(sentences[4].contains("“curl” is not a client"));
    assert!(sentences[5].contains("30s, 250ms or 5m"));
}

#[test]
fn a_request_is_read_and_written_whole() {
    let query = "url=/x&method=POST&header=X-Key:+a%26b&header=Accept:+text/html&body=one%0Atwo+%3D&credentials=include";
    let params = parse(query).unwrap();
    let target = &params.scenario.target;
    assert_eq!((target.method, target.body.as_deref()), (Method::Post, Some("one\ntwo =")));
    assert_eq!(target.headers, [("X-Key".into(), "a&b".into()), ("Accept".into(), "text/html".into())]);
    assert_eq!((target.credentials, write(&params).as_str()), (Credentials::Include, query));
    for bad in ["header=x", "header=Cookie:+a", "credentials=always", "body=x", "method=POST&body=a&body=b"] {
        assert_eq!(parse(bad).unwrap_err().len(), 1, "{bad}");
    }
    assert_eq!(parse("method=POST&body=").unwrap().scenario.target.body, None);
}

#[test]
fn a_link_without_its_secrets_is_read_and_says_what_is_missing() {
    let (params, errors) = parse_partly("url=/x&method=POST&header=X-Key:+•••&body={\"token\":\"•••\"}");
    assert_eq!(params.scenario.target.headers, [("X-Key".into(), "•••".into())]);
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(said.len() == 2 && said.iter().all(|said| said.contains("in place of •••")), "{said:?}");
}

#[test]
fn a_preset_is_where_a_link_begins() {
    let params = parse("n=7&preset=rate").unwrap();
    assert_eq!((params.scenario.n, &params.scenario.pacing[..]), (7, &[Pacing::Rate][..]));
    // It is written as what it says, so that a later version's preset does not change an old link.
    assert_eq!(write(&params), "clients=gloo-net,js-fetch&lifecycle=reused&pacing=rate&n=7");
    assert_eq!(parse("preset=best").unwrap_err().len(), 1);
}

#[test]
fn numbers_out_of_range_are_refused() {
    for query in [
        "n=-1",
        "n=1e9",
        "n=1000000000",
        "n=1.5",
        "n=",
        "warmup=-1",
        "rate=NaN",
        "seed=-1",
        "seed=9007199254740992",
        "timeout=0s",
    ] {
        assert!(parse(query).is_err(), "{query}");
    }
}

#[test]
fn a_number_is_read_to_its_last_digit() {
    let sum = parse("margin=0.30000000000000004&rate=0.1000000000000000055").unwrap().scenario;
    assert_eq!((sum.margin, sum.rate), (0.1 + 0.2, 0.1));
    for query in ["rate=inf", "margin=0.0000001", "rate=1e21"] {
        let errors = parse(query).unwrap_err();
        assert!(errors[0].to_string().contains("Write a number from"), "{errors:?}");
    }
}

#[test]
fn sound_values_that_are_too_much_together_are_refused() {
    let errors = parse("n=100000&rounds=1000").unwrap_err();
    assert!(matches!(errors[..], [ParamError::Scenario(ScenarioError::TooManyRequests(_))]));
}

#[test]
fn an_auto_run_is_asked_for_with_its_budget() {
    let params = parse("budget=2.5s&rounds=auto").unwrap();
    assert_eq!(params.scenario.auto, Some(AutoBudget { budget_ms: 2_500, ..AutoBudget::default() }));
    assert_eq!(write(&params), "rounds=auto&budget=2500ms");
    assert_eq!(write(&parse("rounds=auto&budget=30s").unwrap()), "rounds=auto");
    assert_eq!(parse("rounds=auto&budget=1.5m"), parse("rounds=auto&budget=90s"));
    assert_eq!(parse("budget=10s").unwrap_err(), [ParamError::BudgetWithoutAuto]);
    for query in ["rounds=Auto", "rounds=auto&budget=999ms", "rounds=auto&budget=", "rounds=auto&rounds=5"] {
        assert_eq!(parse(query).unwrap_err().len(), 1, "{query}");
    }
}

#[test]
fn a_long_value_is_cut_in_the_message() {
    let errors = parse(&format!("n={}", "9".repeat(500))).unwrap_err();
    assert!(errors[0].to_string().len() < 250);
}

proptest! {
    #![proptest_config(crate::report::fixture::same_each_time(256))]

    #[test]
    fn what_is_written_is_read_back(
        url in "[ -~가-힣]{0,40}", n in 1_u32..1_000, rounds in 1_u32..10, warmup in 0_u32..5, timeout_ms in 1_u32..600_000,
        seed in 0..=LARGEST_SEED, autorun: bool, aa: bool, lanes in 1_u32..256, budget_ms in prop::option::of(1_000_u32..600_000),
        rate in 0.1..=10_000.0, margin in MARGIN_RANGE,
    ) {
        let mut params = Params { autorun, ..Params::default() };
        let scenario = &mut params.scenario;
        scenario.auto = budget_ms.map(|budget_ms| AutoBudget { budget_ms, ..AutoBudget::default() });
        scenario.target.url = url.trim().to_owned();
        (scenario.n, scenario.warmup, scenario.timeout_ms) = (n, warmup, timeout_ms);
        // In an auto run the number of rounds has no effect, and no place in the link.
        scenario.rounds = if budget_ms.is_some() { scenario.rounds } else { rounds };
        (scenario.seed, scenario.aa, scenario.concurrency) = (seed, aa, vec![Concurrency::Exactly(lanes)]);
        (scenario.rate, scenario.margin) = (rate, margin);
        prop_assert_eq!(parse(&write(&params)).unwrap(), params);
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(query in ".{0,200}") {
        let _ = parse(&query);
    }
}

#[test]
fn a_link_cannot_ask_the_page_for_what_no_browser_runs() {
    let errors = parse("clients=gloo-net,aiohttp:reused").unwrap_err();
    let [error] = &errors[..] else { panic!("{errors:?}") };
    assert!(error.to_string().contains("aiohttp runs in Python, not in a browser"), "{error}");
    let asked = parse_for("clients=gloo-net,aiohttp:reused", |_| true, Vec::new()).unwrap();
    assert_eq!(asked.scenario.clients.len(), 2);
}
