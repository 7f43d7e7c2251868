//! The target: what is requested.

use crate::factors::{Credentials, words};
use serde::{Deserialize, Serialize};

words! {
    /// The request methods a browser lets a page use.
    Method {
        /// GET.
        Get = "GET",
        /// HEAD.
        Head = "HEAD",
        /// POST.
        Post = "POST",
        /// PUT.
        Put = "PUT",
        /// PATCH.
        Patch = "PATCH",
        /// DELETE.
        Delete = "DELETE",
        /// OPTIONS.
        Options = "OPTIONS",
    }
}

impl Method {
    /// Whether a browser accepts a body with this method.
    pub fn takes_body(self) -> bool {
        !matches!(self, Self::Get | Self::Head)
    }
}

/// What is requested. The URL is kept as it was given; the engine resolves it against the page's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Target {
    /// Absolute, or relative to the page. `{n}` is replaced by a counter. Empty: the page's own small file.
    pub url: String,
    /// Request method.
    pub method: Method,
    /// Header names and values, in order.
    pub headers: Vec<(String, String)>,
    /// Request body, sent as text.
    pub body: Option<String>,
    /// Credentials mode.
    pub credentials: Credentials,
}

impl Default for Target {
    fn default() -> Self {
        Self {
            url: String::new(),
            method: Method::Get,
            headers: Vec::new(),
            body: None,
            credentials: Credentials::SameOrigin,
        }
    }
}

/// The placeholder in a URL that a counter replaces.
pub const COUNTER: &str = "{n}";

/// The placeholder as a browser's URL parser leaves it in a path or query.
const COUNTER_ENCODED: &str = "%7Bn%7D";

/// A resolved URL with its placeholders replaced by `number`.
///
/// A URL parser percent-encodes the braces in a path, so both spellings are replaced.
pub fn numbered(url: &str, number: u64) -> String {
    let number = number.to_string();
    url.replace(COUNTER, &number).replace(COUNTER_ENCODED, &number)
}

/// Whether the URL holds the placeholder.
pub fn is_numbered(url: &str) -> bool {
    url.contains(COUNTER) || url.contains(COUNTER_ENCODED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_is_replaced_in_both_spellings() {
        assert_eq!(numbered("http://h{n}.localhost/a%7Bn%7D?x={n}", 7), "http://h7.localhost/a7?x=7");
        assert!(is_numbered("http://h{n}.localhost/") && is_numbered("/%7Bn%7D"));
        assert!(!is_numbered("http://localhost/n"));
    }
}
