//! One round, request by request.

use crate::{
    results::charts::chart::{Chart, ChartData, Figures},
    text::{Labels, Text, numbers, text},
    ui::{card::Card, field::Field, select::Select},
};
use fetchmark_core::{
    charts::{Frame, WaterfallLabels, waterfall as drawn},
    report::Report,
    samples::{
        example_round::{ExampleRound, RequestSpan},
        timing::Phase,
    },
};
use leptos::prelude::*;
use std::sync::Arc;

const ROW: &str = "waterfall-row";

/// Whether any row has a round to show.
pub fn has_data(report: &Report) -> bool {
    report.variants.iter().any(|variant| variant.example_round.is_some())
}

/// The last whole round of a variant that can be chosen; nothing where no variant has one.
#[component]
pub fn Waterfall(report: Arc<Report>, name: &'static str, title: &'static str) -> impl IntoView {
    let text = text();
    let labels = Labels::of(&report.variants);
    let there = (0..report.variants.len()).filter(|&row| report.variants[row].example_round.is_some());
    let chosen = RwSignal::new(there.clone().next()?);
    let options: Vec<_> = there.map(|row| (row.to_string(), labels.row(row, text))).collect();
    let choose = move |row: String| {
        if let Ok(row) = row.parse() {
            chosen.set(row);
        }
    };
    let choice = (options.len() > 1).then(|| {
        view! {
            <Field id=ROW label=text.results.variant class="field choose">
                <Select id=ROW options value=move || chosen.get().to_string() on_choose=choose />
            </Field>
        }
    });
    let round = move || report.variants.get(chosen.get()).and_then(|variant| variant.example_round.clone());
    Some(view! {
        <Card id=name title unit=text.results.ms>
            {choice}
            {move || round().map(|round| view! { <Chart name title data=chart(round) /> })}
        </Card>
    })
}

fn chart(round: ExampleRound) -> ChartData {
    let text = text();
    let round = Arc::new(round);
    let words = words(text);
    let longest = round.requests.iter().map(|request| request.ended_ms).fold(0.0, f64::max);
    let decimals = numbers::decimals([longest]).max(1);
    let (_, by_connection) =
        drawn(&round.requests, &words, Frame { width: 600.0, write: &|_, _| String::new() });
    let shown = numbers::count(round.requests.len() as u64);
    let block = numbers::count(u64::from(round.block) + 1);
    let about = if by_connection { text.charts.by_connection } else { text.charts.by_request };
    let caption = (text.charts.waterfall_caption)(&block, &shown, &numbers::count(round.issued), about);
    let draw = {
        let round = round.clone();
        Arc::new(move |frame: Frame<'_>| drawn(&round.requests, &words, frame).0)
    };
    let tip = {
        let round = round.clone();
        Arc::new(move |_, item| {
            let request = round.requests.get(item);
            request.map(|request| tip(item, request, decimals, text)).unwrap_or_default()
        })
    };
    ChartData {
        caption: caption.clone(),
        summary: caption,
        draw,
        tip,
        table_title: text.charts.waterfall_table,
        figures: Box::new(move || figures(&round, decimals)),
    }
}

fn words(text: &Text) -> WaterfallLabels {
    let phase = |phase| (text.charts.phase)(phase).to_owned();
    WaterfallLabels {
        queue: text.charts.before_wire.to_owned(),
        first_byte: phase(Phase::FirstByte),
        download: phase(Phase::Download),
        client: phase(Phase::ClientOverhead),
        whole: text.charts.whole.to_owned(),
        failed: text.charts.failed.to_owned(),
        new: text.results.labels[0].to_owned(),
    }
}

fn tip(item: usize, request: &RequestSpan, decimals: u8, text: &Text) -> String {
    let number = numbers::count(item as u64 + 1);
    let [due, ended] = [request.due_ms, request.ended_ms].map(|ms| numbers::fixed(ms, decimals));
    let connection = (text.charts.label)(request.connection);
    (text.charts.request)(&number, &due, &ended, connection, (text.charts.outcome)(request.outcome))
}

fn figures(round: &ExampleRound, decimals: u8) -> Figures {
    let text = text();
    let heads = [
        text.charts.request_number,
        text.charts.due,
        text.charts.wire,
        text.charts.first_byte,
        text.charts.last_byte,
        text.charts.ended,
        text.results.connections,
        text.charts.socket,
        text.charts.outcome_head,
    ];
    let rows = round.requests.iter().enumerate().map(|(index, request)| {
        let ms = |ms: Option<f64>| numbers::fixed(ms, decimals);
        let cells = vec![
            ms(Some(request.due_ms)),
            ms(request.wire_ms),
            ms(request.first_byte_ms),
            ms(request.last_byte_ms),
            ms(Some(request.ended_ms)),
            (text.charts.label)(request.connection).to_owned(),
            request.socket.map_or_else(|| "–".to_owned(), |socket| socket.to_string()),
            (text.charts.outcome)(request.outcome).to_owned(),
        ];
        (numbers::count(index as u64 + 1).into_any(), cells)
    });
    (heads.map(IntoAny::into_any).into(), rows.collect())
}
