//! Causes in English.

use fetchmark_core::{failure_cause::Cause, sample::ErrorClass};

/// Said where a browser may ask whether a page may reach the local network.
const LOCAL: &str = " The browser may also ask whether this page may reach the local network, or deny it.";

/// The cause, and what to do, as English sentences.
pub(super) fn cause(cause: Cause) -> String {
    match cause {
            Cause::NoneAmongAnswers { may_have_broken_off } => {
                let or_broken = if may_have_broken_off {
                    " An answer that broke off looks the same to xhr, xhr-sync and axios."
                } else {
                    ""
                };
                format!(
                    "no answer came, though other requests were answered: the server closed or refused these connections or sent what is no \
                     HTTP, or the network lost them.{or_broken} The server's log may tell; fewer requests at once may help."
                )
            }
            Cause::NoneForThePage => "the page got no answer that it may read, though Python's clients were answered. Either the target does not \
                 let this page read it (no Access-Control-Allow-Origin, or Cross-Origin-Resource-Policy), or the browser reaches it by \
                 another way, or does not trust its certificate."
                .to_owned(),
            Cause::NoneForPython => "Python's clients got no answer, though the page was answered. They may not trust the target's certificate, for \
                 they have authorities of their own (SSL_CERT_FILE names others), or reach it by another way than the browser: no proxy, or \
                 another of the host's addresses. Their messages tell."
                .to_owned(),
            Cause::NoneForCold => "the address for cold connections (cold_url) gave no answer that may be read, though the target did. See \
                 whether it opens in a tab."
                .to_owned(),
            Cause::NoneThoughListening => "no answer came that may be read, though something listens at the port. It may answer and not let this \
                 page read it (no Access-Control-Allow-Origin, Cross-Origin-Resource-Policy, redirects in a circle), close connections \
                 without an answer, send one that is no HTTP (two different Content-Lengths, for one), speak https where http was asked for \
                 or the reverse, or have a certificate that the browser does not trust. Its log may tell."
                .to_owned(),
            Cause::NothingListens => {
                "nothing listens at the port: connections are refused. Start the server, or correct the address.".to_owned()
            }
            Cause::NoneUntold { is_local } => format!(
                "no answer came that may be read, and the browser does not say why. See whether the address opens in a tab: the host may be \
                 unknown, its port closed, its certificate not trusted, or the target may send what is no HTTP, or answer and not let this page \
                 read it (no Access-Control-Allow-Origin, Cross-Origin-Resource-Policy, redirects in a circle).{}",
                if is_local { LOCAL } else { "" }
            ),
            Cause::LateAmongAnswers => {
                "there was no end within the time-out, though other requests were answered. A longer one, or fewer requests at once, may let \
                 them end. Or this machine stood still meanwhile."
                    .to_owned()
            }
            Cause::LateUntold { is_local } => format!(
                "there was no end within the time-out, and no request was answered: the target may be silent or too slow, its packets may \
                 be dropped, or the browser may wait for something, such as a login. See whether the address opens in a tab.{}",
                if is_local { LOCAL } else { "" }
            ),
            Cause::Class(class) => of_class(class).to_owned(),
        }
}

fn of_class(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Http3xx => "the target answered with a redirect that was not followed.",
        ErrorClass::Http4xx => "the target refused them: check the address and what it needs.",
        ErrorClass::Http5xx => "the target had an error of its own.",
        ErrorClass::Network => "no answer came that may be read.",
        ErrorClass::Cors => {
            "the target answers, but does not let the page read it. It must send Access-Control-Allow-Origin once, with this page's origin, or * \
             where no credentials are included; “Check the target” on the page writes the lines for its server."
        }
        ErrorClass::MixedContent => {
            "a page that came over https may not request an http address. Use an https address."
        }
        ErrorClass::Timeout => "there was no end within the time-out.",
        ErrorClass::Login => {
            "the target asks for a login (401, WWW-Authenticate), and the browser waits for somebody to fill in its dialog. Leave credentials out \
             (credentials=omit, --credentials omit), or send the login in a header."
        }
        ErrorClass::BodyCutShort => "the answer began, but its body broke off.",
        ErrorClass::ClientLimit => {
            "browsers do not connect to this port, whatever listens there. Use another one."
        }
    }
}
