//! The run: its button, its progress, and why it gave no report.

use super::problems::korean_scenario_error;
use fetchmark_core::scenario::ScenarioError;

words! {
    pub struct Run {
        run: ["Run", "측정"],
        again: ["Run again", "다시 측정"],
        stop: ["Stop", "중지"],
        stopping: ["Stopping…", "중지하는 중…"],
        progress: ["Progress of the run", "측정 진행"],
        starting: ["Starting the engine…", "측정 엔진을 시작하는 중…"],
        warming(row: &str): ["Warming up: {row}", "워밍업: {row}"],
        measuring(block: &str, row: &str): ["Block {block}: {row}", "블록 {block}: {row}"],
        measuring_of(block: &str, blocks: &str, row: &str): [
            "Block {block} of {blocks}: {row}",
            "블록 {blocks}개 중 {block}번째: {row}",
        ],
        left(seconds: &str): ["about {seconds} s left", "약 {seconds}초 남음"],
        pace(per_second: &str): [
            "{per_second} requests/s in the last round",
            "마지막 라운드에서 초당 요청 {per_second}개",
        ],
        pace_so_far(per_second: &str): [
            "{per_second} requests/s so far",
            "지금까지 초당 요청 {per_second}개",
        ],
        announce(percent: &str): ["{percent} done", "{percent} 완료"],
        announce_done: ["The run has finished.", "측정이 끝났습니다."],
        failures -> Failures: [Failures::ENGLISH, Failures::KOREAN],
        failed: ["The run failed", "측정하지 못했습니다"],
    }
}

words! {
    pub struct Failures {
        already_running: [
            "A run is in progress. Stop it first, or wait until it has finished.",
            "이미 측정하는 중입니다. 먼저 중지하거나 끝날 때까지 기다리세요.",
        ],
        bad_link: [
            "The link has parameters that cannot be read.",
            "링크에 읽을 수 없는 매개변수가 있습니다.",
        ],
        bad_scenario(problems: &[ScenarioError]): [
            problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            korean_problems(problems),
        ],
        unreadable_scenario(reason: &str): [
            "The scenario cannot be read: {reason}.",
            "스크립트가 넘긴 설정을 읽을 수 없습니다({reason}).",
        ],
        no_target: [
            "A page opened from a file has no default URL. Enter one, such as https://example.com/path.",
            "파일로 연 페이지에는 기본 URL이 없습니다. https://example.com/path 같은 URL을 입력하세요.",
        ],
        not_loaded(detail: &str): [
            "The measuring engine could not be loaded ({detail}). Check the connection to the server of this page, then run again.",
            "측정 엔진을 불러오지 못했습니다({detail}). 이 페이지를 보낸 서버와의 연결을 확인한 뒤 다시 측정하세요.",
        ],
        unreadable(detail: &str): [
            "The engine’s report could not be read ({detail}). Reload the page: engine and page may have different versions.",
            "엔진의 보고서를 읽지 못했습니다({detail}). 엔진과 페이지의 버전이 다를 수 있으니 페이지를 새로 고치세요.",
        ],
        engine(code: &str, message: &str): [message.to_owned(), format!("{} ({message})", korean_code(code))],
    }
}

fn korean_problems(problems: &[ScenarioError]) -> String {
    let sentences: Vec<String> = problems.iter().map(korean_scenario_error).collect();
    format!("이 설정으로는 측정할 수 없습니다. {}", sentences.join(" "))
}

/// What the engine's code means; its own sentence, in English, stands behind it.
fn korean_code(code: &str) -> &'static str {
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
