//! Stop: finished rounds stay, and no request is left running.

use fetchmark_core::{report::Ending, validity::FindingCode};
use fetchmark_e2e::{
    at_rest::is_at_rest, browser::Browser, dist, in_chromium_and_firefox, keys, matrix::Test, page::Page,
};
use fetchmark_lab::{Lab, LabConfig};

in_chromium_and_firefox!(escape_stops_and_so_does_the_button_beside_the_progress);
async fn escape_stops_and_so_does_the_button_beside_the_progress(browser: &Browser) -> Test {
    let lab = Lab::start(LabConfig { page: Some(dist()?.into()), ..LabConfig::default() }).await?;
    let address = format!("{}/?url=/lab/delay/20&n=30&rounds=500&warmup=0", lab.http_url());
    for by_key in [true, false] {
        let page = Page::open(browser, &address).await?;
        page.click("run").await?;
        page.await_state(&["running"]).await?;
        // What the person waits for is in view, below a form that is longer than the screen.
        page.in_view_once("progress").await?;
        if by_key {
            browser.client.active_element().await?.send_keys(keys::ESCAPE).await?;
        } else {
            page.click("stop-here").await?;
        }
        assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
        assert_eq!(page.report().await?.ending, Ending::Stopped);
        page.in_view_once("answer").await?;
        // The keyboard is where it was, or where the button that is gone sent it.
        page.focused_once("run").await?;
    }
    lab.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_keeps_finished_rounds_and_leaves_nothing_running() -> Test {
    let lab = Lab::start(LabConfig { page: Some(dist()?.into()), ..LabConfig::default() }).await?;
    let browser = Browser::start().await?;
    let address = format!("{}/?url=/lab/delay/20&n=30&rounds=500&warmup=0", lab.http_url());
    let page = Page::open(&browser, &address).await?;
    page.click("run").await?;
    page.await_state(&["running"]).await?;
    // Stop, by the button, once the page tells of its third block: then two are finished.
    browser
        .client
        .execute_async(
            "const done = arguments[0];
             const look = () => {
               const block = document.querySelector('.run-now')?.textContent.match(/\\d+/)?.[0] ?? 0;
               if (block < 3) return;
               watch.disconnect();
               document.querySelector('[data-testid=stop]').click();
               done();
             };
             const watch = new MutationObserver(look);
             watch.observe(document.body, { subtree: true, childList: true, characterData: true });",
            vec![],
        )
        .await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let report = page.report().await?;
    assert_eq!(report.ending, Ending::Stopped);
    let finished: usize = report.variants.iter().map(|row| row.rounds.len()).sum();
    assert!(finished >= 6, "{finished} finished rounds");
    assert!(report.variants.iter().all(|row| row.requests.adds_up()));
    let issued: u64 = report.variants.iter().map(|row| row.requests.issued).sum();
    // Aborted requests that were still waiting inside the browser never reached the lab.
    let aborted: u64 = report.variants.iter().map(|row| row.requests.aborted).sum();
    let truth = lab.sockets();
    // A round that did not end in time, on a busy machine, is in no count.
    let given_up = report.validity.iter().any(|finding| finding.code == FindingCode::EndedByForce);
    assert!(
        given_up || (truth.requests <= issued + 1 && truth.requests + aborted >= issued),
        "{issued} issued, {truth:?}"
    );
    assert!(is_at_rest(&lab).await, "a request was left running");
    browser.end().await?;
    lab.stop().await;
    Ok(())
}
