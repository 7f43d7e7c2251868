//! Kept, opened and compared reports, in Korean.

use crate::words::{ComparedReport, Comparison, Kept, ReportProblem, said};
use fetchmark_core::{
    compare::{Verdict, reports::Setting},
    scenario::params::Language,
};

/// Words of kept and opened reports.
pub(super) const KEPT: Kept = Kept {
    title: "기록",
    hint: |most| {
        format!(
            "최근 보고서 {most}개를 이 브라우저에만 보관하며 어디로도 보내지 않습니다. 여기서 보고서 파일을 열거나 페이지에 끌어다 놓으세요."
        )
    },
    not_available: "이 브라우저는 이 페이지의 보고서를 보관하지 않습니다(시크릿 창이거나 파일로 연 페이지). 보고서를 파일로 내려받아 두고, 여기서 열거나 페이지에 끌어다 놓으세요.",
    full: "이 브라우저에 보고서를 더 보관할 공간이 없습니다. 아래에서 몇 개를 삭제하거나 파일로 저장하세요. 지금 보이는 보고서는 보관되지 않았습니다.",
    open_file: "보고서 열기…",
    drop: "여기에 파일을 놓으면 보고서가 열립니다.",
    not_opened: "보고서를 열거나 비교하지 못했습니다",
    problem,
    list: "기록에 있는 보고서",
    measured: "측정 시각",
    target: "대상",
    variants: "규모",
    row: |variants, n| format!("변형 {variants}개 × 요청 {n}개"),
    actions: "작업",
    open: "열기",
    compare: "비교",
    baseline: "기준으로",
    forget: "삭제",
    count: |count| format!("보고서 {count}개."),
    export: "모두 내려받기",
    clear: "모두 삭제",
    clear_surely: "모두 삭제하려면 한 번 더 누르세요",
    keep_as_baseline: "기준으로 보관",
    opened: |when| format!("불러온 보고서이며 측정 시각은 {when}입니다."),
};

fn problem(problem: &ReportProblem) -> String {
    match problem {
        ReportProblem::Files(files) => {
            let each = files.iter().map(|(name, wrong)| match name.as_str() {
                "" => self::problem(wrong),
                name => format!("{name}: {}", self::problem(wrong)),
            });
            each.collect::<Vec<_>>().join(" ")
        }
        ReportProblem::Running => "측정이 진행 중입니다. 측정이 끝나면 파일을 다시 여세요.".to_owned(),
        ReportProblem::NotRead(words) => {
            format!("브라우저가 파일을 읽지 못했습니다({words}). 파일을 다시 고르세요.")
        }
        ReportProblem::TooLong => "파일이 보고서로는 너무 큽니다(32 MB 초과).".to_owned(),
        ReportProblem::NoTools(words) => format!(
            "보고서를 열고 비교하고 내보내는 모듈을 쓸 수 없습니다({words}). 연결을 확인하거나 페이지를 새로 고친 뒤 다시 시도하세요."
        ),
        ReportProblem::Refused(sentences) => said(sentences, Language::Korean),
    }
}

/// A setting's value as people say it.
fn value(setting: Setting, value: &str) -> &str {
    match (setting, value) {
        (Setting::Thread, "worker") => "워커",
        (Setting::Thread, "main") => "메인 스레드",
        (Setting::Isolated, "true") => "격리됨",
        (Setting::Isolated, "false") => "격리되지 않음",
        (Setting::Ending, "complete") => "끝까지 측정",
        (Setting::Ending, "stopped") => "도중에 중지",
        (Setting::Ending, "failed") => "오류로 끝남",
        (_, "") => "없음",
        _ => value,
    }
}

/// Words of a comparison of two reports.
pub(super) const COMPARISON: Comparison = Comparison {
    title: |when| format!("{when} 측정과 비교"),
    unpaired: "두 보고서는 다른 때에 측정했으므로 라운드를 짝짓지 않습니다. 그 사이에 달라진 다른 조건은 배율에 들어가지만 신뢰 구간에는 반영되지 않습니다.",
    difference: |setting, before, now| {
        let name = match setting {
            Setting::Url => "대상이 다름",
            Setting::Request => "요청이 다름",
            Setting::ColdUrl => "콜드 연결용 URL이 다름",
            Setting::Cores => "프로세서 수가 다름",
            Setting::Runtimes => "브라우저 밖 실행 환경이 다름",
            Setting::N => "라운드당 요청 수가 다름",
            Setting::Warmup => "워밍업 라운드 수가 다름",
            Setting::Timeout => "제한 시간이 다름(ms)",
            Setting::Thread => "측정한 스레드가 다름",
            Setting::Browser => "브라우저가 다름",
            Setting::Proxy => "프록시가 다름",
            Setting::Isolated => "교차 출처 격리가 다름",
            Setting::TimerStep => "시계 해상도가 다름(ms)",
            Setting::Protocol => "프로토콜이 다름",
            Setting::Answers => "응답이 다름",
            Setting::Ending => "끝난 방식이 다름",
            Setting::Version => "Fetchmark 버전이 다름",
        };
        format!("{name}: {} → {}", value(setting, before), value(setting, now))
    },
    only_before: "이전 보고서에만 있음:",
    only_now: "이 보고서에만 있음:",
    table: "전체 시간",
    rounds_title: "라운드별 시간, 이전과 지금",
    percentiles_title: "지연 시간 백분위수, 이전과 지금",
    before: "이전",
    now: "지금",
    ratio: "지금 ÷ 이전",
    verdict: "판정",
    sentence: |ComparedReport { label, ratio, low, high, verdict, reason, margin }| {
        let said = match verdict {
            Verdict::Faster => "전보다 빠릅니다.".to_owned(),
            Verdict::Slower => "전보다 느립니다.".to_owned(),
            Verdict::Equivalent => format!("±{margin} 안에서 동등합니다."),
            Verdict::Inconclusive | Verdict::Refused => {
                format!("판정할 수 없습니다. {}", super::answer::reason(*reason))
            }
        };
        format!("{label}: 시간이 전의 {ratio}배입니다(95% 신뢰 구간 {low}–{high}). {said}")
    },
};
