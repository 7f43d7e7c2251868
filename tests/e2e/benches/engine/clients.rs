//! What the engine and each client cost over the same loop written by hand, on HTTP/1.1 and where there is no network; and whether a
//! request costs more in a long round than in a short one.

use crate::{
    cells::{Cell, Report, Thread, Treatment},
    stage::Stage,
};
use anyhow::Result;
use fetchmark_core::scenario::client::Client;
use fetchmark_e2e::bench::goal::Limit;

const BY_HAND: &str = "by-hand";
/// The client whose loop by hand is in Python, too.
const PYFETCH: &str = "pyodide-pyfetch";
const NO_NETWORK: &str = "data:text/plain,pong";
const HTTP_1: &str = "/lab/ping";

/// By hand twice, whose ratio shows what can be told apart here; then every client that can run here.
fn cell(thread: Thread, lanes: u32, url: &'static str, n: u32) -> Cell {
    // A blocking client has one request in flight and may not block a page.
    let runs = |client: &Client| !client.info().blocking || (thread == Thread::Worker && lanes == 1);
    let treatment = |name: &str, client, against: &[usize]| Treatment {
        name: name.to_owned(),
        client,
        n,
        against: against.to_vec(),
    };
    let by_hand = [treatment("by hand", BY_HAND, &[]), treatment("by hand, again", BY_HAND, &[0])];
    // To both rounds by hand: one of them alone would bring a third more variance.
    let of_python = Client::all_in_pyodide().filter(|client| client.name() == PYFETCH);
    let clients: Vec<Client> =
        if thread == Thread::Python { of_python.collect() } else { Client::all().filter(runs).collect() };
    let clients = clients.into_iter().map(|client| treatment(client.name(), client.name(), &[0, 1]));
    let treatments = by_hand.into_iter().chain(clients).collect();
    let thread_name = match thread {
        Thread::Worker => "worker",
        Thread::Main => "main",
        Thread::Python => "Python",
    };
    let name = format!("{thread_name}, {lanes} {}", if lanes == 1 { "lane" } else { "lanes" });
    Cell { name, thread, lanes, url, treatments, a_side: &[] }
}

/// On HTTP/1.1.
pub(crate) async fn overhead(stage: &Stage) -> Result<String> {
    let threads = [Thread::Worker, Thread::Main];
    let cells =
        threads.into_iter().flat_map(|thread| [1, 6, 64].map(|lanes| cell(thread, lanes, HTTP_1, 100)));
    let in_python = [1, 6].map(|lanes| cell(Thread::Python, lanes, HTTP_1, 100));
    let limit = stage.options.time(3, 6);
    let mut report =
        Report::measure(stage, "the loop by hand", cells.chain(in_python).collect(), limit).await?;
    report.hold("js-fetch", Limit { ratio: 1.02, upper: Some(1.05) }, |cell| cell.lanes > 1);
    report.hold(PYFETCH, Limit::of(1.05), |_| true);
    for client in ["gloo-net", "web-sys"] {
        report.hold(client, Limit::of(1.02), |_| true);
    }
    Ok(report.to_string())
}

/// On a `data:` URL. A round has so many requests that it lasts well over 20 ms, thousands of clock steps.
pub(crate) async fn floor(stage: &Stage) -> Result<String> {
    let cells = [1, 6].map(|lanes| cell(Thread::Worker, lanes, NO_NETWORK, 250)).into();
    let mut report = Report::measure(stage, "the loop by hand", cells, stage.options.time(3, 15)).await?;
    for (client, limit) in [("js-fetch", 1.05), ("gloo-net", 1.15), ("web-sys", 1.15)] {
        report.hold(client, Limit::of(limit), |_| true);
    }
    Ok(report.to_string())
}

/// What is requested, and in rounds of which sizes, the longest last; of the others so many run before it and again after it. First what no
/// network hides, where a request takes a tenth of the time. Over a network a round of 100,000 takes minutes, and blocks would be too few
/// to tell anything.
type Target = (&'static str, &'static str, &'static [u32], &'static [usize]);
const TARGETS: [Target; 2] = [
    ("no network", NO_NETWORK, &[100, 1_000, 10_000, 100_000], &[20, 6, 1]),
    ("HTTP/1.1", HTTP_1, &[100, 1_000, 10_000], &[10, 4]),
];
const TARGETS_IF_QUICK: [Target; 1] = [("no network", NO_NETWORK, &[100, 1_000, 10_000], &[5, 1])];

/// Each client's rounds ÷ its own of 1,000 requests.
pub(crate) async fn scale(stage: &Stage) -> Result<String> {
    let clients = ["gloo-net", BY_HAND];
    let name = |client: &str, n: u32| format!("{client}, n = {n}");
    let cell = |&(target, url, sizes, a_side): &Target| {
        let treatment = |client, n, reference| {
            let against = if n == 1_000 { vec![] } else { vec![reference] };
            Treatment { name: name(client, n), client, n, against }
        };
        let of_client =
            |(turn, client)| sizes.iter().map(move |n| treatment(client, *n, turn * sizes.len() + 1));
        let treatments = clients.into_iter().enumerate().flat_map(of_client).collect();
        Cell { name: target.to_owned(), thread: Thread::Worker, lanes: 6, url, treatments, a_side }
    };
    let targets = if stage.options.quick { &TARGETS_IF_QUICK[..] } else { &TARGETS };
    let cells = targets.iter().map(cell).collect();
    let mut report = Report::measure(stage, "rounds of 1,000", cells, stage.options.time(10, 30)).await?;
    for (client, n) in clients.into_iter().flat_map(|client| [10_000, 100_000].map(|n| (client, n))) {
        report.hold(&name(client, n), Limit::of(1.05), |_| true);
    }
    Ok(report.to_string())
}
