//! The answer, in Korean.

use crate::words::{Answer, Baseline};
use fetchmark_core::{
    compare::{Reason, Verdict},
    gates::GateOutcome,
};

pub(super) const ANSWER: Answer = Answer {
    baseline: |Baseline { n, row, total, rounds, per_second, succeeded }| {
        if let Some((ok, ended)) = succeeded {
            return format!(
                "{row}: 요청 {n}개인 라운드에 {total}(라운드 {rounds}개의 중앙값), 하지만 요청 {ended}개 중 {ok}개만 성공했습니다. 처리량은 초당 성공한 요청 {per_second}개입니다."
            );
        }
        format!("{row}: 요청 {n}개에 {total}(라운드 {rounds}개의 중앙값), 초당 요청 {per_second}개.")
    },
    at_rate: |row, latency, ok| format!("{row}: 지연 시간 중앙값 {latency}(성공한 요청 {ok}개)."),
    many_rows: |count, clients| format!("행 {count}개({clients})"),
    reason,
    verdict: verdict_word,
    equivalent_within: |margin| format!("±{margin} 안에서 동등"),
    failures: |failed, issued, sentence| format!("요청 {issued}개 중 {failed}개가 실패했습니다. {sentence}"),
    cause: super::causes::cause,
    row_failures: |row, failed, issued, classes| {
        format!("{row}: 요청 {issued}개 중 {failed}개가 실패했습니다: {classes}.")
    },
    no_round: |row| format!("{row}: 끝난 라운드가 없습니다."),
    no_timed_round: |row| format!("{row}: 모든 라운드가 제외되었습니다."),
    gate: |outcome| match outcome {
        GateOutcome::Passed => "통과",
        GateOutcome::Crossed => "실패",
        GateOutcome::Unresolved => "판정 불가",
    },
    stopped: |rounds| format!("라운드 {rounds}개를 마친 뒤 측정을 중지했습니다."),
    ended_early: "오류로 측정이 일찍 끝났습니다. 끝난 라운드는 보존됩니다.",
    nothing: "끝난 라운드가 없어 비교할 것이 없습니다.",
    nothing_to_compare: "변형을 하나만 측정해 비교할 대상이 없습니다.",
    how_to_read: "배율은 같은 블록의 라운드 시간을 비교한 값이며, 1보다 작으면 더 빠릅니다. 범위는 95% 신뢰 구간입니다.",
};

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Faster => "더 빠름",
        Verdict::Slower => "더 느림",
        Verdict::Equivalent => "동등",
        Verdict::Inconclusive => "판정 불가",
        Verdict::Refused => "비교 불가",
    }
}

/// The reason as a Korean sentence.
pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Difference => "우연으로 설명할 수 없는 차이입니다.",
        Reason::WithinMargin => "신뢰 구간 전체가 동등성 한계 안에 있습니다.",
        Reason::IntervalTooWide => "신뢰 구간이 너무 넓습니다. 라운드를 늘리면 좁아집니다.",
        Reason::NotAfterCorrection => "다중 비교를 보정하면 차이가 유의하지 않습니다. 라운드를 늘려 보세요.",
        Reason::MarginNotAfterCorrection => {
            "다중 비교를 보정하면 동등하다고 할 수 없습니다. 라운드를 늘려 보세요."
        }
        Reason::TooFewBlocks => "양쪽 라운드가 모두 끝난 블록이 두 개 미만입니다. 라운드를 늘리세요.",
        Reason::TooFewRounds => {
            "비교할 수 있는 라운드가 두 개 미만인 보고서가 있습니다. 라운드를 늘려 보세요."
        }
        Reason::RoundsDiffer => "라운드당 요청 수가 서로 다릅니다. 같은 수로 다시 측정하세요.",
        Reason::PacedAtRate => "고정 속도에서는 속도가 전체 시간을 결정합니다. 백분위수를 비교하세요.",
        Reason::NoSuccess => {
            "둘 중 하나는 성공한 요청이 없습니다. 실패 원인을 찾아 해결한 뒤 다시 측정하세요."
        }
        Reason::FailuresDiffer => {
            "요청이 실패한 비율이나 종류가 서로 달라 같은 일을 한 라운드라고 볼 수 없습니다. 실패 원인을 확인하거나 동시 요청 수를 줄이세요. (xhr, xhr-sync, axios는 도중에 끊긴 응답과 없는 응답을 구별하지 못하므로 둘을 같은 실패로 셉니다.)"
        }
        Reason::AnswersDiffer => {
            "응답의 길이나 상태 코드가 서로 달라 같은 일을 한 라운드라고 볼 수 없습니다. 서버가 클라이언트마다 다른 Accept, Accept-Encoding, User-Agent에 따라 다른 응답을 보내는지 확인하고 모두 같은 응답을 보내게 하세요."
        }
        Reason::CachedAnswers => {
            "캐시에서 온 응답이 있어 요청을 측정한 것이 아닙니다. 서버가 Cache-Control: no-store를 보내게 하거나 URL에 {n}을 넣으세요."
        }
        Reason::CacheNotRuledOut => {
            "대상이 아닌 저장소에서 온 응답일 수 있습니다. 서비스 워커가 응답했거나, XMLHttpRequest가 피할 수 없는 다른 출처의 캐시에서 왔을 수 있는데 브라우저가 이를 보여 주지 않습니다. 서비스 워커 없이 측정하거나, 서버가 Timing-Allow-Origin을 보내지 않는다면 보내게 하거나, URL에 {n}을 넣으세요."
        }
        Reason::ColdReused => {
            "콜드 연결을 요구했지만 재사용한 연결이 있습니다. 대상 점검을 하면 새 연결을 강제하는 방법이 나옵니다. 프리플라이트가 필요한 요청이라면 프리플라이트가 그 연결을 먼저 열었을 수도 있습니다."
        }
        Reason::ColdNotShown => {
            "콜드 연결을 요구했지만 새 연결이었는지 확인할 수 없습니다. 서버가 Timing-Allow-Origin을 보내게 하고, 리디렉션이나 서비스 워커를 거치지 않게 하세요."
        }
        Reason::ClockTooCoarse => {
            "라운드 하나가 이 브라우저 시계 간격의 다섯 배보다 짧습니다. 라운드당 요청 수를 늘리세요."
        }
        Reason::ProtocolChanged => {
            "서로 다른 HTTP 프로토콜을 써서 프로토콜까지 비교하게 됩니다. 다시 측정하거나 서버가 한 가지만 제공하게 하세요."
        }
        Reason::TooManyVoided => {
            "절반이 넘는 블록에 비교할 수 있는 라운드 쌍이 없습니다. 라운드가 무효가 되었거나 성공한 요청이 없습니다. 아래에서 원인을 확인하고 다시 측정하세요."
        }
    }
}
