use fetchmark_core::{
    report::{
        BlockingWay, Distance, RuntimeReport,
        validity::{Finding, FindingCode as Code, PythonProblem, Severity},
    },
    samples::label::Evidence,
    scenario::factors::Runtime,
    stats::numbers::many,
};

words! {
    pub struct Validity {
        title: ["Validity", "유효성"],
        nothing_found: ["No problems were found.", "발견된 문제가 없습니다."],
        finding(finding: &Finding, count: &str)
            where {
                requests = many(count, "request"),
                rounds = many(count, "round"),
                responses = many(count, "response"),
                was = if finding.count == 1 { "was" } else { "were" },
            }
            by (finding.code): {
            Code::Stopped => [
                "The run was stopped early; finished rounds are kept.",
                "측정을 도중에 중지했습니다. 끝난 라운드는 보존됩니다.",
            ],
            Code::EndedByForce => [
                "After Stop, the current round did not end in time and was dropped. Its requests are not counted.",
                "중지한 뒤에도 진행 중이던 라운드가 제때 끝나지 않아 그 라운드를 제외했습니다. 그 라운드의 요청은 집계하지 않습니다.",
            ],
            Code::EngineCrashed => [
                "The engine ended unexpectedly; finished rounds are kept.",
                "측정 엔진이 예기치 않게 종료되었습니다. 끝난 라운드는 보존됩니다.",
            ],
            Code::TabHidden => [
                "The tab was hidden during {rounds}. Browsers slow down hidden tabs: keep it visible.",
                "라운드 {count}개 동안 탭이 가려져 있었습니다. 브라우저는 가려진 탭을 느리게 합니다. 탭을 보이게 두세요.",
            ],
            Code::CoarseTimer => [
                "The browser's clock is coarse compared with the times measured. Round times are more reliable than percentiles.",
                "측정한 시간에 비해 브라우저 시계의 해상도가 낮습니다. 백분위수보다 라운드 시간을 믿으세요.",
            ],
            Code::EntriesMissing => [
                "{requests} left no Resource Timing entry, so the connection used is unknown.",
                "요청 {count}개에 Resource Timing 항목이 없어 어떤 연결을 썼는지 알 수 없습니다.",
            ],
            Code::TimesHidden => [
                "The target hides its timings from this page: it does not send the Timing-Allow-Origin header.",
                "대상이 이 페이지에 타이밍 정보를 숨깁니다. Timing-Allow-Origin 헤더를 보내지 않기 때문입니다.",
            ],
            Code::Proxy => [
                "There may be a proxy between browser and target, so connections and times may be those of the proxy. Measure without it, or use the same proxy for everything you compare.",
                "브라우저와 대상 사이에 프록시가 있을 수 있습니다. 그러면 연결과 시간은 대상이 아니라 프록시의 것일 수 있습니다. 프록시 없이 측정하거나, 비교할 측정끼리 같은 프록시를 쓰세요.",
            ],
            Code::ServiceWorker if finding.variant.is_none() => [
                "A service worker controls this page and may handle its requests.",
                "서비스 워커가 이 페이지를 제어하고 있어 요청을 처리할 수 있습니다.",
            ],
            Code::ServiceWorker => [
                "{requests} went through a service worker.",
                "요청 {count}개가 서비스 워커를 거쳤습니다.",
            ],
            Code::ProtocolChanged => [
                "Requests used different protocols.",
                "요청들이 서로 다른 프로토콜을 썼습니다.",
            ],
            Code::Http3NotUsed => [
                "HTTP/3 was requested, but {requests} used another protocol.",
                "HTTP/3을 요구했지만 요청 {count}개가 다른 프로토콜을 썼습니다.",
            ],
            Code::Preflights => [
                "The browser sends a preflight before requests. Its time is included but cannot be shown separately. It may also open the connection that the request then uses.",
                "브라우저가 요청 전에 프리플라이트를 보냅니다. 걸린 시간은 수치에 포함되지만 따로 보여 줄 수는 없습니다. 요청이 쓰는 연결을 프리플라이트가 먼저 열었을 수도 있습니다.",
            ],
            Code::CacheNotRuledOut => [
                "{responses} may have come from a service worker or from the browser's cache, which XMLHttpRequest cannot bypass for another origin; the browser does not show it. Measure without the service worker, or have the server send Timing-Allow-Origin.",
                "응답 {count}개는 대상이 아니라 서비스 워커나, XMLHttpRequest가 피할 수 없는 다른 출처의 브라우저 캐시에서 왔을 수 있으며, 브라우저는 이를 보여 주지 않습니다. 서비스 워커 없이 측정하세요. 캐시라면 서버가 Timing-Allow-Origin을 보낼 때 알 수 있습니다.",
            ],
            Code::SharedAnswers => [
                "{rounds} {was} left out: this browser gives concurrent XMLHttpRequests for the same URL one shared response. Put {{n}} into the URL, so that each request has its own.",
                "라운드 {count}개를 제외했습니다. 이 브라우저는 같은 URL로 동시에 보낸 XMLHttpRequest에 응답 하나를 함께 줍니다. 요청마다 URL이 다르도록 URL에 {{n}}을 넣으세요.",
            ],
            Code::NothingSucceeded => [
                "No request of the first block succeeded, so the run ended there. With keep_going (--keep-going) it measures on.",
                "첫 블록에서 성공한 요청이 없어 측정을 끝냈습니다. keep_going(--keep-going)을 주면 계속 측정합니다.",
            ],
            Code::OneAtATime => [
                "In {rounds}, requests were sent one at a time although several were in flight. XMLHttpRequest cannot bypass the cache, so requests for the same URL wait for each other. Put {{n}} into the URL, so that each request has its own.",
                "라운드 {count}개에서 여러 요청을 동시에 보냈지만 하나씩 나갔습니다. XMLHttpRequest는 캐시를 피할 수 없어 같은 URL로 보낸 요청이 서로를 기다립니다. 요청마다 URL이 다르도록 URL에 {{n}}을 넣으세요.",
            ],
            Code::Redirects => [
                "{requests} {was} redirected. Measure the final URL instead.",
                "요청 {count}개가 리디렉션되었습니다. 최종 URL을 측정하세요.",
            ],
            Code::CachedAnswers => [
                "{responses} came from a cache, not from the target.",
                "응답 {count}개는 대상이 아니라 캐시에서 왔습니다.",
            ],
            Code::Failures => ["{requests} failed.", "요청 {count}개가 실패했습니다."],
            Code::ColdReused => [
                "Cold connections were requested, but {requests} reused one.",
                "콜드 연결을 요구했지만 요청 {count}개가 연결을 재사용했습니다.",
            ],
            Code::LateSends => [
                "{requests} {was} sent later than due.",
                "요청 {count}개를 예정보다 늦게 보냈습니다.",
            ],
            Code::WarmOpened => [
                "{requests} opened a new connection although warm ones were requested: the server, the browser or the client had closed it, or none was free. The times include opening these connections.",
                "웜 연결을 요구했지만 요청 {count}개가 새 연결을 열었습니다. 서버나 브라우저, 클라이언트가 연결을 닫았거나 남은 연결이 없었기 때문이며, 측정한 시간에는 이 연결을 여는 시간이 포함되어 있습니다.",
            ],
            Code::DebugBuild => [
                "The engine is a debug build: clients written in Rust are slower than they should be.",
                "엔진을 최적화하지 않고 빌드했습니다. Rust 클라이언트가 실제보다 느리게 나옵니다.",
            ],
            Code::NativeMissing => [
                "Variants that run outside the browser are missing.",
                "브라우저 밖에서 실행할 변형이 빠졌습니다.",
            ],
            Code::PythonMissing => [
                format!("The rows of Python in this tab are missing. {}", english_python(finding)),
                format!("이 탭에서 Python으로 실행할 변형이 빠졌습니다. {}", korean_python(finding)),
            ],
            Code::ConnectionIds => [
                "The server's connection ids contradict the browser's times, so they are not used. A proxy or a cache may pass on the ids of other connections.",
                "서버가 알려 준 연결 id가 브라우저의 타이밍 정보와 맞지 않아 쓰지 않습니다. 프록시나 캐시가 다른 연결의 id를 전달했을 수 있습니다.",
            ],
            Code::PortAccepts => [
                "The target's port is open: it accepted a connection from this machine.",
                "대상의 포트가 열려 있습니다. 이 컴퓨터에서 그 포트로 연결할 수 있었습니다.",
            ],
            Code::PortRefuses => [
                "The target's port is closed: it refused a connection from this machine.",
                "대상의 포트가 닫혀 있습니다. 이 컴퓨터에서 그 포트로 연결했더니 거부되었습니다.",
            ],
            Code::RedirectsElsewhere => [
                "The target redirects to another origin.",
                "대상이 다른 출처로 리디렉션합니다.",
            ],
            Code::EntriesAmbiguous => [
                "{requests} could not be matched to the browser's timing entries, because some requests timed out or failed. The connection used is unknown.",
                "시간이 초과되거나 실패한 요청이 있어, 요청 {count}개를 브라우저의 타이밍 항목과 짝지을 수 없었습니다. 어떤 연결을 썼는지 알 수 없습니다.",
            ],
            Code::TimesHiddenAtTimes => [
                "The target hides the timings of {requests}: these responses, or a redirect before them, had no Timing-Allow-Origin header.",
                "대상이 요청 {count}개의 타이밍 정보를 숨깁니다. 그 응답이나 도중의 리디렉션에 Timing-Allow-Origin이 없었습니다.",
            ],
            Code::InterimAnswers => [
                "For {requests}, the headers came long after the first byte that the browser reports. That byte may belong to an interim response (1xx), or the thread was busy. Their phases are left out; their latencies count.",
                "요청 {count}개의 헤더가 브라우저가 알려 준 첫 바이트보다 한참 뒤에 왔습니다. 그 바이트가 중간 응답(1xx)의 것이거나 스레드가 바빴을 수 있어 이 요청들의 단계는 제외하고 지연 시간만 집계합니다.",
            ],
            Code::OwnLateness => [
                "Each request was sent slightly later than due, because of the sender itself. Latency includes that.",
                "모든 요청을 예정보다 조금 늦게 보냈습니다. 대상이 아니라 보내는 쪽에서 생긴 지연이며, 지연 시간에 포함됩니다.",
            ],
            Code::ConnectionsLost => [
                "In {rounds}, connections in use were closed. The browser may have sent requests again by itself, so the server may have received more than are counted. Firefox does not show which, so connections that look reused are labelled unknown there.",
                "라운드 {count}개에서 쓰던 연결이 도중에 닫혔습니다. 브라우저가 요청을 스스로 다시 보냈을 수 있어, 서버가 받은 요청은 여기서 집계한 것보다 많을 수 있습니다. Firefox는 어느 요청이 그랬는지 보여 주지 않으므로 재사용한 것처럼 보이는 연결은 “알 수 없음”으로 표시합니다.",
            ],
            Code::SessionLost => [
                "A session did not begin, or was lost; its finished rounds are kept.",
                "한 세션이 시작하지 못했거나 도중에 끊겼습니다. 끝난 라운드는 보존됩니다.",
            ],
            Code::SessionsDiffer => [
                "One session compares these rows differently from the others.",
                "한 세션의 비교 결과가 다른 세션과 다릅니다.",
            ],
            Code::FewSessions => [
                if count == "1" {
                    "One session says nothing about others: run more.".to_owned()
                } else {
                    format!("{count} sessions say little about others: run more for a narrower interval.")
                },
                "세션 {count}개로는 다른 세션에 대해 말하기 어렵습니다. 세션을 늘리면 구간이 좁아집니다.",
            ],
            Code::SessionStraggles => [
                format!(
                    "In {}, a session took more than 3 times as long as the median session, so the sessions did not load the target evenly.",
                    many(count, "block")
                ),
                "블록 {count}개에서 한 세션이 세션 중앙값의 3배보다 오래 걸려, 세션들이 대상에 준 부하가 고르지 않았습니다.",
            ],
            Code::SessionsShareNode if finding.severity == Severity::Weakens => [
                "{count} sessions ran on one node with fewer than two processors for each, so they slow each other down. Give each a node of its own.",
                "세션 {count}개가 한 노드에서 실행되었고 세션당 프로세서가 두 개가 안 되어 서로를 느리게 합니다. 세션마다 노드를 따로 쓰세요.",
            ],
            Code::SessionsShareNode => [
                "{count} sessions ran on one node and may have disturbed each other.",
                "세션 {count}개가 한 노드에서 실행되어 서로 영향을 주었을 수 있습니다.",
            ],
            Code::TargetsDiffer => [
                "The targets' responses differ in more than their times.",
                "대상마다 응답 시간 외에 다른 점도 있습니다.",
            ],
            Code::TargetsSameServer => [
                "Redirects lead these targets to the same server: only the way there is compared.",
                "리디렉션이 이 대상들을 같은 서버로 보냅니다. 그곳까지 가는 경로만 비교됩니다.",
            ],
            Code::LongTasks => [
                format!("{} blocked the measuring thread for more than 50 ms.", many(count, "long task")),
                "긴 작업 {count}개가 측정 스레드를 50 ms 넘게 점유했습니다.",
            ],
        },
        row_count(rows: &str): [many(rows, "row"), "행 {rows}개"],
        severity(severity: Severity) -> &'static str: {
            Severity::Note => ["note", "참고"],
            Severity::Weakens => ["weakens", "신뢰도 저하"],
            Severity::Voids => ["voids rounds", "라운드 무효"],
        },
        environment: ["Environment", "측정 환경"],
        browser: ["Browser", "브라우저"],
        cores: ["Processors", "프로세서"],
        beside: ["Outside the browser", "브라우저 밖"],
        python: ["Python", "Python"],
        python_here: ["Python in this tab", "이 탭의 Python"],
        /// What ran clients, and of which version.
        ran(runtime: &RuntimeReport) where { RuntimeReport { version, .. } = runtime } by (runtime.name): {
            Runtime::Browser => ["Browser {version}", "브라우저 {version}"],
            Runtime::Python => ["Python {version}", "Python {version}"],
            Runtime::Pyodide => ["Pyodide {version}", "Pyodide {version}"],
        },
        blocking(way: BlockingWay) -> &'static str: {
            BlockingWay::Fetch => [
                "blocking clients send by fetch (JSPI)",
                "차단 방식 클라이언트는 fetch로 보냄(JSPI)",
            ],
            BlockingWay::Xhr => [
                "blocking clients send by XMLHttpRequest",
                "차단 방식 클라이언트는 XMLHttpRequest로 보냄",
            ],
        },
        core_count(cores: u32): [many(&cores.to_string(), "core"), "코어 {cores}개"],
        isolated: ["Cross-origin isolated", "교차 출처 격리"],
        origin: ["Origin", "출처"],
        target_origin: [
            "Measured from the target's own origin: its server need not let other origins read answers or see times.",
            "대상 자신의 출처에서 측정했습니다. 서버가 다른 출처에 응답이나 시간 정보를 허용하지 않아도 됩니다.",
        ],
        distance: ["Distance", "거리"],
        /// What the network in front of the lab was, and what is wrong about it.
        emulated(distance: &Distance)
            where {
                Distance { rtt_ms, slow_start, bandwidth_mbit } = distance,
                link = bandwidth_mbit.map(|mbit| format!(", {mbit} Mbit/s")).unwrap_or_default(),
                start = if *slow_start {
                    [", slow start", ", 슬로 스타트"]
                } else {
                    [", no slow start: answers over 14 KB arrive sooner than they would", ", 슬로 스타트 없음: 14 KB가 넘는 응답은 실제보다 빨리 도착함"]
                },
            }: [
                format!(
                    "The lab emulated a round trip of {rtt_ms} ms{link}{}. The time to open a connection is in the phase after connecting (connecting itself reads 0), and no packet is lost.",
                    start[0]
                ),
                format!(
                    "lab이 왕복 시간 {rtt_ms} ms인 네트워크를 흉내 냈습니다{link}{}. 연결을 여는 시간은 연결 단계(0으로 나옴)가 아니라 그다음 단계에 들어가며, 패킷 손실은 없습니다.",
                    start[1]
                ),
            ],
        site(state: &str): [
            "The site had stored in this browser: {state}.",
            "사이트가 브라우저에 저장해 둔 것: {state}.",
        ],
        site_cookies(count: u64, are_sent: Option<bool>)
            where {
                cookies = many(&count.to_string(), "cookie"),
                sent = match are_sent {
                    Some(true) => [" (sent with the requests)", "(요청에 포함)"],
                    Some(false) => [" (not sent: credentials=omit)", "(보내지 않음: credentials=omit)"],
                    None => ["", ""],
                },
            }: [
                format!("{cookies}{}", sent[0]),
                format!("쿠키 {count}개{}", sent[1]),
            ],
        site_worker: ["a service worker", "서비스 워커"],
        isolated_values -> [&'static str; 2]: [
            ["yes (fine clock)", "no (coarse clock)"],
            ["예(시계가 정밀함)", "아니요(시계가 거침)"],
        ],
        timer: ["Clock resolution", "시계 해상도"],
        protocol: ["Protocol", "프로토콜"],
        hidden_protocol: ["hidden by the browser", "브라우저가 숨김"],
        target: ["Target", "대상"],
        evidence: ["Evidence for connections", "연결 판단 근거"],
        evidence_word(evidence: Evidence) -> &'static str: {
            Evidence::Server => ["connection ids from the server", "서버의 연결 id"],
            Evidence::ResourceTiming => ["connect times in Resource Timing", "Resource Timing의 연결 시간"],
            Evidence::Transfer => ["bytes transferred", "전송한 바이트"],
            Evidence::Client => ["a new client for each request", "요청마다 새로 만든 클라이언트"],
            Evidence::Nothing => ["none (timings are hidden)", "없음(타이밍 정보가 숨겨져 있음)"],
        },
        started: ["Measured", "측정 시각"],
        unknown: ["not reported by the browser", "브라우저가 알려 주지 않음"],
        requests: ["Requests", "요청"],
        request_counts(issued: &str, ok: &str, failed: &str, aborted: &str): [
            "{issued} issued = {ok} ok + {failed} failed + {aborted} aborted",
            "보냄 {issued} = 성공 {ok} + 실패 {failed} + 중단 {aborted}",
        ],
    }
}

fn problem(finding: &Finding) -> PythonProblem {
    PythonProblem::read(finding.detail.as_deref().unwrap_or_default()).0
}

fn english_python(finding: &Finding) -> &'static str {
    match problem(finding) {
        PythonProblem::Absent => "This page comes without Python: open one from a server whose build has it.",
        PythonProblem::NotArrived => "A file did not arrive: check the connection and run again.",
        PythonProblem::Changed => {
            "A file is not the one that the page was built with: reload the page, or build it again."
        }
        PythonProblem::NoMemory => "The browser gave it no memory: close other tabs and run again.",
        PythonProblem::NotStarted => "It did not start in this browser: use a current one.",
    }
}

fn korean_python(finding: &Finding) -> &'static str {
    match problem(finding) {
        PythonProblem::Absent => {
            "이 페이지에는 Python이 없습니다. Python을 넣어 빌드한 페이지를 서버에서 여세요."
        }
        PythonProblem::NotArrived => "파일 하나를 받지 못했습니다. 연결을 확인하고 다시 측정하세요.",
        PythonProblem::Changed => {
            "파일 하나가 페이지를 빌드할 때의 것과 다릅니다. 페이지를 새로 고치거나 다시 빌드하세요."
        }
        PythonProblem::NoMemory => "브라우저가 메모리를 주지 않았습니다. 다른 탭을 닫고 다시 측정하세요.",
        PythonProblem::NotStarted => "이 브라우저에서 시작하지 못했습니다. 최신 브라우저를 쓰세요.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_more_are_many() {
        let sentence_of = |code: Code, count: u64| {
            (Validity::ENGLISH.finding)(
                &Finding { code, severity: Severity::Note, variant: None, count, detail: None },
                &count.to_string(),
            )
        };
        assert_eq!(sentence_of(Code::Failures, 1), "1 request failed.");
        assert_eq!(sentence_of(Code::Failures, 20), "20 requests failed.");
        assert!(sentence_of(Code::Redirects, 1).starts_with("1 request was redirected."));
        assert!(sentence_of(Code::SharedAnswers, 2).starts_with("2 rounds were left out:"));
        // None leaves a brace or an empty place behind.
        for &code in Code::ALL {
            let sentence = sentence_of(code, 3).replace("{n}", "");
            assert!(sentence.ends_with('.') && !sentence.contains(['{', '}']), "{sentence}");
        }
    }
}
