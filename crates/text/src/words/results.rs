//! The ranking and the tables below it.

use fetchmark_core::{report::Ending, stats::numbers::many};

words! {
    pub struct Ranking {
        title: ["Ranking", "순위"],
        so_far: ["Ranking so far", "중간 순위"],
        caption(n: &str, rounds: &str): [
            format!("Total time for {}: median of {}, 95% interval.", many(n, "request"), many(rounds, "round")),
            "요청 {n}개의 전체 시간: 라운드 {rounds}개의 중앙값과 95% 신뢰 구간.",
        ],
        caption_of_sessions(n: &str, rounds: &str): [
            format!("Total time for {}: median of {}. A dot is the median of one session.", many(n, "request"), many(rounds, "round")),
            "요청 {n}개의 전체 시간: 라운드 {rounds}개의 중앙값. 점은 한 세션의 중앙값입니다.",
        ],
        chosen_later: [
            "This baseline was chosen after the run. Verdicts are corrected for the comparisons with it, not for trying several baselines.",
            "측정 뒤에 고른 기준입니다. 다중 비교 보정은 이 기준과의 비교에만 적용되며, 기준을 여러 번 바꾼 것은 반영하지 않습니다.",
        ],
        compare_with: ["Compare with", "비교 기준"],
        sort_by: ["Sort by", "정렬"],
        orders -> [&'static str; 3]: [["time", "ratio", "order of the run"], ["시간", "배율", "측정 순서"]],
        time: ["Total time", "전체 시간"],
        ratio: ["Ratio", "배율"],
        interval(low: &str, high: &str): ["95% interval {low} to {high}", "95% 신뢰 구간 {low}~{high}"],
        failures(failed: &str, ended: &str): ["{failed} of {ended} failed", "{ended}개 중 {failed}개 실패"],
        no_time_yet: ["no time yet", "아직 시간 없음"],
        no_round: ["no round was finished", "끝난 라운드 없음"],
        no_success: ["no request succeeded", "성공한 요청 없음"],
        all_voided: ["every round is voided", "모든 라운드가 무효"],
        /// What a ratio is to, where it is not the row chosen.
        against(target: &str): ["vs. {target}", "{target} 대비"],
        not_compared: ["not compared", "비교 안 함"],
        across(first: &str): [
            "Rows of the baseline’s target are compared with the baseline, rows of other targets with the same row of {first}.",
            "기준과 같은 대상의 행은 기준과, 다른 대상의 행은 {first}의 같은 행과 비교합니다.",
        ],
        sections: ["More about this run", "이 측정의 자세한 결과"],
    }
}

words! {
    pub struct Results {
        title: ["Results", "결과 표"],
        caption(n: &str, rounds: &str, common: &str): {
            (.., "") => [
                format!("{} per round, {} per row.", many(n, "request"), many(rounds, "round")),
                "라운드당 요청 {n}개, 행마다 라운드 {rounds}개.",
            ],
            _ => [
                format!(
                    "{} per round, {} per row. All rows: {common}.",
                    many(n, "request"),
                    many(rounds, "round")
                ),
                "라운드당 요청 {n}개, 행마다 라운드 {rounds}개. 모든 행 공통: {common}.",
            ],
        },
        no_timed_rounds: ["All rounds were left out.", "모든 라운드가 제외되었습니다."],
        order: ["Sort by", "정렬 기준"],
        variant: ["Variant", "변형"],
        total(n: &str): ["Total for {n}", "요청 {n}개 전체"],
        per_second: ["Requests per second", "초당 요청 수"],
        latency: ["Latency", "지연 시간"],
        percentiles -> [&'static str; 3]: [["p50", "p95", "p99"], ["p50", "p95", "p99"]],
        connections: ["Connections", "연결"],
        labels -> [&'static str; 4]: [
            ["new", "reused", "cached", "unknown"],
            ["새 연결", "재사용", "캐시", "알 수 없음"],
        ],
        failures: ["Failures", "실패"],
        ratio: ["Ratio to baseline", "기준 대비 배율"],
        baseline: ["baseline", "기준"],
        ms: ["ms", "ms"],
        block: ["Block", "블록"],
        median: ["Median", "중앙값"],
        in_flight: ["In flight", "동시 요청"],
    }
}

words! {
    pub struct SessionWords {
        title: ["Sessions", "세션"],
        summary(count: &str): [
            if count == "1" {
                "One session measured: intervals and verdicts are over its rounds.".to_owned()
            } else {
                format!("Merged from {count} sessions. Intervals and verdicts are over sessions, percentiles over all requests.")
            },
            if count == "1" {
                "세션 하나가 측정했습니다. 구간과 판정은 그 세션의 라운드 단위입니다.".to_owned()
            } else {
                format!("세션 {count}개를 합쳤습니다. 구간과 판정은 세션 단위, 백분위수는 모든 요청 기준입니다.")
            },
        ],
        common_time(seconds: &str, requests: &str, per_second: &str): [
            format!(
                "All sessions, lost ones apart, measured at the same time for {seconds} s. In whole rounds of that time {} succeeded: {per_second} per second, pauses between rounds included.",
                many(requests, "request")
            ),
            "끊긴 세션을 빼고 모든 세션이 동시에 측정한 시간은 {seconds}초입니다. 이 시간 안에 온전히 들어간 라운드에서 요청 {requests}개가 성공했습니다. 라운드 사이의 대기 시간을 포함해 초당 {per_second}개입니다.",
        ],
        list: ["One browser per session:", "세션마다 브라우저 하나:"],
        medians: ["Median round of each session (ms):", "세션별 라운드 중앙값(ms):"],
        spread: ["Median rounds of the sessions (ms):", "세션들의 라운드 중앙값(ms):"],
        spread_heads -> [&'static str; 3]: [["shortest", "median", "longest"], ["최소", "중앙값", "최대"]],
        table: ["Sessions as tables", "세션을 표로 보기"],
        by_session: [
            "From the top: the rounds of the first session, then those of the next. Merged rounds have no interval.",
            "위에서부터 첫 세션의 라운드, 이어서 다음 세션의 라운드입니다. 합친 라운드에는 신뢰 구간이 없습니다.",
        ],
        session: ["Session", "세션"],
        browser: ["Browser", "브라우저"],
        node: ["Node", "노드"],
        clock_step: ["Clock step (µs)", "시계 해상도 (µs)"],
        offset: ["Clock offset (ms)", "시계 차이 (ms)"],
        skew: ["Start skew (ms)", "시작 지연 (ms)"],
        rounds: ["Rounds per row", "행당 라운드"],
        ending: ["Ending", "종료"],
        ended(ending: Ending) -> &'static str: {
            Ending::Complete => ["complete", "완료"],
            Ending::Stopped => ["stopped", "중지"],
            Ending::Failed => ["lost", "끊김"],
        },
    }
}

words! {
    pub struct Targets {
        title: ["Targets", "대상 비교"],
        caption(target: &str, first: &str): [
            "{target} compared with {first}, each row with the same row. Rounds are paired by block.",
            "{target}의 각 행을 {first}의 같은 행과 비교합니다. 같은 블록의 라운드끼리 짝지어 비교합니다.",
        ],
        ratio(target: &str, first: &str): ["{target} ÷ {first}", "{target} ÷ {first}"],
        overall: ["All rows", "모든 행"],
    }
}

words! {
    pub struct Lifecycles {
        title: ["Fresh or reused, by client", "클라이언트별 재사용과 매번 생성"],
        caption: [
            "What it costs to create the client for each request. Rounds are paired by block.",
            "클라이언트를 요청마다 새로 만드는 비용입니다. 같은 블록의 라운드끼리 짝지어 비교합니다.",
        ],
        ratio: ["fresh ÷ reused", "매번 생성 ÷ 재사용"],
    }
}
