//! A chart and what belongs to it: the same in words, figures by pointer and by keyboard, the table behind it, and the chart as
//! a file.

use crate::{
    js,
    results::charts::marks::Marks,
    text::{numbers, text},
    ui::{
        card::{Card, Fold},
        files,
        table::{DataTable, ScrollRegion},
    },
};
use fetchmark_core::charts::{Frame, Picture, Point, svg};
use leptos::{
    ev::{self, KeyboardEvent, PointerEvent},
    html,
    prelude::*,
};
use std::sync::Arc;
use web_sys::Element;

/// The width a chart is drawn for until its place is known, and as a file, in px.
const USUAL_WIDTH: f64 = 760.0;

/// Lays the chart out for a width.
pub type Draw = Arc<dyn Fn(Frame<'_>) -> Picture + Send + Sync>;
/// The figure of a row's item in words.
pub type Tip = Arc<dyn Fn(usize, usize) -> String + Send + Sync>;

/// A table's heads, and each row's head and its other cells.
pub type Figures = (Vec<AnyView>, Vec<(AnyView, Vec<String>)>);

/// What there is to draw, and the same in words and figures.
pub struct ChartData {
    pub caption: String,
    pub summary: String,
    pub draw: Draw,
    pub tip: Tip,
    pub table_title: &'static str,
    /// The table is filled only when unfolded, for a thousand rounds are a thousand rows.
    pub figures: Box<dyn Fn() -> Figures + Send + Sync>,
}

/// A chart in a card of its own.
#[component]
pub fn ChartCard(
    /// Names it in the document and as a file.
    name: &'static str,
    title: &'static str,
    data: ChartData,
) -> impl IntoView {
    view! {
        <Card id=name title unit=text().results.ms>
            <Chart name title data />
        </Card>
    }
}

/// The chart with its caption, and its figures as a folded table.
#[component]
pub fn Chart(name: &'static str, title: &'static str, data: ChartData) -> impl IntoView {
    let ChartData { caption, summary, draw, tip, table_title, figures } = data;
    let unit = text().results.ms;
    let is_open = RwSignal::new(false);
    let unfolded = move || {
        is_open.get().then(|| {
            let (heads, rows) = figures();
            // Named after the chart: two charts of one kind may stand on the page.
            view! {
                <ScrollRegion label=title>
                    <DataTable caption=format!("{title} ({unit})") heads rows test_id=format!("{name}-figures") />
                </ScrollRegion>
            }
        })
    };
    view! {
        <p class="caption">{caption}</p>
        <Plot name title summary draw tip />
        <Fold summary=table_title open=is_open>{unfolded}</Fold>
    }
}

#[component]
fn Plot(name: &'static str, title: &'static str, summary: String, draw: Draw, tip: Tip) -> impl IntoView {
    let text = text();
    let id = format!("plot-{name}");
    let canvas = NodeRef::<html::Div>::new();
    let width = width_of(canvas);
    let picture = Memo::new({
        let draw = draw.clone();
        move |_| drawn(&draw, width.get())
    });
    let current = RwSignal::new(None::<usize>);
    let point = move || picture.with(|picture| picture.points.get(current.get()?).copied());
    let show = move |event: PointerEvent| {
        if let Some(canvas) = canvas.get_untracked() {
            current.set(picture.with_untracked(|picture| nearest(picture, &canvas, &event)));
        }
    };
    let step = move |event: KeyboardEvent| {
        let count = picture.with_untracked(|picture| picture.points.len());
        if let Some(next) = stepped(current.get_untracked(), count, &event.key()) {
            event.prevent_default();
            current.set(next);
        }
    };
    let file = StoredValue::new(move || svg::standalone(&drawn(&draw, USUAL_WIDTH), title));
    // Neither can fail in a browser that runs WebAssembly and draws canvases.
    let save_svg = move |_| {
        let name = format!("fetchmark-{name}.svg");
        drop(files::save_text(&file.with_value(|file| file()), &name, "image/svg+xml"));
    };
    let save_png = move |_| {
        let svg = file.with_value(|file| file());
        js::spawn(async move { drop(files::save_png(svg, format!("fetchmark-{name}.png")).await) });
    };
    view! {
        <figure class="plot">
            // An application, for an image's keys are the screen reader's own.
            <div
                node_ref=canvas
                class="plot-canvas"
                id=id.clone()
                role="application"
                tabindex="0"
                aria-label=summary
                aria-description=text.charts.keys
                data-testid=id
                on:pointermove=show
                on:pointerdown=show
                on:pointerleave=move |event| {
                    // A finger that is lifted leaves, too; what it touched stays shown.
                    if event.pointer_type() == "mouse" {
                        current.set(None);
                    }
                }
                on:blur=move |_| current.set(None)
                on:keydown=step
            >
                {move || view! { <Marks picture=picture.get() /> }}
                {move || point().map(|point| view! { <Ring point height=picture.with(|picture| picture.height) /> })}
            </div>
            <div class="plot-foot">
                <p class="plot-tip" role="status" data-testid="plot-tip">
                    {move || point().map(|point| tip(point.row, point.item))}
                </p>
                <div class="plot-files">
                    <button type="button" class="text-button" data-testid=format!("{name}-svg") on:click=save_svg>
                        {text.charts.svg}
                    </button>
                    <button type="button" class="text-button" data-testid=format!("{name}-png") on:click=save_png>
                        {text.charts.png}
                    </button>
                </div>
            </div>
        </figure>
    }
}

/// A ring around a point, wherever the chart is stretched to.
#[component]
fn Ring(point: Point, height: f64) -> impl IntoView {
    let top = (point.y / height * 1_000.0).round() / 10.0;
    view! {
        <div
            class="plot-ring"
            style:left=format!("{}px", point.x as i32)
            style:top=format!("{top}%")
        ></div>
    }
}

fn drawn(draw: &Draw, width: f64) -> Picture {
    draw(Frame { width, write: &|value, decimals| numbers::fixed(value, decimals) })
}

/// The width of the chart's place, once there is one, and again when the window changes.
fn width_of(place: NodeRef<html::Div>) -> ReadSignal<f64> {
    let (width, set_width) = signal(USUAL_WIDTH);
    let measure = move || {
        let found = place.get().map_or(0.0, |place| f64::from(place.client_width()));
        if found > 0.0 && width.get_untracked() != found {
            set_width.set(found);
        }
    };
    Effect::new(measure);
    let resized = window_event_listener(ev::resize, move |_| untrack(measure));
    on_cleanup(move || resized.remove());
    width
}

fn nearest(picture: &Picture, canvas: &Element, event: &PointerEvent) -> Option<usize> {
    let canvas = canvas.get_bounding_client_rect();
    let scale = picture.width / canvas.width().max(1.0);
    let x = (f64::from(event.client_x()) - canvas.left()) * scale;
    let y = (f64::from(event.client_y()) - canvas.top()) * scale;
    let distance = |point: &Point| (point.x - x).hypot(point.y - y);
    let points = picture.points.iter().enumerate();
    points.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b))).map(|(index, _)| index)
}

/// Where a key leads; `None` if it leads nowhere.
fn stepped(current: Option<usize>, count: usize, key: &str) -> Option<Option<usize>> {
    let last = count.checked_sub(1)?;
    Some(match (key, current) {
        ("ArrowRight" | "ArrowDown", None) | ("Home", _) => Some(0),
        ("ArrowRight" | "ArrowDown", Some(at)) => Some((at + 1).min(last)),
        ("ArrowLeft" | "ArrowUp", at) => Some(at.map_or(last, |at| at.saturating_sub(1))),
        ("End", _) => Some(last),
        ("Escape", Some(_)) => None,
        _ => return None,
    })
}
