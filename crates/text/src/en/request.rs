//! The request's own fields in English.

use crate::Request;
use fetchmark_core::factors::Credentials;

/// The request's own fields.
pub(super) const REQUEST: Request = Request {
    title: "Request",
    method: "Method",
    headers: "Headers",
    headers_hint: "One per line, for example Accept: application/json. For another origin, most headers make the browser ask the server first (a preflight).",
    header_problem: ToString::to_string,
    body: "Body",
    body_hint: "Sent as text/plain unless you set a Content-Type header.",
    body_kept: |method| {
        format!(
            "{method} requests have no body. This text is kept for other methods; it is not sent and not in the link."
        )
    },
    credentials_title: "Cookies and logins",
    credentials: |credentials| match credentials {
        Credentials::Omit => ("never (omit)", "Cookies and logins are never sent."),
        Credentials::SameOrigin => {
            ("to this page’s origin (same-origin)", "Sent only to the page’s own origin.")
        }
        Credentials::Include => (
            "always (include)",
            "Sent to other origins, too. These must allow this page’s origin by name, not with *.",
        ),
    },
};
