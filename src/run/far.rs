//! The lab's door that seems to be far away, where the lab beside the page has one.

use crate::{
    js, json,
    run::{
        lab::{self, LAB_COLD},
        url_check::is_local,
    },
};
use fetchmark_core::{report::Distance, scenario::Scenario};
use js_sys::Promise;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::Url;

/// The door.
#[derive(Clone, Debug, PartialEq)]
pub struct Far {
    pub distance: Distance,
    /// As in `http://localhost:8081`; over TLS where the page is.
    origin: String,
}

thread_local! {
    // Requested once per page.
    static ASKED: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Asks the lab beside the page; `None` where it has no such door.
pub async fn find() -> Option<Far> {
    let ask = || future_to_promise(async { Ok(offer().await.map_or(JsValue::NULL, JsValue::from)) });
    let answer = ASKED.with_borrow_mut(|asked| asked.get_or_insert_with(ask).clone());
    let offer = json::value(&JsFuture::from(answer).await.ok()?.as_string()?);
    let is_secure = js::base_uri().starts_with("https:");
    let origin = js::property(&offer, if is_secure { "https" } else { "http" })?.as_string()?;
    Some(Far { distance: json::read(&offer).ok()?, origin })
}

async fn offer() -> Option<String> {
    lab::answer(&Url::new_with_base(lab::FAR, &js::base_uri()).ok()?.href()).await
}

impl Far {
    /// The address there for one on the lab beside the page.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether an address is there.
    pub fn has(&self, address: &str) -> bool {
        address.strip_prefix(&*self.origin).is_some_and(|path| path.starts_with('/'))
    }

    /// Where it closes its connections.
    pub fn closing(&self) -> String {
        self.address(LAB_COLD)
    }
}

/// How far away the targets of a run were: asked only after it, and only where one of them may be there.
pub async fn of_run(scenario: &Scenario) -> Option<Distance> {
    let page = Url::new(&js::base_uri()).ok().filter(|page| is_local(&page.hostname()))?;
    let targets = scenario.all_targets();
    let may_be_there =
        |url: &str| Url::new(url).is_ok_and(|url| is_local(&url.hostname()) && url.origin() != page.origin());
    if !targets.iter().any(|target| may_be_there(&target.url)) {
        return None;
    }
    let far = find().await?;
    targets.iter().any(|target| far.has(&target.url)).then_some(far.distance)
}
