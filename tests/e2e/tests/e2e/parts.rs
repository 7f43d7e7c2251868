//! The parts of the page that load after it: where one does not come the page says so, and tries again.

use fetchmark_e2e::{
    browser::Browser, in_each_browser, library::Site, matrix::Test, page::Page, static_host::StaticHost,
};
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
    let rest = Away::take(host.file("fetchmark-page-split_rest")?)?;
    let page = Page::open(browser, &format!("{}?lang=en", host.url())).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
    assert!(page.text("missing-part").await?.contains("Check the connection"));
    // A wish is a try, too.
    page.click("run").await?;
    // It is over, and has failed too, before the file is there: else the wish would come true.
    page.once("performance.getEntriesByType('resource').filter(({ name }) => name.includes('split_rest')).length >= 2").await?;
    page.once("[...document.querySelectorAll('#main p.caption[role=status]')].every((words) => words.textContent === '')").await?;
    page.count_once("missing-part", 1).await?;
    rest.give_back()?;
    page.click("load-again").await?;
    assert_eq!(page.await_state(&["idle"]).await?, "idle");
    page.count_once("missing-part", 0).await?;
    page.count_once("kept", 1).await?;
    Ok(())
}

in_each_browser!(a_page_whose_wasm_does_not_come_says_so);
async fn a_page_whose_wasm_does_not_come_says_so(browser: &Browser) -> Test {
    let host = StaticHost::start().await?;
    let wasm = Away::take(host.file("fetchmark-page_bg")?)?;
    for (lang, words) in
        [("en", "Fetchmark could not be loaded."), ("ko", "Fetchmark를 불러오지 못했습니다.")]
    {
        let page = Page::open(browser, &format!("{}?lang={lang}", host.url())).await?;
        assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
        let said = page.evaluate("return document.querySelector('[role=alert]').textContent").await?;
        assert!(said.as_str().is_some_and(|said| said.contains(words)), "{said}");
    }
    wasm.give_back()?;
    let page = Page::open(browser, &host.url()).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "idle");
    Ok(())
}

in_each_browser!(a_browser_without_web_assembly_is_told_what_to_do);
async fn a_browser_without_web_assembly_is_told_what_to_do(browser: &Browser) -> Test {
    let without = "globalThis.WebAssembly = undefined;";
    let blocked = "WebAssembly.instantiate = WebAssembly.instantiateStreaming = () =>
        Promise.reject(new WebAssembly.CompileError('refused by a policy'));";
    for (script, lang, words) in [
        (without, "en", "This browser does not run WebAssembly."),
        (without, "ko", "이 브라우저는 WebAssembly를 실행하지 못합니다."),
        (blocked, "en", "Fetchmark was kept from starting."),
        (blocked, "ko", "Fetchmark가 시작되지 못하게 막혀 있습니다."),
    ] {
        let site = Site::start_with_script(script).await?;
        let page = Page::open(browser, &format!("{}/?lang={lang}", site.lab.http_url())).await?;
        assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
        let said = page.evaluate("return document.querySelector('[role=alert]').textContent").await?;
        assert!(said.as_str().is_some_and(|said| said.contains(words)), "{said}");
        site.lab.stop().await;
    }
    Ok(())
}

in_each_browser!(an_address_that_starts_a_run_is_run_as_it_is);
async fn an_address_that_starts_a_run_is_run_as_it_is(browser: &Browser) -> Test {
    let host = StaticHost::start().await?;
    let rest = Away::take(host.file("fetchmark-page-split_rest")?)?;
    let query = "lang=en&clients=js-fetch:reused&n=7&rounds=2&autorun";
    let page = Page::open(browser, &format!("{}?{query}", host.url())).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
    // On a slow line the form is there long before what runs it.
    page.type_into("n", "9").await?;
    rest.give_back()?;
    page.click("load-again").await?;
    assert_eq!(page.await_state(&["done"]).await?, "done");
    assert_eq!(page.report().await?.scenario.n, 7);
    Ok(())
}

in_each_browser!(the_rest_is_not_shown_without_its_looks);
async fn the_rest_is_not_shown_without_its_looks(browser: &Browser) -> Test {
    let host = StaticHost::start().await?;
    let looks = Away::take(host.file("fetchmark-page-rest")?)?;
    let page = Page::open(browser, &format!("{}?lang=ko", host.url())).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
    assert!(page.text("missing-part").await?.contains("연결을 확인"));
    page.count_once("kept", 0).await?;
    looks.give_back()?;
    page.click("load-again").await?;
    assert_eq!(page.await_state(&["idle"]).await?, "idle");
    page.count_once("missing-part", 0).await?;
    page.count_once("kept", 1).await?;
    // Asked for twice, it is in the page once.
    let sheets = page.evaluate("return document.querySelectorAll('link[href*=page-rest]').length").await?;
    assert_eq!(sheets, 1);
    Ok(())
}

/// What was asked for of the page's own files, without fingerprints and in the order of the alphabet.
const ASKED_FOR: &str = "
    const names = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.split('/').at(-1));
    const own = names.filter((name) => /\\.(js|css|wasm|svg)$/.test(name)).map((name) => name.replace(/-[0-9a-f]{12}/, ''));
    return [...new Set(own)].sort().filter((name) => !/rest|chunk/.test(name)).join(' ');
";

// What the table of sizes counts as loaded first (xtask/src/sizes.rs) is what is loaded.
in_each_browser!(nothing_else_is_loaded_to_show_the_form);
async fn nothing_else_is_loaded_to_show_the_form(browser: &Browser) -> Test {
    let host = StaticHost::start().await?;
    let _rest = Away::take(host.file("fetchmark-page-split_rest")?)?;
    let page = Page::open(browser, &format!("{}?lang=en", host.url())).await?;
    assert_eq!(page.await_state(&["failed"]).await?, "failed");
    let first = "boot.js favicon.svg fetchmark-page-parts.js fetchmark-page.js fetchmark-page_bg.wasm fetchmark.css form.css states.css";
    // Looks are not waited for by the page's state.
    page.once(&format!("(() => {{ {ASKED_FOR} }})().split(' ').length >= 8")).await?;
    assert_eq!(page.evaluate(ASKED_FOR).await?, first);
    Ok(())
}

in_each_browser!(a_language_that_does_not_come_is_tried_again);
async fn a_language_that_does_not_come_is_tried_again(browser: &Browser) -> Test {
    let host = StaticHost::start().await?;
    let korean = Away::take(host.file("fetchmark-page-split_korean")?)?;
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

in_each_browser!(what_is_missing_comes_together_when_it_is_tried_again);
async fn what_is_missing_comes_together_when_it_is_tried_again(browser: &Browser) -> Test {
    let host = StaticHost::start().await?;
    let korean = Away::take(host.file("fetchmark-page-split_korean")?)?;
    let rest = Away::take(host.file("fetchmark-page-split_rest")?)?;
    let page = Page::open(browser, &format!("{}?lang=ko", host.url())).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
    page.count_once("missing-part", 1).await?;
    // The fold says what is not there yet.
    page.evaluate("document.querySelector('details.fold').open = true").await?;
    let fold = page.evaluate("return document.querySelector('details.fold').textContent").await?;
    assert!(fold.as_str().is_some_and(|words| words.contains("Loading the rest")), "{fold}");
    korean.give_back()?;
    rest.give_back()?;
    page.click("load-again").await?;
    assert_eq!(page.await_state(&["idle"]).await?, "idle");
    page.property_once("run", "textContent", "측정").await?;
    page.count_once("missing-part", 0).await?;
    page.count_once("kept", 1).await?;
    // A language that is chosen instead of one that did not come is the one that counts.
    page.click("en").await?;
    page.property_once("run", "textContent", "Run").await?;
    page.count_once("missing-part", 0).await?;
    Ok(())
}
