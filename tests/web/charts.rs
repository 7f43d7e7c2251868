//! Charts of a report.

use crate::support::{FakeEngine, Page, browser};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn every_picture_tells_its_figures_by_keyboard_and_as_a_table() {
    let page = Page::open("?url=/x&preset=concurrency&n=20&rounds=6&autorun", FakeEngine::measuring()).await;
    assert_eq!(page.settled_state().await, "done");
    let pictures = page.elements(".plot-canvas");
    assert!(pictures.len() >= 5, "a picture of each kind: {}", pictures.len());
    for canvas in pictures {
        let name = canvas.get_attribute("data-testid").unwrap();
        let figure = canvas.closest("figure").unwrap().unwrap();
        let told = || figure.query_selector(".plot-tip").unwrap().unwrap().text_content().unwrap();
        assert_eq!(told(), "", "{name}");
        browser::press(&canvas, "ArrowRight");
        page.until(&format!("a figure of {name}"), || !told().is_empty()).await;
        let fold = canvas.closest(".card").unwrap().unwrap().query_selector("details.fold").unwrap().unwrap();
        let has_rows = || fold.query_selector("table tbody tr").unwrap().is_some();
        assert!(!has_rows(), "{name}");
        fold.set_attribute("open", "").unwrap();
        page.until(&format!("a table of {name}"), has_rows).await;
    }
}
