//! The ranking and the tables below it, in Korean.

use crate::words::{Lifecycles, Ranking, Results};

pub(super) const RANKING: Ranking = Ranking {
    title: "순위",
    so_far: "중간 순위",
    caption: |n, rounds| format!("요청 {n}개의 전체 시간: 라운드 {rounds}개의 중앙값과 95% 신뢰 구간."),
    chosen_later: "측정 뒤에 고른 기준입니다. 다중 비교 보정은 이 기준과의 비교에만 적용되며, 기준을 여러 번 바꾼 것은 반영하지 않습니다.",
    compare_with: "비교 기준",
    sort_by: "정렬",
    orders: ["시간", "배율", "측정 순서"],
    time: "전체 시간",
    ratio: "배율",
    interval: |low, high| format!("95% 신뢰 구간 {low}~{high}"),
    failures: |failed, ended| format!("{ended}개 중 {failed}개 실패"),
    no_time_yet: "아직 시간 없음",
    no_round: "끝난 라운드 없음",
    no_success: "성공한 요청 없음",
    all_voided: "모든 라운드가 무효",
    sections: "이 측정의 자세한 결과",
};

pub(super) const RESULTS: Results = Results {
    title: "결과 표",
    caption: |n, rounds, common| {
        let common = if common.is_empty() { String::new() } else { format!(" 모든 행 공통: {common}.") };
        format!("라운드당 요청 {n}개, 행마다 라운드 {rounds}개.{common}")
    },
    no_timed_rounds: "모든 라운드가 제외되었습니다.",
    order: "정렬 기준",
    variant: "변형",
    total: |n| format!("요청 {n}개 전체"),
    per_second: "초당 요청 수",
    latency: "지연 시간",
    percentiles: ["p50", "p95", "p99"],
    connections: "연결",
    labels: ["새 연결", "재사용", "캐시", "알 수 없음"],
    failures: "실패",
    ratio: "기준 대비 배율",
    baseline: "기준",
    ms: "ms",
    block: "블록",
    median: "중앙값",
    in_flight: "동시 요청",
};

pub(super) const LIFECYCLES: Lifecycles = Lifecycles {
    title: "클라이언트별 재사용과 매번 생성",
    caption: "클라이언트를 요청마다 새로 만드는 비용입니다. 같은 블록의 라운드끼리 짝지어 비교합니다.",
    ratio: "매번 생성 ÷ 재사용",
};
