//! A picture with what belongs to each: words for who does not see it, figures by pointer and by keyboard, the table behind it,
//! and the picture as a file.

use crate::{
    js,
    results::charts::marks,
    results::table::scrollable,
    text::text,
    ui::{
        el::{El, classed, el},
        files,
        numbers::{Numbers, numbers},
    },
};
use fetchmark_core::picture::{Frame, Picture, Point, svg};
use leptos::{ev::Event, prelude::*, task::tick};
use std::{ops::Deref, sync::Arc};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// The width a picture is drawn for until its place is known, and as a file, in px.
const USUAL_WIDTH: f64 = 760.0;

/// Draws the picture for a width.
type Draw = Arc<dyn Fn(Frame<'_>) -> Picture + Send + Sync>;
/// The figure of a row's item in words.
type Tip = Arc<dyn Fn(usize, usize) -> String + Send + Sync>;

/// A picture and what belongs to it.
pub struct Plot {
    /// Its name in the document and as a file.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub title: &'static str,
    /// The picture in words.
    pub summary: String,
    /// Draws it.
    pub draw: Draw,
    /// The figure of a row's item.
    pub tip: Tip,
}

/// The picture in its place.
fn plot(plot: Plot) -> El {
    let text = text();
    let numbers = numbers();
    let Plot { name, title, summary, draw, tip } = plot;
    let id = format!("plot-{name}");
    let width = width_of(id.clone());
    let picture = Memo::new({
        let draw = draw.clone();
        move |_| drawn(&draw, width.get(), numbers)
    });
    let current = RwSignal::new(None::<usize>);
    let show = move |event: &Event| current.set(picture.with_untracked(|picture| nearest(picture, event)));
    let point = move || picture.with(|picture| current.get().and_then(|at| picture.points.get(at).copied()));
    let canvas = classed("div", "plot-canvas")
        .set("id", &id)
        // An image's keys are the screen reader's own.
        .set("role", "application")
        .set("tabindex", "0")
        .set("aria-label", &summary)
        .set("aria-description", text.pictures.keys)
        .set("data-testid", &id)
        .on("pointermove", move |event| show(&event))
        .on("pointerdown", move |event| show(&event))
        .on("pointerleave", move |event| {
            // A finger that is lifted leaves, and has shown what it was put on.
            if js::property(&event, "pointerType").is_some_and(|kind| kind == "mouse") {
                current.set(None);
            }
        })
        .on("blur", move |_| current.set(None))
        .on("keydown", move |event| {
            let count = picture.with_untracked(|picture| picture.points.len());
            if let Some(next) = stepped(current.get_untracked(), count, &event) {
                event.prevent_default();
                current.set(next);
            }
        })
        .part(move || Some(classed("div", "bare").view(picture.with(marks::marks))))
        .part(move || {
            Some(at(classed("div", "plot-ring"), point()?, picture.with(|picture| picture.height)))
        });
    let words = move || point().map_or_else(String::new, |point| tip(point.row, point.item));
    let told = classed("p", "plot-tip").set("role", "status").set("data-testid", "plot-tip").words(words);
    let file = move || svg::standalone(&drawn(&draw, USUAL_WIDTH, numbers), title);
    let as_pixels = file.clone();
    // Neither can fail in a browser that runs WebAssembly and draws canvases.
    let save_svg =
        move |_| drop(files::save_text(&file(), &format!("fetchmark-{name}.svg"), "image/svg+xml"));
    let save_png = move |_| {
        let svg = as_pixels();
        js::spawn(async move { drop(files::save_png(svg, format!("fetchmark-{name}.png")).await) });
    };
    let button = |test_id: &str, word: &str| {
        classed("button", "text-button").set("type", "button").set("data-testid", test_id).text(word)
    };
    let foot = classed("div", "plot-foot").child(told).child(
        classed("div", "plot-files")
            .child(button(&format!("{name}-svg"), text.pictures.svg).on("click", save_svg))
            .child(button(&format!("{name}-png"), text.pictures.png).on("click", save_png)),
    );
    classed("figure", "plot").child(canvas).child(foot)
}

/// A card with a picture: title, unit, what it shows, the picture and the table behind it.
pub fn plot_card(
    shown: Plot,
    caption: &str,
    table_title: &'static str,
    table: impl Fn() -> El + Send + 'static,
) -> El {
    card(shown.name, shown.title).child(plot_body(shown, caption, table_title, table))
}

/// A card for a picture of times, with its title.
pub fn card(name: &str, title: &str) -> El {
    let title_id = format!("{name}-title");
    let unit = classed("span", "unit").text(text().results.ms);
    classed("section", "card")
        .set("aria-labelledby", &title_id)
        .child(el("h2").set("id", &title_id).text(title).text(" ").child(unit))
}

/// What stands in such a card.
pub fn plot_body(
    shown: Plot,
    caption: &str,
    table_title: &'static str,
    table: impl Fn() -> El + Send + 'static,
) -> El {
    let title = shown.title;
    classed("div", "bare")
        .child(classed("p", "caption").text(caption))
        .child(plot(shown))
        .child(folded_table(title, table_title, table))
}

/// A table behind a picture: folded, and filled only when unfolded, for a thousand rounds are a thousand rows. What scrolls has the
/// picture's name: two pictures of one kind may stand on the page.
fn folded_table(picture: &'static str, title: &'static str, table: impl Fn() -> El + Send + 'static) -> El {
    let is_open = RwSignal::new(false);
    let on_toggle = move |event: Event| {
        let details = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        is_open.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    classed("details", "fold")
        .on("toggle", on_toggle)
        .child(el("summary").text(title))
        .part_if(move || is_open.get(), move || scrollable().set("aria-label", picture).child(table()))
}

/// A table of such rows: a caption, heads, and rows whose first cell is their head.
pub fn table(caption: &str, heads: Vec<El>, rows: impl IntoIterator<Item = (El, Vec<String>)>) -> El {
    let rows = rows.into_iter().map(|(head, cells)| {
        el("tr").child(head.set("scope", "row")).children(cells.iter().map(|cell| el("td").text(cell)))
    });
    let heads = heads.into_iter().map(|head| head.set("scope", "col"));
    el("table")
        .child(el("caption").text(caption))
        .child(el("thead").child(el("tr").children(heads)))
        .child(el("tbody").children(rows))
}

fn drawn(draw: &Draw, width: f64, numbers: Numbers) -> Picture {
    draw.deref()(Frame { width, write: &|value, decimals| numbers.fixed(value, decimals) })
}

/// The width of the picture's place, once there is one, and again when the window changes.
fn width_of(id: String) -> RwSignal<f64> {
    let width = RwSignal::new(USUAL_WIDTH);
    let measure = move || {
        let place = js::document().and_then(|document| document.get_element_by_id(&id));
        if let Some(place) = place.filter(|place| place.client_width() > 0) {
            let found = f64::from(place.client_width());
            if width.try_get_untracked().is_some_and(|width| width != found) {
                width.try_set(found);
            }
        }
    };
    let resized = {
        let measure = measure.clone();
        window_event_listener_untyped("resize", move |_| measure())
    };
    on_cleanup(move || resized.remove());
    js::spawn(async move {
        tick().await;
        measure();
    });
    width
}

/// A mark over the picture at a point, wherever the picture is stretched to.
fn at(mark: El, point: Point, height: f64) -> El {
    let top = point.y / height * 100.0;
    mark.style("left", format!("{}px", point.x as i32))
        .style("top", format!("{}%", (top * 10.0).round() / 10.0))
}

/// The point nearest to the pointer.
fn nearest(picture: &Picture, event: &Event) -> Option<usize> {
    let number = |name: &str| js::property(event, name).and_then(|value| value.as_f64());
    let canvas = event.current_target()?.dyn_into::<Element>().ok()?.get_bounding_client_rect();
    let (x, y) = (number("clientX")? - canvas.left(), number("clientY")? - canvas.top());
    let scale = picture.width / canvas.width().max(1.0);
    let distance = |point: &Point| (point.x - x * scale).hypot(point.y - y * scale);
    let points = picture.points.iter().enumerate();
    points.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b))).map(|(index, _)| index)
}

/// Where a key leads; `None` if it leads nowhere.
fn stepped(current: Option<usize>, count: usize, event: &JsValue) -> Option<Option<usize>> {
    let last = count.checked_sub(1)?;
    let key = js::property(event, "key")?.as_string()?;
    Some(match (key.as_str(), current) {
        ("ArrowRight" | "ArrowDown", None) | ("Home", _) => Some(0),
        ("ArrowRight" | "ArrowDown", Some(at)) => Some((at + 1).min(last)),
        ("ArrowLeft" | "ArrowUp", at) => Some(at.map_or(last, |at| at.saturating_sub(1))),
        ("End", _) => Some(last),
        ("Escape", Some(_)) => None,
        _ => return None,
    })
}
