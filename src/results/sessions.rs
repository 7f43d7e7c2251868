//! The sessions of a merged report: what is merged how, which they were, and what each row took in them.

use crate::{
    text::{Labels, Sessions, Table, sessions, text},
    ui::{
        card::{Card, Fold},
        table::FiguresTable,
    },
};
use fetchmark_core::report::Report;
use leptos::prelude::*;
use std::sync::Arc;

/// The card; nothing where one browser measured.
#[component]
pub fn SessionsCard(report: Arc<Report>) -> impl IntoView {
    let text = text();
    let Sessions { summary, common_time, medians, list } =
        sessions(&report, &Labels::of(&report.variants), text)?;
    let table = |Table { title, heads, rows }: Table, test_id| {
        let row = |mut cells: Vec<String>| (cells.remove(0).into_any(), cells);
        let rows = rows.into_iter().map(row).collect();
        view! { <FiguresTable caption=title.trim_end_matches(':') heads rows test_id /> }
    };
    Some(view! {
        <Card id="sessions" title=text.sessions.title test_id="sessions">
            <p class="caption">{summary}</p>
            {common_time.map(|line| view! { <p class="caption" data-testid="common-time">{line}</p> })}
            <Fold summary=text.sessions.table>
                {table(medians, "session-medians")} {table(list, "session-list")}
            </Fold>
        </Card>
    })
}
