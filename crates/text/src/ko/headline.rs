//! The headline in Korean.

use crate::words::{Differs, HeadlineText};
use fetchmark_core::{
    compare::Verdict,
    report::headline::question::Question,
    scenario::factors::{Connection, Thread},
};

pub(super) const HEADLINE: HeadlineText = HeadlineText {
    stopped: "도중에 중지한 측정입니다.",
    failed: "오류로 도중에 끝난 측정입니다.",
    nothing_measured: "측정한 것이 없습니다.",
    all_voided: "모든 라운드가 무효입니다.",
    none_counts: "집계할 라운드가 없습니다.",
    nothing_to_compare: "비교할 것이 없습니다.",
    most_failed: |failed, ended| {
        format!("요청 {ended}개 중 {failed}개가 실패했습니다. 시간을 비교하기 전에 실패 원인을 확인하세요.")
    },
    one_row: |n, total| format!("요청 {n}개에 {total} 걸렸습니다."),
    about,
    not_shown: |questions| {
        let between: Vec<String> =
            questions.iter().map(|question| format!("{} 사이", about(*question))).collect();
        format!("{}에 확인된 차이가 없습니다.", between.join(", "))
    },
    equivalent: |about, margin| format!("{about}: ±{margin} 안에서 동등합니다."),
    not_comparable: |question| {
        let particle = if matches!(question, Question::Client | Question::Thread) { "를" } else { "을" };
        format!("{}{particle} 비교할 수 없습니다.", about(question))
    },
    fastest: |client, others, range| match others {
        [other] => {
            format!("{client} 쪽이 {other}보다 빠릅니다. {other} 쪽은 {range}배의 시간이 걸립니다.")
        }
        _ => format!(
            "클라이언트 {}개 중 {client} 쪽이 가장 빠릅니다. 나머지는 {range}배의 시간이 걸립니다.",
            others.len() + 1
        ),
    },
    differs,
    also: |verdict, each| format!("{} 다른 경우: {}.", adverb(verdict), each.join(", ")),
    with_range: |name, range, share| match share {
        Some((some, all)) => format!("{name}({range}배, 비교 {all}개 중 {some}개)"),
        None => format!("{name}({range}배)"),
    },
    compared_with: |row| format!("“{row}” 기준:"),
    range: |low, high| format!("{low}~{high}"),
    keep: "클라이언트를 재사용하세요.",
    depends: "경우에 따라 다릅니다.",
    repetition: "이 컴퓨터에서 그 정도의 차이에는 큰 의미가 없습니다.",
};

fn about(question: Question) -> &'static str {
    match question {
        Question::Lifecycle => "재사용과 매번 생성",
        Question::Connection => "웜 연결과 콜드 연결",
        Question::Client => "클라이언트",
        Question::Thread => "워커와 메인 스레드",
        Question::Pacing => "전송 방식",
        Question::Repetition => "첫 행과 그 반복",
        Question::Rows => "행",
    }
}

fn adverb(verdict: Verdict) -> &'static str {
    if verdict == Verdict::Faster { "더 빠른" } else { "더 느린" }
}

fn differs(told: &Differs<'_>) -> String {
    let Differs { question, verdict, candidate, baseline, labels, clients, range, .. } = told;
    let share = told.share.map(|(some, all)| format!("(비교 {all}개 중 {some}개)")).unwrap_or_default();
    let is = if *verdict == Verdict::Faster { "빠릅니다" } else { "느립니다" };
    let of_client = match clients {
        [client] if !told.is_every_client => format!("{client}: "),
        _ => String::new(),
    };
    let than = |subject: &str, other: &str| {
        format!("{of_client}{subject} {other}보다 {is}. {range}배의 시간이 걸립니다{share}.")
    };
    match question {
        Question::Lifecycle => {
            let client = if let [client] = clients { format!("{client} ") } else { String::new() };
            let faster = if *verdict == Verdict::Faster { "더 빠릅니다. " } else { "" };
            let if_made = format!("요청마다 {client}클라이언트를 새로 만들면 ");
            format!("{if_made}{faster}{range}배의 시간이 걸립니다{share}.")
        }
        Question::Connection => {
            let word = |connection| match connection {
                Connection::Warm => "웜 연결",
                Connection::Cold => "콜드 연결",
            };
            than(&format!("{}이", word(candidate.connection)), word(baseline.connection))
        }
        Question::Thread => {
            let word = |thread| match thread {
                Some(Thread::Main) => "메인 스레드",
                _ => "워커",
            };
            than(&format!("{}에서는", word(candidate.thread)), word(baseline.thread))
        }
        Question::Client => {
            let names = if clients.len() <= 3 {
                format!("{} 쪽이", clients.join(", "))
            } else {
                format!("클라이언트 {}개가", clients.len())
            };
            format!("{names} {}보다 {is}. {range}배의 시간이 걸립니다{share}.", baseline.client)
        }
        Question::Repetition => {
            format!("첫 행을 다시 측정하니 처음보다 {is}. {range}배의 시간이 걸립니다{share}.")
        }
        Question::Pacing | Question::Rows => {
            format!("“{}” 행이 “{}” 행보다 {is}. {range}배의 시간이 걸립니다{share}.", labels[0], labels[1])
        }
    }
}
