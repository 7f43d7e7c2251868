//! A picture's marks as elements of SVG.

use crate::ui::el::attribute;
use fetchmark_core::{
    picture::{Align, COLOURS, Ink, Mark, Picture, svg::dashes},
    timing::Phase,
};
use leptos::{prelude::*, svg, tachys::html::attribute::any_attribute::AnyAttribute};

/// The picture, as wide as its place. It is hidden from screen readers: whoever shows it says it in words.
pub fn marks(picture: &Picture) -> AnyView {
    let view_box = format!("0 0 {} {}", picture.width as i32, picture.height as i32);
    let attributes = vec![
        attribute("class", "picture"),
        attribute("viewBox", &view_box),
        attribute("aria-hidden", "true"),
    ];
    let children: Vec<AnyView> = picture.marks.iter().map(mark).collect();
    svg::svg().add_any_attr(attributes).child(children).into_any()
}

fn mark(mark: &Mark) -> AnyView {
    match mark {
        Mark::Shape { ink, path } => {
            let mut attributes = vec![attribute("class", &class(*ink)), attribute("d", path)];
            if let Ink::Line(row) = ink {
                attributes.push(attribute("stroke-dasharray", dashes(*row)));
            }
            svg::path().add_any_attr(attributes).into_any()
        }
        Mark::Words { x, y, align, is_soft, words } => {
            let anchor = match align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            let attributes: Vec<AnyAttribute> = vec![
                attribute("class", if *is_soft { "picture-figure" } else { "picture-words" }),
                attribute("x", &(*x as i32).to_string()),
                attribute("y", &(*y as i32).to_string()),
                attribute("text-anchor", anchor),
            ];
            svg::text().add_any_attr(attributes).child(words.clone()).into_any()
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
