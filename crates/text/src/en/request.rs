//! The request's own fields in English.

use crate::Request;
use fetchmark_core::factors::Credentials;

/// The request's own fields.
pub(super) const REQUEST: Request = Request {
    title: "Request",
    method: "Method",
    headers: "Headers",
    headers_hint: "One a line, like Accept: application/json. On another origin most make the browser ask the server first (a preflight).",
    header_problem: ToString::to_string,
    body: "Body",
    body_hint: "Sent as text. Unless a Content-Type header says otherwise, as text/plain.",
    body_kept: |method| {
        format!(
            "{method} sends no body. This one is kept here for a method that does; it is not sent and not in the link."
        )
    },
    credentials_title: "Cookies and logins",
    credentials: |credentials| match credentials {
        Credentials::Omit => ("never (omit)", "No cookie and no login is ever sent."),
        Credentials::SameOrigin => (
            "to this page’s origin (same-origin)",
            "Sent only where the address is on the page’s own origin.",
        ),
        Credentials::Include => (
            "always (include)",
            "Sent to other origins, too; they must then allow this page by name and not with *.",
        ),
    },
};
