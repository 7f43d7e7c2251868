use fetchmark_core::target_check::{CheckCode as Code, Fix, Mark, Topic, server_lines::Server};

words! {
    pub struct Check {
        button: ["Check the target", "대상 점검"],
        what: [
            "A few harmless requests show what can be measured there.",
            "안전한 요청 몇 개를 보내 무엇을 측정할 수 있는지 확인합니다.",
        ],
        asking: ["Checking the target…", "대상을 점검하는 중…"],
        not_loaded(detail: &str): [
            "The measuring engine could not be loaded ({detail}). Check the connection to the server of this page, then check again.",
            "측정 엔진을 불러오지 못했습니다({detail}). 이 페이지를 보낸 서버와의 연결을 확인한 뒤 다시 점검하세요.",
        ],
        summary(problems: usize, notes: usize): {
            (0, 0) => [
                "The target can be measured in full.",
                "이 대상에서는 모든 항목을 측정할 수 있습니다.",
            ],
            (0, notes) => [
                "The target can be measured. Notes: {notes}.",
                "이 대상은 측정할 수 있습니다. 참고할 점: {notes}개.",
            ],
            (problems, notes) => [
                "Problems: {problems}. Notes: {notes}.",
                "문제 {problems}개, 참고할 점 {notes}개.",
            ],
        },
        title: ["Target check", "대상 점검 결과"],
        close: ["Close the check", "점검 결과 닫기"],
        how(method: &str, url: &str, requests: u32): [
            "{method} {url}, requests sent: {requests}.",
            "{method} {url}, 보낸 요청 {requests}개.",
        ],
        harmless(method: &str): [
            "{method} was not sent, because a check must not change anything on the server.",
            "점검이 서버의 내용을 바꾸면 안 되므로 {method} 요청 자체는 보내지 않았습니다.",
        ],
        topic(topic: Topic) -> &'static str: {
            Topic::Reachable => ["Reachable.", "응답 여부."],
            Topic::Cors => ["Readable (CORS).", "읽기 허용(CORS)."],
            Topic::Timing => ["Timing (Timing-Allow-Origin).", "타이밍 공개(Timing-Allow-Origin)."],
            Topic::Preflight => ["Preflight.", "프리플라이트."],
            Topic::Cache => ["Cache.", "캐시."],
            Topic::Protocol => ["Protocol.", "프로토콜."],
            Topic::Redirects => ["Redirects.", "리디렉션."],
            Topic::Warm => ["Warm connections.", "웜 연결."],
            Topic::Cold => ["Cold connections.", "콜드 연결."],
        },
        mark(mark: Mark) -> &'static str: {
            Mark::Good => ["good", "정상"],
            Mark::Note => ["note", "참고"],
            Mark::Problem => ["problem", "문제"],
        },
        sentence(code: Code, detail: &str) by (code): {
            Code::Answers => ["Responds with status {detail}.", "응답합니다(상태 코드 {detail})."],
            Code::AnswersWithError => [
                "Responds with status {detail}: in a run, every request would count as failed.",
                "오류로 응답합니다(상태 코드 {detail}). 측정하면 모든 요청이 실패로 집계됩니다.",
            ],
            Code::AnswersGetWithError => [
                "Responds to GET with status {detail}. The selected method was not tried.",
                "GET 요청에는 오류로 응답합니다(상태 코드 {detail}). 고른 메서드에 어떻게 응답하는지는 확인하지 않았습니다.",
            ],
            Code::ColdFails if !detail.is_empty() => [
                "The URL for cold connections responds with status {detail}: in a run, every request to it would count as failed.",
                "콜드 연결용 URL이 오류로 응답합니다(상태 코드 {detail}). 측정하면 그 URL로 보낸 요청이 모두 실패로 집계됩니다.",
            ],
            Code::Redirected => [
                "Redirects to {detail}, which every request pays for. Measure that URL instead.",
                "다른 URL로 리디렉션됩니다: {detail}. 요청마다 그 시간이 더해지니 최종 URL을 측정하세요.",
            ],
            Code::MayBeCached => [
                "Caches may store the response ({detail}). Fetchmark tells the browser to bypass its cache; XMLHttpRequest and axios cannot do that for another origin.",
                "캐시가 대신 응답할 수 있습니다({detail}). Fetchmark는 캐시를 쓰지 말라고 브라우저에 요구하지만, 다른 출처에서는 XMLHttpRequest와 axios가 그럴 수 없습니다.",
            ],
            Code::OtherProtocol => ["{detail}.", "프로토콜: {detail}입니다."],
            Code::AnswersUnseen => [
                "Responds, but the page may not see the status.",
                "응답은 하지만 페이지가 상태 코드를 볼 수 없습니다.",
            ],
            Code::Unreachable => [
                "No readable response, and the browser does not say why: the host may be unknown, the port closed, the certificate not trusted, or the target does not let this page read it (no Access-Control-Allow-Origin, or Cross-Origin-Resource-Policy).",
                "페이지가 읽을 수 있는 응답이 없고, 브라우저는 그 원인을 알려 주지 않습니다. 호스트를 찾을 수 없거나, 포트가 닫혔거나, 인증서를 믿을 수 없거나, 응답은 하지만 이 페이지가 읽지 못하게 했을 수 있습니다(Access-Control-Allow-Origin 없음, Cross-Origin-Resource-Policy).",
            ],
            Code::TimedOut => [
                "No complete response within ten seconds.",
                "10초 안에 응답이 끝나지 않았습니다.",
            ],
            Code::BrokenOff => [
                "The response began, but its body was cut off.",
                "응답이 시작되었지만 본문이 도중에 끊겼습니다.",
            ],
            Code::MixedContent => [
                "This page was loaded over https, so the browser blocks requests to http URLs. Use an https URL, or open Fetchmark over http.",
                "이 페이지는 https로 열렸기 때문에 브라우저가 http URL로 가는 요청을 막습니다. https URL을 쓰거나 Fetchmark를 http로 여세요.",
            ],
            Code::BlockedPort => [
                "Browsers block this port. Use another one.",
                "브라우저가 차단하는 포트입니다. 다른 포트를 쓰세요.",
            ],
            Code::SameOrigin => [
                "No permission needed: the URL is on the page’s own origin.",
                "허용 설정이 필요 없습니다. 이 페이지와 같은 출처의 URL입니다.",
            ],
            Code::CorsAllowed => [
                "The target lets this page read its responses.",
                "대상이 이 페이지가 응답을 읽도록 허용합니다.",
            ],
            Code::CorsRefused => [
                "The target does not let this page read its responses: every request would fail. It must send Access-Control-Allow-Origin once, with this page’s origin or *.",
                "대상이 응답은 하지만 이 페이지가 읽도록 허용하지 않아 모든 요청이 실패합니다. 서버가 Access-Control-Allow-Origin을 이 페이지의 출처나 *를 값으로 한 번만 보내야 합니다.",
            ],
            Code::CorsRefusesRequest => [
                "The target lets this page read its responses, but does not allow these headers or cookies: every request would fail. It must allow them, too.",
                "대상이 응답을 읽도록 허용하지만 이 헤더나 쿠키는 허용하지 않아 모든 요청이 실패합니다. 서버가 이것까지 허용해야 합니다.",
            ],
            Code::TimesShown => [
                "The page can see the phases of each request.",
                "요청의 단계별 시간을 페이지가 볼 수 있습니다.",
            ],
            Code::TimesHidden => [
                "The target hides its timings: phases and connections are unknown, and cold connections are not comparable. It must send Timing-Allow-Origin.",
                "대상이 타이밍 정보를 숨겨 요청의 단계와 연결을 알 수 없고 콜드 연결도 비교할 수 없습니다. 서버가 Timing-Allow-Origin을 보내야 합니다.",
            ],
            Code::NoPreflight => [
                "Not needed for this method and these headers.",
                "이 메서드와 헤더에는 필요 없습니다.",
            ],
            Code::PreflightAllowed => [
                "The browser sends a preflight, and the target allows the request. Its time counts towards the request; with Access-Control-Max-Age it is sent less often.",
                "브라우저가 프리플라이트를 먼저 보내고 대상이 요청을 허용합니다. 걸린 시간은 요청 시간에 포함됩니다. 서버가 Access-Control-Max-Age를 보내면 프리플라이트가 줄어듭니다.",
            ],
            Code::PreflightUntried => [
                "The browser will send a preflight. It was not tried: the target must answer OPTIONS like this.",
                "브라우저가 프리플라이트를 먼저 보냅니다. 대상이 허용하는지는 확인하지 않았습니다. 서버가 OPTIONS 요청에 다음과 같이 응답해야 합니다.",
            ],
            Code::NotStored => [
                "Caches do not store the response (Cache-Control: no-store).",
                "어떤 캐시도 응답을 저장하지 않습니다(Cache-Control: no-store).",
            ],
            Code::AskedEachTime => [
                "Caches may store the response, but revalidate it each time.",
                "캐시가 응답을 저장할 수 있지만 매번 대상에게 확인합니다.",
            ],
            Code::FreshnessGuessed => [
                "The target does not say how long the response is fresh. A browser may guess from Last-Modified and use its cache.",
                "대상이 응답의 유효 기간을 밝히지 않습니다. 브라우저가 Last-Modified로 추정해 캐시를 쓸 수 있습니다.",
            ],
            Code::CachingUnsaid => [
                "Unknown: no header that the page can read says whether caches may store the response.",
                "알 수 없습니다. 페이지가 읽을 수 있는 헤더에 캐시 관련 정보가 없습니다.",
            ],
            Code::MethodNotCached => [
                "Browsers do not cache this method.",
                "브라우저는 이 메서드의 요청에 캐시로 응답하지 않습니다.",
            ],
            Code::Http1 => [
                "HTTP/1.1: browsers open up to six connections per host; further requests wait in a queue.",
                "HTTP/1.1: 브라우저는 호스트 하나에 연결을 여섯 개까지 열고, 나머지 요청은 대기열에서 기다립니다.",
            ],
            Code::Http2 => [
                "HTTP/2: all requests share one connection.",
                "HTTP/2: 모든 요청이 연결 하나를 함께 씁니다.",
            ],
            Code::Http3 => [
                "HTTP/3: all requests share one connection, over UDP.",
                "HTTP/3: 모든 요청이 UDP 위의 연결 하나를 함께 씁니다.",
            ],
            Code::Direct => ["None: this URL responds directly.", "없습니다. 입력한 URL이 직접 응답합니다."],
            Code::Kept => [
                "Kept open: later requests reused the connection.",
                "유지됩니다. 뒤따른 요청이 열려 있는 연결을 썼습니다.",
            ],
            Code::KeptAtTimes => [
                "Some later requests reused the connection, some opened a new one.",
                "뒤따른 요청 가운데 일부는 열려 있는 연결을 썼고 일부는 새로 열었습니다.",
            ],
            Code::ClosedEachTime => [
                "The target closes the connection after each response: every request is cold, and warm connections cannot be measured.",
                "대상이 응답할 때마다 연결을 닫아 모든 요청이 콜드이며 웜 연결은 측정할 수 없습니다.",
            ],
            Code::ColdForced => [
                "The URL for cold connections gives each request a new connection.",
                "콜드 연결용 URL은 요청마다 새 연결을 쓰게 합니다.",
            ],
            Code::ColdReused => [
                "The URL for cold connections reuses connections: the results would not be comparable. It must respond with Connection: close, or have {{n}} in its host.",
                "콜드 연결용 URL이 연결을 재사용합니다. 이대로 측정하면 비교할 수 없습니다. 그 URL이 Connection: close로 응답하거나 호스트에 {{n}}이 있어야 합니다.",
            ],
            Code::ColdFails => [
                "The URL for cold connections gave no readable response.",
                "콜드 연결용 URL에서 페이지가 읽을 수 있는 응답을 받지 못했습니다.",
            ],
            Code::ColdAlways => ["Every connection is already cold.", "이미 모든 연결이 콜드입니다."],
            Code::ColdUnforceable => [
                "Not possible here: a page cannot ask the browser for a new connection. Put {{n}} into the host, or use a URL that closes its connection.",
                "여기서는 강제할 수 없습니다. 브라우저에 새 연결을 요구할 방법이 없기 때문입니다. 호스트에 {{n}}을 넣거나 서버가 연결을 닫는 URL을 쓰세요.",
            ],
            Code::NoNetwork => [
                "Not needed: the browser answers without a network.",
                "필요 없습니다. 네트워크 없이 브라우저가 바로 응답합니다.",
            ],
            Code::Hidden => [
                "Unknown: the target hides it together with its timings.",
                "알 수 없습니다. 대상이 타이밍 정보와 함께 숨깁니다.",
            ],
            Code::Unknown => [
                "Unknown: the browser did not report enough.",
                "알 수 없습니다. 브라우저가 판단에 필요한 정보를 알려 주지 않았습니다.",
            ],
        },
        server: ["Configuration for", "사용하는 서버"],
        lines(fix: Fix) -> &'static str: {
            Fix::Cors => ["Let this page read responses", "이 페이지가 응답을 읽게 하는 설정"],
            Fix::Timing => ["Let this page see timings", "이 페이지가 타이밍 정보를 보게 하는 설정"],
            Fix::NoStore => ["Keep responses out of caches", "캐시가 대신 응답하지 않게 하는 설정"],
            Fix::PreflightAge => [
                "Cache preflights for ten minutes",
                "프리플라이트 결과를 10분 동안 캐시하게 하는 설정",
            ],
            Fix::Http2 => ["Turn on HTTP/2", "HTTP/2를 켜는 설정"],
            Fix::KeepAlive => ["Keep connections open", "연결을 유지하게 하는 설정"],
            Fix::ColdAddress => ["Add a URL that closes its connection", "연결을 닫는 URL을 만드는 설정"],
        },
        place(server: Server, fix: Fix) -> &'static str: {
            (Server::Nginx, Fix::ColdAddress) => [
                "Inside the server block; then use …/cold as the URL for cold connections.",
                "server 블록 안에 넣고, …/cold를 콜드 연결용 URL로 쓰세요.",
            ],
            (Server::Nginx, Fix::KeepAlive) => ["Inside the server block.", "server 블록 안에 넣으세요."],
            (Server::Nginx, Fix::PreflightAge) => [
                "Inside the block that answers OPTIONS, beside its other add_header lines, unless it is already there.",
                "OPTIONS에 응답하는 블록 안의 다른 add_header 옆에 넣으세요. 이미 있으면 필요 없습니다.",
            ],
            (Server::Nginx, Fix::Http2) => [
                "Inside the server block, with its certificate; nginx 1.25.1 or later.",
                "인증서가 있는 server 블록 안에 넣으세요(nginx 1.25.1 이상).",
            ],
            (Server::Nginx, _) => [
                "Inside the location block of this URL.",
                "응답하는 location 블록 안에 넣으세요.",
            ],
            (Server::Caddy, Fix::KeepAlive) => [
                "At the top of the Caddyfile. Also remove any line that sets Connection: close.",
                "Caddyfile 맨 위에 넣고, Connection: close를 설정하는 곳이 있으면 지우세요.",
            ],
            (Server::Caddy, Fix::Http2) => [
                "At the top of the Caddyfile, in place of the setting that allows h1 only: with https, HTTP/2 is on by default.",
                "Caddyfile 맨 위에서 h1만 허용하는 설정 대신 넣으세요. https에서는 HTTP/2가 기본으로 켜져 있습니다.",
            ],
            (Server::Caddy, Fix::PreflightAge) => [
                "Inside the handle block that answers OPTIONS, unless it is already there.",
                "OPTIONS에 응답하는 handle 블록 안에 넣으세요. 이미 있으면 필요 없습니다.",
            ],
            (Server::Caddy, Fix::ColdAddress) => [
                "Inside the site’s block; then use …/cold as the URL for cold connections.",
                "사이트 블록 안에 넣고, …/cold를 콜드 연결용 URL로 쓰세요.",
            ],
            (Server::Caddy, _) => ["Inside the site’s block.", "사이트 블록 안에 넣으세요."],
            (Server::Apache, Fix::ColdAddress) => [
                "Inside the VirtualHost (module headers), with a small file named cold; then use …/cold as the URL for cold connections.",
                "VirtualHost 안에 넣고(headers 모듈 필요) cold라는 작은 파일을 두세요. 그런 다음 …/cold를 콜드 연결용 URL로 쓰세요.",
            ],
            (Server::Apache, Fix::Http2) => [
                "Inside the VirtualHost with the certificate (module http2).",
                "인증서가 있는 VirtualHost 안에 넣으세요(http2 모듈 필요).",
            ],
            (Server::Apache, Fix::PreflightAge) => [
                "Inside the VirtualHost (module headers), unless it is already there.",
                "VirtualHost 안에 넣으세요(headers 모듈 필요). 이미 있으면 필요 없습니다.",
            ],
            (Server::Apache, Fix::KeepAlive) => ["In the main configuration.", "주 설정 파일에 넣으세요."],
            (Server::Apache, _) => [
                "Inside the VirtualHost (modules headers and rewrite).",
                "VirtualHost 안에 넣으세요(headers, rewrite 모듈 필요).",
            ],
            (Server::Express | Server::Axum, Fix::ColdAddress) => [
                "Beside the other routes; then use …/cold as the URL for cold connections.",
                "다른 라우트 옆에 넣고, …/cold를 콜드 연결용 URL로 쓰세요.",
            ],
            (Server::Express, Fix::KeepAlive) => [
                "Where the server starts. Also remove any line that sets Connection: close.",
                "서버를 시작하는 곳에 넣고, Connection: close를 설정하는 곳이 있으면 지우세요.",
            ],
            (Server::Express, Fix::Http2) => [
                "Express supports HTTP/1.1 only. This is for nginx in front of it, which needs a certificate; 8080 is Express’s port:",
                "Express는 HTTP/1.1만 지원합니다. Express 앞에 둘 nginx의 설정이며 인증서가 필요합니다. 8080은 Express의 포트입니다.",
            ],
            (Server::Express, Fix::PreflightAge) => [
                "Before the handler that answers OPTIONS, unless it sets this header already. With the cors package, use maxAge: 600.",
                "OPTIONS에 응답하는 곳보다 앞에 넣으세요. cors 패키지를 쓴다면 maxAge: 600을 주세요.",
            ],
            (Server::Express, _) => ["Before the routes.", "라우트보다 앞에 넣으세요."],
            (Server::Axum, Fix::KeepAlive) => [
                "axum::serve keeps connections open by default: remove any line that sets Connection: close. With hyper’s own builder:",
                "axum::serve는 기본으로 연결을 유지하므로 Connection: close를 설정하는 곳을 지우세요. hyper의 빌더를 직접 쓴다면 다음과 같이 하세요.",
            ],
            (Server::Axum, Fix::PreflightAge) => [
                "Where the CorsLayer is built, before app.layer(cors), unless it already has a max_age.",
                "CorsLayer를 만드는 곳에서 app.layer(cors)보다 앞에 넣으세요. max_age가 이미 있으면 필요 없습니다.",
            ],
            (Server::Axum, Fix::Http2) => [
                "Instead of axum::serve, with axum-server (feature tls-rustls).",
                "axum::serve 대신 axum-server(tls-rustls 기능)를 쓰세요.",
            ],
            (Server::Axum, _) => [
                "After the routes, with tower-http (features cors and set-header).",
                "라우트 뒤에 넣으세요(tower-http의 cors, set-header 기능 필요).",
            ],
        },
        own_origin: ["Without changing the server", "서버를 바꾸지 않고 측정하기"],
        own_origin_why: [
            "From the target's own origin nothing has to be allowed, but a page cannot go there by itself.",
            "대상 자신의 출처에서는 허용이 필요 없지만, 페이지가 스스로 그곳으로 옮겨 갈 수는 없습니다.",
        ],
        own_command: ["In a terminal, this command puts it there:", "터미널에서는 다음 명령이 페이지를 그곳에 띄웁니다."],
        own_file: [
            "Save the targets, which have settings of their own, as targets.toml beside it. Put your secrets where ••• stands:",
            "대상마다 설정이 다르므로 다음 내용을 같은 폴더에 targets.toml로 저장하세요. ••• 자리에는 비밀 값을 넣으세요.",
        ],
        own_snippet: [
            "Or run this in the console on the target's site, unless its Content-Security-Policy is strict:",
            "또는 대상 사이트의 콘솔에서 실행하세요(Content-Security-Policy가 엄격하면 차단됩니다).",
        ],
        own_bookmarklet: ["The same as a bookmark's address:", "같은 코드의 북마크 주소:"],
        copy: ["Copy", "복사"],
        not_copied: [
            "The browser did not allow copying. Select the text and copy it.",
            "브라우저가 복사를 허용하지 않았습니다. 설정을 선택해 직접 복사하세요.",
        ],
    }
}
