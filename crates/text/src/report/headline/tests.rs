use super::*;
use crate::{EN, KO};
use fetchmark_core::{
    report::{
        Connections,
        fixture::{compared as report, quiet, variant},
    },
    scenario::factors::{Connection, Lifecycle, Pacing},
};

const NOISY: [f64; 8] = [70.0, 160.0, 60.0, 150.0, 120.0, 80.0, 90.0, 140.0];

fn of_walls(client: &str, lifecycle: Lifecycle, walls: [f64; 8]) -> VariantReport {
    VariantReport {
        client: client.to_owned(),
        lifecycle,
        ..variant(&format!("{client}:{lifecycle}"), &walls)
    }
}

fn row(client: &str, lifecycle: Lifecycle, times: f64) -> VariantReport {
    of_walls(client, lifecycle, quiet(times))
}

fn noisy(client: &str, lifecycle: Lifecycle) -> VariantReport {
    of_walls(client, lifecycle, NOISY)
}

fn said(report: &Report, text: &Text) -> Vec<String> {
    let labels: Vec<String> = report.variants.iter().map(|row| row.id.clone()).collect();
    let HeadlineWords { headline: first, more } = headline(report, &labels, text);
    std::iter::once(first).chain(more).collect()
}

use Lifecycle::{Fresh, Reused};

#[test]
fn a_target_says_in_which_rows_it_is_otherwise() {
    let of = |target: &str, client: &str, times: f64| {
        let row = row(client, Reused, times);
        VariantReport { id: format!("{target}:{}", row.id), target: Some(target.to_owned()), ..row }
    };
    let rows = |xhr: f64| {
        vec![of("old", "ky", 1.0), of("old", "xhr", 1.0), of("new", "ky", 0.5), of("new", "xhr", xhr)]
    };
    assert_eq!(
        said(&report(rows(0.5)), &EN)[0],
        "new took 0.50× (0.50–0.50) as long as old, in 2 of 2 rows: faster."
    );
    let [english, korean] = [&EN, &KO].map(|text| said(&report(rows(1.5)), text).remove(0));
    assert_eq!(
        english,
        "new took 0.87× (0.87–0.87) as long as old, in 1 of 2 rows: faster; slower in 1 row."
    );
    assert_eq!(
        korean,
        "new: old 대비 0.87배(0.87–0.87)의 시간이 걸렸습니다(행 2개 중 1개). 더 빠름; 행 1개에서는 더 느림."
    );
}

#[test]
fn keep_the_client() {
    let report = report(vec![
        row("gloo-net", Reused, 1.0),
        noisy("gloo-net", Fresh),
        row("httpx", Reused, 0.5),
        row("httpx", Fresh, 15.0),
        row("aiohttp", Reused, 0.3),
        row("aiohttp", Fresh, 0.6),
    ]);
    assert_eq!(
        said(&report, &EN),
        [
            "Keep the client. A new httpx client for each request takes 30 times as long.",
            "Also slower: aiohttp (2.0 times as long).",
            "aiohttp is the fastest of 3 clients: the others take 1.12 to 25 times as long.",
        ]
    );
    assert_eq!(
        said(&report, &KO)[..2],
        [
            "클라이언트를 재사용하세요. 요청마다 httpx 클라이언트를 새로 만들면 30배의 시간이 걸립니다.",
            "더 느린 다른 경우: aiohttp(2.0배)."
        ]
    );
}

#[test]
fn one_client_is_faster_or_the_fastest() {
    let mut two = report(vec![row("gloo-net", Reused, 1.0), row("axios", Reused, 1.32)]);
    assert_eq!(said(&two, &EN), ["gloo-net is faster than axios: axios takes 1.32 times as long."]);
    assert_eq!(said(&two, &KO), ["gloo-net 쪽이 axios보다 빠릅니다. axios 쪽은 1.32배의 시간이 걸립니다."]);
    two.ending = Ending::Stopped;
    assert_eq!(
        said(&two, &EN),
        ["Stopped early. gloo-net is faster than axios: axios takes 1.32 times as long."]
    );
    let three =
        report(vec![row("gloo-net", Reused, 1.0), row("axios", Reused, 1.32), row("js-fetch", Reused, 0.9)]);
    assert_eq!(
        said(&three, &EN),
        ["js-fetch is the fastest of 3 clients: the others take 1.11 to 1.47 times as long."]
    );
    let undecided = report(vec![
        row("gloo-net", Reused, 1.0),
        row("axios", Reused, 0.8),
        row("js-fetch", Reused, 0.81),
        noisy("ky", Reused),
        row("xhr", Reused, 1.5),
    ]);
    assert_eq!(
        said(&undecided, &EN),
        ["xhr is slower than gloo-net: it takes 1.50 times as long. \
             axios and js-fetch are faster than gloo-net: they take 0.800 to 0.810 times as long."]
    );
}

#[test]
fn where_nothing_is_shown_no_difference_is_named() {
    let rows = vec![row("gloo-net", Reused, 1.0), noisy("gloo-net", Fresh), row("js-fetch", Reused, 1.0)];
    assert_eq!(
        said(&report(rows), &EN),
        ["No difference shown between reused and fresh clients.", "Equivalent, within ±5%: clients."]
    );
    let rows = vec![noisy("gloo-net", Reused), row("gloo-net", Fresh, 1.0), row("js-fetch", Reused, 1.0)];
    assert_eq!(
        said(&report(rows), &EN),
        ["No difference shown between reused and fresh clients, or between one client and another."]
    );
    let mut cached = report(vec![row("a", Reused, 1.0), row("b", Reused, 1.0)]);
    cached.variants[1].connections.cached = 1;
    let cached = report(cached.variants);
    assert_eq!(said(&cached, &EN), ["The clients could not be compared."]);
    assert_eq!(said(&cached, &KO), ["클라이언트를 비교할 수 없습니다."]);
    assert_eq!(said(&report(vec![row("a", Reused, 1.0)]), &EN), ["100 requests took 100 ms."]);
    // At a rate the time is the rate's.
    let paced =
        VariantReport { pacing: Pacing::Rate, rate_per_second: Some(1_000.0), ..row("a", Reused, 1.0) };
    assert_eq!(said(&report(vec![paced]), &EN), [EN.answer.nothing_to_compare]);
}

#[test]
fn where_no_round_counts_it_says_why() {
    assert_eq!(said(&report(Vec::new()), &EN), ["Nothing was measured."]);
    let mut voided = report(vec![row("a", Reused, 1.0), row("b", Reused, 1.0)]);
    voided.variants.iter_mut().flat_map(|row| &mut row.rounds).for_each(|round| round.voided = true);
    assert_eq!(said(&voided, &EN), ["No round counts: all were voided."]);
    assert_eq!(said(&voided, &KO), ["모든 라운드가 무효입니다."]);
    // One has no successful request instead.
    let round = &mut voided.variants[0].rounds[0];
    (round.voided, round.ok, round.failed) = (false, 0, 100);
    assert_eq!(said(&voided, &EN), ["No round counts."]);
    assert_eq!(said(&voided, &KO), ["집계할 라운드가 없습니다."]);
}

#[test]
fn rows_without_comparisons_did_not_fail() {
    let rows = report(vec![row("a", Reused, 1.0), row("b", Reused, 1.0)]);
    let uncompared = Report { comparisons: Vec::new(), ..rows };
    assert_eq!(said(&uncompared, &EN), ["There is nothing to compare."]);
    assert_eq!(said(&uncompared, &KO), ["비교할 것이 없습니다."]);
}

#[test]
fn connections_and_pacings() {
    let cold = |client: &str, times| VariantReport {
        id: format!("{client}:cold"),
        connection: Connection::Cold,
        connections: Connections { new: 800, ..Connections::default() },
        ..row(client, Reused, times)
    };
    let both = report(vec![
        row("gloo-net", Reused, 1.0),
        row("ky", Reused, 1.0),
        cold("gloo-net", 3.0),
        cold("ky", 4.0),
    ]);
    assert_eq!(
        said(&both, &EN)[0],
        "Cold connections are slower than warm ones: they take 3.0 to 4.0 times as long."
    );
    assert_eq!(said(&both, &KO)[0], "콜드 연결이 웜 연결보다 느립니다. 3.0~4.0배의 시간이 걸립니다.");
    let one_by_one = VariantReport {
        id: "sequential".to_owned(),
        pacing: Pacing::Sequential,
        concurrency: 1,
        ..row("gloo-net", Reused, 5.0)
    };
    assert_eq!(
        said(&report(vec![row("gloo-net", Reused, 1.0), one_by_one]), &EN),
        ["“sequential” is slower than “gloo-net:reused”: it takes 5.0 times as long."]
    );
}

#[test]
fn both_ways_depend() {
    let report = report(vec![
        row("ky", Reused, 1.0),
        row("ky", Fresh, 0.8),
        row("axios", Reused, 1.0),
        row("axios", Fresh, 2.0),
    ]);
    assert_eq!(
        said(&report, &EN)[0],
        "It depends. A new axios client for each request takes 2.0 times as long. \
         A new ky client for each request is faster: it takes 0.80 times as long."
    );
}

#[test]
fn every_question_is_asked_in_korean() {
    let is_korean = |words: &str| words.chars().any(|character| ('가'..='힣').contains(&character));
    for &question in Question::ALL {
        assert!(is_korean((KO.headline.about)(question)), "{question}");
        assert!(!(EN.headline.about)(question).is_empty());
    }
}

#[test]
fn what_holds_in_some_comparisons_says_in_how_many() {
    let sequential = |client: &str, times| VariantReport {
        id: format!("{client}:sequential"),
        pacing: Pacing::Sequential,
        concurrency: 1,
        ..row(client, Reused, times)
    };
    let report = report(vec![
        row("gloo-net", Reused, 1.0),
        row("axios", Reused, 1.5),
        row("ky", Reused, 2.0),
        sequential("gloo-net", 5.0),
        sequential("axios", 5.0),
        sequential("ky", 5.0),
    ]);
    assert_eq!(
        said(&report, &EN)[..2],
        [
            "ky is slower than gloo-net: it takes 2.0 times as long in 1 of 2 comparisons.",
            "Also slower: axios (1.50 times as long in 1 of 2 comparisons)."
        ]
    );
    assert_eq!(said(&report, &KO)[1], "더 느린 다른 경우: axios(1.50배, 비교 2개 중 1개).");
}

#[test]
fn failures_go_before_speed() {
    let mut failing = [row("a", Reused, 1.0), row("b", Reused, 0.5)];
    for row in &mut failing {
        (row.requests.ok, row.requests.failed) = (200, 600);
    }
    let report = report(failing.to_vec());
    assert_eq!(said(&report, &EN), ["1,200 of 1,600 requests failed; see why before you compare times."]);
    assert!(said(&report, &KO)[0].starts_with("요청 1,600개 중 1,200개가 실패했습니다."));
}
