use fetchmark_core::{
    samples::{label::ConnectionLabel, sample::OutcomeWord, timing::Phase},
    stats::numbers::many,
};

words! {
    pub struct Charts {
        keys: [
            "Use the arrow keys to read the values one by one.",
            "화살표 키로 수치를 하나씩 읽을 수 있습니다.",
        ],
        svg: ["Save as SVG", "SVG로 저장"],
        png: ["Save as PNG", "PNG로 저장"],
        rounds_title: ["Round times", "라운드 시간"],
        rounds_caption: [
            "One dot per round, the first block at the top. The line is the median; the bar is its 95% confidence interval, which needs six rounds. Left is faster.",
            "점 하나가 라운드 하나이며 첫 블록이 맨 위에 있습니다. 선은 중앙값, 띠는 그 95% 신뢰 구간이며 라운드가 여섯 개 이상일 때 나옵니다. 왼쪽일수록 빠릅니다.",
        ],
        rounds_left_out(count: &str): [
            format!(
                "Left out here and in all other times: {} voided (see below) or without a successful request.",
                many(count, "round")
            ),
            "무효가 되었거나(아래 참고) 성공한 요청이 없는 라운드 {count}개는 모든 시간에서 제외했습니다.",
        ],
        rounds_row(row: &str, low: &str, median: &str, high: &str): [
            "{row}: {low} to {high} ms, median {median} ms.",
            "{row}: {low}~{high} ms, 중앙값 {median} ms.",
        ],
        rounds_table: ["Round times as a table", "라운드 시간을 표로 보기"],
        phases_title: ["Where a request’s time goes", "요청 시간의 구성"],
        phases_caption: [
            "Mean time per phase, over the requests whose timings are visible. Queue is the wait for a connection inside the browser. Client overhead comes before and after the request; with many requests in flight, most of it is waiting for the one thread that handles all responses.",
            "타이밍 정보가 공개된 요청의 단계별 평균 시간입니다. 대기열은 브라우저 안에서 연결을 기다린 시간입니다. 클라이언트 오버헤드는 요청 앞뒤에서 생기며, 동시 요청이 많으면 대부분 모든 응답을 처리하는 스레드 하나를 기다린 시간입니다.",
        ],
        phases_table: ["Phases as a table", "단계를 표로 보기"],
        phases_count: ["Requests", "요청 수"],
        phase(phase: Phase) -> &'static str: {
            Phase::Queue => ["queue", "대기열"],
            Phase::Dns => ["DNS", "DNS"],
            Phase::Connect => ["connect", "연결"],
            Phase::Tls => ["TLS", "TLS"],
            Phase::FirstByte => ["first byte", "첫 바이트"],
            Phase::Download => ["download", "다운로드"],
            Phase::ClientOverhead => ["client overhead", "클라이언트 오버헤드"],
        },
        round(row: &str, block: &str, ms: &str): [
            "{row}, block {block}: {ms} ms",
            "{row}, 블록 {block}: {ms} ms",
        ],
        part(row: &str, part: &str, ms: &str): ["{row}, {part}: {ms} ms", "{row}, {part}: {ms} ms"],
        percentiles_title: ["Latency percentiles", "지연 시간 백분위수"],
        percentiles_caption: [
            "The latency that this share of the requests does not exceed. Each step to the right leaves a tenth of the requests, so that the slowest few are visible.",
            "이 비율의 요청이 넘지 않은 지연 시간입니다. 오른쪽으로 한 칸 갈 때마다 남은 요청이 10분의 1로 줄어, 가장 느린 몇 개까지 보입니다.",
        ],
        percentiles_table: ["Percentiles as a table", "백분위수를 표로 보기"],
        share: ["Requests", "요청 비율"],
        percentile(row: &str, share: &str, ms: &str): [
            "{row}: {share} of requests take at most {ms} ms",
            "{row}: 요청의 {share}가 {ms} ms 안에 끝납니다",
        ],
        sweep_title: ["Total time by requests in flight", "동시 요청 수에 따른 전체 시간"],
        sweep_caption: [
            "Median total time with its 95% confidence interval. Where the line is flat, more requests in flight gain nothing.",
            "전체 시간의 중앙값과 95% 신뢰 구간입니다. 선이 평평한 곳에서는 동시 요청을 늘려도 빨라지지 않습니다.",
        ],
        sweep_table: ["Total times as a table", "전체 시간을 표로 보기"],
        interval: ["95% interval", "95% 신뢰 구간"],
        in_flight(row: &str, in_flight: &str, ms: &str, interval: Option<&[String; 2]>): [
            format!("{row}, {in_flight} in flight: {ms} ms{}", in_brackets(interval)),
            format!("{row}, 동시 요청 {in_flight}개: {ms} ms{}", in_brackets(interval)),
        ],
        waterfall_title: ["One round, request by request", "한 라운드의 요청 하나하나"],
        waterfall_caption(block: &str, shown: &str, issued: &str, about: &str): {
            (_, shown, issued, _) if shown == issued => [
                "All {issued} requests of block {block}. {about}",
                "블록 {block}의 요청 {issued}개 전부입니다. {about}",
            ],
            _ => [
                "The first {shown} of {issued} requests of block {block}. {about}",
                "블록 {block}의 요청 {issued}개 가운데 처음 {shown}개입니다. {about}",
            ],
        },
        by_connection: [
            "Each row is a connection, with the id that the server gave it.",
            "한 줄이 연결 하나이며 id는 서버가 매긴 것입니다.",
        ],
        by_request: [
            "Each row is a request: the server does not say which of them share a connection, or they share one at the same time.",
            "한 줄이 요청 하나입니다. 어느 요청이 같은 연결을 쓰는지 서버가 알려 주지 않거나, 여러 요청이 한 연결을 동시에 씁니다.",
        ],
        waterfall_table: ["The requests as a table", "요청을 표로 보기"],
        whole: ["phases hidden", "단계를 알 수 없음"],
        before_wire: ["waiting or connecting", "대기 또는 연결"],
        failed: ["failed", "실패"],
        request(number: &str, due: &str, ended: &str, connection: &str, outcome: &str): [
            "Request {number}: from {due} to {ended} ms, {connection}, {outcome}",
            "요청 {number}: {due}~{ended} ms, {connection}, {outcome}",
        ],
        request_number: ["Request", "요청"],
        due: ["due", "예정 시각"],
        wire: ["sent", "전송 시작"],
        first_byte: ["first byte", "첫 바이트"],
        last_byte: ["last byte", "마지막 바이트"],
        ended: ["ended", "끝난 시각"],
        socket: ["connection id", "연결 id"],
        outcome_head: ["outcome", "결과"],
        label(label: ConnectionLabel) -> &'static str: {
            ConnectionLabel::New => ["new connection", "새 연결"],
            ConnectionLabel::Reused => ["reused connection", "재사용한 연결"],
            ConnectionLabel::Cached => ["from a cache", "캐시 응답"],
            ConnectionLabel::Unknown => ["connection unknown", "연결을 알 수 없음"],
        },
        outcome(outcome: OutcomeWord) -> &'static str: {
            OutcomeWord::Ok => ["ok", "성공"],
            OutcomeWord::Failed => ["failed", "실패"],
            OutcomeWord::Aborted => ["aborted", "중단"],
        },
    }
}

/// The ends of an interval behind its figure.
fn in_brackets(interval: Option<&[String; 2]>) -> String {
    interval.map(|[low, high]| format!(" ({low}–{high})")).unwrap_or_default()
}
