//! What a person does with reports: they are kept, opened, exported, forgotten, and held against each other; what is no report is
//! refused in a sentence, and nothing in one is ever taken for anything but text.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fetchmark_core::report::Report;
use fetchmark_e2e::{
    browser::Browser,
    folder::TemporaryFolder,
    in_chromium_and_firefox,
    library::Site,
    matrix::Test,
    page::Page,
    saved::{KEEP, TEXT},
};
use serde_json::json;
use std::{fs, path::PathBuf};

/// Writes a file for the page to open.
fn file(folder: &TemporaryFolder, name: &str, content: &str) -> std::io::Result<PathBuf> {
    let path = folder.path().join(name);
    fs::write(&path, content).map(|()| path)
}

async fn measured(browser: &Browser, site: &Site, query: &str) -> Result<Report, Box<dyn std::error::Error>> {
    let page = Page::open(browser, &format!("{}/?{query}&autorun", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    Ok(page.report().await?)
}

/// The same, ended when the page keeps so many reports: one that is left sooner may not have kept its own yet.
async fn measured_and_kept(
    browser: &Browser,
    site: &Site,
    query: &str,
    kept: usize,
) -> Result<Report, Box<dyn std::error::Error>> {
    let page = Page::open(browser, &format!("{}/?{query}&autorun", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    page.count_once("open-kept", kept).await?;
    Ok(page.report().await?)
}

/// The link that the page would copy: a clipboard takes nothing without a person, so that the field shows it.
async fn link_with_report(page: &Page<'_>) -> Result<String, Box<dyn std::error::Error>> {
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })").await?;
    page.click("copy-report-link").await?;
    Ok(page.property_once("link", "value", "#report=").await?)
}

in_chromium_and_firefox!(what_was_measured_survives_a_reload_until_it_is_forgotten);
async fn what_was_measured_survives_a_reload_until_it_is_forgotten(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let first = measured_and_kept(browser, &site, "n=7&rounds=2", 1).await?;
    Page::open(browser, &site.lab.http_url()).await?.count_once("open-kept", 1).await?;
    measured_and_kept(browser, &site, "n=9&rounds=2", 2).await?;
    let page = Page::open(browser, &site.lab.http_url()).await?;
    page.count_once("open-kept", 2).await?;
    // The newest stands first; the other is opened, and the form shows what it was asked for.
    page.evaluate("document.querySelectorAll('[data-testid=open-kept]')[1].click()").await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    assert!(page.report().await? == first, "another report was opened");
    assert_eq!(page.value_once("n", "7").await?, "7");
    page.count_once("opened", 1).await?;
    // What was opened comes into view, and what is clicked must not move away.
    page.settled().await?;
    page.click("forget-kept").await?;
    page.count_once("open-kept", 1).await?;
    // What follows the forgotten one gets the focus, which must not come between the two clicks.
    page.focused_once("forget-kept").await?;
    page.click("clear-history").await?;
    page.settled().await?;
    // Once is not enough, for there is no way back.
    page.count_once("open-kept", 1).await?;
    page.click("clear-history").await?;
    page.count_once("open-kept", 0).await?;
    Page::open(browser, &site.lab.http_url()).await?.count_once("open-kept", 0).await?;
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(a_slower_target_is_found_slower_than_the_baseline);
async fn a_slower_target_is_found_slower_than_the_baseline(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let query = |ms: u32| {
        format!("url=/lab/delay/{ms}&clients=js-fetch&lifecycle=reused&pacing=sequential&n=4&rounds=6")
    };
    let page = Page::open(browser, &format!("{}/?{}&autorun", site.lab.http_url(), query(5))).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    page.click("keep-baseline").await?;
    page.attribute_once("keep-baseline", "aria-pressed", "true").await?;
    page.count_once("compared", 0).await?;
    // The baseline is there after a reload, and what is measured then is held against it.
    measured(browser, &site, &query(150)).await?;
    let page = Page::open(browser, &format!("{}/?{}&autorun", site.lab.http_url(), query(150))).await?;
    page.count_once("compared", 1).await?;
    let said = page.text("compared-sentences").await?;
    assert_eq!(page.text("compared-verdict").await?, "slower", "{said}");
    let differences = page.text("differences").await?;
    assert!(differences.contains("/lab/delay/5") && differences.contains("/lab/delay/150"), "{differences}");
    assert!(!differences.contains("rowser"), "the browser is the same: {differences}");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(a_file_that_is_no_report_is_refused_in_a_sentence_and_what_was_shown_stays);
async fn a_file_that_is_no_report_is_refused_in_a_sentence_and_what_was_shown_stays(
    browser: &Browser,
) -> Test {
    let site = Site::start().await?;
    let folder = TemporaryFolder::new(&format!("reports-0-{:?}", std::thread::current().id()))?;
    let report = measured(browser, &site, "n=7&rounds=2").await?;
    let good = serde_json::to_string(&report)?;
    let page = Page::open(browser, &format!("{}/?n=7&rounds=2&autorun", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let shown = page.report().await?;
    let wrong = [
        ("empty.json", String::new(), "no JSON"),
        ("page.json", "<!doctype html><p>".to_owned(), "no JSON"),
        ("cut.json", good[..good.len() / 2].to_owned(), "no JSON"),
        ("list.json", "[]".to_owned(), "no Fetchmark report"),
        ("other.json", "{\"name\": \"package\"}".to_owned(), "no Fetchmark report"),
        ("newer.json", good.replace("fetchmark.report/1", "fetchmark.report/2"), "fetchmark.report/2"),
        ("word.json", good.replacen("\"ending\":\"complete\"", "\"ending\":\"well\"", 1), "“ending”"),
        ("count.json", good.replacen("\"issued\":", "\"issued\":1", 1), "variants[0].requests"),
        ("deep.json", "[".repeat(100_000), "no Fetchmark report"),
    ];
    for (name, content, said) in wrong {
        page.choose_file("report-file", &file(&folder, name, &content)?).await?;
        page.count_once("report-problem", 1).await?;
        let mut words = page.text("report-problem").await.unwrap_or_default();
        // The problem before may still be there while this file is read.
        for _ in 0..200 {
            if words.contains(said) {
                break;
            }
            page.settled().await?;
            words = page.text("report-problem").await.unwrap_or_default();
        }
        assert!(words.contains(said), "{name}: {words}");
        assert!(page.report().await? == shown, "{name}");
    }
    page.choose_file("report-file", &file(&folder, "good.json", &good)?).await?;
    page.count_once("report-problem", 0).await?;
    page.count_once("opened", 1).await?;
    assert!(page.report().await? == report, "another report was opened");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(nothing_in_a_report_is_taken_for_anything_but_text);
async fn nothing_in_a_report_is_taken_for_anything_but_text(browser: &Browser) -> Test {
    const HOSTILE: &str =
        "<img src=x onerror=\"globalThis.taken=1\"></svg><script>globalThis.taken=1</script>";
    let site = Site::start().await?;
    let folder = TemporaryFolder::new(&format!("reports-1-{:?}", std::thread::current().id()))?;
    let mut report = measured(browser, &site, "url=/lab/status/500&n=7&rounds=2").await?;
    report.environment.user_agent = HOSTILE.into();
    report.scenario.target.url = format!("javascript:{HOSTILE}");
    report.started_at = HOSTILE.into();
    for variant in &mut report.variants {
        variant.client = HOSTILE.into();
        for messages in variant.error_messages.values_mut() {
            *messages = vec![HOSTILE.into()];
        }
    }
    report.environment.protocols = [(HOSTILE.to_owned(), 1)].into();
    let path = file(&folder, "hostile.json", &serde_json::to_string(&report)?)?;
    let page = Page::open(browser, &site.lab.http_url()).await?;
    page.choose_file("report-file", &path).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    page.count_once("opened", 1).await?;
    page.settled().await?;
    let taken = page
        .evaluate(
            "return [globalThis.taken, document.querySelectorAll('#app img:not(.logo), #app script').length]",
        )
        .await?;
    assert_eq!(taken, json!([null, 0]));
    let shown = page.text("answer").await?;
    assert!(shown.contains("<img src=x"), "{shown}");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(a_link_holds_the_whole_result_and_opens_in_a_fresh_profile);
async fn a_link_holds_the_whole_result_and_opens_in_a_fresh_profile(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = Page::open(browser, &format!("{}/?autorun", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let measured = page.report().await?;
    let link = link_with_report(&page).await?;
    let fragment = link.split("#report=").nth(1).ok_or("no report in the link")?;
    assert!(fragment.len() < 8_000, "{} characters", fragment.len());
    // A profile that has never seen the page, and another server of it.
    let (fresh, elsewhere) = (Browser::start_kind(browser.kind()).await?, Site::start().await?);
    let rest = link.strip_prefix(&site.lab.http_url()).ok_or("the link leads elsewhere")?;
    let opened = Page::open(&fresh, &format!("{}{rest}", elsewhere.lab.http_url())).await?;
    assert_eq!(opened.await_state(&["done", "failed"]).await?, "done");
    let read = opened.report().await?;
    assert_eq!((&read.scenario, &read.validity), (&measured.scenario, &measured.validity));
    for (read, measured) in read.comparisons.iter().zip(&measured.comparisons) {
        assert_eq!((&read.candidate, read.verdict), (&measured.candidate, measured.verdict));
    }
    for (read, measured) in read.variants.iter().zip(&measured.variants) {
        assert_eq!((&read.id, read.requests), (&measured.id, measured.requests));
        assert_eq!(read.rounds.len(), measured.rounds.len());
    }
    opened.count_once("opened", 1).await?;
    opened.settled().await?;
    opened.click("keep-baseline").await?;
    opened.attribute_once("keep-baseline", "aria-pressed", "true").await?;
    fresh.end().await?;
    elsewhere.lab.stop().await;
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(the_language_is_changed_and_the_link_keeps_its_report);
async fn the_language_is_changed_and_the_link_keeps_its_report(browser: &Browser) -> Test {
    let site = Site::start().await?;
    // Without an address typed: the link has none, and the report it holds the one that was measured.
    let query = "n=7&rounds=2&clients=js-fetch&autorun";
    let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let measured = page.report().await?;
    let link = link_with_report(&page).await?;
    let opened = Page::open(browser, &link).await?;
    assert_eq!(opened.await_state(&["done", "failed"]).await?, "done");
    // Past the head by keyboard: the report stays in the address.
    opened.evaluate("document.querySelector('.skip').click()").await?;
    opened.once("document.activeElement.id === 'main' && location.hash.startsWith('#report=')").await?;
    opened.click("ko").await?;
    opened.once("location.search.includes('lang=ko')").await?;
    let address = opened.evaluate("return location.href").await?;
    let reloaded = Page::open(browser, address.as_str().ok_or("no address")?).await?;
    assert_eq!(reloaded.await_state(&["done", "failed"]).await?, "done");
    assert_eq!(reloaded.report().await?.started_at, measured.started_at);
    // What the form asks for is another question: its link is without that answer.
    reloaded.type_into("n", "9").await?;
    reloaded.once("location.search.includes('n=9') && location.hash === ''").await?;
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(a_saved_history_opens_as_its_newest_report);
async fn a_saved_history_opens_as_its_newest_report(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let older = measured_and_kept(browser, &site, "n=7&rounds=2&clients=js-fetch", 1).await?;
    let newer = measured_and_kept(browser, &site, "n=9&rounds=2&clients=js-fetch", 2).await?;
    let folder = TemporaryFolder::new(&format!("history-{}", site.lab.http_port()))?;
    // As the page saves it, newest first, and the other way round.
    let texts = [&newer, &older].map(serde_json::to_string);
    let [newer_text, older_text] = texts;
    let (newer_text, older_text) = (newer_text?, older_text?);
    for (name, list) in
        [("saved.json", [&newer_text, &older_text]), ("turned.json", [&older_text, &newer_text])]
    {
        let page = Page::open(browser, &site.lab.http_url()).await?;
        page.choose_file("report-file", &file(&folder, name, &format!("[{},{}]", list[0], list[1]))?).await?;
        assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
        assert_eq!(page.report().await?.started_at, newer.started_at, "{name}");
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(what_is_kept_is_compared_made_the_baseline_and_exported);
async fn what_is_kept_is_compared_made_the_baseline_and_exported(browser: &Browser) -> Test {
    let site = Site::start_with_script(KEEP).await?;
    let query = |n: u32| format!("lang=en&clients=js-fetch&n={n}&concurrency=5&rounds=2");
    let older = measured_and_kept(browser, &site, &query(7), 1).await?;
    let newer = measured_and_kept(browser, &site, &query(9), 2).await?;
    let page = Page::open(browser, &format!("{}/?lang=en", site.lab.http_url())).await?;
    page.count_once("open-kept", 2).await?;
    // The newest stands first. With nothing shown there is nothing to hold against either.
    page.once(
        "[...document.querySelectorAll('[data-testid=compare-kept]')].every((button) => button.disabled)",
    )
    .await?;
    page.click("open-kept").await?;
    page.count_once("opened", 1).await?;
    assert_eq!(page.report().await?.started_at, newer.started_at);
    // Nor against itself.
    page.once(
        "[...document.querySelectorAll('[data-testid=compare-kept]')].map((button) => button.disabled).join() === 'true,false'",
    )
    .await?;
    page.evaluate("document.querySelectorAll('[data-testid=compare-kept]')[1].click()").await?;
    page.count_once("compared", 1).await?;
    page.once("document.querySelectorAll('[data-testid=compared] tbody tr').length === 2").await?;
    let differences = page.text("differences").await?;
    assert!(differences.contains('7') && differences.contains('9'), "{differences}");
    // One baseline at a time, and none once it is pressed again.
    let press =
        |place: u32| format!("document.querySelectorAll('[data-testid=baseline-kept]')[{place}].click()");
    let pressed = |first: bool, second: bool| {
        format!(
            "JSON.stringify([...document.querySelectorAll('[data-testid=baseline-kept]')]
                .map((button) => button.getAttribute('aria-pressed') === 'true')) === '[{first},{second}]'"
        )
    };
    for (place, first, second) in [(0, true, false), (1, false, true), (1, false, false)] {
        page.evaluate(&press(place)).await?;
        page.once(&pressed(first, second)).await?;
    }
    page.click("export-history").await?;
    let saved = browser.client.execute_async(TEXT, vec![json!("fetchmark-history.json")]).await?;
    let saved: Vec<Report> = serde_json::from_str(saved.as_str().ok_or("nothing was saved")?)?;
    let names: Vec<&str> = saved.iter().map(|report| report.started_at.as_str()).collect();
    assert_eq!(names, [newer.started_at.as_str(), older.started_at.as_str()]);
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(a_damaged_or_hostile_link_is_refused_in_a_sentence);
async fn a_damaged_or_hostile_link_is_refused_in_a_sentence(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let blank = format!("{}/?lang=en", site.lab.http_url());
    let page = Page::open(browser, &blank).await?;
    // 40 MB of spaces, compressed.
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b' '; 40_000_000], 9);
    let wrong = [
        ("2.AAAA".to_owned(), "another version"),
        ("1.AAAA".to_owned(), "damaged"),
        ("1.<img src=x onerror=alert(1)>".to_owned(), "damaged"),
        (format!("1.{}", URL_SAFE_NO_PAD.encode(bomb)), "too long"),
        ("1".repeat(100_000), "too long"),
    ];
    for (text, sentence) in wrong {
        page.evaluate(&format!("location.hash = 'report=' + {}", serde_json::to_string(&text)?)).await?;
        page.property_once("report-problem", "textContent", sentence).await?;
        assert_eq!(page.await_state(&["idle", "done", "failed"]).await?, "idle");
    }
    site.lab.stop().await;
    Ok(())
}
