//! Pictures of a page in Chromium, which alone does this: as wide as a screen, as long as the page, in light or dark.

use crate::browser::Browser;
use anyhow::Result;
use serde_json::{Value, json};

const HEIGHT: u64 = 900;

/// Screens narrower than this are a phone's.
const PHONE: u32 = 500;

/// How far the page reaches down, or the section that holds this element, once it is drawn; what is on its way from one colour to another
/// is there.
const LENGTH: &str = "
    const [last, done] = arguments;
    scrollTo(0, 0);
    requestAnimationFrame(() => requestAnimationFrame(() => {
        for (const animation of document.getAnimations()) {
            if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
        }
        const section = last && document.querySelector(last).closest('section');
        done(section ? Math.ceil(section.getBoundingClientRect().bottom) + 16 : document.documentElement.scrollHeight);
    }));
";

/// The page as a PNG in a colour scheme, `light` or `dark`, on a screen so many CSS pixels wide: the whole of it, or down to the section
/// that holds the element `last`, a CSS selector.
pub async fn picture(browser: &Browser, scheme: &str, width: u32, last: Option<&str>) -> Result<Vec<u8>> {
    prefer(browser, &[("prefers-color-scheme", scheme)]).await?;
    set_width(browser, width).await?;
    let length = browser.client.execute_async(LENGTH, vec![json!(last)]).await?;
    set_screen(browser, width, length.as_u64().unwrap_or(HEIGHT)).await?;
    // Drawn anew at this length.
    browser.client.execute_async(LENGTH, vec![json!(last)]).await?;
    Ok(browser.client.screenshot().await?)
}

/// Has the page see these media features (name, value), and no others changed.
pub async fn prefer(browser: &Browser, features: &[(&str, &str)]) -> Result<()> {
    let features: Vec<Value> =
        features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    browser.client.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
    Ok(())
}

/// Draws the page on a screen so many CSS pixels wide.
pub async fn set_width(browser: &Browser, width: u32) -> Result<()> {
    set_screen(browser, width, HEIGHT).await
}

async fn set_screen(browser: &Browser, width: u32, height: u64) -> Result<()> {
    let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < PHONE });
    browser.client.devtools("Emulation.setDeviceMetricsOverride", screen).await?;
    Ok(())
}
