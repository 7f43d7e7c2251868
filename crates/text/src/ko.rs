//! Korean.

use crate::{
    Answer, Baseline, Lifecycles, Results, Run, Side, Tag, TakeAway, Text, Trust, labels::client_word,
};
use fetchmark_core::{
    factors::{Connection, Lifecycle, Pacing, Thread},
    gate::GateOutcome,
    language::Language,
    timing::Phase,
};

mod causes;
mod check;
mod findings;
mod form;
mod headline;
mod kept;
mod options;
mod params;
mod pictures;
mod problems;
mod ranking;
mod reasons;
mod request;
mod sentences;

/// Korean.
pub static KO: Text = Text {
    speaks: Language::Korean,
    tag: "ko",
    name: "Fetchmark",
    title: "Fetchmark: 이 브라우저에서 HTTP는 얼마나 빠를까?",
    promise: "이 브라우저에서 HTTP는 얼마나 빠를까요? 재사용하는 클라이언트와 요청마다 새로 만드는 클라이언트를 비교합니다.",
    skip: "설정으로 건너뛰기",
    language: "언어",
    what: form::WHAT,
    built: form::built,
    request: request::REQUEST,
    options: options::OPTIONS,
    link_errors: options::LINK_ERRORS,
    check: check::CHECK,
    run: Run {
        run: "측정",
        again: "다시 측정",
        stop: "중지",
        stopping: "중지하는 중…",
        progress: "측정 진행",
        starting: "측정 엔진을 시작하는 중…",
        warming: |row| format!("워밍업: {row}"),
        measuring: |block, row| format!("블록 {block}: {row}"),
        measuring_of: |block, blocks, row| format!("블록 {blocks}개 중 {block}번째: {row}"),
        left: |seconds| format!("약 {seconds}초 남음"),
        pace: |per_second| format!("마지막 라운드에서 초당 요청 {per_second}개"),
        pace_so_far: |per_second| format!("지금까지 초당 요청 {per_second}개"),
        announce: |percent| format!("{percent} 완료"),
        announce_done: "측정이 끝났습니다.",
        failures: sentences::FAILURES,
        failed: "측정하지 못했습니다",
        strip: "지금까지 끝난 라운드의 전체 시간",
    },
    headline: headline::HEADLINE,
    answer: Answer {
        baseline: |Baseline { n, row, total, rounds, per_second, succeeded }| {
            if let Some((ok, ended)) = succeeded {
                return format!(
                    "{row}: 요청 {n}개인 라운드에 {total}(라운드 {rounds}개의 중앙값), 하지만 요청 {ended}개 중 {ok}개만 성공했습니다. 처리량은 초당 성공한 요청 {per_second}개입니다."
                );
            }
            format!("{row}: 요청 {n}개에 {total}(라운드 {rounds}개의 중앙값), 초당 요청 {per_second}개.")
        },
        many_rows: |count, clients| format!("행 {count}개({clients})."),
        reason: reasons::reason,
        verdict: sentences::verdict_word,
        equivalent_within: |margin| format!("±{margin} 안에서 동등"),
        failures: |failed, issued, sentence| {
            format!("요청 {issued}개 중 {failed}개가 실패했습니다. {sentence}")
        },
        cause: causes::cause,
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
    },
    lifecycles: Lifecycles {
        title: "클라이언트별 재사용과 매번 생성",
        caption: "클라이언트를 요청마다 새로 만드는 비용입니다. 같은 블록의 라운드끼리 짝지어 비교합니다.",
        ratio: "매번 생성 ÷ 재사용",
    },
    results: Results {
        title: "결과 표",
        caption: |n, rounds, common| {
            let common =
                if common.is_empty() { String::new() } else { format!(" 모든 행 공통: {common}.") };
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
        rounds_title: "라운드 시간",
        rounds_caption: "점 하나가 라운드 하나이며 첫 블록이 맨 위에 있습니다. 선은 중앙값, 띠는 그 95% 신뢰 구간이며 라운드가 여섯 개 이상일 때 나옵니다. 왼쪽일수록 빠릅니다.",
        rounds_left_out: |count| {
            format!(
                "무효가 되었거나(아래 참고) 성공한 요청이 없는 라운드 {count}개는 모든 시간에서 제외했습니다."
            )
        },
        rounds_row: |row, low, median, high| format!("{row}: {low}~{high} ms, 중앙값 {median} ms."),
        rounds_table: "라운드 시간을 표로 보기",
        block: "블록",
        phases_title: "요청 시간의 구성",
        phases_caption: "시각이 공개된 요청의 단계별 평균 시간입니다. 대기열은 브라우저 안에서 연결을 기다린 시간입니다. 클라이언트 오버헤드는 요청의 앞뒤에 들며, 동시 요청이 많으면 대부분 모든 응답을 처리하는 스레드 하나를 기다린 시간입니다.",
        phases_table: "단계를 표로 보기",
        phases_count: "요청 수",
        phase: |phase| match phase {
            Phase::Queue => "대기열",
            Phase::Dns => "DNS",
            Phase::Connect => "연결",
            Phase::Tls => "TLS",
            Phase::FirstByte => "첫 바이트",
            Phase::Download => "다운로드",
            Phase::ClientOverhead => "클라이언트 오버헤드",
        },
        median: "중앙값",
        in_flight: "동시 요청",
    },
    pictures: pictures::PICTURES,
    ranking: ranking::RANKING,
    trust: Trust {
        title: "유효성",
        nothing_found: "발견된 문제가 없습니다.",
        finding: findings::finding,
        severity: findings::severity,
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
        evidence_word: sentences::evidence,
        started: "측정 시각",
        unknown: "브라우저가 알려 주지 않음",
        requests: "요청",
        request_counts: |issued, ok, failed, aborted| {
            format!("보냄 {issued} = 성공 {ok} + 실패 {failed} + 중단 {aborted}")
        },
    },
    take_away: TakeAway {
        title: "내보내기",
        link: "현재 설정의 링크",
        with_secrets: "비밀번호, 키, 토큰 포함(기본은 •••). 링크를 가진 사람은 누구나 이 값을 볼 수 있습니다.",
        copy: "링크 복사",
        copy_with_report: "결과를 담은 링크 복사",
        copied: "복사했습니다",
        not_copied: "브라우저가 복사를 허용하지 않았습니다. 링크를 선택해 두었으니 직접 복사하세요.",
        not_allowed: "브라우저가 복사를 허용하지 않았습니다. 파일로 내려받으세요.",
        download: "JSON 내려받기",
        download_csv: "CSV 내려받기",
        download_hdr: "HDR 로그 내려받기",
        copy_markdown: "마크다운으로 복사",
        copy_table: "표 복사",
        download_hint: "결과를 담은 링크는 어디서나 이 보고서를 열며, 보고서는 서버로 전송되지 않습니다. JSON은 모든 라운드를 담은 전체 보고서입니다. CSV에는 라운드마다, 복사한 표에는 변형마다 한 줄이 있습니다. HDR 로그에는 지연 시간 히스토그램이 있고, 마크다운은 댓글용입니다.",
    },
    kept: kept::KEPT,
    comparison: kept::COMPARISON,
    tag_word,
    comma: ", ",
};

fn tag_word(tag: &Tag) -> String {
    match tag {
        Tag::Client(name, runtime) => client_word(name, *runtime, "Python"),
        Tag::Lifecycle(lifecycle) => lifecycle_word(*lifecycle).to_owned(),
        Tag::Connection(Connection::Warm) => "웜 연결".to_owned(),
        Tag::Connection(Connection::Cold) => "콜드 연결".to_owned(),
        Tag::Pace { pacing: Pacing::Sequential, .. } => "순차".to_owned(),
        Tag::Pace { pacing: Pacing::Concurrent, concurrency, .. } => format!("동시 {concurrency}개"),
        Tag::Pace { pacing: Pacing::Rate, rate_per_second, .. } => {
            format!("초당 {}개", rate_per_second.unwrap_or_default())
        }
        Tag::Thread(Thread::Worker) => "워커에서".to_owned(),
        Tag::Thread(Thread::Main) => "메인 스레드에서".to_owned(),
        Tag::Again => "한 번 더".to_owned(),
        Tag::Of(Side::Before) => "이전".to_owned(),
        Tag::Of(Side::Now) => "지금".to_owned(),
    }
}

fn lifecycle_word(lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Reused => KO.what.lifecycle[0],
        Lifecycle::Fresh => KO.what.lifecycle[1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EN, FieldProblem};
    use fetchmark_core::{
        client::Client,
        comparison::{Reason, Verdict},
        factors::Credentials,
        failure_cause::Cause,
        header,
        label::Evidence,
        params,
        preset::Preset,
        sample::ErrorClass,
        server_lines::Server,
        target_check::{CheckCode, CheckFinding, Fix, Mark, Topic},
        validity::{Finding, FindingCode, Severity},
    };

    fn is_korean(words: &str) -> bool {
        words.chars().any(|character| ('가'..='힣').contains(&character))
    }

    #[test]
    fn every_finding_reason_and_failure_is_said_in_korean() {
        for &code in FindingCode::ALL {
            let finding = Finding { code, severity: Severity::Note, variant: None, count: 3, detail: None };
            let said = (KO.trust.finding)(&finding, "3");
            assert!(is_korean(&said) && said != (EN.trust.finding)(&finding, "3"), "{said}");
        }
        for &reason in Reason::ALL {
            assert!(is_korean((KO.answer.reason)(reason)), "{reason}");
        }
        assert!(Verdict::ALL.iter().all(|&verdict| is_korean((KO.answer.verdict)(verdict))));
        assert!(Evidence::ALL.iter().all(|&evidence| is_korean((KO.trust.evidence_word)(evidence))));
        assert!(Preset::ALL.iter().all(|&preset| is_korean((KO.what.preset)(preset).1)));
    }

    #[test]
    fn every_cause_has_its_sentence_in_both_languages() {
        let booleans = [false, true];
        let mut causes: Vec<Cause> = ErrorClass::ALL.iter().map(|class| Cause::Class(*class)).collect();
        causes.extend([
            Cause::NoneForThePage,
            Cause::NoneForPython,
            Cause::NoneForCold,
            Cause::NoneThoughListening,
            Cause::NothingListens,
            Cause::LateAmongAnswers,
        ]);
        causes.extend(booleans.map(|may_have_broken_off| Cause::NoneAmongAnswers { may_have_broken_off }));
        causes.extend(booleans.map(|is_local| Cause::NoneUntold { is_local }));
        causes.extend(booleans.map(|is_local| Cause::LateUntold { is_local }));
        for cause in causes {
            let (english, korean) = ((EN.answer.cause)(cause), (KO.answer.cause)(cause));
            assert!(english.ends_with('.') && korean.ends_with('.'), "{english} {korean}");
            assert!(is_korean(&korean), "{korean}");
        }
    }

    #[test]
    fn the_request_s_own_fields_speak_korean() {
        for client in Client::all() {
            for &lifecycle in Lifecycle::ALL {
                let said = (KO.built)(client, lifecycle);
                assert!(is_korean(said), "{}: {said}", client.name());
            }
        }
        for &credentials in Credentials::ALL {
            let (name, meaning) = (KO.request.credentials)(credentials);
            assert!(is_korean(name) && is_korean(meaning), "{credentials}");
        }
        for line in ["x", "a b: c", "Cookie: a", "X-Name: 이름"] {
            let problem = header::read_lines(line).unwrap_err();
            assert!(is_korean(&(KO.request.header_problem)(&problem).replace("이름", "")), "{line}");
        }
        assert!(is_korean(&(KO.request.body_kept)("GET")));
    }

    #[test]
    fn every_word_of_the_target_check_is_korean() {
        for &code in CheckCode::ALL {
            let finding = CheckFinding::new(Topic::Cors, code).with("x");
            let said = (KO.check.sentence)(&finding);
            assert!(is_korean(&said) && said != (EN.check.sentence)(&finding), "{code}: {said}");
            assert!(!(EN.check.sentence)(&finding).is_empty(), "{code}");
        }
        assert!(Topic::ALL.iter().all(|&topic| is_korean((KO.check.topic)(topic))));
        assert!(Mark::ALL.iter().all(|&mark| is_korean((KO.check.mark)(mark))));
        for &fix in Fix::ALL {
            assert!(is_korean((KO.check.lines)(fix)), "{fix}");
            assert!(Server::ALL.iter().all(|&server| is_korean((KO.check.place)(server, fix))), "{fix}");
        }
        for (problems, notes) in [(0, 0), (0, 1), (2, 1)] {
            assert!(is_korean(&(KO.check.summary)(problems, notes)));
        }
        assert!(is_korean(&(KO.check.not_loaded)("x")));
    }

    #[test]
    fn every_slip_of_a_link_is_told_in_korean() {
        let query = "header=x&credentials=all&n=0&n=5&color=blue&rounds=ten&clients=curl,ky:old&timeout=30&concurrency=0&autorun=1&rate=x&seed=-1&lang=de";
        let errors = params::parse(query).unwrap_err();
        assert!(errors.len() >= 13, "{errors:?}");
        for error in errors.iter().chain(&params::parse("rounds=3&budget=5s").unwrap_err()) {
            assert!(is_korean(&(KO.link_errors.error)(error)), "{error}");
        }
        for error in params::parse("clients=ky,ky&lifecycle=reused&n=100000&rounds=1000").unwrap_err() {
            assert!(is_korean(&(KO.link_errors.error)(&error)), "{error}");
        }
        assert!(is_korean(&(KO.what.field_problem)(&FieldProblem::InFlight { high: 256 })));
    }
}
