//! axe finds nothing on any state of the page, in light and dark, in both languages; and no state scrolls sideways.

use fetchmark_e2e::{browser::Browser, library::Site, matrix::Test, page::Page};
use std::{fs, path::Path};

/// Where npm puts it.
const AXE: &str = "../../node_modules/axe-core/axe.min.js";

/// Everything that axe holds against the page, as `rule: the elements concerned`. What is folded is unfolded first.
const FINDINGS: &str = "
    const [done] = arguments;
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    const settled = () => {
        // A colour on its way from one to another is neither.
        for (const animation of document.getAnimations()) {
            if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
        }
        axe.run(document, { resultTypes: ['violations'] }).then(
            ({ violations }) => done(violations.map(({ id, nodes }) =>
                `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`)),
            (error) => done([String(error)]),
        );
    };
    requestAnimationFrame(() => requestAnimationFrame(settled));
";

/// How far the page reaches with everything unfolded, and what reaches beyond the screen without being in a region that scrolls.
const BEYOND: &str = "
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    const screen = globalThis.screen.width;
    const beyond = [...document.querySelectorAll('#app *')].filter((element) =>
        !element.closest('.scroll') && !element.closest('.unseen') && element.getBoundingClientRect().right > screen + 0.5);
    const width = Math.max(document.documentElement.scrollWidth,
        ...beyond.map((element) => element.getBoundingClientRect().right));
    return { width, beyond: beyond.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)) };
";

/// A target that lacks much, asked for with a request that has everything: what its check shows is long.
fn faulty(site: &Site) -> String {
    format!("url=http://127.0.0.1:{}/lab/no-tao&method=PUT&body=x&header=X-Key:+1", site.lab.http_port())
}

async fn assert_nothing_found(browser: &Browser, axe: &str, what: &str) -> Test {
    browser.client.execute(axe, vec![]).await?;
    let findings: Vec<String> =
        serde_json::from_value(browser.client.execute_async(FINDINGS, vec![]).await?)?;
    assert!(findings.is_empty(), "{what}: {findings:#?}");
    Ok(())
}

async fn every_state(switch: &str) -> Test {
    let axe = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE))?;
    let site = Site::start().await?;
    let browser = Browser::start_with(&[switch]).await?;
    let origin = site.lab.http_url();
    for lang in ["en", "ko"] {
        let open = async |query: &str, state: &str| {
            let page = Page::open(&browser, &format!("{origin}/?lang={lang}&{query}")).await?;
            page.await_state(&[state]).await.map(|_| page)
        };
        let what = |state: &str| format!("{state}, {lang}, {switch}");
        open("connection=warm,cold&pacing=concurrent,rate&thread=main", "idle").await?;
        assert_nothing_found(&browser, &axe, &what("idle")).await?;
        let checked = open(&faulty(&site), "idle").await?;
        checked.click("check").await?;
        checked.text("check-found").await?;
        assert_nothing_found(&browser, &axe, &what("a target checked")).await?;
        open("n=0&color=blue", "failed").await?;
        assert_nothing_found(&browser, &axe, &what("a link that cannot be read")).await?;
        let running = open("url=/lab/delay/50&pacing=sequential&n=1000&autorun", "running").await?;
        assert_nothing_found(&browser, &axe, &what("running")).await?;
        running.click("stop").await?;
        open("n=20&rounds=3&autorun", "done").await?;
        assert_nothing_found(&browser, &axe, &what("done")).await?;
        let done = open("n=20&rounds=6&autorun", "done").await?;
        done.click("keep-baseline").await?;
        done.attribute_once("keep-baseline", "aria-pressed", "true").await?;
        let compared = open("n=20&rounds=6&autorun", "done").await?;
        compared.count_once("compared", 1).await?;
        compared
            .choose_file("report-file", Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").as_path())
            .await?;
        compared.count_once("report-problem", 1).await?;
        assert_nothing_found(&browser, &axe, &what("compared, and a file refused")).await?;
        compared.click("open-kept").await?;
        compared.count_once("opened", 1).await?;
        assert_nothing_found(&browser, &axe, &what("a report opened")).await?;
        compared.click("clear-history").await?;
        compared.click("clear-history").await?;
        compared.count_once("open-kept", 0).await?;
        open("url=/lab/ping&connection=cold&autorun", "failed").await?;
        assert_nothing_found(&browser, &axe, &what("a run that could not be made")).await?;
        open("url=/lab/status/500&n=20&rounds=2&autorun", "done").await?;
        assert_nothing_found(&browser, &axe, &what("all failed")).await?;
    }
    browser.end().await?;
    site.lab.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_where_the_page_does_not_start() -> Test {
    let axe = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE))?;
    let site = Site::start_with_script("globalThis.WebAssembly = undefined;").await?;
    let browser = Browser::start().await?;
    for lang in ["en", "ko"] {
        let page = Page::open(&browser, &format!("{}/?lang={lang}", site.lab.http_url())).await?;
        page.await_state(&["failed"]).await?;
        page.once(&format!("document.documentElement.lang === '{lang}'")).await?;
        assert_nothing_found(&browser, &axe, &format!("no WebAssembly, {lang}")).await?;
    }
    browser.end().await?;
    site.lab.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_light() -> Test {
    every_state("--blink-settings=preferredColorScheme=1").await
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_dark() -> Test {
    every_state("--blink-settings=preferredColorScheme=0").await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_more_contrast_and_less_motion_gets_both() -> Test {
    /// What is asked for; how long transitions and animations take; and whether soft ink is as dark as any.
    const LOOK: &str = "
        const asked = ['(prefers-contrast: more)', '(prefers-reduced-motion: reduce)'].map((query) => matchMedia(query).matches);
        const moving = [...document.querySelectorAll('*')].filter((element) => {
            const { transitionDuration, animationName } = getComputedStyle(element);
            return transitionDuration.split(', ').some((time) => time !== '0s') || animationName !== 'none';
        });
        const root = getComputedStyle(document.documentElement);
        const ink = ['--ink', '--ink-soft'].map((name) => root.getPropertyValue(name).trim());
        return { asked, moving: moving.length, isDark: ink[0] === ink[1] };
    ";
    let axe = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE))?;
    let site = Site::start().await?;
    let address = format!("{}/?n=20&rounds=6&autorun", site.lab.http_url());
    for (switches, is_asked) in [
        (&["--force-prefers-reduced-motion", "--blink-settings=preferredContrast=0"][..], true),
        (&["--force-prefers-no-reduced-motion"], false),
    ] {
        let browser = Browser::start_with(switches).await?;
        let page = Page::open(&browser, &address).await?;
        page.await_state(&["done"]).await?;
        page.settled().await?;
        let seen = page.evaluate(LOOK).await?;
        assert_eq!(seen["asked"], serde_json::json!([is_asked, is_asked]), "{seen}");
        // Who does not ask has both: were there nothing to see, the other half would say nothing.
        assert_eq!((seen["moving"] == 0, seen["isDark"] == true), (is_asked, is_asked), "{seen}");
        assert_nothing_found(&browser, &axe, &format!("{switches:?}")).await?;
        browser.end().await?;
    }
    site.lab.stop().await;
    Ok(())
}

async fn assert_fits(page: &Page<'_>, width: u32, what: &str) -> Test {
    let found = page.evaluate(BEYOND).await?;
    let widest = found["width"].as_f64().ok_or("no width")?;
    assert!(widest <= f64::from(width), "{width} px, {what}: {found}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_width_scrolls_sideways() -> Test {
    let site = Site::start().await?;
    for width in [320, 375, 768, 1280, 3840] {
        let browser = Browser::start_with_width(width).await?;
        for lang in ["en", "ko"] {
            for (query, state) in [
                ("connection=warm,cold&pacing=concurrent,rate", "idle"),
                ("pacing=concurrent,rate&rate=1000&n=20&rounds=2&autorun", "done"),
                ("url=/lab/ping&connection=cold&autorun", "failed"),
                ("url=/lab/delay/50&pacing=sequential&n=1000&autorun", "running"),
            ] {
                let page =
                    Page::open(&browser, &format!("{}/?lang={lang}&{query}", site.lab.http_url())).await?;
                page.await_state(&[state]).await?;
                assert_fits(&page, width, &format!("{lang}, {state}")).await?;
            }
            // Against a baseline, and one of those that are kept.
            let address =
                |n: u32| format!("{}/?lang={lang}&n={n}&concurrency=5&rounds=2&autorun", site.lab.http_url());
            let page = Page::open(&browser, &address(7)).await?;
            page.await_state(&["done"]).await?;
            page.click("keep-baseline").await?;
            page.attribute_once("keep-baseline", "aria-pressed", "true").await?;
            let page = Page::open(&browser, &address(9)).await?;
            page.count_once("compared", 1).await?;
            page.once("document.querySelector('[data-testid=compared] tbody tr') !== null").await?;
            assert_fits(&page, width, &format!("{lang}, compared")).await?;
            page.click("open-kept").await?;
            page.count_once("opened", 1).await?;
            assert_fits(&page, width, &format!("{lang}, opened")).await?;
            let page =
                Page::open(&browser, &format!("{}/?lang={lang}&{}", site.lab.http_url(), faulty(&site)))
                    .await?;
            page.click("check").await?;
            page.text("check-found").await?;
            assert_fits(&page, width, &format!("{lang}, checked")).await?;
        }
        browser.end().await?;
    }
    site.lab.stop().await;
    Ok(())
}
