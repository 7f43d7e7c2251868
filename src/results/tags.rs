//! A row's label: what tells it from the others.

use crate::{
    text::{Tag, text},
    ui::el::{El, classed},
};

/// The client's name first and strongest, the other factors as tags.
pub fn tags(tags: &[Tag]) -> Vec<El> {
    let text = text();
    let mut words = Vec::new();
    for tag in tags {
        if !words.is_empty() {
            // The comma is for copying and for screen readers; the eye sees the tags apart.
            words.push(classed("span", "unseen").text(text.comma));
        }
        let class = if matches!(tag, Tag::Client(..)) { "tag tag-client" } else { "tag" };
        words.push(classed("span", class).text(&(text.tag_word)(tag)));
    }
    words
}
