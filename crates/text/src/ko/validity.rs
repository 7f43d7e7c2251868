//! Validity and environment, in Korean.

use crate::words::Validity;
use fetchmark_core::samples::label::Evidence;

pub(super) const VALIDITY: Validity = Validity {
    title: "유효성",
    nothing_found: "발견된 문제가 없습니다.",
    finding: super::findings::finding,
    severity: super::findings::severity,
    environment: "측정 환경",
    browser: "브라우저",
    beside: "브라우저 밖",
    python: "Python",
    cores: "프로세서",
    core_count: |cores| format!("코어 {cores}개"),
    row_count: |rows| format!("행 {rows}개"),
    isolated: "교차 출처 격리",
    isolated_values: ["예(시계가 정밀함)", "아니요(시계가 거침)"],
    timer: "시계 해상도",
    protocol: "프로토콜",
    hidden_protocol: "브라우저가 숨김",
    target: "대상",
    evidence: "연결 판단 근거",
    evidence_word: evidence,
    started: "측정 시각",
    unknown: "브라우저가 알려 주지 않음",
    requests: "요청",
    request_counts: |issued, ok, failed, aborted| {
        format!("보냄 {issued} = 성공 {ok} + 실패 {failed} + 중단 {aborted}")
    },
};

fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Server => "서버의 연결 id",
        Evidence::ResourceTiming => "Resource Timing의 연결 시간",
        Evidence::Transfer => "전송한 바이트",
        Evidence::Client => "요청마다 새로 만든 클라이언트",
        Evidence::Nothing => "없음(타이밍 정보가 숨겨져 있음)",
    }
}
