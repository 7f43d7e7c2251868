//! axe finds nothing on any state of the page, in light and dark, in both languages; and no state scrolls sideways on any screen. In
//! Chromium, which alone lets a test say what a person prefers and how wide the screen is.

use anyhow::Result;
use fetchmark_core::{
    fleet::{Session, merge_sessions},
    report::Report,
};
use fetchmark_e2e::{
    camera::{prefer, set_width},
    in_browsers,
    prelude::*,
};
use std::{fs, path::Path};

/// Where npm puts it.
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../node_modules/axe-core/axe.min.js");

/// How wide screens are, in CSS pixels. The last is the one the pass goes on with.
const SCREENS: [u32; 5] = [320, 375, 768, 3840, 1280];

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

/// How far the page reaches with everything unfolded, and what reaches beyond the screen without being in a region that scrolls. Drawn
/// anew first, and pictures drawn for their place.
const REACH: &str = "
    const [screen, done] = arguments;
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    requestAnimationFrame(() => requestAnimationFrame(() => {
        const beyond = [...document.querySelectorAll('#app *')].filter((element) => !element.closest('.scroll') &&
            !element.closest('.unseen') && element.getBoundingClientRect().right > screen + 0.5);
        const width = Math.max(document.documentElement.scrollWidth,
            ...beyond.map((element) => element.getBoundingClientRect().right));
        done({ width, beyond: beyond.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)) });
    }));
";

pub(super) async fn assert_accessible(browser: &Browser, what: &str) -> Test {
    browser.client.execute(&fs::read_to_string(AXE)?, vec![]).await?;
    let findings: Vec<String> =
        serde_json::from_value(browser.client.execute_async(FINDINGS, vec![]).await?)?;
    assert!(findings.is_empty(), "{what}: {findings:#?}");
    Ok(())
}

async fn assert_fits(browser: &Browser, what: &str) -> Test {
    for screen in SCREENS {
        set_width(browser, screen).await?;
        let found = browser.client.execute_async(REACH, vec![screen.into()]).await?;
        let widest = found["width"].as_f64().context("no width")?;
        assert!(widest <= f64::from(screen), "{screen} px, {what}: {found}");
    }
    Ok(())
}

/// This state in dark in Korean and in light in English, on every screen.
async fn assert_sound(browser: &Browser, page: &Page<'_>, state: &str) -> Test {
    for (lang, scheme) in [("ko", "dark"), ("en", "light")] {
        page.click(lang).await?;
        page.once(&format!("document.documentElement.lang === '{lang}'")).await?;
        prefer(browser, &[("prefers-color-scheme", scheme)]).await?;
        assert_accessible(browser, &format!("{state}, {lang}, {scheme}")).await?;
        assert_fits(browser, &format!("{state}, {lang}")).await?;
    }
    Ok(())
}

/// As if so many browsers had measured the same, on nodes with long names.
fn merged_from(report: &Report, sessions: usize) -> Result<Report> {
    let session = |number| Session {
        report: report.clone(),
        number,
        node: Some(format!("http://selenium-node-chrome-{number}.selenium.svc.cluster.local:5555")),
        offset_ms: Some(-12.5),
        offset_error_ms: Some(0.4),
        skew_ms: Some(1.25),
    };
    Ok(merge_sessions(&(1..=sessions).map(session).collect::<Vec<_>>())?)
}

in_browsers!(every_state_is_accessible_and_fits_every_screen, false, chromium Chrome);
async fn every_state_is_accessible_and_fits_every_screen(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let origin = site.lab.http_url();
    let open = async |query: &str, state: &str| {
        let page = Page::open(browser, &format!("{origin}/?lang=en&{query}")).await?;
        page.await_state(&[state]).await.map(|_| page)
    };
    let idle = open("connection=warm,cold&pacing=concurrent,rate&thread=main", "idle").await?;
    assert_sound(browser, &idle, "idle").await?;
    // Targets that lack much, asked for with a request that has everything: what their checks show is long.
    let lab = format!("http://127.0.0.1:{}/lab", site.lab.http_port());
    let faulty = format!("url={lab}/no-tao&url={lab}/no-cors&method=PUT&body=x&header=X-Key:+1");
    let checked = open(&faulty, "idle").await?;
    checked.click("check").await?;
    checked.count_once("check-found", 2).await?;
    assert_sound(browser, &checked, "targets checked").await?;
    checked.type_into("label-2", "a/b").await?;
    assert_sound(browser, &checked, "a label that cannot name rows").await?;
    let refused = open("n=0&color=blue", "failed").await?;
    assert_sound(browser, &refused, "a link that cannot be read").await?;
    let running = open("url=/lab/delay/50&pacing=sequential&n=1000&autorun", "running").await?;
    assert_sound(browser, &running, "running").await?;
    running.click("stop").await?;
    let targets = "url=/lab/ping&label=old&url=/lab/delay/1&label=new";
    let rows = "pacing=concurrent,rate&rate=1000&n=20&rounds=3&autorun";
    let done = open(&format!("{targets}&{rows}"), "done").await?;
    assert_sound(browser, &done, "done").await?;
    let done = open("n=20&concurrency=5&rounds=6&autorun", "done").await?;
    done.click("keep-baseline").await?;
    done.attribute_once("keep-baseline", "aria-pressed", "true").await?;
    let compared = open("n=21&concurrency=5&rounds=6&autorun", "done").await?;
    compared.count_once("compared", 1).await?;
    compared
        .choose_file("report-file", Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").as_path())
        .await?;
    compared.count_once("report-problem", 1).await?;
    assert_sound(browser, &compared, "compared, and a file refused").await?;
    compared.click("open-kept").await?;
    compared.count_once("opened", 1).await?;
    assert_sound(browser, &compared, "a report opened").await?;
    let folder = tempdir()?;
    let merged = folder.path().join("merged.json");
    fs::write(&merged, serde_json::to_string(&merged_from(&compared.report().await?, 8)?)?)?;
    compared.choose_file("report-file", &merged).await?;
    compared.count_once("sessions", 1).await?;
    assert_sound(browser, &compared, "a report of several sessions").await?;
    let failed = open("url=/lab/ping&connection=cold&autorun", "failed").await?;
    assert_sound(browser, &failed, "a run that could not be made").await?;
    let failures = open("url=/lab/status/500&n=20&rounds=2&autorun", "done").await?;
    assert_sound(browser, &failures, "all failed").await?;
    Ok(())
}

in_browsers!(who_asks_for_more_contrast_and_less_motion_gets_both, false, chromium Chrome);
async fn who_asks_for_more_contrast_and_less_motion_gets_both(browser: &Browser) -> Test {
    /// Whether anything takes time to change, and whether soft ink is as dark as any.
    const LOOK: &str = "
        const moving = [...document.querySelectorAll('*')].filter((element) => {
            const { transitionDuration, animationName } = getComputedStyle(element);
            return transitionDuration.split(', ').some((time) => time !== '0s') || animationName !== 'none';
        });
        const root = getComputedStyle(document.documentElement);
        const ink = ['--ink', '--ink-soft'].map((name) => root.getPropertyValue(name).trim());
        return { moving: moving.length > 0, soft: ink[0] !== ink[1] };
    ";
    let site = Site::start().await?;
    let page = Page::open(browser, &format!("{}/?n=20&rounds=6&autorun", site.lab.http_url())).await?;
    page.await_state(&["done"]).await?;
    // Who does not ask has both: were there nothing to see, the other half would say nothing.
    for (contrast, motion, has_both) in [("no-preference", "no-preference", true), ("more", "reduce", false)]
    {
        prefer(browser, &[("prefers-contrast", contrast), ("prefers-reduced-motion", motion)]).await?;
        page.settled().await?;
        let seen = page.evaluate(LOOK).await?;
        assert_eq!(seen, serde_json::json!({ "moving": has_both, "soft": has_both }), "{contrast}");
        assert_accessible(browser, contrast).await?;
    }
    Ok(())
}
