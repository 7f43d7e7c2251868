//! Korean sentences that depend on what happened.

use crate::Failures;
use fetchmark_core::{comparison::Verdict, label::Evidence};

pub(super) const FAILURES: Failures = Failures {
    already_running: "이미 측정하는 중입니다. 먼저 중지하거나 끝날 때까지 기다리세요.",
    bad_link: "링크에 읽을 수 없는 매개변수가 있습니다.",
    bad_scenario: |problems| {
        let sentences: Vec<String> = problems.iter().map(super::params::scenario_error).collect();
        format!("이 설정으로는 측정할 수 없습니다. {}", sentences.join(" "))
    },
    unreadable_scenario: |reason| format!("스크립트가 넘긴 설정을 읽을 수 없습니다. ({reason})"),
    no_target: "파일로 연 페이지에는 기본 URL이 없습니다. https://example.com/path 같은 URL을 입력하세요.",
    not_loaded: |detail| {
        format!(
            "측정 엔진을 불러오지 못했습니다({detail}). 이 페이지를 보낸 서버와의 연결을 확인한 뒤 다시 측정하세요."
        )
    },
    unreadable: |detail| {
        format!(
            "엔진의 보고서를 읽지 못했습니다({detail}). 엔진과 페이지의 버전이 다를 수 있으니 페이지를 새로 고치세요."
        )
    },
    engine: |code, message| format!("{} ({message})", engine(code)),
};

/// What the engine's code means; its own sentence, in English, stands behind it.
fn engine(code: &str) -> &'static str {
    match code {
        "bad-scenario" => "이 설정으로는 측정할 수 없습니다.",
        "bad-url" => "브라우저가 요청할 수 없는 주소입니다.",
        "request-refused" => "브라우저가 이 요청을 만들지 못하게 했습니다.",
        "outside-failed" => {
            "브라우저 밖에서 실행되는 클라이언트를 측정하지 못했습니다. 끝난 라운드는 보존됩니다."
        }
        "engine-not-loaded" => "측정 엔진을 불러오지 못했습니다. 연결을 확인하고 페이지를 새로 고치세요.",
        "stopped" => "측정 엔진을 불러오기 전에 중지되었습니다. 보낸 요청은 없습니다.",
        _ => "측정 엔진이 예기치 않게 종료되었습니다. 끝난 라운드는 보존됩니다.",
    }
}

pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "더 빠름",
        Verdict::Slower => "더 느림",
        Verdict::Equivalent => "동등",
        Verdict::Inconclusive => "판정 불가",
        Verdict::Refused => "비교 불가",
    }
}

pub(super) fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Server => "서버의 연결 id",
        Evidence::ResourceTiming => "Resource Timing의 연결 시각",
        Evidence::Transfer => "전송한 바이트",
        Evidence::Client => "요청마다 새로 만든 클라이언트",
        Evidence::Nothing => "없음(시각이 숨겨져 있음)",
    }
}
