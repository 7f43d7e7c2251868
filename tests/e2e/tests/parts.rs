//! The parts of the page that load after it: where one does not come the page says so, and tries again.

use fetchmark_e2e::{browser::Browser, in_each_browser, matrix::Test, page::Page, static_host::StaticHost};
use std::{fs, io, path::PathBuf};

/// A file that is not there until it is given back.
struct Away(PathBuf);

impl Away {
    fn take(file: PathBuf) -> io::Result<Self> {
        fs::rename(&file, file.with_extension("away"))?;
        Ok(Self(file))
    }

    fn give_back(self) -> io::Result<()> {
        fs::rename(self.0.with_extension("away"), self.0)
    }
}

in_each_browser!(the_rest_of_the_page_is_asked_for_again_when_it_did_not_come);
async fn the_rest_of_the_page_is_asked_for_again_when_it_did_not_come(browser: &Browser) -> Test {
    let host = StaticHost::start().await?;
    let rest = Away::take(host.wasm("fetchmark-page-split_rest")?)?;
    let page = Page::open(browser, &format!("{}?lang=en", host.url())).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
    assert!(page.text("missing-part").await?.contains("Check the connection"));
    // A wish is a try, too.
    page.click("run").await?;
    page.count_once("missing-part", 1).await?;
    rest.give_back()?;
    page.click("load-again").await?;
    assert_eq!(page.await_state(&["idle"]).await?, "idle");
    page.count_once("missing-part", 0).await?;
    page.count_once("kept", 1).await?;
    Ok(())
}

in_each_browser!(a_language_that_does_not_come_is_tried_again);
async fn a_language_that_does_not_come_is_tried_again(browser: &Browser) -> Test {
    let host = StaticHost::start().await?;
    let korean = Away::take(host.wasm("fetchmark-page-split_korean")?)?;
    let page = Page::open(browser, &format!("{}?lang=ko", host.url())).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "idle");
    assert_eq!(page.text("run").await?, "Run");
    page.count_once("missing-part", 1).await?;
    korean.give_back()?;
    page.click("load-again").await?;
    page.count_once("missing-part", 0).await?;
    page.property_once("run", "textContent", "측정").await?;
    Ok(())
}
