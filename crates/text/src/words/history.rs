//! What is done with reports: exported, kept, opened, compared.

use super::verdicts::korean_reason;
use fetchmark_core::{
    compare::{Reason, Verdict, reports::Setting},
    scenario::params::Language,
    stats::numbers::many,
};

/// Why a report cannot be opened, compared or exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportProblem {
    /// What is wrong with each of several files, by name; those that nothing is wrong with were opened.
    Files(Vec<(String, ReportProblem)>),
    Running,
    /// The file could not be read; the browser's own words.
    NotRead(String),
    TooLong,
    /// What opens, compares and exports reports could not be loaded; the browser's own words.
    NoTools(String),
    /// It is refused ([`Refusal`]); the sentence in each language.
    Refused(Vec<(Language, String)>),
}

words! {
    pub struct History {
        title: ["History", "기록"],
        hint(most: &str): [
            "The latest {most} reports are kept in this browser and sent nowhere. Open a report file here, or drop it anywhere on the page.",
            "최근 보고서 {most}개를 이 브라우저에만 보관하며 어디로도 보내지 않습니다. 여기서 보고서 파일을 열거나 페이지에 끌어다 놓으세요.",
        ],
        not_available: [
            "This browser keeps no data for this page (private window, or a page opened from a file). Save reports as files, then open them here or drop them on the page.",
            "이 브라우저는 이 페이지의 보고서를 보관하지 않습니다(시크릿 창이거나 파일로 연 페이지). 보고서를 파일로 내려받아 두고, 여기서 열거나 페이지에 끌어다 놓으세요.",
        ],
        full: [
            "This browser has no room for more reports, so this one is not kept. Delete some below, or save them as files.",
            "이 브라우저에 보고서를 더 보관할 공간이 없습니다. 아래에서 몇 개를 삭제하거나 파일로 저장하세요. 지금 보이는 보고서는 보관되지 않았습니다.",
        ],
        open_file: ["Open a report…", "보고서 열기…"],
        drop: ["Drop the file to open its report.", "여기에 파일을 놓으면 보고서가 열립니다."],
        not_opened: ["A report could not be opened or compared", "보고서를 열거나 비교하지 못했습니다"],
        problem(problem: &ReportProblem): {
            ReportProblem::Files(files) => [
                each_file(files, Self::ENGLISH.problem),
                each_file(files, Self::KOREAN.problem),
            ],
            ReportProblem::Running => [
                "A run is in progress. Open the file again when it has finished.",
                "측정이 진행 중입니다. 측정이 끝나면 파일을 다시 여세요.",
            ],
            ReportProblem::NotRead(words) => [
                "The browser could not read the file ({words}). Select it again.",
                "브라우저가 파일을 읽지 못했습니다({words}). 파일을 다시 고르세요.",
            ],
            ReportProblem::TooLong => [
                "The file is too large for a report: over 32 MB.",
                "파일이 보고서로는 너무 큽니다(32 MB 초과).",
            ],
            ReportProblem::NoTools(words) => [
                "The part of Fetchmark that opens, compares and exports reports could not be used ({words}). Check the connection or reload the page, then try again.",
                "보고서를 열고 비교하고 내보내는 모듈을 쓸 수 없습니다({words}). 연결을 확인하거나 페이지를 새로 고친 뒤 다시 시도하세요.",
            ],
            ReportProblem::Refused(sentences) => [
                sentence_in(sentences, Language::English),
                sentence_in(sentences, Language::Korean),
            ],
        },
        list: ["Reports in the history", "기록에 있는 보고서"],
        measured: ["Measured", "측정 시각"],
        target: ["Target", "대상"],
        variants: ["Size", "규모"],
        row(variants: &str, n: &str): [
            format!("{variants} × {}", many(n, "request")),
            "변형 {variants}개 × 요청 {n}개",
        ],
        actions: ["Actions", "작업"],
        open: ["Open", "열기"],
        compare: ["Compare", "비교"],
        baseline: ["Baseline", "기준으로"],
        forget: ["Delete", "삭제"],
        count(count: &str): [format!("{}.", many(count, "report")), "보고서 {count}개."],
        export: ["Save all", "모두 내려받기"],
        clear: ["Delete all", "모두 삭제"],
        clear_surely: ["Press again to delete all", "모두 삭제하려면 한 번 더 누르세요"],
        keep_as_baseline: ["Keep as baseline", "기준으로 보관"],
        opened(when: &str): [
            "Opened report, measured on {when}.",
            "불러온 보고서이며 측정 시각은 {when}입니다.",
        ],
    }
}

words! {
    pub struct Comparison {
        title(when: &str): ["Compared with {when}", "{when} 측정과 비교"],
        unpaired: [
            "The two runs took place at different times, so their rounds are not paired. Anything else that changed in between is part of the ratio, and the interval does not account for it.",
            "두 보고서는 다른 때에 측정했으므로 라운드를 짝짓지 않습니다. 그 사이에 달라진 다른 조건은 배율에 들어가지만 신뢰 구간에는 반영되지 않습니다.",
        ],
        setting(setting: Setting) -> &'static str: {
            Setting::Url => ["Different targets", "대상이 다름"],
            Setting::Request => ["Different requests", "요청이 다름"],
            Setting::ColdUrl => ["Different URLs for cold connections", "콜드 연결용 URL이 다름"],
            Setting::Cores => ["Different numbers of processors", "프로세서 수가 다름"],
            Setting::Runtimes => ["Different runtimes outside the browser", "브라우저 밖 실행 환경이 다름"],
            Setting::N => ["Different numbers of requests per round", "라운드당 요청 수가 다름"],
            Setting::Warmup => ["Different numbers of warm-up rounds", "워밍업 라운드 수가 다름"],
            Setting::Timeout => ["Different timeouts (ms)", "제한 시간이 다름(ms)"],
            Setting::Thread => ["Measured on different threads", "측정한 스레드가 다름"],
            Setting::Origin => ["Measured from different origins", "측정한 출처가 다름"],
            Setting::Browser => ["Different browsers", "브라우저가 다름"],
            Setting::Proxy => ["Different proxies", "프록시가 다름"],
            Setting::Distance => ["Different distances to the lab", "lab까지의 거리가 다름"],
            Setting::Isolated => ["Cross-origin isolation differs", "교차 출처 격리가 다름"],
            Setting::TimerStep => ["Different clock resolutions (ms)", "시계 해상도가 다름(ms)"],
            Setting::Protocol => ["Different protocols", "프로토콜이 다름"],
            Setting::Sessions => ["Different numbers of sessions", "세션 수가 다름"],
            Setting::Answers => ["Different responses", "응답이 다름"],
            Setting::Ending => ["Ended differently", "끝난 방식이 다름"],
            Setting::Version => ["Different versions of Fetchmark", "Fetchmark 버전이 다름"],
        },
        value(setting: Setting, value: &str) -> Option<&'static str>: {
            (Setting::Thread, "worker") => [Some("in a worker"), Some("워커")],
            (Setting::Thread, "main") => [Some("on the main thread"), Some("메인 스레드")],
            (Setting::Origin, "page") => [Some("the page's"), Some("페이지")],
            (Setting::Origin, "target") => [Some("the target's own"), Some("대상 자신")],
            (Setting::Isolated, "true") => [Some("isolated"), Some("격리됨")],
            (Setting::Isolated, "false") => [Some("not isolated"), Some("격리되지 않음")],
            (Setting::Ending, "complete") => [Some("complete"), Some("끝까지 측정")],
            (Setting::Ending, "stopped") => [Some("stopped"), Some("도중에 중지")],
            (Setting::Ending, "failed") => [Some("failed"), Some("오류로 끝남")],
            (_, "") => [Some("none"), Some("없음")],
            _ => [None, None],
        },
        only_before: ["Only in the earlier report:", "이전 보고서에만 있음:"],
        only_now: ["Only in this report:", "이 보고서에만 있음:"],
        table: ["Total times", "전체 시간"],
        rounds_title: ["Round times, before and now", "라운드별 시간, 이전과 지금"],
        percentiles_title: ["Latency percentiles, before and now", "지연 시간 백분위수, 이전과 지금"],
        before: ["before", "이전"],
        now: ["now", "지금"],
        ratio: ["now ÷ before", "지금 ÷ 이전"],
        verdict: ["verdict", "판정"],
        sentence(row: &ComparedReport) where { ComparedReport { label, ratio, low, high, .. } = row }: [
            format!("{label}: {ratio}× the time (95% interval {low}–{high}): {}", (Self::ENGLISH.outcome)(row)),
            format!("{label}: 시간이 전의 {ratio}배입니다(95% 신뢰 구간 {low}–{high}). {}", (Self::KOREAN.outcome)(row)),
        ],
        outcome(row: &ComparedReport) by (row.verdict): {
            Verdict::Faster => ["faster than before.", "전보다 빠릅니다."],
            Verdict::Slower => ["slower than before.", "전보다 느립니다."],
            Verdict::Equivalent => [
                format!("equivalent within ±{}.", row.margin),
                format!("±{} 안에서 동등합니다.", row.margin),
            ],
            Verdict::Inconclusive | Verdict::Refused => [
                format!("inconclusive. {}", row.reason.sentence()),
                format!("판정할 수 없습니다. {}", korean_reason(row.reason)),
            ],
        },
    }
}

impl Comparison {
    pub fn difference(&self, setting: Setting, before: &str, now: &str) -> String {
        let [before, now] = [before, now].map(|value| (self.value)(setting, value).unwrap_or(value));
        format!("{}: {before} → {now}", (self.setting)(setting))
    }
}

pub struct ComparedReport<'a> {
    pub label: &'a str,
    /// Time now ÷ time before.
    pub ratio: String,
    pub low: String,
    pub high: String,
    pub verdict: Verdict,
    pub reason: Reason,
    pub margin: String,
}

fn each_file(files: &[(String, ReportProblem)], problem: fn(&ReportProblem) -> String) -> String {
    let each = files.iter().map(|(name, wrong)| match name.as_str() {
        "" => problem(wrong),
        name => format!("{name}: {}", problem(wrong)),
    });
    each.collect::<Vec<_>>().join(" ")
}

fn sentence_in(sentences: &[(Language, String)], language: Language) -> String {
    let found = sentences.iter().find(|(of, _)| *of == language);
    found.map_or_else(String::new, |(_, sentence)| sentence.clone())
}

words! {
    pub struct Export {
        title: ["Export", "내보내기"],
        link: ["Link to these settings", "현재 설정의 링크"],
        with_secrets: [
            "Include passwords, keys and tokens (otherwise •••). Anyone who has the link can read them.",
            "비밀번호, 키, 토큰 포함(기본은 •••). 링크를 가진 사람은 누구나 이 값을 볼 수 있습니다.",
        ],
        copy: ["Copy link", "링크 복사"],
        copied: ["Copied", "복사했습니다"],
        not_copied: [
            "The browser did not allow copying. The link is selected: copy it yourself.",
            "브라우저가 복사를 허용하지 않았습니다. 링크를 선택해 두었으니 직접 복사하세요.",
        ],
        copy_with_report: ["Copy link with results", "결과를 담은 링크 복사"],
        not_allowed: [
            "The browser did not allow copying. Download the file instead.",
            "브라우저가 복사를 허용하지 않았습니다. 파일로 내려받으세요.",
        ],
        download: ["Download JSON", "JSON 내려받기"],
        download_csv: ["Download CSV", "CSV 내려받기"],
        download_hdr: ["Download HDR log", "HDR 로그 내려받기"],
        copy_markdown: ["Copy as Markdown", "마크다운으로 복사"],
        copy_table: ["Copy table", "표 복사"],
        download_hint: [
            "A link with results opens this report anywhere; the report itself is not sent to any server. JSON is the full report with every round. CSV has one line per round, the copied table one per variant. The HDR log holds latency histograms. Markdown is for comments.",
            "결과를 담은 링크는 어디서나 이 보고서를 열며, 보고서는 서버로 전송되지 않습니다. JSON은 모든 라운드를 담은 전체 보고서입니다. CSV에는 라운드마다, 복사한 표에는 변형마다 한 줄이 있습니다. HDR 로그에는 지연 시간 히스토그램이 있고, 마크다운은 댓글용입니다.",
        ],
    }
}
