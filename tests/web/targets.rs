//! Several targets: set up, checked, run, and what came of it.

use crate::support::{FakeEngine, Page, browser, linked, measured};
use fetchmark_core::{
    request::target::Method,
    scenario::{NamedTarget, Scenario},
};
use wasm_bindgen_test::wasm_bindgen_test;

/// Two targets, the second slower, and two rows of each.
const TWO: &str = "url=https://a.example/delay/20&label=old&url=https://b.example/delay/30&label=new\
    &clients=xhr:reused,ky:reused&n=10&rounds=6";

fn targets(scenario: &Scenario) -> Vec<(&str, &str)> {
    scenario.targets.iter().map(|target| (&*target.label, &*target.url)).collect()
}

#[wasm_bindgen_test]
async fn an_address_is_added_named_run_and_removed() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=https://a.example/x&n=7", engine.clone()).await;
    assert!(page.find("label").is_none() && page.find("remove").is_none());
    page.click("add-address").await;
    page.focused_once("url-2").await;
    page.type_into("url-2", "https://b.example/x").await;
    // Without a label it is the host.
    let hint = |field: &str| page.get(field).get_attribute("placeholder");
    assert_eq!((page.value("label-2").as_str(), hint("label-2").as_deref()), ("", Some("b.example")));
    assert!(page.text_of("shared").contains("same for all"));
    page.type_into("label-2", "new").await;
    let expected = [("a.example", "https://a.example/x"), ("new", "https://b.example/x")];
    page.until("a link", || targets(&linked().scenario) == expected).await;
    page.run_to_end().await;
    assert_eq!(targets(&engine.asked_for()), expected);
    assert!(
        page.text("form-summary").starts_with("6 variants on a.example and new · 7 requests"),
        "{}",
        page.text("form-summary")
    );
    let page = page.reload(FakeEngine::default()).await;
    assert_eq!(
        ["label", "label-2", "url-2"].map(|field| page.value(field)),
        ["", "new", "https://b.example/x"]
    );
    page.click("remove-2").await;
    page.focused_once("add-address").await;
    page.until("one address", || linked().scenario.targets.is_empty()).await;
    assert_eq!(
        (linked().scenario.target.url.as_str(), page.value("url").as_str()),
        ("https://a.example/x", "https://a.example/x")
    );
    assert!(page.find("label").is_none());
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_an_address_or_a_label_stands_beside_it() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x", engine.clone()).await;
    page.click("add-address").await;
    assert_eq!(page.text("url-2-error"), "");
    page.click("run").await;
    page.focused_once("url-2").await;
    assert!(page.text("url-2-error").contains("remove this address"));
    page.type_into("url-2", "/y").await;
    for (label, words) in
        [("a b", "cannot be a label"), ("ky", "cannot be a label"), ("same", "the label “same”")]
    {
        page.type_into("label", "same").await;
        page.type_into("label-2", label).await;
        assert!(page.text("label-2-error").contains(words), "{}", page.text("label-2-error"));
        assert_eq!((page.text("label-error"), page.text("scenario-error")), (String::new(), String::new()));
        page.click("run").await;
        page.focused_once("label-2").await;
    }
    assert_eq!(engine.runs(), 0);
    page.type_into("label-2", "other").await;
    page.run_to_end().await;
}

#[wasm_bindgen_test]
async fn each_address_has_its_own_for_cold_connections() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x&url=http://h{n}.localhost/&connection=warm,cold", engine.clone()).await;
    assert!(page.text("cold-url-error").starts_with("Cold connections cannot be forced"));
    assert_eq!(page.text("cold-url-2-error"), "");
    page.type_into("cold-url", "/lab/close").await;
    page.run_to_end().await;
    assert_eq!(linked().scenario.targets, engine.asked_for().targets);
    let cold: Vec<_> = engine.asked_for().targets.into_iter().map(|target| target.cold_url).collect();
    assert_eq!(cold, [Some("/lab/close".to_owned()), None]);
}

#[wasm_bindgen_test]
async fn settings_of_one_target_alone_are_kept_and_pointed_out() {
    let mut report = measured(TWO);
    let headers = [("X-Own", "1"), ("Authorization", "s3cret")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let target = &mut report.scenario.targets[1];
    (target.method, target.headers, target.body) = (Some(Method::Post), Some(headers), Some("@\n".into()));
    let page = Page::showing(&report).await;
    page.click("edit-form").await;
    assert!(
        page.text_of("shared").ends_with("which a link does not hold: new."),
        "{}",
        page.text_of("shared")
    );
    // The command takes them from a file, which has no secret.
    page.click("check").await;
    page.get_once("check-found").await;
    let (command, file) = (page.text("lines-command"), page.text("lines-targets-file"));
    assert!(command.contains("--config=targets.toml") && !command.contains("example"), "{command}");
    assert!(file.contains("url = \"https://a.example/delay/20\"\n") && !file.contains("s3cret"), "{file}");
    let own = "method = \"POST\"\nbody = \"@@\\n\"\nheader = [\"X-Own: 1\", \"Authorization: •••\"]\n";
    assert!(file.ends_with(own), "{file}");
    // Alone, the fields show them.
    let targets = vec![report.scenario.targets.remove(1)];
    report.scenario = Scenario { targets, ..Scenario::default() };
    let page = Page::showing(&report).await;
    assert_eq!(
        (page.value("url"), page.value("headers")),
        ("https://b.example/delay/30".into(), "X-Own: 1\nAuthorization: •••".into())
    );
    assert!(page.find("url-2").is_none());
}

#[wasm_bindgen_test]
async fn no_link_has_the_secrets_of_any_address() {
    let secret = "?url=https://a.example/%3Ftoken%3Dabcd&url=https://b.example/%3Ftoken%3Defgh";
    let page = Page::open(secret, FakeEngine::measuring()).await;
    page.type_into("n", "7").await;
    page.until("a link", || linked().scenario.n == 7).await;
    let urls = linked().scenario.targets.into_iter().map(|target| target.url).collect::<Vec<_>>();
    assert_eq!(urls, ["https://a.example/?token=•••", "https://b.example/?token=•••"]);
    page.run_to_end().await;
    page.click("link-secrets").await;
    let link = page.value("link");
    assert!(link.contains("abcd") && link.contains("efgh"), "{link}");
}

#[wasm_bindgen_test]
async fn every_target_is_checked() {
    let page = Page::open(&format!("?{TWO}"), FakeEngine::default()).await;
    page.click("check").await;
    page.text_once("check-status", "old: Problems: 1. Notes: 1. new: Problems: 1.").await;
    assert_eq!(page.all(".check-head h2"), ["Target check: old", "Target check: new"]);
    // The command measures both, the page goes to one.
    let [old, new] = &page.all("[data-testid=lines-snippet]")[..] else { panic!("{}", page.body()) };
    assert!(old.contains("a.example") && !old.contains("b.example") && !new.contains("a.example"));
    let command = page.text("lines-command");
    assert!(
        command.contains("'https://a.example/delay/20'") && command.contains("--label='new'"),
        "{command}"
    );
    page.type_into("url-2", "https://c.example/").await;
    assert!(page.find("check-found").is_none());
}

#[wasm_bindgen_test]
async fn scripts_name_targets_and_leave_the_rest_out() {
    let engine = FakeEngine::default();
    let page = Page::open("", engine.clone()).await;
    let scenario =
        r#"{"targets": [{"url": "http://a.example/"}, {"url": "/y", "label": "new", "method": "POST"}]}"#;
    page.run_by_script(scenario).await.unwrap();
    let asked = engine.asked_for();
    let own = NamedTarget { method: Some(Method::Post), ..NamedTarget::new("new", "/y") };
    assert_eq!(asked.targets, [NamedTarget::new("a.example", "http://a.example/"), own]);
    let error = page.run_by_script(r#"{"targets": [{"url": "/a"}, {"url": "htp:/x"}]}"#).await.unwrap_err();
    assert_eq!(crate::support::events::text(&error, "code"), "bad-url");
    let error = page.run_by_script(r#"{"targets": [{"url": "/a", "verb": "x"}]}"#).await.unwrap_err();
    assert!(crate::support::events::text(&error, "message").contains("targets.0.verb"));
}

/// The cells of each row, from above.
fn rows(page: &Page, table: &str) -> Vec<Vec<String>> {
    let cells = |row: &web_sys::HtmlElement| {
        let cells = row.query_selector_all("th, td").unwrap();
        (0..cells.length()).map(|place| cells.get(place).unwrap().text_content().unwrap()).collect()
    };
    page.elements(&format!("[data-testid={table}] tbody tr")).iter().map(cells).collect()
}

#[wasm_bindgen_test]
async fn a_row_is_compared_within_its_target_and_with_its_like() {
    let page = Page::measured(TWO).await;
    assert!(page.text("headline").starts_with("new took "), "{}", page.text("headline"));
    let shown = rows(&page, "targets");
    let firsts: Vec<&str> = shown.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(firsts, ["xhr", "ky", "All rows"]);
    assert!(shown.iter().all(|row| row[4] == "slower"), "{shown:?}");
    // The fastest first, whatever its target.
    let ranked = |column: usize| rows(&page, "ranking").into_iter().map(move |mut row| row.remove(column));
    let names: Vec<_> = ranked(0).collect();
    assert_eq!(names, ["old, xhr", "old, ky", "new, xhr", "new, ky"]);
    let against: Vec<bool> = ranked(2).map(|ratio| ratio.contains("vs. old")).collect();
    assert_eq!(against, [false, false, true, true]);
    // With a row of the other target nothing of the first is compared.
    page.type_into("ranking-baseline", "2").await;
    page.drawn().await;
    let compared: Vec<_> = rows(&page, "ranking").into_iter().map(|row| row[2..].join(" ")).collect();
    assert_eq!([&*compared[0], &*compared[1]], ["not compared", "not compared"]);
    assert!(compared[2].contains("baseline") && compared[3].contains("slower"), "{compared:?}");
    // Each target has its baseline, and verdicts are told target by target.
    assert_eq!(page.all("[data-testid=results] td.quiet").len(), 2);
    let told = page.all("[data-testid=answer] .caption");
    assert!(told[0].contains("old, xhr") && told[1].contains("new, xhr"), "{told:?}");
    let environment = page.text("environment");
    assert!(environment.contains("old: https://a.example/delay/20"), "{environment}");
}

#[wasm_bindgen_test]
async fn the_history_has_every_address() {
    browser::fresh().await;
    let page = Page::showing(&measured(TWO)).await;
    page.count_once("open-kept", 1).await;
    let shown = page.all(".kept-url");
    assert_eq!(shown, ["old: https://a.example/delay/20\nnew: https://b.example/delay/30"]);
}
