use super::{
    Answer, Causes, Charts, Check, Comparison, Export, Form, HeadlineText, History, Lifecycles, Options,
    Problems, Ranking, Request, Results, Run, SessionWords, Targets, Validity, form::korean_built,
};
use fetchmark_core::scenario::{
    client::Client,
    factors::{Connection, Lifecycle, Pacing, Runtime, Thread},
    params::Language,
};

pub static EN: Text = Text::ENGLISH;

pub static KO: Text = Text::KOREAN;

pub fn in_language(language: Language) -> &'static Text {
    match language {
        Language::English => &EN,
        Language::Korean => &KO,
    }
}

words! {
    /// What page, terminal and exports say in one language.
    pub struct Text {
        language -> Language: [Language::English, Language::Korean],
        /// BCP 47 tag, for `lang` and for number formats.
        locale: ["en", "ko"],
        name: ["Fetchmark", "Fetchmark"],
        title: [
            "Fetchmark: how fast is HTTP from this browser?",
            "Fetchmark: 이 브라우저에서 HTTP는 얼마나 빠를까?",
        ],
        promise: [
            "How fast is HTTP from this browser? Compare HTTP clients, reused or created for each request.",
            "이 브라우저에서 HTTP는 얼마나 빠를까요? 재사용하는 클라이언트와 요청마다 새로 만드는 클라이언트를 비교합니다.",
        ],
        skip: ["Skip to the form", "설정으로 건너뛰기"],
        choose_language: ["Language", "언어"],
        form -> Form: [Form::ENGLISH, Form::KOREAN],
        request -> Request: [Request::ENGLISH, Request::KOREAN],
        options -> Options: [Options::ENGLISH, Options::KOREAN],
        problems -> Problems: [Problems::ENGLISH, Problems::KOREAN],
        check -> Check: [Check::ENGLISH, Check::KOREAN],
        run -> Run: [Run::ENGLISH, Run::KOREAN],
        headline -> HeadlineText: [HeadlineText::ENGLISH, HeadlineText::KOREAN],
        answer -> Answer: [Answer::ENGLISH, Answer::KOREAN],
        causes -> Causes: [Causes::ENGLISH, Causes::KOREAN],
        ranking -> Ranking: [Ranking::ENGLISH, Ranking::KOREAN],
        results -> Results: [Results::ENGLISH, Results::KOREAN],
        sessions -> SessionWords: [SessionWords::ENGLISH, SessionWords::KOREAN],
        targets -> Targets: [Targets::ENGLISH, Targets::KOREAN],
        lifecycles -> Lifecycles: [Lifecycles::ENGLISH, Lifecycles::KOREAN],
        charts -> Charts: [Charts::ENGLISH, Charts::KOREAN],
        validity -> Validity: [Validity::ENGLISH, Validity::KOREAN],
        export -> Export: [Export::ENGLISH, Export::KOREAN],
        history -> History: [History::ENGLISH, History::KOREAN],
        comparison -> Comparison: [Comparison::ENGLISH, Comparison::KOREAN],
        /// What a client keeps, or builds for each call.
        built(client: Client, lifecycle: Lifecycle) -> &'static str: {
            (client, Lifecycle::Reused) => [client.info().reused, korean_built(client, lifecycle)],
            (client, Lifecycle::Fresh) => [client.info().fresh, korean_built(client, lifecycle)],
        },
        tag_word(tag: &Tag): {
            Tag::Target(label) => ["{label}", "{label}"],
            Tag::Client(name, Runtime::Browser | Runtime::Pyodide) => ["{name}", "{name}"],
            Tag::Client(name, Runtime::Python) => ["{name} (Python)", "{name} (Python)"],
            Tag::Lifecycle(Lifecycle::Reused) => ["reused", "재사용"],
            Tag::Lifecycle(Lifecycle::Fresh) => ["fresh", "매번 생성"],
            Tag::Connection(Connection::Warm) => ["warm connections", "웜 연결"],
            Tag::Connection(Connection::Cold) => ["cold connections", "콜드 연결"],
            Tag::Pace { pacing: Pacing::Sequential, .. } => ["sequential", "순차"],
            Tag::Pace { pacing: Pacing::Concurrent, concurrency, .. } => [
                "{concurrency} in flight",
                "동시 {concurrency}개",
            ],
            Tag::Pace { pacing: Pacing::Rate, rate_per_second, .. } => [
                format!("{} per second", rate_per_second.unwrap_or_default()),
                format!("초당 {}개", rate_per_second.unwrap_or_default()),
            ],
            Tag::Thread(Thread::Worker) => ["in a worker", "워커에서"],
            Tag::Thread(Thread::Main) => ["on the main thread", "메인 스레드에서"],
            Tag::Again => ["again", "한 번 더"],
            Tag::Of(Side::Before) => ["before", "이전"],
            Tag::Of(Side::Now) => ["now", "지금"],
        },
        comma: [", ", ", "],
    }
}

/// One factor of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Tag {
    /// The label of a target.
    Target(String),
    /// The client's name, and what ran it.
    Client(String, Runtime),
    Lifecycle(Lifecycle),
    Connection(Connection),
    Pace {
        pacing: Pacing,
        concurrency: u32,
        /// Arrivals per second, at a rate only.
        rate_per_second: Option<f64>,
    },
    Thread(Thread),
    /// The row is the baseline measured a second time.
    Again,
    Of(Side),
}

/// One of two reports that stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that the other is compared with.
    Before,
    /// The one shown.
    Now,
}
