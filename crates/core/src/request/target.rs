//! The target: what is requested.

use crate::scenario::factors::{Credentials, string_enum};
use serde::{Deserialize, Serialize};

string_enum! {
    /// The request methods a browser lets a page use.
    Method {
        Get = "GET",
        Head = "HEAD",
        Post = "POST",
        Put = "PUT",
        Patch = "PATCH",
        Delete = "DELETE",
        Options = "OPTIONS",
    }
}

impl Method {
    /// Whether a cache may answer.
    pub fn is_cacheable(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }

    /// Whether a browser accepts a body with this method.
    pub fn takes_body(self) -> bool {
        !matches!(self, Self::Get | Self::Head)
    }
}

/// What is requested. The URL is kept as it was given; the engine resolves it against the page's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Target {
    /// Absolute, or relative to the page. `{n}` is replaced by a counter. Empty: the page's own small file.
    pub url: String,
    /// Where cold variants go instead: an address that the server answers with `Connection: close` (or GOAWAY), or
    /// one with `{n}` in its host or port.
    pub cold_url: Option<String>,
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
            cold_url: None,
            method: Method::Get,
            headers: Vec::new(),
            body: None,
            credentials: Credentials::SameOrigin,
        }
    }
}

/// Request headers that need no preflight (<https://fetch.spec.whatwg.org/#cors-safelisted-request-header>).
const SAFELISTED: &[&str] = &["accept", "accept-language", "content-language", "content-type", "range"];

/// Content types that need no preflight.
const SAFELISTED_TYPES: &[&str] = &["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// What addresses begin with that a browser answers itself.
const WITHOUT_NETWORK: [&str; 2] = ["data:", "blob:"];

impl Target {
    /// Whether an answer takes a network.
    pub fn is_over_network(&self) -> bool {
        let begins = |scheme: &&str| {
            self.url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        !WITHOUT_NETWORK.iter().any(begins)
    }

    /// Whether a browser asks the target's permission first when it is on another origin.
    pub fn needs_preflight(&self) -> bool {
        !matches!(self.method, Method::Get | Method::Head | Method::Post)
            || self.headers.iter().any(|(name, value)| !is_safelisted(name, value))
    }
}

fn is_safelisted(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    if name == "content-type" {
        let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        return SAFELISTED_TYPES.contains(&essence.as_str());
    }
    SAFELISTED.contains(&name.as_str())
}

/// Ports that browsers do not connect to (<https://fetch.spec.whatwg.org/#port-blocking>).
const BLOCKED_PORTS: &[u16] = &[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
    515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
    2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// Whether browsers refuse to connect to this port, whatever listens there.
pub fn is_blocked_port(port: u16) -> bool {
    BLOCKED_PORTS.binary_search(&port).is_ok()
}

/// The placeholder in a URL that a counter replaces.
pub const COUNTER: &str = "{n}";

/// The placeholder as a browser's URL parser leaves it in a path or query.
const COUNTER_ENCODED: &str = "%7Bn%7D";

/// The text with its placeholders replaced by `number`.
///
/// A URL parser percent-encodes the braces in a path, so both spellings are replaced.
pub fn numbered(text: &str, number: u64) -> String {
    let number = number.to_string();
    text.replace(COUNTER, &number).replace(COUNTER_ENCODED, &number)
}

/// Whether two addresses are one but for the numbers in them.
pub fn differ_in_numbers_alone(one: &str, other: &str) -> bool {
    let without_numbers = |address: &str| {
        let mut text = String::with_capacity(address.len());
        for character in address.chars() {
            let is_digit = character.is_ascii_digit();
            if !(is_digit && text.ends_with('0')) {
                text.push(if is_digit { '0' } else { character });
            }
        }
        text
    };
    without_numbers(one) == without_numbers(other)
}

/// Whether the text holds the placeholder.
pub fn is_numbered(text: &str) -> bool {
    text.contains(COUNTER) || text.contains(COUNTER_ENCODED)
}

/// Whether the port of a URL's authority ([`cut_at_authority`]) holds the placeholder.
pub fn has_numbered_port(authority: &str) -> bool {
    // Colons of an IPv6 address stand in brackets.
    let after = authority.rsplit_once(']').map_or(authority, |(_, after)| after);
    after.rsplit_once(':').is_some_and(|(_, port)| is_numbered(port))
}

/// A URL cut before and after its host and port: `("http://", "h{n}.localhost:8080", "/ping?x={n}")`. A relative URL
/// has no host: the first two parts are empty.
pub fn cut_at_authority(url: &str) -> (&str, &str, &str) {
    let Some(start) = url.find("//").map(|at| at + 2) else { return ("", "", url) };
    let scheme = &url[..start];
    // `//` later in a path or query is not where a host begins.
    if scheme.chars().any(|c| matches!(c, '?' | '#')) || scheme[..start - 2].contains('/') {
        return ("", "", url);
    }
    let rest = &url[start..];
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (scheme, &rest[..end], &rest[end..])
}

/// The host of a URL's authority ([`cut_at_authority`]), brackets of an IPv6 address included.
pub fn host_of(authority: &str) -> &str {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let end = host.find(']').map(|at| at + 1).or_else(|| host.find(':'));
    &host[..end.unwrap_or(host.len())]
}

/// Scheme, host and port of an address.
pub fn origin(url: &str) -> &str {
    let (scheme, authority, _) = cut_at_authority(url);
    &url[..scheme.len() + authority.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_answers_itself_takes_no_network() {
        let is_over_network = |url: &str| Target { url: url.into(), ..Target::default() }.is_over_network();
        assert!(["", "/data:", "https://example.com/", "dät"].into_iter().all(is_over_network));
        assert!(!["data:,x", "DATA:text/plain,pong", "blob:null/1"].into_iter().any(is_over_network));
    }

    #[test]
    fn addresses_differ_in_numbers_alone_or_in_more() {
        let first = "http://h0.localhost:8080/api/v2?as=0";
        assert!(differ_in_numbers_alone("http://h1207.localhost:8080/api/v2?as=31", first));
        assert!(differ_in_numbers_alone(first, first));
        for other in [
            "http://h1.localhost:8080/api/v2?as=",
            "http://h1.localhost:8080/",
            "http://hx.localhost:8080/api/v2?as=0",
        ] {
            assert!(!differ_in_numbers_alone(other, first), "{other}");
        }
    }

    #[test]
    fn a_counter_in_the_port_is_told_from_one_in_the_host() {
        for (authority, expected) in [
            ("h{n}.localhost", false),
            ("h{n}.localhost:8080", false),
            ("localhost:80{n}", true),
            ("[::1]:80{n}", true),
            ("[::1]", false),
        ] {
            assert_eq!(has_numbered_port(authority), expected, "{authority}");
        }
    }

    #[test]
    fn the_counter_is_replaced_in_both_spellings() {
        assert_eq!(numbered("http://h{n}.localhost/a%7Bn%7D?x={n}", 7), "http://h7.localhost/a7?x=7");
        assert!(is_numbered("http://h{n}.localhost/") && is_numbered("/%7Bn%7D"));
        assert!(!is_numbered("http://localhost/n"));
    }

    #[test]
    fn a_preflight_is_foreseen() {
        let with = |method, headers: &[(&str, &str)]| {
            let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
            Target { method, headers, ..Target::default() }.needs_preflight()
        };
        assert!(
            !with(Method::Get, &[]) && !with(Method::Post, &[("Content-Type", "text/plain; charset=utf-8")])
        );
        assert!(with(Method::Put, &[]) && with(Method::Post, &[("content-type", "application/json")]));
        assert!(with(Method::Get, &[("X-Api-Key", "1")]) && !with(Method::Get, &[("Accept", "text/html")]));
    }

    #[test]
    fn blocked_ports_are_known() {
        assert!(BLOCKED_PORTS.is_sorted(), "binary search needs it");
        assert!(is_blocked_port(6000) && is_blocked_port(10080));
        assert!([80, 443, 8080, 8443].iter().all(|port| !is_blocked_port(*port)));
    }

    #[test]
    fn a_url_is_cut_at_its_host() {
        let cut = cut_at_authority("http://h{n}.localhost:80/a//b?x={n}");
        assert_eq!(cut, ("http://", "h{n}.localhost:80", "/a//b?x={n}"));
        assert_eq!(cut_at_authority("//host"), ("//", "host", ""));
        for relative in ["/lab/ping", "ping?to=http://x", "/a//b", "data:text/plain,a"] {
            assert_eq!(cut_at_authority(relative), ("", "", relative));
        }
    }
}
