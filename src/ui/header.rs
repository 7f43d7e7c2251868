//! Who this is, in one line.

use crate::{
    js,
    text::text,
    ui::el::{El, classed, el},
};

/// The side of the logo, in CSS pixels.
const LOGO_SIZE: &str = "32";

/// The wordmark and the promise.
pub fn header() -> El {
    let text = text();
    let logo = classed("img", "logo")
        .set("src", &icon())
        .set("alt", "")
        .set("width", LOGO_SIZE)
        .set("height", LOGO_SIZE);
    classed("header", "masthead")
        .child(classed("h1", "wordmark").child(logo).child(el("span").text(text.name)))
        .child(classed("p", "promise").text(text.promise))
}

/// The document's own icon: a page in one file has no second one beside it.
fn icon() -> String {
    let link = js::document().and_then(|document| document.query_selector("link[rel=icon]").ok().flatten());
    link.and_then(|link| link.get_attribute("href")).unwrap_or_default()
}
