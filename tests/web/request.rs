//! Method, headers, body and credentials: typed, linked, sent and restored.

use crate::support::{FakeEngine, Page, linked, linked_text};
use fetchmark_core::{
    request::target::{Method, Target},
    scenario::factors::Credentials,
};
use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

/// Method, headers, body and credentials as the form shows them.
fn shown(page: &Page) -> [String; 4] {
    ["method", "headers", "body", "credentials"].map(|field| page.value(field))
}

#[wasm_bindgen_test]
async fn what_is_typed_is_linked_sent_and_comes_back() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/lab/echo&n=5&rounds=2", engine.clone()).await;
    let typed = ["POST", "X-Own: a & b\nAccept: text/html", "line one\n{\"two\": 2}", "omit"];
    for (field, text) in ["method", "headers", "body", "credentials"].into_iter().zip(typed) {
        page.type_into(field, text).await;
    }
    let target = linked().scenario.target;
    let headers = [("X-Own", "a & b"), ("Accept", "text/html")];
    let expected = Target {
        url: "/lab/echo".to_owned(),
        method: Method::Post,
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        body: Some(typed[2].to_owned()),
        credentials: Credentials::Omit,
        ..Target::default()
    };
    assert_eq!(target, expected);
    page.run_to_end().await;
    assert_eq!(engine.asked_for().target, expected);
    assert_eq!(shown(&page.reload(FakeEngine::default()).await), typed);
}

#[wasm_bindgen_test]
async fn a_bad_header_is_named_and_neither_run_nor_checked() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x&method=POST&header=X-Own:+1&body=hi", engine.clone()).await;
    for (typed, named) in [("X-Own: 1\nCookie: a=b", "the header Cookie"), ("<img/src=x>: x", "<img/src=x>")]
    {
        page.type_into("headers", typed).await;
        page.text_once("headers-error", named).await;
        assert_eq!(page.get("headers").get_attribute("aria-invalid").as_deref(), Some("true"));
    }
    for button in ["run", "check"] {
        page.click(button).await;
        page.focused_once("headers").await;
    }
    assert_eq!((engine.runs(), page.all("img[src=x]").len()), (0, 0));
    assert!(page.find("check-found").is_none());
    page.type_into("headers", "X-Own: 2").await;
    page.run_to_end().await;
    assert_eq!(engine.asked_for().target.headers, [("X-Own".to_owned(), "2".to_owned())]);
}

#[wasm_bindgen_test]
async fn a_typed_body_outlives_a_method_that_takes_none() {
    let engine = FakeEngine::default();
    let page = Page::open("?url=/x&method=PUT&body=hi", engine.clone()).await;
    page.type_into("method", "GET").await;
    assert_eq!(page.value("body"), "hi");
    assert!(page.text("body-hint").starts_with("GET requests have no body."), "{}", page.text("body-hint"));
    page.type_into("method", "POST").await;
    assert!(page.text("body-hint").starts_with("Sent as text"));
    page.run_to_end().await;
    assert_eq!(engine.asked_for().target.body.as_deref(), Some("hi"));
    // Without a body there is nothing to keep.
    page.click("edit-form").await;
    page.type_into("body", "").await;
    page.type_into("method", "HEAD").await;
    assert!(page.find("body").is_none());
}

#[wasm_bindgen_test]
async fn back_and_forward_restore_the_request_and_lose_no_body() {
    let history = window().history().unwrap();
    let page =
        Page::open("?url=/x&n=5&rounds=2&method=PUT&body=hello&header=X-Own:+1", FakeEngine::default()).await;
    let put = ["PUT", "X-Own: 1", "hello", "same-origin"];
    assert_eq!(shown(&page), put);
    page.run_to_end().await;
    page.click("edit-form").await;
    page.type_into("method", "GET").await;
    assert_eq!(linked().scenario.target.body, None);
    history.back().unwrap();
    page.value_once("method", "PUT").await;
    assert_eq!(shown(&page), put);
    history.forward().unwrap();
    page.value_once("method", "GET").await;
    assert_eq!(shown(&page), ["GET", "X-Own: 1", "hello", "same-origin"]);
    page.type_into("method", "PATCH").await;
    assert_eq!(linked().scenario.target.body.as_deref(), Some("hello"));
}

#[wasm_bindgen_test]
async fn secrets_are_in_no_link_unless_that_is_asked_for() {
    let query = "?url=/x?token=t0ken&method=POST&header=X-Api-Key:+k3y&n=5&rounds=2";
    let page = Page::open(query, FakeEngine::default()).await;
    page.type_into("body", "{\"password\": \"pa55\", \"user\": \"me\"}").await;
    let secrets = ["t0ken", "k3y", "pa55"];
    let holds = |text: &str| secrets.map(|secret| text.contains(secret));
    page.until("an address without secrets", || linked_text().contains("me")).await;
    page.run_to_end().await;
    assert_eq!((holds(&linked_text()), holds(&page.value("link"))), ([false; 3], [false; 3]));
    page.click("link-secrets").await;
    let link = page.value("link");
    let (query, fragment) = link.split_once('#').unwrap();
    assert_eq!((holds(query), holds(fragment)), ([false; 3], [true; 3]));
    // Where it is opened they are there again.
    drop(page);
    let page = Page::reopen(&format!("/?{}", link.split_once('?').unwrap().1), FakeEngine::default()).await;
    assert_eq!(page.value("headers"), "X-Api-Key: k3y");
    assert!(page.value("body").contains("pa55"));
}
