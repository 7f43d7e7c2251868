//! Files that come in by being dropped, and pictures that go out as files.

use fetchmark_core::report::Report;
use fetchmark_e2e::{
    browser::Browser, in_chromium_and_firefox, library::Site, matrix::Test, page::Page, saved::KEEP,
};
use serde_json::{Value, json};

/// Drops files (name, text) on the page, and tells for both events whether the page left them to the browser, which would open the
/// file in the page's place.
const DROP: &str = "
    const data = new DataTransfer();
    for (const [name, text] of arguments[0]) data.items.add(new File([text], name, { type: 'application/json' }));
    const give = (type) => document.querySelector('h1').dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    return [give('dragover'), give('drop')];
";

/// What was saved under a name, once it is: its type, its first bytes, and what it shows as an image: width, height, and how many
/// colours.
const SAVED: &str = "
    const [name, done] = arguments;
    const look = async () => {
        const blob = window.saved?.get(name);
        if (!blob) return setTimeout(look, 10);
        const first = [...new Uint8Array(await blob.slice(0, 8).arrayBuffer())];
        const image = new Image();
        image.src = URL.createObjectURL(blob);
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Set(new Uint32Array(data.buffer));
        done({ type: blob.type, first, size: [canvas.width, canvas.height], colours: colours.size });
    };
    look().catch((error) => done({ error: String(error) }));
";

async fn done<'a>(
    browser: &'a Browser,
    site: &Site,
    query: &str,
) -> Result<Page<'a>, Box<dyn std::error::Error>> {
    let page = Page::open(browser, &format!("{}/?{query}&autorun", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    Ok(page)
}

async fn drop_on_page(browser: &Browser, files: &[(&str, &str)]) -> Test {
    let left = browser.client.execute(DROP, vec![json!(files)]).await?;
    assert_eq!(left, json!([false, false]), "the browser would open the file itself");
    Ok(())
}

in_chromium_and_firefox!(reports_that_are_dropped_are_opened_and_kept);
async fn reports_that_are_dropped_are_opened_and_kept(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let report: Report = done(browser, &site, "n=7&rounds=2").await?.report().await?;
    let text = serde_json::to_string(&report)?;
    let page = done(browser, &site, "n=9&rounds=2").await?;
    let shown = page.report().await?;
    assert_ne!(shown, report);
    drop_on_page(browser, &[("page.html", "<p>no report</p>")]).await?;
    page.count_once("report-problem", 1).await?;
    assert_eq!(page.report().await?, shown, "what was shown stays");
    // One that cannot be read does not take the others along.
    drop_on_page(browser, &[("bad.json", "["), ("good.json", &text)]).await?;
    page.count_once("opened", 1).await?;
    assert_eq!(page.report().await?, report);
    page.in_view_once("report-problem").await?;
    assert!(page.text("report-problem").await?.contains("bad.json"), "the one that is none is named");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(a_file_held_over_the_page_is_told_where_it_goes);
async fn a_file_held_over_the_page_is_told_where_it_goes(browser: &Browser) -> Test {
    const HOLD: &str = "
        const data = new DataTransfer();
        data.items.add(new File(['['], 'bad.json', { type: 'application/json' }));
        window.give = (type) => document.querySelector('h1').dispatchEvent(
            new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        // While a file is held, a browser says so again and again.
        window.hold = setInterval(() => window.give('dragover'), 100);
    ";
    let site = Site::start().await?;
    let page = Page::open(browser, &format!("{}/?lang=en", site.lab.http_url())).await?;
    page.count_once("kept", 1).await?;
    page.evaluate(HOLD).await?;
    page.count_once("drop-sign", 1).await?;
    assert_eq!(page.text("drop-sign").await?, "Drop the file here: its report is opened.");
    page.in_view_once("drop-sign").await?;
    // It is carried away.
    page.evaluate("clearInterval(window.hold)").await?;
    page.count_once("drop-sign", 0).await?;
    page.evaluate("window.give('dragover'), window.give('drop')").await?;
    page.count_once("report-problem", 1).await?;
    page.count_once("drop-sign", 0).await?;
    // A run is not disturbed, and who holds a file over it is told so.
    let address =
        format!("{}/?lang=en&url=/lab/delay/50&pacing=sequential&n=1000&autorun", site.lab.http_url());
    let page = Page::open(browser, &address).await?;
    page.await_state(&["running"]).await?;
    page.evaluate(HOLD).await?;
    page.property_once("drop-sign", "textContent", "A run is under way.").await?;
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(what_is_dragged_and_is_no_file_is_the_browser_s_affair);
async fn what_is_dragged_and_is_no_file_is_the_browser_s_affair(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = Page::open(browser, &site.lab.http_url()).await?;
    page.await_state(&["idle"]).await?;
    let left = page
        .evaluate(
            "const data = new DataTransfer();
             data.setData('text/plain', 'https://example.com/');
             const give = (type) => document.querySelector('h1').dispatchEvent(
                 new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
             return [give('dragover'), give('drop')];",
        )
        .await?;
    assert_eq!(left, json!([true, true]));
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(every_picture_is_saved_as_lines_and_as_pixels);
async fn every_picture_is_saved_as_lines_and_as_pixels(browser: &Browser) -> Test {
    let site = Site::start_with_script(KEEP).await?;
    let page = done(browser, &site, "preset=concurrency&n=20&rounds=6").await?;
    page.settled().await?;
    let names = page
        .evaluate(
            "return [...document.querySelectorAll('[data-testid$=-svg]')].map((button) => button.dataset.testid.slice(0, -4))",
        )
        .await?;
    let names: Vec<String> = serde_json::from_value(names)?;
    assert!(names.len() >= 5, "a picture of each kind: {names:?}");
    for name in names {
        let mut size: Option<Value> = None;
        for (kind, mime, begins) in
            [("svg", "image/svg+xml", &b"<svg"[..]), ("png", "image/png", b"\x89PNG\r\n\x1a\n")]
        {
            page.click(&format!("{name}-{kind}")).await?;
            let file = format!("fetchmark-{name}.{kind}");
            let saved = browser.client.execute_async(SAVED, vec![json!(file)]).await?;
            assert_eq!(saved["type"], mime, "{file}: {saved}");
            let first: Vec<u8> = serde_json::from_value(saved["first"].clone())?;
            assert!(first.starts_with(begins), "{file}: {saved}");
            assert!(saved["colours"].as_u64().is_some_and(|colours| colours > 2), "{file}: {saved}");
            // Twice as many pixels each way, for the screens people have.
            match size.take() {
                None => size = Some(saved["size"].clone()),
                Some(lines) => {
                    let twice = |at: usize| lines[at].as_u64().map(|px| 2 * px);
                    assert_eq!(
                        (saved["size"][0].as_u64(), saved["size"][1].as_u64()),
                        (twice(0), twice(1)),
                        "{file}"
                    );
                }
            }
        }
    }
    site.lab.stop().await;
    Ok(())
}
