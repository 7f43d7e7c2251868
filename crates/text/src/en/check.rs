//! The target check in English.

use crate::Check;
use fetchmark_core::{
    server_lines::Server,
    target_check::{CheckCode as Code, CheckFinding, Fix, Mark, Topic},
};

/// The target check.
pub(super) const CHECK: Check = Check {
    button: "Check the target",
    what: "A few harmless requests show what can be measured there.",
    asking: "Checking the target…",
    not_loaded: |detail| {
        format!(
            "The measuring engine could not be loaded ({detail}). Check the connection to the server this page came from, then check again."
        )
    },
    summary: |problems, notes| match (problems, notes) {
        (0, 0) => "The target can be measured in full.".to_owned(),
        (0, notes) => format!("The target can be measured; worth knowing: {notes}."),
        (problems, notes) => format!("Problems: {problems}. Worth knowing: {notes}."),
    },
    title: "The target, checked",
    close: "Close the check",
    how: |method, url, requests| format!("{method} {url}, requests sent: {requests}."),
    harmless: |method| {
        format!("{method} itself was not sent: a check must not change anything on the server.")
    },
    topic: |topic| match topic {
        Topic::Reachable => "Reachable.",
        Topic::Cors => "Readable (CORS).",
        Topic::Timing => "Times (Timing-Allow-Origin).",
        Topic::Preflight => "Preflight.",
        Topic::Cache => "Cache.",
        Topic::Protocol => "Protocol.",
        Topic::Redirects => "Redirects.",
        Topic::Warm => "Warm connections.",
        Topic::Cold => "Cold connections.",
    },
    mark: |mark| match mark {
        Mark::Good => "good",
        Mark::Note => "note",
        Mark::Problem => "problem",
    },
    sentence,
    server: "Lines for",
    lines: |fix| match fix {
        Fix::Cors => "Lines that let this page read the answers",
        Fix::Timing => "Lines that let this page see the times",
        Fix::NoStore => "Lines that keep caches from answering",
        Fix::PreflightAge => "Lines that let a permission hold for ten minutes",
        Fix::Http2 => "Lines that turn HTTP/2 on",
        Fix::KeepAlive => "Lines that keep connections open",
        Fix::ColdAddress => "Lines for an address that closes its connection",
    },
    place,
    copy: "Copy lines",
    not_copied: "The browser did not allow copying. Select the lines and copy them.",
};

fn sentence(finding: &CheckFinding) -> String {
    let detail = finding.detail.as_deref().unwrap_or_default();
    match finding.code {
        Code::Answers => return format!("It answers with status {detail}."),
        Code::AnswersWithError => {
            return format!("It answers with status {detail}; in a run every request would count as failed.");
        }
        Code::AnswersGetWithError => {
            return format!(
                "It answers GET with status {detail}; what it answers to the method chosen was not tried."
            );
        }
        Code::ColdFails if !detail.is_empty() => {
            return format!(
                "The address for cold connections answers with status {detail}; in a run every request to it would count as failed."
            );
        }
        Code::Redirected => {
            return format!(
                "It leads to {detail}; each request pays for the way there. Measure that address instead."
            );
        }
        Code::MayBeCached => {
            return format!(
                "Caches may answer in its place ({detail}). Fetchmark asks the browser not to; XMLHttpRequest and axios cannot on another origin."
            );
        }
        Code::OtherProtocol => return format!("The protocol is {detail}."),
        _ => {}
    }
    plain(finding.code).to_owned()
}

fn plain(code: Code) -> &'static str {
    match code {
        Code::AnswersUnseen => "It answers, but the page may not see with what.",
        Code::Unreachable => {
            "There is no answer that the page may read, and a browser does not say why: the host may be unknown, its port closed, its certificate not trusted, or it answers and does not let this page read it (no Access-Control-Allow-Origin, Cross-Origin-Resource-Policy)."
        }
        Code::TimedOut => "There was no whole answer within ten seconds.",
        Code::BrokenOff => "The answer began, but its body broke off.",
        Code::MixedContent => {
            "This page came over https, and browsers block its requests to http addresses. Use an https address, or open Fetchmark over http."
        }
        Code::BlockedPort => "Browsers do not connect to this port, whatever listens there. Use another one.",
        Code::SameOrigin => "No permission needed: the address is on the page’s own origin.",
        Code::CorsAllowed => "The target lets this page read its answers.",
        Code::CorsRefused => {
            "The target answers, but does not let this page read it: every request would fail. It must send Access-Control-Allow-Origin, once, with this page’s origin or *."
        }
        Code::CorsRefusesRequest => {
            "The target lets this page read plain answers, but not with these headers or cookies: every request would fail. It must allow them, too."
        }
        Code::TimesShown => "The page sees when each part of a request began and ended.",
        Code::TimesHidden => {
            "The target hides its times, so that neither phases nor connections can be shown, and cold connections cannot be compared. It must send Timing-Allow-Origin."
        }
        Code::NoPreflight => "Not needed: method and headers are ones that any page may use.",
        Code::PreflightAllowed => {
            "The browser asks the target’s permission first, and has it. The question’s time is in the request’s; Access-Control-Max-Age makes it ask less often."
        }
        Code::PreflightUntried => {
            "The browser will ask the target’s permission first. Whether it has it is not known: the target must answer OPTIONS like this."
        }
        Code::NotStored => "No cache keeps the answer (Cache-Control: no-store).",
        Code::AskedEachTime => "A cache may keep the answer, but asks the target each time.",
        Code::FreshnessGuessed => {
            "The target does not say for how long the answer is fresh; a browser may guess it from Last-Modified and answer from its cache."
        }
        Code::CachingUnsaid => {
            "Nothing that the page can read says whether caches may answer: it cannot be told."
        }
        Code::MethodNotCached => "Browsers do not answer this method from a cache.",
        Code::Http1 => {
            "HTTP/1.1: a browser opens up to six connections to a host; further requests wait inside it."
        }
        Code::Http2 => "HTTP/2: all requests share one connection.",
        Code::Http3 => "HTTP/3: all requests share one connection, over UDP.",
        Code::Direct => "None: the address itself answers.",
        Code::Kept => "Kept: later requests found the connection open.",
        Code::KeptAtTimes => "Some later requests found the connection open, some opened a new one.",
        Code::ClosedEachTime => {
            "The target closes the connection after each answer: every request is cold, and warm ones cannot be measured."
        }
        Code::ColdForced => "The address for cold connections gives each request a new connection.",
        Code::ColdReused => {
            "The address for cold connections reuses them: a run would be refused its comparison. It must answer with Connection: close, or have {n} in its host."
        }
        Code::ColdFails => "The address for cold connections gave no answer that the page can read.",
        Code::ColdAlways => "Every connection is cold already.",
        Code::ColdUnforceable => {
            "Not forceable here: a browser cannot be asked for a new connection. It takes {n} in the host, or an address that closes its connection."
        }
        Code::NoNetwork => "Not needed: the browser answers without a network.",
        Code::Hidden => "Unknown: the target hides it together with its times.",
        Code::Unknown => "Unknown: the browser did not give what it takes to tell.",
        // With their details above.
        Code::Answers
        | Code::AnswersWithError
        | Code::AnswersGetWithError
        | Code::Redirected
        | Code::MayBeCached
        | Code::OtherProtocol => "",
    }
}

fn place(server: Server, fix: Fix) -> &'static str {
    match (server, fix) {
        (Server::Nginx, Fix::ColdAddress) => {
            "Inside the server block; then use …/cold as the address for cold connections."
        }
        (Server::Nginx, Fix::KeepAlive) => "Inside the server block.",
        (Server::Nginx, Fix::PreflightAge) => {
            "Inside the block that answers OPTIONS, beside its other add_header lines, unless one of them is this."
        }
        (Server::Nginx, Fix::Http2) => {
            "Inside the server block, with its certificate; nginx 1.25.1 or later."
        }
        (Server::Nginx, _) => "Inside the location block that answers.",
        (Server::Caddy, Fix::KeepAlive) => {
            "At the top of the Caddyfile. Take out what sets Connection: close."
        }
        (Server::Caddy, Fix::Http2) => {
            "At the top of the Caddyfile, in place of what allows h1 only: over https it is on by itself."
        }
        (Server::Caddy, Fix::PreflightAge) => {
            "Inside the handle block that answers OPTIONS, unless it is there."
        }
        (Server::Caddy, Fix::ColdAddress) => {
            "Inside the site’s block; then use …/cold as the address for cold connections."
        }
        (Server::Caddy, _) => "Inside the site’s block.",
        (Server::Apache, Fix::ColdAddress) => {
            "Inside the VirtualHost (module headers), with a small file named cold; then use …/cold as the address for cold connections."
        }
        (Server::Apache, Fix::Http2) => "Inside the VirtualHost with the certificate (module http2).",
        (Server::Apache, Fix::PreflightAge) => "Inside the VirtualHost (module headers), unless it is there.",
        (Server::Apache, Fix::KeepAlive) => "In the main configuration.",
        (Server::Apache, _) => "Inside the VirtualHost (modules headers and rewrite).",
        (Server::Express, Fix::ColdAddress) => {
            "Beside the other routes; then use …/cold as the address for cold connections."
        }
        (Server::Express, Fix::KeepAlive) => "Where the server starts. Take out what sets Connection: close.",
        (Server::Express, Fix::Http2) => {
            "Express speaks HTTP/1.1 only. For nginx before it, which needs a certificate; 8080 is Express’s port:"
        }
        (Server::Express, Fix::PreflightAge) => {
            "Before what answers OPTIONS, unless that sets it; with the package cors: maxAge: 600."
        }
        (Server::Express, _) => "Before the routes.",
        (Server::Axum, Fix::ColdAddress) => {
            "Beside the other routes; then use …/cold as the address for cold connections."
        }
        (Server::Axum, Fix::KeepAlive) => {
            "axum::serve keeps connections by itself: take out what sets Connection: close. With hyper’s own builder:"
        }
        (Server::Axum, Fix::PreflightAge) => {
            "Where the CorsLayer is made, before app.layer(cors), unless it has a max_age."
        }
        (Server::Axum, Fix::Http2) => "In place of axum::serve, with axum-server (feature tls-rustls).",
        (Server::Axum, _) => "After the routes, with tower-http (features cors and set-header).",
    }
}
