//! What a person does on the page: choose a question, a language, an order; go back; take the figures along.

use fetchmark_core::{
    export::{Format, export},
    params,
    preset::Preset,
};
use fetchmark_e2e::{
    browser::Browser, in_chromium_and_firefox, keys, library::Site, matrix::Test, page::Page,
};

/// Gives the text of the next Blob that the page makes, in place of a download.
const CATCH_DOWNLOAD: &str = "
    globalThis.caught = new Promise((resolve) => {
        const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => { resolve(blob.text()); return make.call(URL, blob); };
    });
";

/// Keeps what is put into the clipboard.
const CATCH_COPY: &str = "
    globalThis.caught = new Promise((resolve) => {
        navigator.clipboard.writeText = async (text) => resolve(text);
        navigator.clipboard.write = async ([item]) => resolve(await (await item.getType('text/plain')).text());
    });
";

in_chromium_and_firefox!(each_preset_runs_on_the_lab);
async fn each_preset_runs_on_the_lab(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let origin = site.lab.http_url();
    for preset in Preset::ALL {
        let cold = if *preset == Preset::WarmVsCold { "&cold_url=/lab/close" } else { "" };
        let query = format!("preset={preset}&rounds=2&n=20{cold}&autorun");
        let page = Page::open(browser, &format!("{origin}/?{query}")).await?;
        assert_eq!(page.await_state(&["done", "failed"]).await?, "done", "{preset}");
        let report = page.report().await?;
        let asked = params::parse(&query).map_err(|errors| format!("{errors:?}"))?.scenario;
        assert_eq!(report.variants.len(), asked.variants().len(), "{preset}");
        for row in &report.variants {
            assert_eq!(
                (row.requests.ok, row.requests.failed),
                (40, 0),
                "{preset}: {}: {:?}",
                row.id,
                row.errors
            );
        }
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(each_client_is_held_to_itself);
async fn each_client_is_held_to_itself(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let query = "lang=en&clients=gloo-net,js-fetch&n=10&rounds=6&autorun";
    let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let report = page.report().await?;
    let pairs: Vec<_> =
        report.lifecycles.iter().map(|one| (one.candidate.as_str(), one.baseline.as_str())).collect();
    let names = ["gloo-net", "js-fetch"].map(|client| {
        ["fresh", "reused"].map(|lifecycle| format!("{client}:{lifecycle}:warm:concurrent-10"))
    });
    assert_eq!(pairs, names.each_ref().map(|[fresh, reused]| (fresh.as_str(), reused.as_str())));
    let rows = page
        .evaluate(
            "return [...document.querySelectorAll('[data-testid=lifecycles] tbody tr')]
                .map((row) => [...row.cells].map((cell) => cell.innerText))",
        )
        .await?;
    let rows: Vec<Vec<String>> = serde_json::from_value(rows)?;
    assert_eq!(rows.len(), 2, "{rows:?}");
    for (row, (compared, client)) in rows.iter().zip(report.lifecycles.iter().zip(["gloo-net", "js-fetch"])) {
        assert!(row[0].starts_with(client), "{row:?}");
        let ratio = compared.ratio.ok_or("no ratio")?;
        let shown: f64 = row[3].split(' ').next().unwrap_or_default().parse()?;
        // It is written with two decimals at least.
        assert!((shown - ratio).abs() < 0.006 + 0.01 * ratio, "{row:?} is not {ratio}");
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(a_preset_chosen_by_hand_is_in_the_link_and_finds_the_lab_s_cold_address);
async fn a_preset_chosen_by_hand_is_in_the_link_and_finds_the_lab_s_cold_address(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = Page::open(browser, &site.lab.http_url()).await?;
    page.click("preset-warm-vs-cold").await?;
    let field = page.value_once("cold-url", "/lab/close").await?;
    assert!(field.starts_with(&site.lab.http_url()), "{field}");
    let search = page.evaluate("return location.search").await?;
    let search = search.as_str().ok_or("no query")?;
    let linked = params::parse(search).map_err(|errors| format!("{errors:?}"))?.scenario;
    assert_eq!(Preset::of(&linked), Some(Preset::WarmVsCold), "{search}");
    assert_eq!(page.attribute("preset-warm-vs-cold", "aria-pressed").await?.as_deref(), Some("true"));
    page.click("preset-rate").await?;
    assert_eq!(page.attribute("preset-warm-vs-cold", "aria-pressed").await?.as_deref(), Some("false"));
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(in_korean_everything_said_is_korean_and_the_report_stays);
async fn in_korean_everything_said_is_korean_and_the_report_stays(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = Page::open(browser, &format!("{}/?rounds=3&n=20&autorun", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let english = page.text("answer").await?;
    assert!(english.contains("requests take"), "{english}");
    page.click("ko").await?;
    // The words are a part of the page that comes when they are asked for.
    page.property_once("answer", "textContent", "요청 20개").await?;
    page.attribute_once("ko", "aria-pressed", "true").await?;
    page.once("document.documentElement.lang === 'ko'").await?;
    // The link speaks it too, and a page opened with it does.
    let address = page.evaluate("return location.href").await?;
    let address = address.as_str().ok_or("no address")?;
    assert!(address.contains("lang=ko"), "{address}");
    let page = Page::open(browser, &address.replace("n=20", "n=0")).await?;
    let slips = page.text("param-errors").await?;
    assert!(slips.contains("매개변수 n"), "{slips}");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(rows_are_ordered_by_the_column_pressed);
async fn rows_are_ordered_by_the_column_pressed(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = Page::open(browser, &format!("{}/?preset=clients&rounds=2&n=20&autorun", site.lab.http_url()))
        .await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let report = page.report().await?;
    let mut medians: Vec<f64> = report.variants.iter().filter_map(|row| row.round_median_ms).collect();
    let shown = "
        return [...document.querySelectorAll('[data-testid=results] tbody tr')]
            .map((row) => row.querySelector('th').textContent);
    ";
    let as_given = page.evaluate(shown).await?;
    let press = "document.querySelector('[data-testid=results] th[aria-sort] button').click();";
    page.evaluate(press).await?;
    page.settled().await?;
    let rising = page.evaluate(shown).await?;
    medians.sort_by(f64::total_cmp);
    let quickest = report
        .variants
        .iter()
        .find(|row| row.round_median_ms == medians.first().copied())
        .ok_or("no quickest row")?;
    let first = rising[0].as_str().ok_or("no first row")?;
    assert!(first.starts_with(quickest.client.as_str()), "{rising}, {medians:?}");
    page.evaluate(press).await?;
    page.evaluate(press).await?;
    page.settled().await?;
    assert_eq!(page.evaluate(shown).await?, as_given);
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(rows_are_ordered_by_the_connections_they_opened);
async fn rows_are_ordered_by_the_connections_they_opened(browser: &Browser) -> Test {
    let site = Site::start().await?;
    // Not the page's own origin, to which loading it has left connections open. At once takes more than one after another, as many as
    // there may be where each is under way for a while.
    let url = format!("http://127.0.0.1:{}/lab/delay/20", site.lab.http_port());
    let query = "clients=js-fetch:reused&pacing=concurrent,sequential&n=20&rounds=2&warmup=0&autorun";
    let page = Page::open(browser, &format!("{}/?url={url}&{query}", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let opened: Vec<u64> = page.report().await?.variants.iter().map(|row| row.connections.new).collect();
    let (least, most) = (opened[0].min(opened[1]), opened[0].max(opened[1]));
    assert!(least < most, "{opened:?}");
    let press = "
        [...document.querySelectorAll('[data-testid=results] th[aria-sort]')]
            .find((head) => head.textContent.trim() === 'new').querySelector('button').click();";
    let shown = |first: u64| {
        format!(
            "document.querySelector('[data-testid=results] tbody [data-label=\"Connections new\"]').textContent === '{first}'"
        )
    };
    for first in [least, most] {
        page.evaluate(press).await?;
        page.once(&shown(first)).await?;
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(a_run_says_which_of_its_blocks_it_is_in);
async fn a_run_says_which_of_its_blocks_it_is_in(browser: &Browser) -> Test {
    let site = Site::start().await?;
    for (rounds, words) in [("rounds=40", "Block 1 of 40: "), ("rounds=auto", "Block 1: ")] {
        let query = format!("lang=en&url=/lab/delay/50&pacing=sequential&n=20&{rounds}");
        let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
        let watch = "
            window.said = new Set();
            new MutationObserver(() => window.said.add(document.querySelector('.run-now')?.textContent))
                .observe(document.body, { subtree: true, childList: true, characterData: true });";
        page.evaluate(watch).await?;
        page.click("run").await?;
        page.once(&format!("[...window.said].some((words) => words?.startsWith('{words}'))")).await?;
        // With it goes how fast that is, and each round as it ends.
        page.once("/\\d/.test(document.querySelector('[data-testid=pace]')?.textContent)").await?;
        page.once("document.querySelector('.run-panel svg path') !== null").await?;
        page.click("stop-here").await?;
        page.await_state(&["done", "failed"]).await?;
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(every_picture_tells_its_figures_by_keyboard_and_as_a_table);
async fn every_picture_tells_its_figures_by_keyboard_and_as_a_table(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let query = "preset=concurrency&n=20&rounds=6&autorun";
    let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    page.settled().await?;
    let names =
        "return [...document.querySelectorAll('.plot-canvas')].map((canvas) => canvas.dataset.testid)";
    let names: Vec<String> = serde_json::from_value(page.evaluate(names).await?)?;
    assert!(names.len() >= 5, "a picture of each kind: {names:?}");
    for name in names {
        let canvas = format!("document.querySelector('[data-testid={name}]')");
        page.evaluate(&format!("{canvas}.focus()")).await?;
        browser.client.active_element().await?.send_keys(keys::RIGHT).await?;
        page.once(&format!("{canvas}.closest('figure').querySelector('.plot-tip').textContent !== ''"))
            .await?;
        let fold = format!("{canvas}.closest('.card').querySelector('details.fold')");
        page.evaluate(&format!("{fold}.open = true")).await?;
        page.once(&format!("{fold}.querySelector('table tbody tr') !== null")).await?;
    }
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(opened_without_settings_it_measures_until_it_knows);
async fn opened_without_settings_it_measures_until_it_knows(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = Page::open(browser, &site.lab.http_url()).await?;
    page.click("run").await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let report = page.report().await?;
    let auto = report.scenario.auto.ok_or("a fixed number of rounds")?;
    assert_eq!((auto.min_blocks, auto.budget_ms), (5, 30_000));
    assert!(report.variants.iter().all(|row| row.rounds.len() >= 5), "{report:?}");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(the_parts_of_a_request_are_shown_and_add_up);
async fn the_parts_of_a_request_are_shown_and_add_up(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let query = "url=/lab/delay/20&pacing=sequential&clients=js-fetch&n=5&rounds=3&autorun";
    let page = Page::open(browser, &format!("{}/?{query}", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    // The table is filled when it is unfolded.
    page.evaluate("document.querySelector('[aria-labelledby=phases-title] details').open = true").await?;
    page.count_once("phases", 1).await?;
    let cells = page
        .evaluate(
            "const table = document.querySelector('[data-testid=phases]');
             const texts = (cells) => [...cells].map((cell) => cell.textContent);
             return [texts(table.tHead.rows[0].cells), texts(table.tBodies[0].rows[0].cells)];",
        )
        .await?;
    let [heads, figures]: [Vec<String>; 2] = serde_json::from_value(cells)?;
    let ms = |figure: &String| figure.parse::<f64>().unwrap_or(0.0);
    let first_byte = heads.iter().position(|head| head == "until the first byte").ok_or("no such column")?;
    // A browser may stamp a request a little late; of another column it would be next to nothing.
    assert!(ms(&figures[first_byte]) >= 15.0, "{heads:?} {figures:?}");
    assert_eq!(figures.last().map(String::as_str), Some("15"));
    let sum: f64 = figures[1..figures.len() - 1].iter().map(ms).sum();
    let report = page.report().await?;
    let mean = report.variants[0].latency_ms.as_ref().ok_or("no latency")?.mean;
    assert!((sum - mean).abs() < 0.05 * mean, "{sum} of {mean}: {heads:?} {figures:?}");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(going_back_leads_to_the_settings_of_the_run_before);
async fn going_back_leads_to_the_settings_of_the_run_before(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = Page::open(browser, &format!("{}/?n=11&rounds=2", site.lab.http_url())).await?;
    page.click("run").await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    page.type_into("n", "22").await?;
    assert_eq!(page.value_once("n", "22").await?, "22");
    page.evaluate("history.back()").await?;
    assert_eq!(page.value_once("n", "11").await?, "11");
    page.evaluate("history.forward()").await?;
    assert_eq!(page.value_once("n", "22").await?, "22");
    // What was measured is still there.
    assert_eq!(page.report().await?.scenario.n, 11);
    // Run again and again it is one step.
    for _ in 0..2 {
        assert_eq!(page.run_again().await?, "done");
        page.settled().await?;
    }
    page.evaluate("history.back()").await?;
    assert_eq!(page.value_once("n", "11").await?, "11");
    site.lab.stop().await;
    Ok(())
}

in_chromium_and_firefox!(with_nothing_chosen_the_link_is_one_that_can_be_read);
async fn with_nothing_chosen_the_link_is_one_that_can_be_read(browser: &Browser) -> Test {
    let site = Site::start().await?;
    let page = Page::open(browser, &format!("{}/?clients=ky:reused&n=11", site.lab.http_url())).await?;
    page.evaluate("document.querySelector('[data-testid=chip-ky-reused]').click()").await?;
    page.once("!location.search.includes('ky')").await?;
    let address = page.evaluate("return location.href").await?;
    let page = Page::open(browser, address.as_str().ok_or("no address")?).await?;
    assert_eq!(page.await_state(&["idle", "failed"]).await?, "idle");
    assert_eq!(page.value_once("n", "11").await?, "11");
    site.lab.stop().await;
    Ok(())
}

// In Chromium only: Firefox keeps what a test's script puts in place from the page's own scripts.
#[tokio::test(flavor = "multi_thread")]
async fn the_figures_can_be_taken_along_in_other_forms() -> Test {
    let site = Site::start().await?;
    let browser = Browser::start().await?;
    let page = Page::open(&browser, &format!("{}/?rounds=3&n=20&autorun", site.lab.http_url())).await?;
    assert_eq!(page.await_state(&["done", "failed"]).await?, "done");
    let report = page.report().await?;
    for (button, format) in [("download-csv", Format::Csv), ("download-hdr", Format::Hdr)] {
        page.evaluate(CATCH_DOWNLOAD).await?;
        page.click(button).await?;
        let saved = page.evaluate("return globalThis.caught").await?;
        assert_eq!(saved.as_str().ok_or("no file")?, export(&report, format, &[])?, "{format}");
    }
    page.evaluate(CATCH_COPY).await?;
    page.click("copy-markdown").await?;
    let copied = page.evaluate("return globalThis.caught").await?;
    assert_eq!(copied.as_str().ok_or("nothing copied")?, export(&report, Format::Markdown, &[])?);
    page.evaluate(CATCH_COPY).await?;
    page.click("copy-table").await?;
    let copied = page.evaluate("return globalThis.caught").await?;
    let lines: Vec<Vec<&str>> =
        copied.as_str().ok_or("nothing copied")?.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), report.variants.len() + 1);
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{lines:?}");
    let column = |name: &str| lines[0].iter().position(|head| *head == name).ok_or("no such column");
    for (line, row) in lines[1..].iter().zip(&report.variants) {
        assert_eq!(line[column("id")?], row.id);
        assert_eq!(line[column("ok")?], row.requests.ok.to_string());
        assert_eq!(line[column("thread")?], "worker");
    }
    browser.end().await?;
    site.lab.stop().await;
    Ok(())
}
