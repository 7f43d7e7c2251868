//! Tables that any room may show.

use leptos::prelude::*;

/// A region that scrolls sideways, also by keyboard, so that the page never does.
#[component]
pub fn ScrollRegion(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <div class="scroll" role="region" tabindex="0" aria-label=label>{children()}</div> }
}

/// A plain table: a caption, the heads of its columns, and rows whose first cell is their head.
#[component]
pub fn DataTable(
    #[prop(into)] caption: String,
    heads: Vec<AnyView>,
    /// Each row's head and its other cells.
    rows: Vec<(AnyView, Vec<String>)>,
    test_id: String,
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

/// Figures in a region that scrolls sideways: the heads of the columns, and rows whose first cell is their head. Narrow screens lay it out
/// as cards, and browsers then forget what is a table's: its roles are spelled out.
#[component]
pub fn FiguresTable(
    #[prop(into)] caption: String,
    heads: Vec<String>,
    /// Each row's head and its other cells.
    rows: Vec<(AnyView, Vec<String>)>,
    test_id: &'static str,
) -> impl IntoView {
    let head = |(place, head): (usize, &String)| {
        let class = (place == 0).then_some("row-label");
        view! { <th role="columnheader" scope="col" class=class>{head.clone()}</th> }
    };
    let row = |(head, cells): (AnyView, Vec<String>)| {
        let cells = heads
            .iter()
            .skip(1)
            .zip(cells)
            .map(|(label, value)| view! { <Cell label=label.clone() value /> });
        view! {
            <tr role="row">
                <th role="rowheader" scope="row" class="row-label">{head}</th>
                {cells.collect_view()}
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <ScrollRegion label=caption.clone()>
            <table class="figures" role="table" data-testid=test_id>
                <caption>{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">{heads.iter().enumerate().map(head).collect_view()}</tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </ScrollRegion>
    }
}

/// A figure that names its column, for tables that narrow screens lay out as cards.
#[component]
pub fn Cell(
    /// The column's head.
    #[prop(into)]
    label: String,
    #[prop(into)] value: String,
    #[prop(optional)] class: Option<&'static str>,
    #[prop(optional)] test_id: Option<&'static str>,
) -> impl IntoView {
    view! { <td role="cell" class=class data-label=label data-testid=test_id>{value}</td> }
}
