//! Pictures of a page in Chromium: as wide as a screen, as long as the page, in light or dark.

use crate::{SetupError, browser::Browser};
use serde_json::{Value, json};

/// The height of a screen, before it is as long as the page.
const HEIGHT: u64 = 900;

/// Screens narrower than this are a phone's.
const PHONE: u32 = 500;

/// How far the page reaches down, once it is drawn; what is on its way from one colour to another is there.
const LENGTH: &str = "
    const [done] = arguments;
    requestAnimationFrame(() => requestAnimationFrame(() => {
        for (const animation of document.getAnimations()) {
            if (animation.effect.getComputedTiming().endTime !== Infinity) animation.finish();
        }
        done(document.documentElement.scrollHeight);
    }));
";

/// What a person prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// As CSS calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The whole page as a PNG, on a screen so many CSS pixels wide.
///
/// # Errors
/// [`SetupError::Command`] if the browser refuses; only Chromium does this.
pub async fn picture(browser: &Browser, scheme: Scheme, width: u32) -> Result<Vec<u8>, SetupError> {
    prefer(browser, &[("prefers-color-scheme", scheme.word())]).await?;
    set_screen(browser, width, HEIGHT).await?;
    let length = length(browser).await?;
    set_screen(browser, width, length).await?;
    // Drawn anew at this length.
    self::length(browser).await?;
    Ok(browser.client.screenshot().await?)
}

/// Has the page see these media features (name, value), and no others changed.
///
/// # Errors
/// As above.
pub async fn prefer(browser: &Browser, features: &[(&str, &str)]) -> Result<(), SetupError> {
    let features: Vec<Value> =
        features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    ask(browser, "Emulation.setEmulatedMedia", json!({ "features": features })).await
}

/// Draws the page on a screen so many CSS pixels wide.
///
/// # Errors
/// As above.
pub async fn set_width(browser: &Browser, width: u32) -> Result<(), SetupError> {
    set_screen(browser, width, HEIGHT).await
}

async fn length(browser: &Browser) -> Result<u64, SetupError> {
    Ok(serde_json::from_value(browser.client.execute_async(LENGTH, vec![]).await?)?)
}

async fn set_screen(browser: &Browser, width: u32, height: u64) -> Result<(), SetupError> {
    let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < PHONE });
    ask(browser, "Emulation.setDeviceMetricsOverride", screen).await
}

async fn ask(browser: &Browser, command: &str, parameters: Value) -> Result<(), SetupError> {
    browser.client.devtools(command, parameters).await?;
    Ok(())
}
