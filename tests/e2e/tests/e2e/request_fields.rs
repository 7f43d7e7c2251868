//! Method, headers, body and credentials: typed, linked, sent and restored.

use fetchmark_core::{
    factors::Credentials,
    params,
    target::{Method, Target},
};
use fetchmark_e2e::{browser::Browser, in_chromium_and_firefox, library::Site, matrix::Test, page::Page};

const UNFOLD: &str = "for (const fold of document.querySelectorAll('details')) fold.open = true;";

async fn choose(page: &Page<'_>, test_id: &str, value: &str) -> Test {
    let choose = format!(
        "const select = document.querySelector('[data-testid={test_id}]');
         select.value = '{value}';
         select.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    );
    page.evaluate(&choose).await?;
    Ok(page.settled().await?)
}

async fn assert_shown(page: &Page<'_>, expected: [&str; 4]) -> Test {
    for (test_id, value) in ["method", "headers", "body", "credentials"].into_iter().zip(expected) {
        assert_eq!(page.value_once(test_id, value).await?, value, "{test_id}");
    }
    Ok(())
}

in_chromium_and_firefox!(what_is_typed_is_in_the_link_is_sent_and_comes_back);
async fn what_is_typed_is_in_the_link_is_sent_and_comes_back(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let query = "url=/lab/echo&n=5&rounds=2&clients=js-fetch:reused,gloo-net:fresh";
    let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
    page.evaluate(UNFOLD).await?;
    choose(&page, "method", "POST").await?;
    choose(&page, "credentials", "omit").await?;
    page.type_into("headers", "X-Key: a & b\nAccept: text/html").await?;
    page.type_into("body", "line one\n{\"two\": 2}").await?;
    let typed = ["POST", "X-Key: a & b\nAccept: text/html", "line one\n{\"two\": 2}", "omit"];
    page.settled().await?;
    let search = page.evaluate("return location.search").await?;
    let linked = params::parse(search.as_str().ok_or("no query")?).map_err(|errors| format!("{errors:?}"))?;
    let target = linked.scenario.target;
    assert_eq!((target.method, target.credentials), (Method::Post, Credentials::Omit), "{search}");
    assert_eq!(target.body.as_deref(), Some(typed[2]));
    assert_eq!(target.headers.len(), 2, "{search}");

    page.click("run").await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let report = page.report().await?;
    let url = report.scenario.target.url.clone();
    assert_eq!(report.scenario.target, Target { url, ..target });
    for row in &report.variants {
        assert_eq!((row.requests.ok, row.requests.failed), (10, 0), "{}: {:?}", row.id, row.errors);
    }

    let address = page.evaluate("return location.href").await?;
    let page = Page::open(browser, address.as_str().ok_or("no address")?).await?;
    assert_shown(&page, typed).await?;
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(back_and_forward_restore_the_request_and_a_kept_body_is_not_lost);
async fn back_and_forward_restore_the_request_and_a_kept_body_is_not_lost(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let query = "url=/lab/ping&n=5&rounds=2&method=PUT&body=hello&header=X-Key:+1";
    let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
    assert_shown(&page, ["PUT", "X-Key: 1", "hello", "same-origin"]).await?;
    page.click("run").await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    page.evaluate(UNFOLD).await?;
    choose(&page, "method", "GET").await?;
    assert!(page.text("body-hint").await?.starts_with("GET sends no body."));
    let search = page.evaluate("return location.search").await?;
    assert!(!search.as_str().ok_or("no query")?.contains("body="), "{search}");
    page.evaluate("history.back()").await?;
    assert_shown(&page, ["PUT", "X-Key: 1", "hello", "same-origin"]).await?;
    page.evaluate("history.forward()").await?;
    assert_shown(&page, ["GET", "X-Key: 1", "hello", "same-origin"]).await?;
    choose(&page, "method", "PATCH").await?;
    let search = page.evaluate("return location.search").await?;
    assert!(search.as_str().ok_or("no query")?.contains("body=hello"), "{search}");
    site.lab.stop().await;
    Ok(())
}
