//! The target check in English.

use crate::words::Check;
use fetchmark_core::target_check::{CheckCode as Code, CheckFinding, Fix, Mark, Topic, server_lines::Server};

/// The target check.
pub(super) const CHECK: Check = Check {
    button: "Check the target",
    what: "A few harmless requests show what can be measured there.",
    asking: "Checking the target…",
    not_loaded: |detail| {
        format!(
            "The measuring engine could not be loaded ({detail}). Check the connection to the server of this page, then check again."
        )
    },
    summary: |problems, notes| match (problems, notes) {
        (0, 0) => "The target can be measured in full.".to_owned(),
        (0, notes) => format!("The target can be measured. Notes: {notes}."),
        (problems, notes) => format!("Problems: {problems}. Notes: {notes}."),
    },
    title: "Target check",
    close: "Close the check",
    how: |method, url, requests| format!("{method} {url}, requests sent: {requests}."),
    harmless: |method| {
        format!("{method} was not sent, because a check must not change anything on the server.")
    },
    topic: |topic| match topic {
        Topic::Reachable => "Reachable.",
        Topic::Cors => "Readable (CORS).",
        Topic::Timing => "Timing (Timing-Allow-Origin).",
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
    server: "Configuration for",
    lines: |fix| match fix {
        Fix::Cors => "Let this page read responses",
        Fix::Timing => "Let this page see timings",
        Fix::NoStore => "Keep responses out of caches",
        Fix::PreflightAge => "Cache preflights for ten minutes",
        Fix::Http2 => "Turn on HTTP/2",
        Fix::KeepAlive => "Keep connections open",
        Fix::ColdAddress => "Add a URL that closes its connection",
    },
    place,
    copy: "Copy configuration",
    not_copied: "The browser did not allow copying. Select the text and copy it.",
};

fn sentence(finding: &CheckFinding) -> String {
    let detail = finding.detail.as_deref().unwrap_or_default();
    match finding.code {
        Code::Answers => return format!("Responds with status {detail}."),
        Code::AnswersWithError => {
            return format!("Responds with status {detail}: in a run, every request would count as failed.");
        }
        Code::AnswersGetWithError => {
            return format!("Responds to GET with status {detail}. The selected method was not tried.");
        }
        Code::ColdFails if !detail.is_empty() => {
            return format!(
                "The URL for cold connections responds with status {detail}: in a run, every request to it would count as failed."
            );
        }
        Code::Redirected => {
            return format!("Redirects to {detail}, which every request pays for. Measure that URL instead.");
        }
        Code::MayBeCached => {
            return format!(
                "Caches may store the response ({detail}). Fetchmark tells the browser to bypass its cache; XMLHttpRequest and axios cannot do that for another origin."
            );
        }
        Code::OtherProtocol => return format!("{detail}."),
        _ => {}
    }
    plain(finding.code).to_owned()
}

fn plain(code: Code) -> &'static str {
    match code {
        Code::AnswersUnseen => "Responds, but the page may not see the status.",
        Code::Unreachable => {
            "No readable response, and the browser does not say why: the host may be unknown, the port closed, the certificate not trusted, or the target does not let this page read it (no Access-Control-Allow-Origin, or Cross-Origin-Resource-Policy)."
        }
        Code::TimedOut => "No complete response within ten seconds.",
        Code::BrokenOff => "The response began, but its body was cut off.",
        Code::MixedContent => {
            "This page was loaded over https, so the browser blocks requests to http URLs. Use an https URL, or open Fetchmark over http."
        }
        Code::BlockedPort => "Browsers block this port. Use another one.",
        Code::SameOrigin => "No permission needed: the URL is on the page’s own origin.",
        Code::CorsAllowed => "The target lets this page read its responses.",
        Code::CorsRefused => {
            "The target does not let this page read its responses: every request would fail. It must send Access-Control-Allow-Origin once, with this page’s origin or *."
        }
        Code::CorsRefusesRequest => {
            "The target lets this page read its responses, but does not allow these headers or cookies: every request would fail. It must allow them, too."
        }
        Code::TimesShown => "The page can see the phases of each request.",
        Code::TimesHidden => {
            "The target hides its timings: phases and connections are unknown, and cold connections are not comparable. It must send Timing-Allow-Origin."
        }
        Code::NoPreflight => "Not needed for this method and these headers.",
        Code::PreflightAllowed => {
            "The browser sends a preflight, and the target allows the request. Its time counts towards the request; with Access-Control-Max-Age it is sent less often."
        }
        Code::PreflightUntried => {
            "The browser will send a preflight. It was not tried: the target must answer OPTIONS like this."
        }
        Code::NotStored => "Caches do not store the response (Cache-Control: no-store).",
        Code::AskedEachTime => "Caches may store the response, but revalidate it each time.",
        Code::FreshnessGuessed => {
            "The target does not say how long the response is fresh. A browser may guess from Last-Modified and use its cache."
        }
        Code::CachingUnsaid => {
            "Unknown: no header that the page can read says whether caches may store the response."
        }
        Code::MethodNotCached => "Browsers do not cache this method.",
        Code::Http1 => {
            "HTTP/1.1: browsers open up to six connections per host; further requests wait in a queue."
        }
        Code::Http2 => "HTTP/2: all requests share one connection.",
        Code::Http3 => "HTTP/3: all requests share one connection, over UDP.",
        Code::Direct => "None: this URL responds directly.",
        Code::Kept => "Kept open: later requests reused the connection.",
        Code::KeptAtTimes => "Some later requests reused the connection, some opened a new one.",
        Code::ClosedEachTime => {
            "The target closes the connection after each response: every request is cold, and warm connections cannot be measured."
        }
        Code::ColdForced => "The URL for cold connections gives each request a new connection.",
        Code::ColdReused => {
            "The URL for cold connections reuses connections: the results would not be comparable. It must respond with Connection: close, or have {n} in its host."
        }
        Code::ColdFails => "The URL for cold connections gave no readable response.",
        Code::ColdAlways => "Every connection is already cold.",
        Code::ColdUnforceable => {
            "Not possible here: a page cannot ask the browser for a new connection. Put {n} into the host, or use a URL that closes its connection."
        }
        Code::NoNetwork => "Not needed: the browser answers without a network.",
        Code::Hidden => "Unknown: the target hides it together with its timings.",
        Code::Unknown => "Unknown: the browser did not report enough.",
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
            "Inside the server block; then use …/cold as the URL for cold connections."
        }
        (Server::Nginx, Fix::KeepAlive) => "Inside the server block.",
        (Server::Nginx, Fix::PreflightAge) => {
            "Inside the block that answers OPTIONS, beside its other add_header lines, unless it is already there."
        }
        (Server::Nginx, Fix::Http2) => {
            "Inside the server block, with its certificate; nginx 1.25.1 or later."
        }
        (Server::Nginx, _) => "Inside the location block of this URL.",
        (Server::Caddy, Fix::KeepAlive) => {
            "At the top of the Caddyfile. Also remove any line that sets Connection: close."
        }
        (Server::Caddy, Fix::Http2) => {
            "At the top of the Caddyfile, in place of the setting that allows h1 only: with https, HTTP/2 is on by default."
        }
        (Server::Caddy, Fix::PreflightAge) => {
            "Inside the handle block that answers OPTIONS, unless it is already there."
        }
        (Server::Caddy, Fix::ColdAddress) => {
            "Inside the site’s block; then use …/cold as the URL for cold connections."
        }
        (Server::Caddy, _) => "Inside the site’s block.",
        (Server::Apache, Fix::ColdAddress) => {
            "Inside the VirtualHost (module headers), with a small file named cold; then use …/cold as the URL for cold connections."
        }
        (Server::Apache, Fix::Http2) => "Inside the VirtualHost with the certificate (module http2).",
        (Server::Apache, Fix::PreflightAge) => {
            "Inside the VirtualHost (module headers), unless it is already there."
        }
        (Server::Apache, Fix::KeepAlive) => "In the main configuration.",
        (Server::Apache, _) => "Inside the VirtualHost (modules headers and rewrite).",
        (Server::Express, Fix::ColdAddress) => {
            "Beside the other routes; then use …/cold as the URL for cold connections."
        }
        (Server::Express, Fix::KeepAlive) => {
            "Where the server starts. Also remove any line that sets Connection: close."
        }
        (Server::Express, Fix::Http2) => {
            "Express supports HTTP/1.1 only. This is for nginx in front of it, which needs a certificate; 8080 is Express’s port:"
        }
        (Server::Express, Fix::PreflightAge) => {
            "Before the handler that answers OPTIONS, unless it sets this header already. With the cors package, use maxAge: 600."
        }
        (Server::Express, _) => "Before the routes.",
        (Server::Axum, Fix::ColdAddress) => {
            "Beside the other routes; then use …/cold as the URL for cold connections."
        }
        (Server::Axum, Fix::KeepAlive) => {
            "axum::serve keeps connections open by default: remove any line that sets Connection: close. With hyper’s own builder:"
        }
        (Server::Axum, Fix::PreflightAge) => {
            "Where the CorsLayer is built, before app.layer(cors), unless it already has a max_age."
        }
        (Server::Axum, Fix::Http2) => "Instead of axum::serve, with axum-server (feature tls-rustls).",
        (Server::Axum, _) => "After the routes, with tower-http (features cors and set-header).",
    }
}
