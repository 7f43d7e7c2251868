//! A chart's marks as SVG.

use fetchmark_core::{
    charts::{Align, COLOURS, Ink, Mark, Picture, svg::dashes},
    samples::timing::Phase,
};
use leptos::prelude::*;

/// The picture, as wide as its place. It is hidden from screen readers: whoever shows it says it in words.
#[component]
pub fn Marks(
    /// The layout.
    picture: Picture,
) -> impl IntoView {
    let view_box = format!("0 0 {} {}", picture.width as i32, picture.height as i32);
    view! {
        <svg class="picture" viewBox=view_box aria-hidden="true">
            {picture.marks.into_iter().map(mark).collect_view()}
        </svg>
    }
}

fn mark(mark: Mark) -> AnyView {
    match mark {
        Mark::Shape { ink, path } => {
            let dashes = match ink {
                Ink::Line(row) => Some(dashes(row)),
                _ => None,
            };
            view! { <path class=class(ink) d=path stroke-dasharray=dashes></path> }.into_any()
        }
        Mark::Words { x, y, align, is_soft, words } => {
            let class = if is_soft { "picture-figure" } else { "picture-words" };
            let anchor = match align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            view! { <text class=class x=x as i32 y=y as i32 text-anchor=anchor>{words}</text> }.into_any()
        }
    }
}

fn class(ink: Ink) -> String {
    let coloured = |class: &str, row: usize| format!("{class} colour-{}", row % COLOURS);
    match ink {
        Ink::Grid => "ink-grid".to_owned(),
        Ink::Dots(row) => coloured("ink-dots", row),
        Ink::Line(row) => coloured("ink-line", row),
        Ink::Interval(row) => coloured("ink-interval", row),
        Ink::Figure(_) | Ink::New => "ink-figure".to_owned(),
        Ink::Part(phase) => format!("ink-part part-{}", part(phase)),
        Ink::Whole => "ink-part part-whole".to_owned(),
        Ink::Failed => "ink-part part-failed".to_owned(),
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
