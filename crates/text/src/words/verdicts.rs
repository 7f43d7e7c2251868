//! Verdicts and their reasons, the baseline, and what went wrong.

use fetchmark_core::{
    compare::{Reason, Verdict},
    gates::GateOutcome,
    report::failure_cause::Cause,
    samples::sample::ErrorClass,
    stats::numbers::many,
};

words! {
    pub struct Answer {
        baseline(baseline: &Baseline): {
            Baseline { n, row, total, rounds, per_second: None, succeeded: None } => [
                format!("{row}: {} in {total} (median of {}).", many(n, "request"), many(rounds, "round")),
                "{row}: 요청 {n}개에 {total}(라운드 {rounds}개의 중앙값).",
            ],
            Baseline { n, row, total, rounds, per_second: Some(per_second), succeeded: None } => [
                format!(
                    "{row}: {} in {total} (median of {}), {per_second} requests per second.",
                    many(n, "request"),
                    many(rounds, "round")
                ),
                "{row}: 요청 {n}개에 {total}(라운드 {rounds}개의 중앙값), 초당 요청 {per_second}개.",
            ],
            Baseline { n, row, total, rounds, per_second: None, succeeded: Some((ok, ended)) } => [
                format!(
                    "{row}: a round of {} takes {total} (median of {}), but only {ok} of {} succeeded.",
                    many(n, "request"),
                    many(rounds, "round"),
                    many(ended, "request")
                ),
                "{row}: 요청 {n}개인 라운드에 {total}(라운드 {rounds}개의 중앙값), 하지만 요청 {ended}개 중 {ok}개만 성공했습니다.",
            ],
            Baseline { n, row, total, rounds, per_second: Some(per_second), succeeded: Some((ok, ended)) } => [
                format!(
                    "{row}: a round of {} takes {total} (median of {}), but only {ok} of {} succeeded. Throughput: {per_second} successful requests per second.",
                    many(n, "request"),
                    many(rounds, "round"),
                    many(ended, "request")
                ),
                "{row}: 요청 {n}개인 라운드에 {total}(라운드 {rounds}개의 중앙값), 하지만 요청 {ended}개 중 {ok}개만 성공했습니다. 처리량은 초당 성공한 요청 {per_second}개입니다.",
            ],
        },
        at_rate(row: &str, latency: &str, ok: &str): [
            format!("{row}: median latency {latency} over {}.", many(ok, "successful request")),
            "{row}: 지연 시간 중앙값 {latency}(성공한 요청 {ok}개).",
        ],
        many_rows(count: &str, clients: &str): [
            format!("{} ({clients})", many(count, "row")),
            "행 {count}개({clients})",
        ],
        reason(reason: Reason) -> &'static str: [reason.sentence(), korean_reason(reason)],
        verdict(verdict: Verdict) -> &'static str: {
            Verdict::Faster => ["faster", "더 빠름"],
            Verdict::Slower => ["slower", "더 느림"],
            Verdict::Equivalent => ["equivalent", "동등"],
            Verdict::Inconclusive => ["inconclusive", "판정 불가"],
            Verdict::Refused => ["not comparable", "비교 불가"],
        },
        equivalent_within(margin: &str): ["equivalent within ±{margin}", "±{margin} 안에서 동등"],
        failures(failed: &str, issued: &str, sentence: &str): [
            format!("{failed} of {} failed: {sentence}", many(issued, "request")),
            "요청 {issued}개 중 {failed}개가 실패했습니다. {sentence}",
        ],
        row_failures(row: &str, failed: &str, issued: &str, classes: &str): [
            format!("{row}: {failed} of {} failed: {classes}.", many(issued, "request")),
            "{row}: 요청 {issued}개 중 {failed}개가 실패했습니다: {classes}.",
        ],
        stopped(rounds: &str): [
            format!("The run was stopped after {}.", many(rounds, "finished round")),
            "라운드 {rounds}개를 마친 뒤 측정을 중지했습니다.",
        ],
        ended_early: [
            "The run ended early because of an error. Finished rounds are kept.",
            "오류로 측정이 일찍 끝났습니다. 끝난 라운드는 보존됩니다.",
        ],
        nothing: [
            "No round was finished, so there is nothing to compare.",
            "끝난 라운드가 없어 비교할 것이 없습니다.",
        ],
        no_round(row: &str): ["{row}: no round was finished.", "{row}: 끝난 라운드가 없습니다."],
        no_timed_round(row: &str): [
            "{row}: all rounds were left out.",
            "{row}: 모든 라운드가 제외되었습니다.",
        ],
        gate(outcome: GateOutcome) -> &'static str: {
            GateOutcome::Passed => ["passed", "통과"],
            GateOutcome::Crossed => ["crossed", "실패"],
            GateOutcome::Unresolved => ["inconclusive", "판정 불가"],
        },
        nothing_to_compare: [
            "Only one variant was measured, so there is nothing to compare it with.",
            "변형을 하나만 측정해 비교할 대상이 없습니다.",
        ],
        how_to_read: [
            "Ratios compare round times of the same block; below 1 is faster. Ranges are 95% confidence intervals.",
            "배율은 같은 블록의 라운드 시간을 비교한 값이며, 1보다 작으면 더 빠릅니다. 범위는 95% 신뢰 구간입니다.",
        ],
    }
}

pub struct Baseline {
    /// Requests per round.
    pub n: String,
    pub row: String,
    /// Median total time with its unit.
    pub total: String,
    pub rounds: String,
    /// Requests per second; `None` where there is no such figure: sessions may not have measured at the same time.
    pub per_second: Option<String>,
    /// How many succeeded, and of how many, where so many failed that a round's time is not that of its requests.
    pub succeeded: Option<(String, String)>,
}

/// English has core's own sentence.
pub(super) fn korean_reason(reason: Reason) -> &'static str {
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
        Reason::Http3NotUsed => {
            "HTTP/3을 요구했지만 브라우저나 클라이언트가 다른 프로토콜을 썼습니다. 유효성 항목을 확인하고 HTTP/3을 지원하는 브라우저에서 측정하세요."
        }
        Reason::TooManyVoided => {
            "절반이 넘는 블록에 비교할 수 있는 라운드 쌍이 없습니다. 라운드가 무효가 되었거나 성공한 요청이 없습니다. 아래에서 원인을 확인하고 다시 측정하세요."
        }
    }
}

/// Said where a browser may ask whether a page may reach the local network.
const LOCAL: [&str; 2] = [
    " The browser may also ask for permission to reach the local network, or deny it.",
    " 브라우저가 이 페이지의 로컬 네트워크 접근을 허용할지 묻거나 막았을 수도 있습니다.",
];

/// Said where a client does not tell a response that was cut off from none.
const CUT_OFF: [&str; 2] = [
    " In xhr, xhr-sync and axios, a response that was cut off looks the same.",
    " xhr, xhr-sync, axios에서는 도중에 끊긴 응답도 똑같이 보입니다.",
];

fn if_so(condition: bool, sentence: &str) -> &str {
    if condition { sentence } else { "" }
}

words! {
    pub struct Causes {
        sentence(cause: Cause): {
            Cause::NoneAmongAnswers { may_have_broken_off } => [
                format!(
                    "no response, although other requests were answered. The server closed or refused these connections or sent invalid HTTP, or the network lost them.{} Check the server's log, or try fewer requests in flight.",
                    if_so(may_have_broken_off, CUT_OFF[0])
                ),
                format!(
                    "다른 요청에는 응답이 왔지만 이 요청에는 오지 않았습니다. 서버가 연결을 끊거나 거부했거나 올바르지 않은 HTTP 응답을 보냈거나 네트워크에서 끊겼습니다.{} 서버 로그를 확인하고 동시에 보내는 요청을 줄여 보세요.",
                    if_so(may_have_broken_off, CUT_OFF[1])
                ),
            ],
            Cause::NoneForThePage => [
                "the page got no response that it is allowed to read, although Python's clients did. Either the target does not let this page read it (no Access-Control-Allow-Origin, or Cross-Origin-Resource-Policy), or the browser does not trust its certificate, or reaches it another way (a proxy, say).",
                "Python 클라이언트에는 응답이 왔지만 페이지에는 읽을 수 있는 응답이 없었습니다. 대상이 이 페이지가 응답을 읽지 못하게 하거나(Access-Control-Allow-Origin 없음 또는 Cross-Origin-Resource-Policy), 브라우저가 다른 경로로 접속하거나, 인증서를 믿지 않는 것입니다.",
            ],
            Cause::NoneForPython => [
                "Python's clients got no response, although the page did. They may not trust the target's certificate (SSL_CERT_FILE names other authorities), or reach it another way than the browser: without its proxy, or at another address of the host. Check their messages.",
                "페이지에는 응답이 왔지만 Python 클라이언트에는 오지 않았습니다. Python은 인증 기관 목록을 따로 쓰므로(SSL_CERT_FILE로 바꿀 수 있음) 대상의 인증서를 믿지 않거나, 프록시 없이 또는 호스트의 다른 주소로 접속하는 등 브라우저와 다른 경로를 쓰는 것입니다. 오류 메시지를 확인하세요.",
            ],
            Cause::NoneForMessages => [
                "no message came back. The server may take no WebSocket or WebTransport session at this address, refuse those of this page, or answer with another message. Choose an address that sends messages back, or leave those clients out.",
                "돌아온 메시지가 없습니다. 서버가 이 주소에서 WebSocket이나 WebTransport를 받지 않거나, 이 페이지의 연결을 거절하거나, 다른 메시지로 응답하는 것일 수 있습니다. 메시지를 그대로 돌려보내는 주소를 쓰거나 이 클라이언트를 빼세요.",
            ],
            Cause::NoneForCold => [
                "the URL for cold connections (cold_url) gave no readable response, although the target did. Check whether it opens in a tab.",
                "대상에서는 응답이 왔지만 콜드 연결용 URL(cold_url)에서는 읽을 수 있는 응답이 없었습니다. 그 URL이 탭에서 열리는지 확인하세요.",
            ],
            Cause::NoneThoughListening => [
                "no readable response, although the port is open. The target may not let this page read it (no Access-Control-Allow-Origin, Cross-Origin-Resource-Policy, a redirect loop), close connections without a response, send invalid HTTP (two different Content-Lengths, for example), expect https instead of http or the other way round, or have a certificate that the browser does not trust. Check the server's log.",
                "포트에서 연결은 받지만 읽을 수 있는 응답이 없었습니다. 응답은 하지만 이 페이지가 읽지 못하게 하거나(Access-Control-Allow-Origin 없음, Cross-Origin-Resource-Policy, 끝없는 리디렉션), 응답 없이 연결을 끊거나, HTTP에 맞지 않는 응답을 보내거나(서로 다른 Content-Length 두 개 등), http와 https가 뒤바뀌었거나, 브라우저가 인증서를 믿지 않을 수 있습니다. 서버 로그를 확인하세요.",
            ],
            Cause::NothingListens => [
                "the port refuses connections: no server listens there. Start the server, or correct the URL.",
                "포트에서 연결을 거부합니다. 그 포트에서 실행 중인 서버가 없습니다. 서버를 시작하거나 URL을 고치세요.",
            ],
            Cause::RedirectedElsewhere => [
                "the target redirects to another origin, which does not let this page read its responses. Measure the URL that it leads to.",
                "대상이 다른 출처로 리디렉션하는데, 그 출처가 이 페이지에 응답을 허용하지 않습니다. 리디렉션된 URL을 측정하세요.",
            ],
            Cause::NoneUnexplained { is_local } => [
                format!(
                    "no readable response, and the browser does not say why. Check whether the URL opens in a tab: the host may be unknown, the port closed, the certificate not trusted, or the target may send invalid HTTP or not let this page read it (no Access-Control-Allow-Origin, Cross-Origin-Resource-Policy, a redirect loop).{}",
                    if_so(is_local, LOCAL[0])
                ),
                format!(
                    "읽을 수 있는 응답이 없었고, 브라우저는 그 원인을 알려 주지 않습니다. URL이 탭에서 열리는지 확인하세요. 호스트를 찾을 수 없거나, 포트가 닫혔거나, 인증서를 믿을 수 없거나, HTTP에 맞지 않는 응답을 보냈거나, 응답은 하지만 이 페이지가 읽지 못하게 했을 수 있습니다(Access-Control-Allow-Origin 없음, Cross-Origin-Resource-Policy, 끝없는 리디렉션).{}",
                    if_so(is_local, LOCAL[1])
                ),
            ],
            Cause::LateAmongAnswers => [
                "timed out, although other requests were answered. Try a longer timeout or fewer requests in flight. This machine may also have been suspended meanwhile.",
                "다른 요청에는 응답이 왔지만 이 요청은 제한 시간 안에 끝나지 않았습니다. 제한 시간을 늘리거나 동시에 보내는 요청을 줄여 보세요. 그동안 이 컴퓨터가 절전 상태였을 수도 있습니다.",
            ],
            Cause::LateUnexplained { is_local } => [
                format!(
                    "timed out, and no request was answered. The target may be down or too slow, packets may be dropped, or the browser may be waiting for something, such as a login. Check whether the URL opens in a tab.{}",
                    if_so(is_local, LOCAL[0])
                ),
                format!(
                    "제한 시간 안에 끝난 요청이 없고 응답도 전혀 없었습니다. 대상이 응답하지 않거나 너무 느리거나, 패킷이 버려지거나, 브라우저가 로그인 같은 것을 기다리고 있을 수 있습니다. URL이 탭에서 열리는지 확인하세요.{}",
                    if_so(is_local, LOCAL[1])
                ),
            ],
            Cause::Class(ErrorClass::Http3xx) => [
                "the target answered with a redirect that was not followed.",
                "대상이 리디렉션으로 응답했고, 클라이언트가 이를 따라가지 않았습니다.",
            ],
            Cause::Class(ErrorClass::Http4xx) => [
                "the target rejected the request. Check the URL and what the target requires.",
                "대상이 요청을 거부했습니다. URL과 대상이 요구하는 조건을 확인하세요.",
            ],
            Cause::Class(ErrorClass::Http5xx) => ["the target had a server error.", "대상 서버에 오류가 났습니다."],
            Cause::Class(ErrorClass::Network) => ["no readable response.", "읽을 수 있는 응답이 없었습니다."],
            Cause::Class(ErrorClass::Cors) => [
                "the target does not let this page read its responses. It must send Access-Control-Allow-Origin once, with this page's origin (or * if no credentials are sent). “Check the target” on the page shows the configuration for its server.",
                "대상은 응답하지만 페이지가 읽도록 허용하지 않습니다. Access-Control-Allow-Origin을 이 페이지의 출처로 한 번만 보내야 합니다(자격 증명을 포함하지 않으면 *도 됩니다). 페이지의 “대상 점검”에서 서버 설정 방법을 볼 수 있습니다.",
            ],
            Cause::Class(ErrorClass::MixedContent) => [
                "a page loaded over https may not request http URLs. Use an https URL.",
                "https로 연 페이지는 http URL에 요청할 수 없습니다. https URL을 쓰세요.",
            ],
            Cause::Class(ErrorClass::Timeout) => ["timed out.", "제한 시간 안에 끝나지 않았습니다."],
            Cause::Class(ErrorClass::Login) => [
                "the target asks for a login (401, WWW-Authenticate), and the browser waits for someone to fill in its dialog. Do not send credentials (credentials=omit, --credentials omit), or send the login in a header.",
                "대상이 로그인을 요구해서(401, WWW-Authenticate) 브라우저가 로그인 창의 입력을 기다립니다. 자격 증명을 빼거나(credentials=omit, --credentials omit) 로그인 정보를 헤더로 보내세요.",
            ],
            Cause::Class(ErrorClass::BodyCutShort) => [
                "the response began, but its body was cut off.",
                "응답이 시작되었지만 본문이 도중에 끊겼습니다.",
            ],
            Cause::Class(ErrorClass::ClientLimit) => [
                "browsers block this port. Use another one.",
                "브라우저가 차단하는 포트입니다. 다른 포트를 쓰세요.",
            ],
        },
    }
}
