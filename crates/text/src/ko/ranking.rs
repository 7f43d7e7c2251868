//! The ranking, in Korean.

use crate::Ranking;

/// The words.
pub(super) const RANKING: Ranking = Ranking {
    title: "순위",
    caption: |n, rounds| format!("요청 {n}개의 전체 시간: 라운드 {rounds}개의 중앙값과 95% 신뢰 구간."),
    compared_with: |row| format!("비교 기준: {row}."),
    compare_with: "비교 기준",
    sort_by: "정렬",
    orders: ["시간", "배율", "측정 순서"],
    time: "전체 시간",
    ratio: "배율",
    interval: |low, high| format!("95% 신뢰 구간 {low}~{high}"),
    no_round: "끝난 라운드 없음",
    no_success: "성공한 요청 없음",
    all_voided: "모든 라운드가 무효",
    sections: "이 측정의 자세한 결과",
};
