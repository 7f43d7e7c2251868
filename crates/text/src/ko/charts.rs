//! The charts, in Korean.

use crate::words::Charts;
use fetchmark_core::samples::{label::ConnectionLabel, sample::OutcomeWord, timing::Phase};

/// The words.
pub(super) const CHARTS: Charts = Charts {
    keys: "화살표 키로 수치를 하나씩 읽을 수 있습니다.",
    svg: "SVG로 저장",
    png: "PNG로 저장",
    rounds_title: "라운드 시간",
    rounds_caption: "점 하나가 라운드 하나이며 첫 블록이 맨 위에 있습니다. 선은 중앙값, 띠는 그 95% 신뢰 구간이며 라운드가 여섯 개 이상일 때 나옵니다. 왼쪽일수록 빠릅니다.",
    rounds_left_out: |count| {
        format!(
            "무효가 되었거나(아래 참고) 성공한 요청이 없는 라운드 {count}개는 모든 시간에서 제외했습니다."
        )
    },
    rounds_row: |row, low, median, high| format!("{row}: {low}~{high} ms, 중앙값 {median} ms."),
    rounds_table: "라운드 시간을 표로 보기",
    phases_title: "요청 시간의 구성",
    phases_caption: "타이밍 정보가 공개된 요청의 단계별 평균 시간입니다. 대기열은 브라우저 안에서 연결을 기다린 시간입니다. 클라이언트 오버헤드는 요청 앞뒤에서 생기며, 동시 요청이 많으면 대부분 모든 응답을 처리하는 스레드 하나를 기다린 시간입니다.",
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
    round: |row, block, ms| format!("{row}, 블록 {block}: {ms} ms"),
    part: |row, part, ms| format!("{row}, {part}: {ms} ms"),
    percentiles_title: "지연 시간 백분위수",
    percentiles_caption: "이 비율의 요청이 넘지 않은 지연 시간입니다. 오른쪽으로 한 칸 갈 때마다 남은 요청이 10분의 1로 줄어, 가장 느린 몇 개까지 보입니다.",
    percentiles_table: "백분위수를 표로 보기",
    share: "요청 비율",
    percentile: |row, share, ms| format!("{row}: 요청의 {share}가 {ms} ms 안에 끝납니다"),
    sweep_title: "동시 요청 수에 따른 전체 시간",
    sweep_caption: "전체 시간의 중앙값과 95% 신뢰 구간입니다. 선이 평평한 곳에서는 동시 요청을 늘려도 빨라지지 않습니다.",
    sweep_table: "전체 시간을 표로 보기",
    interval: "95% 신뢰 구간",
    in_flight: |row, in_flight, ms, interval| {
        let interval = interval.map(|[low, high]| format!(" ({low}–{high})")).unwrap_or_default();
        format!("{row}, 동시 요청 {in_flight}개: {ms} ms{interval}")
    },
    waterfall_title: "한 라운드의 요청 하나하나",
    waterfall_caption: |block, shown, issued, about| {
        if shown == issued {
            format!("블록 {block}의 요청 {issued}개 전부입니다. {about}")
        } else {
            format!("블록 {block}의 요청 {issued}개 가운데 처음 {shown}개입니다. {about}")
        }
    },
    by_connection: "한 줄이 연결 하나이며 id는 서버가 매긴 것입니다.",
    by_request: "한 줄이 요청 하나입니다. 어느 요청이 같은 연결을 쓰는지 서버가 알려 주지 않거나, 여러 요청이 한 연결을 동시에 씁니다.",
    waterfall_table: "요청을 표로 보기",
    whole: "단계를 알 수 없음",
    before_wire: "대기 또는 연결",
    failed: "실패",
    request: |number, due, ended, connection, outcome| {
        format!("요청 {number}: {due}~{ended} ms, {connection}, {outcome}")
    },
    request_number: "요청",
    due: "예정 시각",
    wire: "전송 시작",
    first_byte: "첫 바이트",
    last_byte: "마지막 바이트",
    ended: "끝난 시각",
    socket: "연결 id",
    outcome_head: "결과",
    label: |label| match label {
        ConnectionLabel::New => "새 연결",
        ConnectionLabel::Reused => "재사용한 연결",
        ConnectionLabel::Cached => "캐시 응답",
        ConnectionLabel::Unknown => "연결을 알 수 없음",
    },
    outcome: |outcome| match outcome {
        OutcomeWord::Ok => "성공",
        OutcomeWord::Failed => "실패",
        OutcomeWord::Aborted => "중단",
    },
};
