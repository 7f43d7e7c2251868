//! Fresh against reused, client by client, where the other comparisons do not tell.

use crate::{
    results::compared::ComparedTable,
    text::{Tag, text},
    ui::card::Card,
};
use fetchmark_core::report::Report;
use leptos::prelude::*;
use std::sync::Arc;

/// A row for each client that was measured both ways; nothing where the answer says it already.
#[component]
pub fn Lifecycles(report: Arc<Report>) -> impl IntoView {
    if report.lifecycles.is_empty() {
        return None;
    }
    let text = text();
    let words = &text.lifecycles;
    Some(view! {
        <Card id="lifecycles" title=words.title>
            <ComparedTable
                comparisons=report.lifecycles.clone()
                report
                caption=words.caption
                names=text.form.lifecycle.map(str::to_owned)
                ratio=words.ratio
                is_column=|tag| matches!(tag, Tag::Lifecycle(_))
                test_id="lifecycles"
            />
        </Card>
    })
}
