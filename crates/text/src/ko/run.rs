//! The run, in Korean.

use crate::words::{Failures, Run};

pub(super) const RUN: Run = Run {
    run: "측정",
    again: "다시 측정",
    stop: "중지",
    stopping: "중지하는 중…",
    progress: "측정 진행",
    starting: "측정 엔진을 시작하는 중…",
    warming: |row| format!("워밍업: {row}"),
    measuring: |block, row| format!("블록 {block}: {row}"),
    measuring_of: |block, blocks, row| format!("블록 {blocks}개 중 {block}번째: {row}"),
    left: |seconds| format!("약 {seconds}초 남음"),
    pace: |per_second| format!("마지막 라운드에서 초당 요청 {per_second}개"),
    pace_so_far: |per_second| format!("지금까지 초당 요청 {per_second}개"),
    announce: |percent| format!("{percent} 완료"),
    announce_done: "측정이 끝났습니다.",
    failures: FAILURES,
    failed: "측정하지 못했습니다",
};

const FAILURES: Failures = Failures {
    already_running: "이미 측정하는 중입니다. 먼저 중지하거나 끝날 때까지 기다리세요.",
    bad_link: "링크에 읽을 수 없는 매개변수가 있습니다.",
    bad_scenario: |problems| {
        let sentences: Vec<String> = problems.iter().map(super::problems::scenario_error).collect();
        format!("이 설정으로는 측정할 수 없습니다. {}", sentences.join(" "))
    },
    unreadable_scenario: |reason| format!("스크립트가 넘긴 설정을 읽을 수 없습니다({reason})."),
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
        "bad-url" => "브라우저가 요청할 수 없는 URL입니다.",
        "request-refused" => "브라우저가 이 요청을 만들지 못하게 했습니다.",
        "outside-failed" => {
            "브라우저 밖에서 실행되는 클라이언트를 측정하지 못했습니다. 끝난 라운드는 보존됩니다."
        }
        "engine-not-loaded" => "측정 엔진을 불러오지 못했습니다. 연결을 확인하고 페이지를 새로 고치세요.",
        "stopped" => "측정 엔진을 불러오기 전에 중지되었습니다. 보낸 요청은 없습니다.",
        _ => "측정 엔진이 예기치 않게 종료되었습니다. 끝난 라운드는 보존됩니다.",
    }
}
