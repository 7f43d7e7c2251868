use fetchmark_core::{
    scenario::{
        client::Client,
        factors::{Credentials, Lifecycle},
        preset::Preset,
    },
    stats::numbers::many,
};
use std::borrow::Borrow;

words! {
    pub struct Form {
        title: ["What to measure", "측정 설정"],
        url: ["URL to measure", "측정할 URL"],
        url_hint(target: &str): ["Default: {target}", "기본값: {target}"],
        url_hint_file: [
            "A page opened from a file has no default URL: enter one.",
            "파일로 연 페이지에는 기본 URL이 없습니다. URL을 입력하세요.",
        ],
        /// The fields of one address among several, from 1.
        address(number: usize): ["URL {number}", "URL {number}"],
        label(number: usize): ["Label {number}", "이름 {number}"],
        add_address: ["Add another address", "주소 추가"],
        remove_address: ["Remove", "삭제"],
        shared: [
            "Every variant is measured at each address. Method, headers, body and cookies are the same for all.",
            "모든 변형을 주소마다 측정합니다. 메서드, 헤더, 본문, 쿠키 설정은 모든 주소에 같습니다.",
        ],
        own_settings(labels: &[&str]): [
            format!("These have their own method, headers, body or cookies, which a link does not hold: {}.", labels.join(", ")),
            format!("메서드, 헤더, 본문, 쿠키 설정이 따로 있는 주소(링크에는 담기지 않음): {}.", labels.join(", ")),
        ],
        presets: ["Presets", "프리셋"],
        preset(preset: Preset) -> (&'static str, &'static str): {
            Preset::Python => [
                (
                    "Python’s clients",
                    "Is it worth keeping the client? 100 requests with gloo-net and, in this tab, with requests, httpx and aiohttp, as in the comparison of Python’s clients",
                ),
                (
                    "Python 클라이언트",
                    "클라이언트를 계속 쓰는 것이 나을까요? Python 클라이언트 비교처럼 요청 100개를 gloo-net으로, 그리고 이 탭에서 실행하는 requests, httpx, aiohttp로 보냅니다",
                ),
            ],
            Preset::WarmVsCold => [
                ("Warm or cold", "What does it cost to open a new connection for each request?"),
                ("웜과 콜드", "요청마다 연결을 새로 열면 얼마나 더 걸릴까요?"),
            ],
            Preset::Clients => [
                ("All clients", "Which client is fastest? Each reused, with six requests in flight"),
                ("모든 클라이언트", "동시 요청 여섯 개로, 재사용할 때 어느 클라이언트가 가장 빠를까요?"),
            ],
            Preset::Concurrency => [
                ("Concurrency", "How does the time change with 1, 2, 6, 16 and 64 requests in flight?"),
                ("동시 요청 수", "동시 요청이 1, 2, 6, 16, 64개일 때 시간은 어떻게 달라질까요?"),
            ],
            Preset::Floor => [
                ("No network", "What do the clients themselves cost, when the browser answers without a network?"),
                ("네트워크 없이", "네트워크 없이 브라우저가 바로 응답할 때 클라이언트 자체의 비용은 얼마일까요?"),
            ],
            Preset::Rate => [
                (
                    "Fixed rate",
                    "How long does a request take at 50 requests per second, whether or not earlier ones have finished?",
                ),
                ("고정 속도", "앞선 요청이 끝났는지와 관계없이 초당 50개를 보내면 요청 하나에 얼마나 걸릴까요?"),
            ],
            Preset::Deployments => [
                (
                    "Deployments",
                    "Which address is faster? Two reused clients at each, with six requests in flight; for two or more addresses",
                ),
                (
                    "배포 비교",
                    "어느 주소가 더 빠를까요? 주소마다 클라이언트 두 개를 재사용하며 동시에 여섯 개씩 요청합니다. 주소를 둘 이상 입력하세요",
                ),
            ],
            Preset::Protocols => [
                (
                    "Protocols",
                    "What do HTTP/1.1, HTTP/2 and HTTP/3 cost? 30 requests, one after another and all at once; for servers that differ in it",
                ),
                (
                    "프로토콜",
                    "HTTP/1.1, HTTP/2, HTTP/3은 시간이 얼마나 다를까요? 요청 30개를 하나씩, 또 한꺼번에 보냅니다. 프로토콜이 다른 서버 주소를 입력하세요",
                ),
            ],
        },
        distance: ["Distance to the lab", "lab까지의 거리"],
        near: ["near", "가까이"],
        near_title: ["On this machine, as it is", "이 컴퓨터에서 있는 그대로"],
        away(ms: &str): ["{ms} ms away", "{ms} ms 거리"],
        away_title: [
            "The lab emulates a round trip of this length: each new connection, TLS handshake and request takes its round trips",
            "lab이 이만한 왕복 시간을 흉내 냅니다. 새 연결, TLS 핸드셰이크, 요청마다 왕복이 필요합니다",
        ],
        clients: ["Clients", "클라이언트"],
        python_here: ["Python in this tab", "이 탭의 Python"],
        messages: ["Messages over a connection", "연결 위의 메시지"],
        messages_hint: [
            "No HTTP requests: for a server that sends messages back, as the lab does. A message is measured as a request is.",
            "HTTP 요청이 아닙니다. lab처럼 받은 메시지를 그대로 돌려보내는 서버에 쓰며, 메시지 하나를 요청 하나처럼 측정합니다.",
        ],
        /// On a page without it, in a browser that cannot suspend its stack, and in one that can.
        python_hint -> [&'static str; 3]: [
            [
                "This page is one file, which holds no Python. Open Fetchmark from a server to measure these.",
                "Downloads 5 MB, once, when a run needs it. This browser cannot suspend Python: blocking clients send by XMLHttpRequest. A fresh client finds warm connections, which the browser pools.",
                "Downloads 5 MB, once, when a run needs it. A fresh client finds warm connections, which the browser pools.",
            ],
            [
                "한 파일로 된 이 페이지에는 Python이 없습니다. 이 클라이언트를 측정하려면 서버에 있는 Fetchmark를 여세요.",
                "측정에 필요할 때 한 번만 5 MB를 내려받습니다. 이 브라우저는 Python을 멈춰 둘 수 없어 차단 방식 클라이언트가 XMLHttpRequest로 보냅니다. 새로 만든 클라이언트도 브라우저가 관리하는 웜 연결을 씁니다.",
                "측정에 필요할 때 한 번만 5 MB를 내려받습니다. 새로 만든 클라이언트도 브라우저가 관리하는 웜 연결을 씁니다.",
            ],
        ],
        chip(client: &str, lifecycle: &str): ["{client}, {lifecycle}", "{client}, {lifecycle}"],
        lifecycle -> [&'static str; 2]: [["reused", "fresh"], ["재사용", "매번 생성"]],
        connections: ["Connections", "연결"],
        connection -> [(&'static str, &'static str); 2]: [
            [
                ("warm", "Requests may use a connection that is already open"),
                ("cold", "Each request opens a new connection"),
            ],
            [("웜", "이미 열린 연결을 쓸 수 있습니다"), ("콜드", "요청마다 새 연결을 엽니다")],
        ],
        pacings: ["Pacing", "전송 방식"],
        pacing -> [&'static str; 3]: [
            ["sequential", "concurrent", "fixed rate"],
            ["순차", "동시", "고정 속도"],
        ],
        rate: ["Requests per second", "초당 요청 수"],
        cold_url: ["URL for cold connections", "콜드 연결용 URL"],
        cold_hint: [
            "A URL that the server answers with “Connection: close” (on the lab: /lab/close), or one with {n} in its host. Leave it empty if the URL to measure has {n} in its host or port.",
            "서버가 “Connection: close”로 응답하는 URL(lab에서는 /lab/close)이나 호스트에 {n}이 있는 URL입니다. 측정할 URL의 호스트나 포트에 {n}이 있으면 비워 두세요.",
        ],
        cold_impossible: [
            "Cold connections cannot be forced with this URL: a page cannot ask the browser for a new connection. Enter a URL whose server closes the connection, or put {n} into the host.",
            "이 URL로는 콜드 연결을 강제할 수 없습니다. 페이지가 브라우저에 새 연결을 요구할 방법이 없기 때문입니다. 서버가 연결을 닫는 URL을 입력하거나 호스트에 {n}을 넣으세요.",
        ],
        n: ["Requests", "요청 수"],
        rounds: ["Rounds", "라운드"],
        in_flight: ["In flight", "동시 요청"],
        all_at_once: ["All at once", "한꺼번에"],
        at_most: ["At most", "최대"],
        lanes: ["Maximum requests in flight", "최대 동시 요청 수"],
        more: ["More options", "추가 설정"],
        explain_title: ["What these options mean", "설정의 의미"],
        at_least(requests: &str): ["at least {requests}", "최소 {requests}"],
        /// What a run will do: variants, rounds (`None` where the run finds out itself), requests in all.
        plan(variants: &str, rounds: Option<&str>, requests: &str)
        where { variant = many(variants, "variant"), request = many(requests, "request") }
        by (rounds): {
            Some(rounds) => [
                format!("{variant}, {} each, {request} in total, warm-up included", many(rounds, "round")),
                "변형 {variants}개, 변형마다 라운드 {rounds}개, 워밍업을 포함한 전체 요청 {requests}개",
            ],
            None => [
                "{variant}, as many rounds as needed each, {request} in total, warm-up included",
                "변형 {variants}개, 변형마다 라운드 필요한 만큼, 워밍업을 포함한 전체 요청 {requests}개",
            ],
        },
        variants(variants: &str): [many(variants, "variant"), "변형 {variants}개"],
        on_targets(labels: &[&str]): [format!("on {}", and(labels)), format!("대상: {}", labels.join(", "))],
        requests_by_rounds(requests: &str, rounds: Option<&str>) by (rounds): {
            Some(rounds) => [
                format!("{} × {}", many(requests, "request"), many(rounds, "round")),
                "요청 {requests}개 × 라운드 {rounds}개",
            ],
            None => [
                format!("{} × as many rounds as needed", many(requests, "request")),
                "요청 {requests}개 × 라운드 필요한 만큼",
            ],
        },
        edit: ["Edit", "수정"],
        /// Whose servers get how many requests: each number as it is written, and the hosts.
        large_run(loads: &[(String, Vec<String>)]): [english_load(loads), korean_load(loads)],
        mixed_content: [
            "This page was loaded over https, so the browser blocks requests to http URLs. Use an https URL, or open Fetchmark over http.",
            "이 페이지는 https로 열렸기 때문에 브라우저가 http URL로 가는 요청을 막습니다. https URL을 쓰거나 Fetchmark를 http로 여세요.",
        ],
        link_errors: [
            "Part of this link cannot be read; the rest is set below",
            "이 링크에 읽을 수 없는 부분이 있습니다. 나머지는 아래에 설정했습니다",
        ],
        no_variant: [
            "No client is selected. Select at least one.",
            "선택한 클라이언트가 없습니다. 하나 이상 선택하세요.",
        ],
    }
}

words! {
    pub struct Request {
        title: ["Request", "요청"],
        method: ["Method", "메서드"],
        headers: ["Headers", "헤더"],
        headers_hint: [
            "One per line, for example Accept: application/json. For another origin, most headers make the browser ask the server first (a preflight).",
            "한 줄에 하나씩 Accept: application/json처럼 입력하세요. 다른 출처로 보낼 때는 대부분의 헤더 때문에 브라우저가 프리플라이트를 먼저 보냅니다.",
        ],
        body: ["Body", "본문"],
        body_hint: [
            "Sent as text/plain unless you set a Content-Type header.",
            "텍스트로 보냅니다. Content-Type 헤더를 따로 정하지 않으면 text/plain입니다.",
        ],
        body_kept(method: &str): [
            "{method} requests have no body. This text is kept for other methods; it is not sent and not in the link.",
            "{method} 요청은 본문을 보내지 않습니다. 다른 메서드를 고를 때를 위해 남겨 두며, 보내지 않고 링크에도 넣지 않습니다.",
        ],
        credentials_title: ["Cookies and logins", "쿠키와 로그인 정보"],
        credentials(credentials: Credentials) -> (&'static str, &'static str): {
            Credentials::Omit => [
                ("never (omit)", "Cookies and logins are never sent."),
                ("보내지 않음 (omit)", "쿠키와 로그인 정보를 절대 보내지 않습니다."),
            ],
            Credentials::SameOrigin => [
                ("to this page’s origin (same-origin)", "Sent only to the page’s own origin."),
                ("이 페이지의 출처에만 (same-origin)", "URL이 이 페이지와 같은 출처일 때만 보냅니다."),
            ],
            Credentials::Include => [
                (
                    "always (include)",
                    "Sent to other origins, too. These must allow this page’s origin by name, not with *.",
                ),
                (
                    "항상 보냄 (include)",
                    "다른 출처에도 보냅니다. 그 서버는 *가 아니라 이 페이지의 출처를 직접 지정해 허용해야 합니다.",
                ),
            ],
        },
    }
}

words! {
    pub struct Options {
        margin: ["Equivalence margin", "동등성 한계"],
        thread -> [(&'static str, &'static str); 2]: [
            [
                ("In a worker", "Measures in a worker of its own, undisturbed by the page"),
                (
                    "On the main thread",
                    "Measures on the page’s main thread. With both selected, variants that can run on either are measured on both and compared",
                ),
            ],
            [
                ("워커에서", "페이지 자체의 작업에 방해받지 않는 별도의 워커에서 측정합니다"),
                (
                    "메인 스레드에서",
                    "페이지의 메인 스레드에서 측정합니다. 둘 다 고르면 양쪽에서 실행할 수 있는 변형을 모두 양쪽에서 측정해 비교합니다",
                ),
            ],
        ],
        again -> (&'static str, &'static str): [
            (
                "First variant twice",
                "Measures the first variant a second time (A/A). How far it differs from itself shows which differences can be detected here",
            ),
            (
                "첫 변형을 두 번",
                "첫 변형을 한 번 더 측정합니다(A/A). 자기 자신과 얼마나 다른지를 보면 어느 정도 차이를 구별할 수 있는지 알 수 있습니다",
            ),
        ],
        warmup: ["Warm-up rounds", "워밍업 라운드"],
        timeout: ["Timeout", "제한 시간"],
        seconds: ["s", "초"],
        seed: ["Seed", "시드"],
        from_link: ["Also set by the link:", "링크에서 온 다른 설정:"],
        from_file -> [&'static str; 2]: [
            [
                "A page opened from a file can only reach servers that allow every origin (Access-Control-Allow-Origin: * or null), and it cannot read other files.",
                "What the clients themselves cost can be measured without a server:",
            ],
            [
                "파일로 연 페이지에서는 모든 출처를 허용하는 서버(Access-Control-Allow-Origin: * 또는 null)만 측정할 수 있으며, 다른 파일은 읽을 수 없습니다.",
                "클라이언트 자체의 비용은 서버 없이도 측정할 수 있습니다.",
            ],
        ],
        explain -> &'static [&'static str]: [
            &[
                "Reused: client and request are created before the round, and every call sends them again. Fresh: both are created for each call, as in code that makes a client inside a loop.",
                "Neither decides about connections. A browser pools connections below the client, so a fresh client may well get an open connection. Client and connection are two separate factors: the table shows how many connections of each row were new and how many were reused.",
                "Warm requests may use an open connection, as most requests of an app do. Cold requests each open a new one, as a first visit does. A browser does that only for a new host ({n}), or when the server closes connections.",
                "Sequential: one request at a time. Concurrent: as many requests in flight as set; when one ends, the next is sent. Fixed rate: each request has a time at which it is due, and latency is counted from then.",
                "In a worker, nothing that the page does disturbs the measurement. On the main thread, a client is measured as an app uses it there. With both selected, variants that can run on either are measured on both.",
                "Rounds: a number, or auto, which measures until every comparison is settled. Warm-up rounds come first and are discarded. First variant twice: how far it differs from itself shows which differences can be detected here. Equivalence margin: how far a ratio may be from 1 and still count as equivalent. Seed: the same seed gives the same order of rounds.",
            ],
            &[
                "재사용: 클라이언트와 요청을 라운드 전에 만들어 두고 호출할 때마다 다시 보냅니다. 매번 생성: 반복문 안에서 클라이언트를 만드는 코드처럼 호출할 때마다 둘 다 새로 만듭니다.",
                "둘 중 어느 쪽도 어떤 연결을 쓸지는 정하지 않습니다. 브라우저는 클라이언트 아래에서 연결 풀을 따로 관리하므로, 새로 만든 클라이언트도 이미 열린 연결을 쓸 수 있습니다. 클라이언트와 연결은 서로 다른 두 요인입니다. 표에는 행마다 새 연결과 재사용한 연결의 수가 있습니다.",
                "웜: 앱이 보내는 대부분의 요청처럼 이미 열려 있는 연결을 쓸 수 있습니다. 콜드: 첫 방문처럼 요청마다 연결을 새로 엽니다. 브라우저는 새 호스트({n})이거나 서버가 연결을 닫을 때만 그렇게 합니다.",
                "순차: 한 번에 요청 하나만 보냅니다. 동시: 정해진 수만큼 동시에 보내고, 하나가 끝나면 다음 요청을 보냅니다. 고정 속도: 요청마다 보낼 시각이 정해져 있고, 지연 시간은 그 시각부터 잽니다.",
                "워커에서 측정하면 페이지가 하는 일에 방해받지 않습니다. 메인 스레드에서 측정하면 앱이 그 스레드에서 요청할 때 실제로 겪는 시간이 나옵니다. 둘 다 고르면 양쪽에서 실행할 수 있는 변형을 모두 양쪽에서 측정합니다.",
                "라운드: 횟수를 쓰거나, auto로 두면 모든 비교가 판정될 때까지 측정합니다. 워밍업 라운드는 먼저 실행하고 버립니다. 첫 변형을 두 번: 자기 자신과 얼마나 다른지를 보면 어느 정도 차이를 구별할 수 있는지 알 수 있습니다. 동등성 한계: 배율이 1에서 이만큼 벗어나도 동등하다고 봅니다. 시드: 시드가 같으면 라운드 순서도 같습니다.",
            ],
        ],
    }
}

fn and(parts: &[impl Borrow<str>]) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => format!("{} and {}", first.join(", "), last.borrow()),
        _ => parts.concat(),
    }
}

fn english_load(loads: &[(String, Vec<String>)]) -> String {
    let sent = |(requests, hosts): &(String, Vec<String>)| {
        format!("{} to {}", many(requests, "request"), and(hosts))
    };
    let is_one = matches!(loads, [(_, hosts)] if hosts.len() == 1);
    format!(
        "This run sends {}. Make sure that the {}, or reduce requests or rounds.",
        and(&loads.iter().map(sent).collect::<Vec<_>>()),
        if is_one { "owner agrees" } else { "owners agree" }
    )
}

fn korean_load(loads: &[(String, Vec<String>)]) -> String {
    let sent =
        |(requests, hosts): &(String, Vec<String>)| format!("{}에 요청 {requests}개", hosts.join(", "));
    format!(
        "이 측정은 {}를 보냅니다. 서버 운영자의 동의를 받았는지 확인하거나 요청 수와 라운드를 줄이세요.",
        loads.iter().map(sent).collect::<Vec<_>>().join(", ")
    )
}

/// What a client keeps, or builds for each call; English has core's own words.
pub(super) fn korean_built(client: Client, lifecycle: Lifecycle) -> &'static str {
    match (client.name(), lifecycle) {
        ("gloo-net" | "web-sys" | "js-fetch", Lifecycle::Reused) => {
            "라운드 전에 동시 요청 수만큼 요청을 만들어 두고 다시 씁니다"
        }
        ("gloo-net", Lifecycle::Fresh) => "호출할 때마다 요청 빌더와 헤더, 요청을 만듭니다",
        ("web-sys" | "js-fetch", Lifecycle::Fresh) => "호출할 때마다 옵션과 헤더, Request를 만듭니다",
        ("reqwest", Lifecycle::Reused) => {
            "클라이언트와 요청을 한 번 만들어 두고 호출할 때마다 복제해 보냅니다"
        }
        ("reqwest", Lifecycle::Fresh) => "호출할 때마다 클라이언트와 헤더, 요청을 만듭니다",
        ("xhr", Lifecycle::Reused) => "끝난 객체를 다시 엽니다",
        ("xhr-sync", Lifecycle::Reused) => "객체 하나를 호출할 때마다 다시 엽니다",
        ("xhr" | "xhr-sync", Lifecycle::Fresh) => "호출할 때마다 XMLHttpRequest를 만듭니다",
        ("pyodide-requests", Lifecycle::Reused) => "Session 하나를 계속 씁니다",
        ("pyodide-requests", Lifecycle::Fresh) => "호출할 때마다 requests.get을 씁니다",
        ("pyodide-httpx" | "pyodide-httpx-async", Lifecycle::Reused) => {
            "fetch로 보내는 클라이언트 하나를 계속 씁니다"
        }
        ("pyodide-httpx" | "pyodide-httpx-async", Lifecycle::Fresh) => {
            "호출할 때마다 fetch로 보내는 클라이언트를 만듭니다"
        }
        ("pyodide-aiohttp", Lifecycle::Reused) => "fetch로 보내는 ClientSession 하나를 계속 씁니다",
        ("pyodide-aiohttp", Lifecycle::Fresh) => "호출할 때마다 fetch로 보내는 ClientSession을 만듭니다",
        ("pyodide-pyfetch" | "pyodide-pyxhr", Lifecycle::Reused) => "옵션을 한 번 만들어 계속 씁니다",
        ("pyodide-pyfetch" | "pyodide-pyxhr", Lifecycle::Fresh) => "호출할 때마다 옵션을 만듭니다",
        ("websocket", Lifecycle::Reused) => {
            "WebSocket 하나를 라운드가 바뀌어도 계속 쓰며, 요청 하나가 메시지 하나입니다"
        }
        ("websocket", Lifecycle::Fresh) => "메시지마다 WebSocket을 새로 엽니다",
        ("webtransport", Lifecycle::Reused) => {
            "WebTransport 세션 하나를 라운드가 바뀌어도 계속 쓰며, 요청마다 스트림을 하나 엽니다"
        }
        ("webtransport", Lifecycle::Fresh) => "메시지마다 WebTransport 세션을 새로 엽니다",
        (_, Lifecycle::Reused) => "기본 설정이 든 인스턴스 하나를 계속 씁니다",
        (_, Lifecycle::Fresh) => "호출할 때마다 인스턴스를 만듭니다",
    }
}
