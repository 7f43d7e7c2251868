use serde_json::Value;

/// Why a WebDriver command has no answer. No message holds a user name or password.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("nobody answers there ({0})")]
    Unreachable(String),
    #[error("it refuses the user name and password, or needs some (401)")]
    Unauthorized,
    #[error("{message}: its sandbox could not start ({reason})")]
    NoSandbox {
        message: String,
        /// Chromium's own message, or what the system does not allow.
        reason: String,
    },
    #[error("it redirects to {0} . Give the address of the WebDriver there")]
    Redirected(String),
    #[error("it offers no WebDriver BiDi")]
    NoBidi,
    #[error("its answer is not WebDriver's (status {status})")]
    NotWebDriver { status: u16 },
    #[error("{}", with_kind(.kind, .message))]
    Refused {
        /// WebDriver's error code, such as `no such element`.
        kind: String,
        /// The first line of the driver's message: stack traces and versions follow it.
        message: String,
    },
}

impl Error {
    /// The error in a response.
    pub(crate) fn from_response(status: u16, body: &Value) -> Self {
        let text = |name| body[name].as_str();
        // Some drivers fail in a form of their own: a message without a code.
        match (text("error"), text("message")) {
            (None, None) => Self::NotWebDriver { status },
            (kind, message) => Self::Refused {
                kind: kind.unwrap_or_default().to_owned(),
                message: first_line(message.unwrap_or_default()).to_owned(),
            },
        }
    }
}

/// Some drivers begin their message with the code, some do not.
fn with_kind(kind: &str, message: &str) -> String {
    if kind.is_empty() || message.starts_with(kind) {
        message.to_owned()
    } else {
        format!("{kind}: {message}")
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim().trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_error_is_the_first_line_with_the_code_once() {
        let of = |body| Error::from_response(500, &body).to_string();
        assert_eq!(of(json!({"error": "timeout", "message": "Timed out.\n#0 0x55"})), "timeout: Timed out");
        assert_eq!(of(json!({"error": "timeout", "message": "timeout: in 3 s"})), "timeout: in 3 s");
        assert_eq!(of(json!({"message": "no slot"})), "no slot");
        assert_eq!(of(json!(null)), "its answer is not WebDriver's (status 500)");
    }
}
