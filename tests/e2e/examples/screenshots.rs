//! The pictures of the page in its main states, into a folder: `cargo xtask screenshots` builds the page and runs this.
#![allow(clippy::print_stdout, reason = "telling the person what happens is this program's job")]

use fetchmark_e2e::{
    SetupError,
    browser::Browser,
    camera::{Scheme, picture},
    dist,
    page::Page,
};
use fetchmark_lab::{Lab, LabConfig, LabError};
use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The port that a person sees, where it is free.
const USUAL_PORT: u16 = 8080;

const DESKTOP: u32 = 1280;
const PHONE: u32 = 375;

/// Long enough for every comparison to say something.
const DONE: &str = "lang=en&rounds=20&autorun";

/// The same on a slower target, to be held against it.
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

/// Why a picture is missing.
#[derive(Debug, thiserror::Error)]
enum Error {
    /// Nobody said where to.
    #[error("Say where the pictures go: cargo xtask screenshots does.")]
    NoFolder,
    /// No page, no browser, or the browser refused.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// No lab.
    #[error("The lab did not start: {0}")]
    Lab(#[from] LabError),
    /// A run ended otherwise, or sooner.
    #[error("The page should be {wanted} and is {found}.")]
    State {
        /// What was to be shown.
        wanted: &'static str,
        /// What would have been.
        found: String,
    },
    /// A file could not be written.
    #[error("{} could not be written ({source}). Check that the folder exists and the disk is not full.", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl From<fetchmark_webdriver::Error> for Error {
    fn from(error: fetchmark_webdriver::Error) -> Self {
        Self::Setup(error.into())
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Error> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or(Error::NoFolder)?);
    let lab = start_lab().await?;
    let browser = Browser::start_with(&["--hide-scrollbars"]).await?;
    let taken = take_all(&Album { browser: &browser, origin: lab.http_url(), folder: &folder }).await;
    browser.end().await?;
    lab.stop().await;
    taken
}

async fn start_lab() -> Result<Lab, Error> {
    let config = |http| -> Result<_, Error> {
        Ok(LabConfig { http, https: None, page: Some(dist()?.into()), ..LabConfig::default() })
    };
    match Lab::start(config(USUAL_PORT)?).await {
        Ok(lab) => Ok(lab),
        Err(_taken) => Ok(Lab::start(config(0)?).await?),
    }
}

async fn take_all(album: &Album<'_>) -> Result<(), Error> {
    album.open("lang=en", "idle").await?;
    album.take("idle", Scheme::Light, DESKTOP).await?;
    album.take("idle", Scheme::Dark, PHONE).await?;

    album.open(RUNNING, "running").await?;
    album.browser.client.execute_async(UNDER_WAY, vec![]).await?;
    album.take("running", Scheme::Dark, DESKTOP).await?;
    album.take("running", Scheme::Light, PHONE).await?;
    album.must_be("running").await?;

    let page = album.open(DONE, "done").await?;
    album.take("done", Scheme::Light, DESKTOP).await?;
    album.take("done", Scheme::Dark, DESKTOP).await?;
    album.take("done", Scheme::Light, PHONE).await?;
    page.click("ko").await?;
    album.take("done-korean", Scheme::Light, DESKTOP).await?;
    page.click("keep-baseline").await?;
    page.attribute_once("keep-baseline", "aria-pressed", "true").await?;

    let page = album.open(SLOWER, "done").await?;
    page.count_once("compared", 1).await?;
    album.take("compared", Scheme::Light, DESKTOP).await?;
    album.take("compared", Scheme::Dark, PHONE).await?;

    album.open(REFUSED, "failed").await?;
    album.take("failed", Scheme::Light, DESKTOP).await
}

/// Where pictures of one page go.
struct Album<'a> {
    browser: &'a Browser,
    origin: String,
    folder: &'a Path,
}

impl<'a> Album<'a> {
    /// Opens the page and waits for a state.
    async fn open(&self, query: &str, state: &'static str) -> Result<Page<'a>, Error> {
        let page = Page::open(self.browser, &format!("{}/?{query}", self.origin)).await?;
        page.await_state(&[state, "failed"]).await?;
        self.must_be(state).await?;
        Ok(page)
    }

    async fn must_be(&self, wanted: &'static str) -> Result<(), Error> {
        let state =
            self.browser.client.execute("return document.documentElement.dataset.runState", vec![]).await?;
        match state.as_str() {
            Some(found) if found == wanted => Ok(()),
            found => Err(Error::State { wanted, found: found.unwrap_or("nothing").to_owned() }),
        }
    }

    /// Takes a picture; its name tells what it shows.
    async fn take(&self, state: &str, scheme: Scheme, width: u32) -> Result<(), Error> {
        let path = self.folder.join(format!("{state}-{}-{width}.png", scheme.word()));
        let png = picture(self.browser, scheme, width).await?;
        fs::write(&path, &png).map_err(|source| Error::File { path: path.clone(), source })?;
        println!("{} ({} KB)", path.display(), png.len() / 1_000);
        Ok(())
    }
}
