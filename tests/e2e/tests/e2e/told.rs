//! What the page tells beside the figures: what to mind before a run, when one was made and what its labels rest on, and that a
//! browser has no room to keep it.

use fetchmark_core::{report::Report, sample::ErrorClass};
use fetchmark_e2e::{
    browser::Browser, folder::TemporaryFolder, in_chromium_and_firefox, library::Site, matrix::Test,
    page::Page,
};
use std::{fs, path::PathBuf};

/// A store without room until the document says that there is some.
const NO_ROOM: &str = "
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...values) {
        if (document.documentElement.dataset.room !== 'some') throw new DOMException('no room', 'QuotaExceededError');
        return put.apply(this, values);
    };
";

/// True once something to mind, or with an empty text nothing, is said below the form.
fn is_minded(text: &str) -> String {
    let said = "[...document.querySelectorAll('.hint-care')].map((hint) => hint.textContent)";
    if text.is_empty() {
        format!("{said}.length === 0")
    } else {
        format!("{said}.some((words) => words.includes('{text}'))")
    }
}

/// A page that has measured 20 requests of the lab.
async fn measured<'a>(browser: &'a Browser, site: &Site) -> Result<Page<'a>, Box<dyn std::error::Error>> {
    let query = "lang=en&url=/lab/ping&clients=js-fetch:reused&n=10&rounds=2&autorun";
    let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    Ok(page)
}

/// A report as a file, for a page to open.
struct ReportFile {
    path: PathBuf,
    _folder: TemporaryFolder,
}

impl ReportFile {
    fn new(site: &Site, report: &Report) -> Result<Self, Box<dyn std::error::Error>> {
        let folder = TemporaryFolder::new(&format!("told-{}", site.lab.http_port()))?;
        let path = folder.path().join("report.json");
        fs::write(&path, serde_json::to_string(report)?)?;
        Ok(Self { path, _folder: folder })
    }
}

in_chromium_and_firefox!(a_large_run_to_someone_else_s_server_is_pointed_out);
async fn a_large_run_to_someone_else_s_server_is_pointed_out(browser: &Browser) -> Test {
    let site = Site::start().await?;
    // Two rows, warm-up included: 2 × 110 × 10 requests, more than 1,000.
    let query = "lang=en&clients=js-fetch&n=110&rounds=9&warmup=1&concurrency=5";
    let page =
        Page::open(browser, &format!("{}/?url=https://api.example/a&{query}", site.lab.http_url())).await?;
    page.once(&is_minded("sends 2,200 requests to api.example.")).await?;
    // How many a run sends that ends when it knows cannot be said.
    let few = "lang=en&clients=js-fetch&n=10&rounds=9&warmup=1&concurrency=5";
    let page = Page::open(
        browser,
        &format!(
            "{}/?url=https://api.example/a&{}",
            site.lab.http_url(),
            few.replace("rounds=9", "rounds=auto")
        ),
    )
    .await?;
    page.once(&is_minded("sends at least ")).await?;
    // Few requests trouble nobody, and one's own computer is one's own.
    for (url, query) in [("https://api.example/a", few), ("/lab/ping", query)] {
        let page = Page::open(browser, &format!("{}/?url={url}&{query}", site.lab.http_url())).await?;
        page.once("/200 requests/.test(document.querySelector('.plan')?.textContent)").await?;
        // What is not said is looked for once all is drawn.
        page.settled().await?;
        page.once(&is_minded("")).await?;
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(an_http_address_on_an_https_page_is_pointed_out);
async fn an_http_address_on_an_https_page_is_pointed_out(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let secure = site.lab.https_url().ok_or("the lab has no TLS port")?;
    let open = site.lab.http_url();
    let query = |url: &str| format!("?lang=en&clients=js-fetch&n=10&rounds=2&url={url}");
    let words = "browsers refuse its requests to http addresses";
    // Not so from a page over http, to an https address, or to one's own computer.
    for (page_at, url, said) in [
        (&secure, "http://api.example/a", words),
        (&open, "http://api.example/a", ""),
        (&secure, "https://api.example/a", ""),
        (&secure, &format!("{open}/lab/ping"), ""),
    ] {
        let page = Page::open(browser, &format!("{page_at}/{}", query(url))).await?;
        page.once("/\\d/.test(document.querySelector('.plan')?.textContent)").await?;
        // What is not said is looked for once all is drawn.
        page.settled().await?;
        page.once(&is_minded(said)).await?;
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(what_labels_rest_on_is_told_and_when_it_was_in_the_reader_s_language);
async fn what_labels_rest_on_is_told_and_when_it_was_in_the_reader_s_language(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = measured(browser, &site).await?;
    let told = page.text("environment").await?;
    assert!(told.contains("the server's own numbering (20)"), "{told}");
    // At noon it is the same day in all but a few zones.
    let mut report = page.report().await?;
    report.started_at = "2026-01-02T12:00:00.000Z".to_owned();
    let file = ReportFile::new(&site, &report)?;
    for (language, day, evidence) in [
        ("en", "Jan 2, 2026, ", "the server's own numbering (20)"),
        ("ko", "2026. 1. 2. ", "서버가 매긴 번호 (20)"),
    ] {
        let page = Page::open(browser, &format!("{}/?lang={language}", site.lab.http_url())).await?;
        page.choose_file("report-file", &file.path).await?;
        page.count_once("opened", 1).await?;
        let told = page.text("environment").await?;
        assert!(told.contains(day) && told.contains(evidence), "{told}");
        // The list of what is kept, and the names of its buttons for who cannot see them.
        page.property_once("kept", "textContent", day).await?;
        page.once(&format!(
            "[...document.querySelectorAll('[data-testid=open-kept]')]
                .some((button) => button.ariaLabel.includes('{day}'))"
        ))
        .await?;
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(where_most_fail_the_answer_says_so);
async fn where_most_fail_the_answer_says_so(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = measured(browser, &site).await?;
    let mut report = page.report().await?;
    let row = &mut report.variants[0];
    for round in &mut row.rounds {
        (round.ok, round.failed) = (3, 7);
    }
    (row.requests.ok, row.requests.failed) = (6, 14);
    row.errors = [(ErrorClass::Http4xx, 14)].into();
    let file = ReportFile::new(&site, &report)?;
    for (language, said) in
        [("en", "though only 6 of 20 requests succeeded"), ("ko", "요청 20개 중 6개만 성공했습니다")]
    {
        let page = Page::open(browser, &format!("{}/?lang={language}", site.lab.http_url())).await?;
        page.choose_file("report-file", &file.path).await?;
        page.property_once("answer", "textContent", said).await?;
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(without_room_a_report_is_shown_and_said_not_to_be_kept);
async fn without_room_a_report_is_shown_and_said_not_to_be_kept(browser: &Browser) -> Test {
    let site = Site::start_with_script(NO_ROOM).await?;
    let page = measured(browser, &site).await?;
    page.property_once("kept", "textContent", "no room left for more reports").await?;
    page.count_once("open-kept", 0).await?;
    assert_eq!(page.report().await?.variants[0].requests.ok, 20);
    // Once there is room, the next is kept, and the sentence goes.
    page.evaluate("document.documentElement.dataset.room = 'some'").await?;
    page.click("run").await?;
    page.count_once("open-kept", 1).await?;
    page.once("!document.querySelector('[data-testid=kept]').textContent.includes('no room left')").await?;
    site.lab.stop().await;
    Ok(())
}
