use fetchmark_core::{
    compare::Verdict,
    report::{
        VariantReport,
        headline::{TargetEffect, question::Question},
    },
    scenario::factors::{Connection, Thread},
    stats::numbers::many,
};

words! {
    /// A language's sentences of the headline. Numbers and names come in as they are to be read.
    pub struct HeadlineText {
        stopped: ["Stopped early.", "도중에 중지한 측정입니다."],
        failed: ["Ended early because of an error.", "오류로 도중에 끝난 측정입니다."],
        nothing_measured: ["Nothing was measured.", "측정한 것이 없습니다."],
        all_voided: ["No round counts: all were voided.", "모든 라운드가 무효입니다."],
        none_counts: ["No round counts.", "집계할 라운드가 없습니다."],
        nothing_to_compare: ["There is nothing to compare.", "비교할 것이 없습니다."],
        most_failed(failed: &str, ended: &str): [
            "{failed} of {ended} requests failed; see why before you compare times.",
            "요청 {ended}개 중 {failed}개가 실패했습니다. 시간을 비교하기 전에 실패 원인을 확인하세요.",
        ],
        one_row(n: &str, total: &str): [
            format!("{} took {total}.", many(n, "request")),
            "요청 {n}개에 {total} 걸렸습니다.",
        ],
        about(question: Question) -> &'static str: {
            Question::Target => ["the targets", "대상"],
            Question::Lifecycle => ["reused and fresh clients", "재사용과 매번 생성"],
            Question::Connection => ["warm and cold connections", "웜 연결과 콜드 연결"],
            Question::Client => ["clients", "클라이언트"],
            Question::Thread => ["worker and main thread", "워커와 메인 스레드"],
            Question::Pacing => ["pacings", "전송 방식"],
            Question::Repetition => ["the first row and its repetition", "첫 행과 그 반복"],
            Question::Rows => ["rows", "행"],
        },
        not_shown(questions: &[Question]): [
            format!("No difference shown between {}.", each(questions, between).join(", or between ")),
            format!("{} 사이에 확인된 차이가 없습니다.", each(questions, Self::KOREAN.about).join(" 사이, ")),
        ],
        equivalent(about: &str, margin: &str): [
            "Equivalent, within ±{margin}: {about}.",
            "{about}: ±{margin} 안에서 동등합니다.",
        ],
        not_comparable(question: Question): [
            format!("{} could not be compared.", subject(question)),
            format!("{}{} 비교할 수 없습니다.", (Self::KOREAN.about)(question), particle(question)),
        ],
        fastest(client: &str, others: &[&str], range: &str) by (others): {
            [other] => [
                "{client} is faster than {other}: {other} takes {range} times as long.",
                "{client} 쪽이 {other}보다 빠릅니다. {other} 쪽은 {range}배의 시간이 걸립니다.",
            ],
            _ => [
                format!(
                    "{client} is the fastest of {} clients: the others take {range} times as long.",
                    others.len() + 1
                ),
                format!(
                    "클라이언트 {}개 중 {client} 쪽이 가장 빠릅니다. 나머지는 {range}배의 시간이 걸립니다.",
                    others.len() + 1
                ),
            ],
        },
        differs(differs: &Differs): [english_difference(differs), korean_difference(differs)],
        target(effect: &TargetEffect, figures: Option<[String; 3]>, verdict: &str, reason: &str)
            where {
                candidate = &effect.overall.candidate,
                baseline = &effect.overall.baseline,
                agreeing = effect.agreeing,
                all = effect.rows,
                // Of one row that goes without saying.
                of_rows = if all == 1 { String::new() } else { format!(", in {agreeing} of {all} rows") },
                of_rows_ko = if all == 1 { String::new() } else { format!("(행 {all}개 중 {agreeing}개)") },
            }
            by (figures): {
            Some([ratio, low, high]) => [
                "{candidate} took {ratio}× ({low}–{high}) as long as {baseline}{of_rows}: {verdict}.",
                "{candidate}: {baseline} 대비 {ratio}배({low}–{high})의 시간이 걸렸습니다{of_rows_ko}. {verdict}.",
            ],
            None => [
                "{candidate} and {baseline} could not be compared. {reason}",
                "{candidate}, {baseline}: 서로 비교할 수 없습니다. {reason}",
            ],
        },
        in_rows(verdict: &str, rows: usize): [
            format!("{verdict} in {}", many(&rows.to_string(), "row")),
            "행 {rows}개에서는 {verdict}",
        ],
        also(verdict: Verdict, each: &[String]): [
            format!("Also {verdict}: {}.", each.join(", ")),
            format!("{} 다른 경우: {}.", adverb(verdict), each.join(", ")),
        ],
        with_range(name: &str, range: &str, share: Option<(usize, usize)>) by (share): {
            Some((some, all)) => [
                "{name} ({range} times as long in {some} of {all} comparisons)",
                "{name}({range}배, 비교 {all}개 중 {some}개)",
            ],
            None => ["{name} ({range} times as long)", "{name}({range}배)"],
        },
        compared_with(row: &str): ["Compared with “{row}”:", "“{row}” 기준:"],
        range(low: &str, high: &str): ["{low} to {high}", "{low}~{high}"],
        keep: ["Keep the client.", "클라이언트를 재사용하세요."],
        depends: ["It depends.", "경우에 따라 다릅니다."],
        repetition: [
            "On this machine, differences of that size mean little.",
            "이 컴퓨터에서 그 정도의 차이에는 큰 의미가 없습니다.",
        ],
    }
}

pub struct Differs<'a> {
    pub question: Question,
    pub verdict: Verdict,
    /// One of the candidates.
    pub candidate: &'a VariantReport,
    /// One of the rows they are compared with.
    pub baseline: &'a VariantReport,
    /// The label of the candidate, and of its baseline.
    pub labels: [&'a str; 2],
    pub clients: &'a [&'a str],
    /// Whether these are all clients that were compared.
    pub is_every_client: bool,
    /// How many times as long they take.
    pub range: &'a str,
    /// In how many comparisons, of how many, where it is not in all.
    pub share: Option<(usize, usize)>,
}

fn each(questions: &[Question], say: fn(Question) -> &'static str) -> Vec<&'static str> {
    questions.iter().copied().map(say).collect()
}

/// After “between”.
fn between(question: Question) -> &'static str {
    match question {
        Question::Client => "one client and another",
        Question::Pacing => "one pacing and another",
        Question::Rows => "one row and another",
        _ => (HeadlineText::ENGLISH.about)(question),
    }
}

/// At the start of a sentence.
fn subject(question: Question) -> &'static str {
    match question {
        Question::Target => "The targets",
        Question::Lifecycle => "Reused and fresh clients",
        Question::Connection => "Warm and cold connections",
        Question::Client => "The clients",
        Question::Thread => "Worker and main thread",
        Question::Pacing => "The pacings",
        Question::Repetition => "The first row and its repetition",
        Question::Rows => "The rows",
    }
}

fn in_some(share: Option<(usize, usize)>) -> String {
    share.map(|(some, all)| format!(" in {some} of {all} comparisons")).unwrap_or_default()
}

fn english_difference(difference: &Differs<'_>) -> String {
    let Differs { question, verdict, candidate, baseline, labels, clients, range, .. } = difference;
    let share = in_some(difference.share);
    let of_client = |before: &str| match clients {
        _ if difference.is_every_client => String::new(),
        [client] => format!("{before}{client}"),
        _ => String::new(),
    };
    let is = |subject: &str, other: &str| {
        format!("{subject} is {verdict} than {other}: it takes {range} times as long{share}.")
    };
    let are = |subject: &str, other: &str| {
        format!("{subject} are {verdict} than {other}: they take {range} times as long{share}.")
    };
    match question {
        // Of one client alone its name is news.
        Question::Lifecycle => match (clients, verdict) {
            ([client], Verdict::Slower) => {
                format!("A new {client} client for each request takes {range} times as long{share}.")
            }
            (_, Verdict::Slower) => {
                format!("A new client for each request takes {range} times as long{share}.")
            }
            ([client], _) => format!(
                "A new {client} client for each request is faster: it takes {range} times as long{share}."
            ),
            _ => format!("A new client for each request is faster: it takes {range} times as long{share}."),
        },
        Question::Connection => {
            let word = |connection| match connection {
                Connection::Warm => ("Warm", "warm"),
                Connection::Cold => ("Cold", "cold"),
            };
            let subject = format!("{} connections{}", word(candidate.connection).0, of_client(" with "));
            are(&subject, &format!("{} ones", word(baseline.connection).1))
        }
        Question::Thread => {
            let word = |thread| match thread {
                Some(Thread::Main) => ("The main thread", "the main thread"),
                _ => ("A worker", "a worker"),
            };
            is(&format!("{}{}", word(candidate.thread).0, of_client(" with ")), word(baseline.thread).1)
        }
        Question::Client => match clients {
            [client] => is(client, &baseline.client),
            [first @ .., last] if clients.len() <= 3 => {
                are(&format!("{} and {last}", first.join(", ")), &baseline.client)
            }
            _ => are(&format!("{} clients", clients.len()), &baseline.client),
        },
        Question::Repetition => is("The first row measured again", "the first time"),
        Question::Target | Question::Pacing | Question::Rows => {
            is(&format!("“{}”", labels[0]), &format!("“{}”", labels[1]))
        }
    }
}

/// The Korean particle behind what a question is about.
fn particle(question: Question) -> &'static str {
    if matches!(question, Question::Client | Question::Thread) { "를" } else { "을" }
}

fn adverb(verdict: Verdict) -> &'static str {
    if verdict == Verdict::Faster { "더 빠른" } else { "더 느린" }
}

fn korean_difference(difference: &Differs<'_>) -> String {
    let Differs { question, verdict, candidate, baseline, labels, clients, range, .. } = difference;
    let share = difference.share.map(|(some, all)| format!("(비교 {all}개 중 {some}개)")).unwrap_or_default();
    let is = if *verdict == Verdict::Faster { "빠릅니다" } else { "느립니다" };
    let of_client = match clients {
        [client] if !difference.is_every_client => format!("{client}: "),
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
        Question::Target | Question::Pacing | Question::Rows => {
            format!("“{}” 행이 “{}” 행보다 {is}. {range}배의 시간이 걸립니다{share}.", labels[0], labels[1])
        }
    }
}
