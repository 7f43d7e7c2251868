//! The ranking, in Korean.

use crate::Ranking;

/// The words.
pub(super) const RANKING: Ranking = Ranking {
    title: "순위",
    caption: |n, rounds| format!("요청 {n}개의 전체 시간: 라운드 {rounds}개의 중앙값과 95% 신뢰 구간."),
    compared_with: |row| format!("비교 기준: {row}."),
    chosen_later: "측정 뒤에 고른 기준입니다. 다중 비교 보정은 이 기준과의 비교에만 적용되며, 기준을 여러 번 바꾼 것은 반영하지 않습니다.",
    compare_with: "비교 기준",
    sort_by: "정렬",
    orders: ["시간", "배율", "측정 순서"],
    time: "전체 시간",
    ratio: "배율",
    interval: |low, high| format!("95% 신뢰 구간 {low}~{high}"),
    failures: |failed, ended| format!("{ended}개 중 {failed}개 실패"),
    no_round: "끝난 라운드 없음",
    no_success: "성공한 요청 없음",
    all_voided: "모든 라운드가 무효",
    sections: "이 측정의 자세한 결과",
};
