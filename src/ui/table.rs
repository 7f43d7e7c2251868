//! Tables that any room may show.

use leptos::prelude::*;

/// A region that scrolls sideways, also by keyboard, so that the page never does.
#[component]
pub fn ScrollRegion(
    /// Its name for screen readers.
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    view! { <div class="scroll" role="region" tabindex="0" aria-label=label>{children()}</div> }
}

/// A plain table: a caption, the heads of its columns, and rows whose first cell is their head.
#[component]
pub fn DataTable(
    #[prop(into)] caption: String,
    heads: Vec<AnyView>,
    /// Each row's head and its other cells.
    rows: Vec<(AnyView, Vec<String>)>,
    #[prop(optional)] test_id: Option<&'static str>,
) -> impl IntoView {
    let row = |(head, cells): (AnyView, Vec<String>)| {
        let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view();
        view! { <tr><th scope="row">{head}</th>{cells}</tr> }
    };
    view! {
        <table data-testid=test_id>
            <caption>{caption}</caption>
            <thead>
                <tr>{heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// A figure that names its column, for tables that narrow screens lay out as cards.
#[component]
pub fn Cell(
    /// The column's head.
    #[prop(into)]
    label: String,
    #[prop(into)] value: String,
    /// Its look.
    #[prop(optional)]
    class: Option<&'static str>,
    #[prop(optional)] test_id: Option<&'static str>,
) -> impl IntoView {
    view! { <td role="cell" class=class data-label=label data-testid=test_id>{value}</td> }
}
