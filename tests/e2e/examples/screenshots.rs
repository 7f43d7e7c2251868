//! The pictures of the page in its main states, into a folder: `cargo xtask screenshots` builds the page and runs this.
#![allow(clippy::print_stdout, reason = "telling the person what happens is this program's job")]

use anyhow::{Context, Result, ensure};
use fetchmark_e2e::{
    browser::{Browser, Kind},
    camera::picture,
    dist,
    page::Page,
};
use fetchmark_lab::{Lab, LabConfig};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The port that a person sees, where it is free.
const USUAL_PORT: u16 = 8080;

const DESKTOP: u32 = 1280;
const PHONE: u32 = 375;

/// Long enough for every comparison to say something.
const DONE: &str = "lang=en&rounds=20&autorun";

/// All clients: for the README.
const CLIENTS: &str = "lang=en&preset=clients&rounds=30&autorun";

/// Where the picture for the README ends.
const RANKING: &str = "[data-testid=ranking]";

/// The default run on a slower target, to compare with.
const SLOWER: &str = "lang=en&rounds=20&url=/lab/delay/5&autorun";

/// Long enough to be looked at.
const RUNNING: &str = "lang=en&rounds=60&autorun";

/// A link with three slips.
const REFUSED: &str = "lang=en&n=0&clients=gloo-net,jquery&color=blue&autorun";

/// Ends when a quarter of the run is done.
const UNDER_WAY: &str = "
    const [done] = arguments;
    const look = () => {
        const bar = document.querySelector('[data-testid=progress]');
        if (bar && bar.value / bar.max > 0.25) done(); else requestAnimationFrame(look);
    };
    look();
";

#[tokio::main]
async fn main() -> Result<()> {
    let folder = env::args_os().nth(1).context("Say where the pictures go: cargo xtask screenshots does.")?;
    let lab = start_lab().await?;
    let browser = Browser::start_own(Kind::Chrome, &["--hide-scrollbars"]).await?;
    let folder = PathBuf::from(folder);
    let taken = take_all(&Album { browser: &browser, origin: lab.http_url(), folder: &folder }).await;
    browser.end().await?;
    taken
}

async fn start_lab() -> Result<Lab> {
    let page = Some(dist()?.into());
    let config = LabConfig { http: USUAL_PORT, https: None, page, ..LabConfig::default() };
    match Lab::start(config.clone()).await {
        Err(_taken) => Ok(Lab::start(LabConfig { http: 0, ..config }).await?),
        started => Ok(started?),
    }
}

async fn take_all(album: &Album<'_>) -> Result<()> {
    album.open("lang=en", "idle").await?;
    album.take("idle", "light", DESKTOP).await?;
    album.take("idle", "dark", PHONE).await?;

    album.open(RUNNING, "running").await?;
    album.browser.client.execute_async(UNDER_WAY, vec![]).await?;
    album.take("running", "dark", DESKTOP).await?;
    album.take("running", "light", PHONE).await?;
    album.must_be("running").await?;

    album.open(CLIENTS, "done").await?;
    album.take_until("answer", "light", DESKTOP, Some(RANKING)).await?;

    let page = album.open(DONE, "done").await?;
    album.take("done", "light", DESKTOP).await?;
    album.take("done", "dark", DESKTOP).await?;
    album.take("done", "light", PHONE).await?;
    page.click("ko").await?;
    album.take("done-korean", "light", DESKTOP).await?;
    page.click("keep-baseline").await?;
    page.attribute_once("keep-baseline", "aria-pressed", "true").await?;

    let page = album.open(SLOWER, "done").await?;
    page.count_once("compared", 1).await?;
    album.take("compared", "light", DESKTOP).await?;
    album.take("compared", "dark", PHONE).await?;

    album.open(REFUSED, "failed").await?;
    album.take("failed", "light", DESKTOP).await
}

/// Where pictures of one page go.
struct Album<'a> {
    browser: &'a Browser,
    origin: String,
    folder: &'a Path,
}

impl<'a> Album<'a> {
    async fn open(&self, query: &str, state: &str) -> Result<Page<'a>> {
        let page = Page::open(self.browser, &format!("{}/?{query}", self.origin)).await?;
        page.await_state(&[state, "failed"]).await?;
        self.must_be(state).await?;
        Ok(page)
    }

    async fn must_be(&self, wanted: &str) -> Result<()> {
        let script = "return document.documentElement.dataset.runState";
        let state = self.browser.client.execute(script, vec![]).await?;
        ensure!(state == wanted, "The page should be {wanted} and is {state}.");
        Ok(())
    }

    /// Takes a picture of the whole page; its name tells what it shows.
    async fn take(&self, state: &str, scheme: &str, width: u32) -> Result<()> {
        self.take_until(state, scheme, width, None).await
    }

    async fn take_until(&self, state: &str, scheme: &str, width: u32, last: Option<&str>) -> Result<()> {
        let path = self.folder.join(format!("{state}-{scheme}-{width}.png"));
        let png = picture(self.browser, scheme, width, last).await?;
        fs::write(&path, &png).with_context(|| format!("{} could not be written", path.display()))?;
        println!("{} ({} KB)", path.display(), png.len() / 1_000);
        Ok(())
    }
}
