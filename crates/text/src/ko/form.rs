//! The form, in Korean.

use crate::{
    What,
    ko::{params, problems},
};
use fetchmark_core::{client::Client, factors::Lifecycle, preset::Preset};

/// The form.
pub(super) const WHAT: What = What {
    title: "무엇을 측정할지",
    url: "측정할 주소",
    url_hint: |target| format!("비워 두면: {target}"),
    url_hint_file: "파일로 연 페이지에는 측정할 자기 주소가 없습니다. 주소를 입력하세요.",
    presets: "질문",
    preset: |preset| match preset {
        Preset::Python => (
            "한 번 만들기와 매번 만들기",
            "요청 100개를 한꺼번에, 또 하나씩 차례로 보내며 클라이언트를 재사용할 때와 매번 만들 때를 비교합니다. 파이썬 HTTP 클라이언트 비교를 브라우저에서 재현합니다",
        ),
        Preset::WarmVsCold => ("웜과 콜드", "요청마다 연결을 새로 열면 얼마나 더 걸릴까요?"),
        Preset::Clients => {
            ("모든 클라이언트", "동시 요청 여섯 개로, 재사용할 때 어느 클라이언트가 가장 빠를까요?")
        }
        Preset::Concurrency => {
            ("동시 요청 수", "동시 요청이 1, 2, 6, 16, 64개일 때 시간은 어떻게 달라질까요?")
        }
        Preset::Floor => {
            ("네트워크 없이", "네트워크 없이 브라우저가 바로 응답할 때 클라이언트 자체에는 얼마나 걸릴까요?")
        }
        Preset::Rate => {
            ("일정한 속도", "앞선 요청이 끝났든 아니든 초당 50번 보내면 요청 하나에 얼마나 걸릴까요?")
        }
    },
    clients: "클라이언트",
    chip: |client, lifecycle| format!("{client}, {lifecycle}"),
    lifecycle: ["재사용", "매번 생성"],
    connections: "연결",
    connection: [
        ("웜", "브라우저가 이미 열린 연결을 다시 쓸 수 있습니다"),
        ("콜드", "요청마다 새 연결을 엽니다"),
    ],
    pacings: "요청을 보내는 방식",
    pacing: ["하나씩 차례로", "여럿을 동시에", "일정한 속도로"],
    rate: "초당 요청 수",
    cold_url: "콜드 연결용 주소",
    cold_hint: "서버가 “Connection: close”로 응답하는 주소(랩에서는 /lab/close)나 호스트에 {n}이 들어간 주소입니다. 측정할 주소의 호스트나 포트에 {n}이 있으면 비워 두어도 됩니다.",
    cold_impossible: "이대로는 콜드 연결을 강제할 수 없습니다. 브라우저에 새 연결을 요구할 방법이 없기 때문입니다. 연결을 닫는 주소를 입력하거나 호스트에 {n}을 넣으세요.",
    n: "요청 수",
    rounds: "라운드",
    in_flight: "동시 요청",
    all_at_once: "한꺼번에",
    at_most: "최대",
    lanes: "최대 동시 요청 수",
    more: "추가 설정",
    explain_title: "선택 항목이 뜻하는 것과 뜻하지 않는 것",
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
            "이 측정은 {host}에 요청 {requests}개를 보냅니다. 서버 운영자가 허락했는지 확인하거나 요청 수와 라운드를 줄이세요."
        )
    },
    mixed_content: "이 페이지는 https로 열렸기 때문에 브라우저가 http 주소로 가는 요청을 막습니다. https 주소를 쓰거나 Fetchmark를 http로 여세요.",
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
