//! The form, in Korean.

use crate::{
    What,
    ko::{params, problems},
};
use fetchmark_core::{client::Client, factors::Lifecycle, preset::Preset};

/// The form.
pub(super) const WHAT: What = What {
    title: "무엇을 측정할지",
    url: "측정할 URL",
    url_hint: |target| format!("기본값: {target}"),
    url_hint_file: "파일로 연 페이지에는 기본 URL이 없습니다. URL을 입력하세요.",
    presets: "프리셋",
    preset: |preset| match preset {
        Preset::Python => (
            "재사용과 매번 생성",
            "클라이언트를 계속 쓰는 것이 나을까요? Python 클라이언트 비교처럼 요청 100개를 동시에, 또 순차로 보냅니다",
        ),
        Preset::WarmVsCold => ("웜과 콜드", "요청마다 연결을 새로 열면 얼마나 더 걸릴까요?"),
        Preset::Clients => {
            ("모든 클라이언트", "동시 요청 여섯 개로, 재사용할 때 어느 클라이언트가 가장 빠를까요?")
        }
        Preset::Concurrency => {
            ("동시 요청 수", "동시 요청이 1, 2, 6, 16, 64개일 때 시간은 어떻게 달라질까요?")
        }
        Preset::Floor => {
            ("네트워크 없이", "네트워크 없이 브라우저가 바로 응답할 때 클라이언트 자체의 비용은 얼마일까요?")
        }
        Preset::Rate => {
            ("고정 속도", "앞선 요청이 끝났는지와 관계없이 초당 50개를 보내면 요청 하나에 얼마나 걸릴까요?")
        }
    },
    clients: "클라이언트",
    chip: |client, lifecycle| format!("{client}, {lifecycle}"),
    lifecycle: ["재사용", "매번 생성"],
    connections: "연결",
    connection: [("웜", "이미 열린 연결을 쓸 수 있습니다"), ("콜드", "요청마다 새 연결을 엽니다")],
    pacings: "전송 방식",
    pacing: ["순차", "동시", "고정 속도"],
    rate: "초당 요청 수",
    cold_url: "콜드 연결용 URL",
    cold_hint: "서버가 “Connection: close”로 응답하는 URL(랩에서는 /lab/close)이나 호스트에 {n}이 있는 URL입니다. 측정할 URL의 호스트나 포트에 {n}이 있으면 비워 두세요.",
    cold_impossible: "이 URL로는 콜드 연결을 강제할 수 없습니다. 페이지가 브라우저에 새 연결을 요구할 방법이 없기 때문입니다. 서버가 연결을 닫는 URL을 입력하거나 호스트에 {n}을 넣으세요.",
    n: "요청 수",
    rounds: "라운드",
    in_flight: "동시 요청",
    all_at_once: "한꺼번에",
    at_most: "최대",
    lanes: "최대 동시 요청 수",
    more: "추가 설정",
    explain_title: "설정의 의미",
    at_least: |requests| format!("최소 {requests}"),
    plan: |variants, rounds, requests| {
        let rounds = rounds.map_or_else(|| "필요한 만큼".to_owned(), |rounds| format!("{rounds}개"));
        format!("변형 {variants}개, 변형마다 라운드 {rounds}, 워밍업을 포함한 전체 요청 {requests}개")
    },
    variants: |variants| format!("변형 {variants}개"),
    requests_by_rounds: |requests, rounds| {
        let rounds = rounds.map_or_else(|| "필요한 만큼".to_owned(), |rounds| format!("{rounds}개"));
        format!("요청 {requests}개 × 라운드 {rounds}")
    },
    edit: "수정",
    large_run: |requests, host| {
        format!(
            "이 측정은 {host}에 요청 {requests}개를 보냅니다. 서버 운영자의 동의를 받았는지 확인하거나 요청 수와 라운드를 줄이세요."
        )
    },
    mixed_content: "이 페이지는 https로 열렸기 때문에 브라우저가 http URL로 가는 요청을 막습니다. https URL을 쓰거나 Fetchmark를 http로 여세요.",
    no_variant: "선택한 클라이언트가 없습니다. 하나 이상 선택하세요.",
    url_problem: problems::url_problem,
    field_problem: problems::field_problem,
    scenario_problem: params::scenario_error,
};

/// What a client keeps, or builds for each call.
pub(super) fn built(client: Client, lifecycle: Lifecycle) -> &'static str {
    match (client.name(), lifecycle) {
        ("gloo-net" | "web-sys" | "js-fetch", Lifecycle::Reused) => {
            "라운드 전에 동시 요청 수만큼 요청을 만들어 두고 다시 씁니다"
        }
        ("gloo-net", Lifecycle::Fresh) => "호출할 때마다 요청 빌더와 헤더, 요청을 만듭니다",
        ("web-sys" | "js-fetch", Lifecycle::Fresh) => "호출할 때마다 옵션과 헤더, Request를 만듭니다",
        ("reqwest", Lifecycle::Reused) => {
            "클라이언트와 요청을 한 번 만들어 두고 호출할 때마다 복제해 보냅니다"
        }
        ("reqwest", Lifecycle::Fresh) => "호출할 때마다 클라이언트와 헤더, 요청을 만듭니다",
        ("xhr", Lifecycle::Reused) => "끝난 객체를 다시 엽니다",
        ("xhr-sync", Lifecycle::Reused) => "객체 하나를 호출할 때마다 다시 엽니다",
        ("xhr" | "xhr-sync", Lifecycle::Fresh) => "호출할 때마다 XMLHttpRequest를 만듭니다",
        (_, Lifecycle::Reused) => "기본 설정이 든 인스턴스 하나를 계속 씁니다",
        (_, Lifecycle::Fresh) => "호출할 때마다 인스턴스를 만듭니다",
    }
}
