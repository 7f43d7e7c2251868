//! A choice of one among several.

use leptos::prelude::*;

#[component]
pub fn Select(
    /// Its id, which its label refers to, and its `data-testid`.
    id: &'static str,
    /// What there is to choose from: the value, and what the person reads.
    options: Vec<(String, String)>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_choose: Callback<String>,
    /// The id of what describes it.
    #[prop(optional)]
    described_by: Option<&'static str>,
) -> impl IntoView {
    // A select takes its value from its options: they are there after it.
    let option = move |(option, label): (String, String)| {
        view! { <option value=option.clone() prop:selected=move || value.get() == option>{label}</option> }
    };
    view! {
        <select
            class="input"
            id=id
            data-testid=id
            aria-describedby=described_by
            on:change=move |event| on_choose.run(event_target_value(&event))
        >
            {options.into_iter().map(option).collect_view()}
        </select>
    }
}
