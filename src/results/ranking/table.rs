use crate::{results::ranking::layout::Group, text::text};
use leptos::prelude::*;

/// The rows of a group, in order.
pub type Rows = Box<dyn Fn(&Group) -> Vec<AnyView> + Send>;

/// The rows in their groups. Its roles are spelled out because it is laid out as a grid, and browsers then forget them.
#[component]
pub fn RankingTable(
    /// Names it in the document.
    test_id: &'static str,
    /// What its bars are.
    #[prop(into)]
    caption: ViewFn,
    /// Its columns, for screen readers.
    heads: Vec<&'static str>,
    groups: Vec<Group>,
    rows: Rows,
) -> impl IntoView {
    let text = text();
    let columns = heads.len().to_string();
    let heads = heads.into_iter().map(|head| view! { <th role="columnheader" scope="col">{head}</th> });
    let group = move |group: &Group| {
        view! {
            <tbody role="rowgroup">
                {group.level.as_ref().map(|level| view! {
                    <tr role="row" class="ranking-group">
                        <th role="rowheader" scope="rowgroup" colspan=columns.clone()>{(text.tag_word)(level)}</th>
                    </tr>
                })}
                {rows(group)}
            </tbody>
        }
    };
    view! {
        <table class="ranking" role="table" data-testid=test_id>
            <caption>{move || caption.run()}</caption>
            <thead class="unseen" role="rowgroup">
                <tr role="row">{heads.collect_view()}</tr>
            </thead>
            {move || groups.iter().map(&group).collect_view()}
        </table>
    }
}
