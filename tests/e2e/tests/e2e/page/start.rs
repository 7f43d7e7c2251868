//! How the page starts: what it loads, and what it says where it cannot start.

use super::{
    accessibility::assert_accessible,
    single_file::{address, with_script},
};
use fetchmark_e2e::prelude::*;
use std::fs;

/// What shows the page. The table of sizes (xtask/src/sizes.rs) counts these as loaded first.
const PAGE: &str = "boot.js check.css favicon.svg fetchmark-page.js fetchmark-page_bg.wasm fetchmark.css folds.css form.css pictures.css ranking.css reports.css \
    results.css snippets/engine/bridge.js snippets/engine/loader.js snippets/reports/history/indexed-db.js snippets/reports/history/loader.js snippets/reports/tools/loader.js snippets/ui/png.js states.css vendor/idb-keyval/index.js";

/// What a run needs besides, whatever its clients.
const ENGINE: &str = "engine/fetchmark-engine.js engine/fetchmark-engine_bg.wasm engine/fetchmark.js engine/files.js engine/host.js engine/worker.js";

in_each_browser!(a_page_whose_wasm_does_not_come_says_so);
async fn a_page_whose_wasm_does_not_come_says_so(browser: &Browser) -> Test {
    let host = StaticHost::start(&[]).await?;
    let wasm = host.file("fetchmark-page_bg.wasm");
    let away = wasm.with_extension("away");
    fs::rename(&wasm, &away)?;
    for (lang, words) in
        [("en", "Fetchmark could not be loaded."), ("ko", "Fetchmark를 불러오지 못했습니다.")]
    {
        let page = Page::open(browser, &format!("{}?lang={lang}", host.url())).await?;
        assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
        let said = page.evaluate("return document.querySelector('[role=alert]').textContent").await?;
        assert!(said.as_str().is_some_and(|said| said.contains(words)), "{said}");
    }
    fs::rename(&away, &wasm)?;
    let page = Page::open(browser, &host.url()).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "idle");
    Ok(())
}

in_each_browser!(a_browser_without_web_assembly_gets_advice);
async fn a_browser_without_web_assembly_gets_advice(browser: &Browser) -> Test {
    let without = "globalThis.WebAssembly = undefined;";
    let blocked = "WebAssembly.instantiate = WebAssembly.instantiateStreaming = () =>
        Promise.reject(new WebAssembly.CompileError('refused by a policy'));";
    for (script, lang, words) in [
        (without, "en", "This browser does not run WebAssembly."),
        (without, "ko", "이 브라우저는 WebAssembly를 실행하지 못합니다."),
        (blocked, "en", "Fetchmark was blocked from starting."),
        (blocked, "ko", "Fetchmark의 실행이 차단되었습니다."),
    ] {
        let site = Site::start_with_script(script).await?;
        let (_folder, file) = with_script(script)?;
        let hosted = format!("{}/?lang={lang}", site.lab.http_url());
        for url in [hosted, address(&file, &format!("lang={lang}"))] {
            let page = Page::open(browser, &url).await?;
            assert_eq!(page.await_state(&["idle", "failed"]).await?, "failed");
            let said = page.evaluate("return document.querySelector('[role=alert]').textContent").await?;
            assert!(said.as_str().is_some_and(|said| said.contains(words)), "{said}");
            page.once(&format!("document.documentElement.lang === '{lang}'")).await?;
            assert_accessible(browser, &format!("not started, {lang}")).await?;
        }
    }
    Ok(())
}

/// The files that were asked for, without the fingerprint in the names of wasm-bindgen's snippets.
const ASKED_FOR: &str = "
    const asked = performance.getEntriesByType('resource').filter(({ name }) => /\\.(js|css|wasm|svg)$/.test(name));
    const named = ({ name }) => name.replace(new URL('.', document.baseURI).href, '').replace(/snippets\\/[^/]+\\/src\\//, 'snippets/');
    const ofEngine = (entry) => named(entry).startsWith('engine/');
    const names = (entries) => [...new Set(entries.map(named))].sort().join(' ');
    const [page, engine] = [asked.filter((entry) => !ofEngine(entry)), asked.filter(ofEngine)];
    const wasm = page.find((entry) => named(entry) === 'fetchmark-page_bg.wasm');
    return { page: names(page), engine: names(engine), isEngineLast: engine.every((entry) => entry.startTime > wasm.responseEnd) };
";

in_each_browser!(no_more_is_loaded_than_page_and_engine);
async fn no_more_is_loaded_than_page_and_engine(browser: &Browser) -> Test {
    let host = StaticHost::start(&[]).await?;
    let page = Page::open(browser, &format!("{}?lang=en", host.url())).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "idle");
    page.once("performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/fetchmark-engine_bg.wasm'))").await?;
    let asked = page.evaluate(ASKED_FOR).await?;
    assert_eq!(asked["page"], PAGE);
    assert_eq!(asked["engine"], ENGINE);
    assert_eq!(asked["isEngineLast"], true);
    Ok(())
}
