//! Targets compared: each row with the same row of the first target, and all rows together.

use crate::{
    results::compared::ComparedTable,
    text::{Tag, text},
    ui::card::Card,
};
use fetchmark_core::{compare::TargetComparison, report::Report};
use leptos::prelude::*;
use std::sync::Arc;

/// A table for each target after the first; nothing where there is one target.
#[component]
pub fn Targets(report: Arc<Report>) -> impl IntoView {
    if report.targets.is_empty() {
        return None;
    }
    let words = &text().targets;
    let table = |TargetComparison { overall, rows }: &TargetComparison| {
        let (name, first) = (&overall.candidate, &overall.baseline);
        view! {
            <ComparedTable
                report=report.clone()
                comparisons=rows.clone()
                caption=(words.caption)(name, first)
                names=[first.clone(), name.clone()]
                ratio=(words.ratio)(name, first)
                is_column=|tag| matches!(tag, Tag::Target(_))
                // One row says it by itself.
                overall=(rows.len() > 1).then(|| (words.overall, overall.clone()))
                test_id="targets"
            />
        }
    };
    let tables = report.targets.iter().map(table).collect_view();
    Some(view! { <Card id="targets" title=words.title>{tables}</Card> })
}
