//! One round, request by request.

use crate::{
    reports::report_view::ReportView,
    results::charts::plot::{Plot, card, plot_body, table},
    text::{Labels, Text, text},
    ui::{
        el::{El, classed, el},
        numbers::{Numbers, decimals, numbers},
    },
};
use fetchmark_core::{
    example_round::{ExampleRound, RequestSpan},
    picture::{Frame, WaterfallWords, waterfall as drawn},
    timing::Phase,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The picture's name in the document and as a file.
const NAME: &str = "waterfall";

/// The last whole round of a variant that can be chosen; `None` where no variant has one.
pub fn waterfall(report: &Arc<ReportView>) -> Option<El> {
    let text = text();
    let has_round = |index: &usize| report.variants[*index].example.is_some();
    let there: Vec<usize> = (0..report.variants.len()).filter(has_round).collect();
    let chosen = RwSignal::new(*there.first()?);
    let labels = Labels::of(&report.variants);
    let choice = || {
        let options = there.iter().map(|index| {
            let index = *index;
            el("option")
                .set("value", &index.to_string())
                .bind("selected", move || (chosen.get() == index).then(String::new))
                .text(&labels.row(index, text))
        });
        classed("div", "field choose")
            .child(classed("label", "label").set("for", "waterfall-row").text(text.results.variant))
            .child(
                classed("select", "input")
                    .set("id", "waterfall-row")
                    .set("data-testid", "waterfall-row")
                    .on("change", move |event| {
                        if let Ok(index) = event_target_value(&event).parse() {
                            chosen.set(index);
                        }
                    })
                    .children(options),
            )
    };
    let choice = (there.len() > 1).then(choice);
    let report = report.clone();
    let body = move || {
        let round = report.variants.get(chosen.get())?.example.clone()?;
        Some(of_round(round))
    };
    Some(card(NAME, text.pictures.waterfall_title).children(choice).part(body))
}

fn of_round(round: ExampleRound) -> El {
    let text = text();
    let numbers = numbers();
    let round = Arc::new(round);
    let words = words(text);
    let longest = round.requests.iter().map(|request| request.ended_ms).fold(0.0, f64::max);
    let decimals = decimals([longest]).max(1);
    let (_, by_connection) =
        drawn(&round.requests, &words, Frame { width: 600.0, write: &|_, _| String::new() });
    let shown = numbers.count(round.requests.len() as u64);
    let block = numbers.count(u64::from(round.block) + 1);
    let about = if by_connection { text.pictures.by_connection } else { text.pictures.by_request };
    let caption = (text.pictures.waterfall_caption)(&block, &shown, &numbers.count(round.issued), about);
    let plot = Plot {
        name: NAME,
        title: text.pictures.waterfall_title,
        summary: caption.clone(),
        draw: {
            let round = round.clone();
            Arc::new(move |frame| drawn(&round.requests, &words, frame).0)
        },
        tip: {
            let round = round.clone();
            Arc::new(move |_, item| {
                round
                    .requests
                    .get(item)
                    .map(|request| tip(item, request, decimals, numbers, text))
                    .unwrap_or_default()
            })
        },
    };
    plot_body(plot, &caption, text.pictures.waterfall_table, move || filled(&round, decimals))
}

fn words(text: &Text) -> WaterfallWords {
    let phase = |phase| (text.results.phase)(phase).to_owned();
    WaterfallWords {
        queue: text.pictures.before_wire.to_owned(),
        first_byte: phase(Phase::FirstByte),
        download: phase(Phase::Download),
        client: phase(Phase::ClientOverhead),
        whole: text.pictures.whole.to_owned(),
        failed: text.pictures.failed.to_owned(),
        new: text.results.labels[0].to_owned(),
    }
}

fn tip(item: usize, request: &RequestSpan, decimals: u8, numbers: Numbers, text: &Text) -> String {
    let number = numbers.count(item as u64 + 1);
    let [due, ended] = [request.due_ms, request.ended_ms].map(|ms| numbers.fixed(ms, decimals));
    let connection = (text.pictures.label)(request.connection);
    (text.pictures.request)(&number, &due, &ended, connection, (text.pictures.outcome)(request.outcome))
}

fn filled(round: &ExampleRound, decimals: u8) -> El {
    let text = text();
    let numbers = numbers();
    let heads = [
        text.pictures.request_number,
        text.pictures.due,
        text.pictures.wire,
        text.pictures.first_byte,
        text.pictures.last_byte,
        text.pictures.ended,
        text.results.connections,
        text.pictures.socket,
        text.pictures.outcome_head,
    ];
    let rows = round.requests.iter().enumerate().map(|(index, request)| {
        let ms = |ms: Option<f64>| ms.map_or_else(|| "–".to_owned(), |ms| numbers.fixed(ms, decimals));
        let cells = vec![
            ms(Some(request.due_ms)),
            ms(request.wire_ms),
            ms(request.first_byte_ms),
            ms(request.last_byte_ms),
            ms(Some(request.ended_ms)),
            (text.pictures.label)(request.connection).to_owned(),
            request.socket.map_or_else(|| "–".to_owned(), |socket| socket.to_string()),
            (text.pictures.outcome)(request.outcome).to_owned(),
        ];
        (el("th").text(&numbers.count(index as u64 + 1)), cells)
    });
    let caption = format!("{} ({})", text.pictures.waterfall_title, text.results.ms);
    table(&caption, heads.map(|head| el("th").text(head)).into(), rows).set("data-testid", "waterfall")
}
