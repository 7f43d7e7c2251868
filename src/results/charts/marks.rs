use fetchmark_core::{
    charts::{Align, COLOURS, Mark, Picture, Style, svg::dashes},
    samples::timing::Phase,
};
use leptos::prelude::*;

/// The picture, as wide as its place. It is hidden from screen readers: whoever shows it says it in words.
#[component]
pub fn Marks(picture: Picture) -> impl IntoView {
    let view_box = format!("0 0 {} {}", picture.width as i32, picture.height as i32);
    view! {
        <svg class="picture" viewBox=view_box aria-hidden="true">
            {picture.marks.into_iter().map(mark).collect_view()}
        </svg>
    }
}

fn mark(mark: Mark) -> AnyView {
    match mark {
        Mark::Shape { style, path } => {
            let dashes = match style {
                Style::Line(row) => Some(dashes(row)),
                _ => None,
            };
            view! { <path class=class(style) d=path stroke-dasharray=dashes></path> }.into_any()
        }
        Mark::Text { x, y, align, is_muted, text } => {
            let class = if is_muted { "picture-figure" } else { "picture-words" };
            let anchor = match align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            view! { <text class=class x=x as i32 y=y as i32 text-anchor=anchor>{text}</text> }.into_any()
        }
    }
}

fn class(style: Style) -> String {
    let coloured = |class: &str, row: usize| format!("{class} colour-{}", row % COLOURS);
    match style {
        Style::Grid => "ink-grid".to_owned(),
        Style::Dots(row) => coloured("ink-dots", row),
        Style::Line(row) => coloured("ink-line", row),
        Style::Interval(row) => coloured("ink-interval", row),
        Style::Figure(_) | Style::New => "ink-figure".to_owned(),
        Style::Part(phase) => format!("ink-part part-{}", part(phase)),
        Style::Whole => "ink-part part-whole".to_owned(),
        Style::Failed => "ink-part part-failed".to_owned(),
    }
}

fn part(phase: Phase) -> &'static str {
    match phase {
        Phase::Queue => "queue",
        Phase::Dns => "dns",
        Phase::Connect => "connect",
        Phase::Tls => "tls",
        Phase::FirstByte => "first-byte",
        Phase::Download => "download",
        Phase::ClientOverhead => "client",
    }
}
