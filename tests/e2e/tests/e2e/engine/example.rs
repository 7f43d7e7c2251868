//! The example: a plain page that uses the engine without Leptos.

use fetchmark_e2e::prelude::*;

/// Presses Run once it can be pressed, and ends with what the page shows once its table, or else a sentence, is there.
const RUN: &str = "
    const [done] = arguments;
    const [run, table, answer] = ['run', 'table', 'answer'].map((id) => document.getElementById(id));
    const look = () => {
        if (table.hidden && !answer.textContent) return requestAnimationFrame(look);
        done([answer.textContent, table.tBodies[0].rows.length, table.textContent]);
    };
    const press = () => (run.disabled ? requestAnimationFrame(press) : look(run.click()));
    press();
";

in_each_browser!(a_plain_page_runs_the_engine_and_shows_what_it_found);
async fn a_plain_page_runs_the_engine_and_shows_what_it_found(browser: &Browser) -> Test {
    let site = Site::start().await?;
    browser.client.goto(&format!("{}/example/", site.lab.http_url())).await?;
    let shown = browser.client.execute_async(RUN, vec![]).await?;
    let (answer, rows, table): (String, u32, String) = serde_json::from_value(shown)?;
    assert_eq!(rows, 2, "{answer}");
    assert!(table.contains("js-fetch") && table.contains("ky") && !answer.is_empty(), "{answer} {table}");
    Ok(())
}
