//! Stop: finished rounds stay, and no request is left running.

use fetchmark_core::{report::Ending, validity::FindingCode};
use fetchmark_e2e::prelude::*;

in_chromium_and_firefox!(stop_keeps_finished_rounds_and_leaves_nothing_running);
async fn stop_keeps_finished_rounds_and_leaves_nothing_running(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let address = format!("{}/?url=/lab/delay/20&n=30&rounds=500&warmup=0", site.lab.http_url());
    let page = Page::open(browser, &address).await?;
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
    let report = page.done().await?;
    assert_eq!(report.ending, Ending::Stopped);
    let finished: usize = report.variants.iter().map(|row| row.rounds.len()).sum();
    assert!(finished >= 6, "{finished} finished rounds");
    assert!(report.variants.iter().all(|row| row.requests.adds_up()));
    let issued: u64 = report.variants.iter().map(|row| row.requests.issued).sum();
    // Aborted requests that were still waiting inside the browser never reached the lab.
    let aborted: u64 = report.variants.iter().map(|row| row.requests.aborted).sum();
    let truth = site.lab.sockets();
    // A round that did not end in time, on a busy machine, is in no count.
    let given_up = finds(&report, FindingCode::EndedByForce);
    assert!(
        given_up || (truth.requests <= issued + 1 && truth.requests + aborted >= issued),
        "{issued} issued, {truth:?}"
    );
    assert!(site.is_at_rest().await, "a request was left running");
    Ok(())
}
