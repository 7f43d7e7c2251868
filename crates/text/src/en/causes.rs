//! Causes in English.

use fetchmark_core::{report::failure_cause::Cause, samples::sample::ErrorClass};

/// Said where a browser may ask whether a page may reach the local network.
const LOCAL: &str = " The browser may also ask for permission to reach the local network, or deny it.";

/// The cause, and what to do, as English sentences.
pub(super) fn cause(cause: Cause) -> String {
    match cause {
        Cause::NoneAmongAnswers { may_have_broken_off } => {
            let or_broken = if may_have_broken_off {
                " In xhr, xhr-sync and axios, a response that was cut off looks the same."
            } else {
                ""
            };
            format!(
                "no response, although other requests were answered. The server closed or refused these connections or sent invalid HTTP, or \
                 the network lost them.{or_broken} Check the server's log, or try fewer requests in flight."
            )
        }
        Cause::NoneForThePage => "the page got no response that it is allowed to read, although Python's clients did. Either the target does not let \
             this page read it (no Access-Control-Allow-Origin, or Cross-Origin-Resource-Policy), or the browser does not trust its \
             certificate, or reaches it another way (a proxy, say)."
            .to_owned(),
        Cause::NoneForPython => "Python's clients got no response, although the page did. They may not trust the target's certificate \
             (SSL_CERT_FILE names other authorities), or reach it another way than the browser: without its proxy, or at another address \
             of the host. Check their messages."
            .to_owned(),
        Cause::NoneForCold => "the URL for cold connections (cold_url) gave no readable response, although the target did. Check whether it \
             opens in a tab."
            .to_owned(),
        Cause::NoneThoughListening => "no readable response, although the port is open. The target may not let this page read it (no \
             Access-Control-Allow-Origin, Cross-Origin-Resource-Policy, a redirect loop), close connections without a response, send \
             invalid HTTP (two different Content-Lengths, for example), expect https instead of http or the other way round, or have a certificate \
             that the browser does not trust. Check the server's log."
            .to_owned(),
        Cause::NothingListens => {
            "the port refuses connections: no server listens there. Start the server, or correct the URL.".to_owned()
        }
        Cause::NoneUntold { is_local } => format!(
            "no readable response, and the browser does not say why. Check whether the URL opens in a tab: the host may be unknown, the \
             port closed, the certificate not trusted, or the target may send invalid HTTP or not let this page read it (no \
             Access-Control-Allow-Origin, Cross-Origin-Resource-Policy, a redirect loop).{}",
            if is_local { LOCAL } else { "" }
        ),
        Cause::LateAmongAnswers => {
            "timed out, although other requests were answered. Try a longer timeout or fewer requests in flight. This machine may also have \
             been suspended meanwhile."
                .to_owned()
        }
        Cause::LateUntold { is_local } => format!(
            "timed out, and no request was answered. The target may be down or too slow, packets may be dropped, or the browser may be \
             waiting for something, such as a login. Check whether the URL opens in a tab.{}",
            if is_local { LOCAL } else { "" }
        ),
        Cause::Class(class) => of_class(class).to_owned(),
    }
}

fn of_class(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Http3xx => "the target answered with a redirect that was not followed.",
        ErrorClass::Http4xx => "the target rejected the request. Check the URL and what the target requires.",
        ErrorClass::Http5xx => "the target had a server error.",
        ErrorClass::Network => "no readable response.",
        ErrorClass::Cors => {
            "the target does not let this page read its responses. It must send Access-Control-Allow-Origin once, with this page's origin (or \
             * if no credentials are sent). “Check the target” on the page shows the configuration for its server."
        }
        ErrorClass::MixedContent => "a page loaded over https may not request http URLs. Use an https URL.",
        ErrorClass::Timeout => "timed out.",
        ErrorClass::Login => {
            "the target asks for a login (401, WWW-Authenticate), and the browser waits for someone to fill in its dialog. Do not send credentials \
             (credentials=omit, --credentials omit), or send the login in a header."
        }
        ErrorClass::BodyCutShort => "the response began, but its body was cut off.",
        ErrorClass::ClientLimit => "browsers block this port. Use another one.",
    }
}
