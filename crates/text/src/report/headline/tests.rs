use super::*;
use crate::{EN, KO};
use fetchmark_core::report::fixture::{compared as report, rows};

fn said(report: &Report, text: &Text) -> Vec<String> {
    let labels: Vec<String> = report.variants.iter().map(|row| row.id.clone()).collect();
    let HeadlineWords { headline: first, more } = headline(report, &labels, text);
    std::iter::once(first).chain(more).collect()
}

#[test]
fn what_rows_say_in_either_language() {
    // Sentences of both languages; `…` stands for more of them.
    for (text, english, korean) in [
        (
            "ky:@old 1.0, xhr:@old 1.0, ky:@new 0.5, xhr:@new 0.5",
            &["@new took 0.50× (0.50–0.50) as long as @old, in 2 of 2 rows: faster.", "…"][..],
            &["…"][..],
        ),
        (
            "ky:@old 1.0, xhr:@old 1.0, ky:@new 0.5, xhr:@new 1.5",
            &["@new took 0.87× (0.87–0.87) as long as @old, in 1 of 2 rows: faster; slower in 1 row.", "…"],
            &[
                "@new: @old 대비 0.87배(0.87–0.87)의 시간이 걸렸습니다(행 2개 중 1개). 더 빠름; 행 1개에서는 더 느림.",
                "…",
            ],
        ),
        (
            "gloo-net 1.0, gloo-net:fresh noisy, httpx 0.5, httpx:fresh 15.0, aiohttp 0.3, aiohttp:fresh 0.6",
            &[
                "Keep the client. A new httpx client for each request takes 30 times as long.",
                "Also slower: aiohttp (2.0 times as long).",
                "aiohttp is the fastest of 3 clients: the others take 1.66 to 25 times as long.",
            ],
            &[
                "클라이언트를 재사용하세요. 요청마다 httpx 클라이언트를 새로 만들면 30배의 시간이 걸립니다.",
                "더 느린 다른 경우: aiohttp(2.0배).",
                "…",
            ],
        ),
        (
            "ky 1.0, ky:fresh 0.8, axios 1.0, axios:fresh 2.0",
            &[
                "It depends. A new axios client for each request takes 2.0 times as long. \
                 A new ky client for each request is faster: it takes 0.80 times as long.",
                "…",
            ],
            &["…"],
        ),
        (
            "gloo-net 1.0, axios 1.32",
            &["gloo-net is faster than axios: axios takes 1.32 times as long."],
            &["gloo-net 쪽이 axios보다 빠릅니다. axios 쪽은 1.32배의 시간이 걸립니다."],
        ),
        (
            "gloo-net 1.0, axios 1.32, js-fetch 0.9",
            &["js-fetch is the fastest of 3 clients: the others take 1.11 to 1.47 times as long."],
            &["…"],
        ),
        (
            "gloo-net 1.0, axios 0.8, js-fetch 0.81, ky noisy, xhr 1.5",
            &["xhr is slower than gloo-net: it takes 1.50 times as long. \
               axios and js-fetch are faster than gloo-net: they take 0.800 to 0.810 times as long."],
            &["…"],
        ),
        (
            "gloo-net 1.0, axios 1.5, ky 2.0, gloo-net:sequential 5.0, axios:sequential 5.0, ky:sequential 5.0",
            &[
                "ky is slower than gloo-net: it takes 2.0 times as long in 1 of 2 comparisons.",
                "Also slower: axios (1.50 times as long in 1 of 2 comparisons).",
                "…",
            ],
            &["…", "더 느린 다른 경우: axios(1.50배, 비교 2개 중 1개).", "…"],
        ),
        (
            "gloo-net 1.0, ky 1.0, gloo-net:cold 3.0, ky:cold 4.0",
            &["Cold connections are slower than warm ones: they take 3.0 to 4.0 times as long.", "…"],
            &["콜드 연결이 웜 연결보다 느립니다. 3.0~4.0배의 시간이 걸립니다.", "…"],
        ),
        (
            "gloo-net 1.0, gloo-net:sequential 5.0",
            &["“gloo-net:sequential” is slower than “gloo-net”: it takes 5.0 times as long."],
            &["…"],
        ),
        (
            "gloo-net 1.0, gloo-net:fresh noisy, js-fetch 1.0",
            &["No difference shown between reused and fresh clients.", "Equivalent, within ±5%: clients."],
            &["…"],
        ),
        (
            "gloo-net noisy, gloo-net:fresh 1.0, js-fetch 1.0",
            &["No difference shown between reused and fresh clients, or between one client and another."],
            &["…"],
        ),
        ("a:rate 1.0", &[EN.answer.nothing_to_compare], &[KO.answer.nothing_to_compare]),
        ("a 1.0", &["100 requests took 100 ms."], &["…"]),
    ] {
        let report = report(rows(text));
        for (words, expected) in [(&EN, english), (&KO, korean)] {
            let said = said(&report, words);
            let is_all = expected.last() != Some(&"…");
            assert!(!is_all || said.len() == expected.len(), "{text}: {said:#?}");
            for (said, expected) in said.iter().zip(expected).filter(|(_, expected)| **expected != "…") {
                assert_eq!(said, expected, "{text}");
            }
        }
    }
}

#[test]
fn reports_that_say_why_nothing_is_compared() {
    let stopped = Report { ending: Ending::Stopped, ..report(rows("gloo-net 1.0, axios 1.32")) };
    let mut cached = rows("a 1.0, b 1.0");
    cached[1].connections.cached = 1;
    let mut voided = report(rows("a 1.0, b 1.0"));
    voided.variants.iter_mut().flat_map(|row| &mut row.rounds).for_each(|round| round.voided = true);
    // One has no successful request instead.
    let mut partly = voided.clone();
    let round = &mut partly.variants[0].rounds[0];
    (round.voided, round.ok, round.failed) = (false, 0, 100);
    let uncompared = Report { comparisons: Vec::new(), ..report(rows("a 1.0, b 1.0")) };
    let mut failing = rows("a 1.0, b 0.5");
    failing.iter_mut().for_each(|row| (row.requests.ok, row.requests.failed) = (200, 600));
    for (report, english, korean) in [
        (
            stopped,
            "Stopped early. gloo-net is faster than axios: axios takes 1.32 times as long.",
            "도중에 중지한 측정입니다.",
        ),
        (report(cached), "The clients could not be compared.", "클라이언트를 비교할 수 없습니다."),
        (report(Vec::new()), "Nothing was measured.", ""),
        (voided, "No round counts: all were voided.", "모든 라운드가 무효입니다."),
        (partly, "No round counts.", "집계할 라운드가 없습니다."),
        (uncompared, "There is nothing to compare.", "비교할 것이 없습니다."),
        (
            report(failing),
            "1,200 of 1,600 requests failed; see why before you compare times.",
            "요청 1,600개 중 1,200개가 실패했습니다.",
        ),
    ] {
        assert_eq!(said(&report, &EN), [english]);
        assert!(said(&report, &KO)[0].starts_with(korean), "{:?}", said(&report, &KO));
    }
}

#[test]
fn every_question_is_asked_in_korean() {
    let is_korean = |words: &str| words.chars().any(|character| ('가'..='힣').contains(&character));
    for &question in Question::ALL {
        assert!(is_korean((KO.headline.about)(question)), "{question}");
        assert!(!(EN.headline.about)(question).is_empty());
    }
}
